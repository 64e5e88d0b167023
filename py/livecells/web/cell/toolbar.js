/**
 * The row of a cell: Code, Run, Share and the menu, beside the controls that the build has written; and how its last run went.
 *
 * @import {CellState, CodeCell} from "./cell.js"
 */

import { kernel } from "../client/kernel.js";
import { strings } from "../strings.js";
import { button, copy } from "../ui/controls.js";
import { element } from "../ui/element.js";
import { toast } from "../ui/toast.js";
import { cellMenu } from "./cell-menu.js";
import { RunClock } from "./run-clock.js";

/** A pointer that only passes over Run does not mean it. */
const MEANT_MS = 150;

export class CellToolbar {
  #status = element("span", { class: "cell-status", role: "status" });
  #stale = element("span", { class: "cell-stale", hidden: true });
  #clock = new RunClock();
  #code = button("", () => this.#cell.unfold(this.#cell.dataset.code === "folded"));
  #run = button(strings.run, () => this.#cell.run(), { class: "is-primary" });
  #stop = button(strings.stop, () => void kernel.stop(), { hidden: "", class: "is-now" });
  #reset = button(strings.reset, () => resetForNow(this.#cell), { hidden: "", class: "is-now" });
  /** @type {CodeCell} */
  #cell;

  /** @param {CodeCell} cell */
  constructor(cell) {
    this.#cell = cell;
    const copyButton = button(strings.copy, () => void copy(copyButton, cell.source), { class: "is-copy" });
    const buttons = [this.#run, this.#stop, this.#reset, copyButton, ...cellMenu(cell)];
    const told = [this.#stale, this.#status, this.#clock.element];
    const fold = cell.dataset.code !== undefined && this.#code;
    this.element = element("div", { class: "cell-toolbar", role: "toolbar", aria_label: cell.id }, fold, ...buttons, ...told);
    warmWhenMeant(this.#run);
    this.follow();
  }

  /** Show what belongs to the text as it is now. */
  follow() {
    this.#reset.hidden = !this.#cell.isEdited;
    const [name, lines] = strings.code(this.#cell.source.split("\n").length);
    this.#code.replaceChildren(name, element("span", { class: "code-lines" }, lines));
    this.#code.setAttribute("aria-expanded", String(this.#cell.dataset.code !== "folded"));
  }

  /** @param {string} text */
  say(text) {
    this.#status.textContent = this.#status.title = text;
  }

  /** @param {CellState} state */
  enter(state) {
    this.#clock.follow(state === "busy");
    this.#stop.hidden = !["queued", "starting", "busy"].includes(state);
  }

  /** @param {boolean} isRunning  in a page that the reader sees */
  tick(isRunning) {
    if (isRunning) this.#clock.tick();
    else this.#clock.rest();
  }

  /**
   * Say why the outputs are out of date, and offer to delete what no text defines any more.
   *
   * @param {string[]} causes  ids of the cells above that have changed
   * @param {string[]} ghosts  names; without both nothing is said
   */
  markStale(causes, ghosts) {
    const forget = button(strings.forget(ghosts), () => void this.#cell.forget(ghosts));
    this.#stale.hidden = !causes.length && !ghosts.length;
    this.#stale.replaceChildren(
      ...(causes.length ? [`${strings.stale(causes)} `] : []),
      ...(ghosts.length ? [strings.ghosts(ghosts), " ", forget] : []),
    );
  }

  focusRun() {
    this.#run.focus();
  }
}

/**
 * Bring the author's text and output back, with the offer to undo it.
 *
 * @param {CodeCell} cell
 */
function resetForNow(cell) {
  const undo = cell.keep();
  cell.reset();
  toast(strings.resetDone, undo);
}

/** @param {HTMLElement} run */
function warmWhenMeant(run) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let meant;
  run.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType === "mouse") meant = setTimeout(() => kernel.warmUp(), MEANT_MS); // a finger enters only when it taps
  });
  run.addEventListener("pointerleave", () => clearTimeout(meant));
}
