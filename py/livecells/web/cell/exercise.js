/**
 * <cell-exercise>: says whether the answer in a cell is right, or what is still wrong with it, and keeps what the reader has solved.
 * Python runs the checks after each run of the cell (kernel/runner.py).
 *
 * @import {CodeCell} from "./cell.js"
 *
 * @typedef {{tries: number, solved?: string}} Progress  `tries`: of texts of the reader's own; `solved`: the day of the first right answer, ISO
 */

import { loadJson, saveSetting } from "../storage/settings.js";
import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { downloadText } from "../ui/download.js";
import { element } from "../ui/element.js";

export class CellExercise extends HTMLElement {
  #said = element("p", { class: "exercise-said", role: "status" });
  #solved = element("span", { class: "exercise-solved" });
  #isWired = false;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (this.#isWired) return;
    this.#isWired = true;
    const check = button(strings.exerciseCheck, () => this.cell?.run(), { class: "is-primary" });
    this.prepend(element("div", { class: "cell-toolbar" }, check, this.#solved), this.#said);
    this.cell?.addEventListener("livecells:checked", (event) => this.#onChecked(/** @type {CustomEvent} */ (event).detail));
    this.cell?.addEventListener("livecells:edit", () => this.#said.replaceChildren());
    this.#count();
  }

  /** The cell with the answer. */
  get cell() {
    return cellOf(this);
  }

  /** @param {{failed: number | undefined}} detail  nothing where the answer ended in an error */
  #onChecked({ failed }) {
    const { tries, solved } = progressOf(this);
    const isRight = failed === -1;
    const day = solved ?? (isRight ? new Date().toISOString().slice(0, 10) : undefined);
    const isKept = saveSetting(nameOf(this), JSON.stringify({ tries: tries + Number(this.cell?.isEdited), solved: day }));
    const wrong = [...this.querySelectorAll(":scope > [data-wrong]")][failed ?? -1]?.cloneNode(true).childNodes ?? [];
    if (isRight) this.#said.replaceChildren(strings.exerciseRight);
    else if (failed === undefined) this.#said.replaceChildren(strings.exerciseRaised);
    else this.#said.replaceChildren(`${strings.exerciseWrong} `, ...wrong);
    if (!isKept) this.#said.append(` ${strings.storageOff}`);
    this.dataset.result = isRight ? "right" : "wrong";
    for (const one of exercises()) if (one instanceof CellExercise) one.#count();
  }

  #count() {
    const all = exercises();
    const done = all.filter((one) => progressOf(one).solved).length;
    const own = progressOf(this).solved ? `✓ ${strings.exerciseSolved} · ` : "";
    this.#solved.textContent = own + strings.exerciseCount(done, all.length);
  }
}

/** Return the exercises of the document; some may not be live yet. @returns {HTMLElement[]} */
export function exercises() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("cell-exercise"))];
}

/**
 * @param {HTMLElement} exercise
 * @returns {CodeCell | null}
 */
function cellOf(exercise) {
  return document.querySelector(`code-cell#${exercise.dataset.cell}`);
}

/** @param {HTMLElement} exercise */
function nameOf(exercise) {
  return `exercise:${cellOf(exercise)?.dataset.page}#${exercise.dataset.cell}`;
}

/**
 * @param {HTMLElement} exercise
 * @returns {Progress}
 */
function progressOf(exercise) {
  const kept = loadJson(nameOf(exercise));
  return { tries: Number(kept?.tries) || 0, ...(typeof kept?.solved === "string" ? { solved: kept.solved } : {}) };
}

/** Hand the reader what is solved on this page, with the answers, as a file. */
export function saveProgress() {
  const all = exercises().map((one) => ({ exercise: one.dataset.cell, ...progressOf(one), answer: cellOf(one)?.source }));
  const { origin, pathname } = location;
  const content = { page: origin + pathname, title: document.title, saved: new Date().toISOString(), exercises: all };
  downloadText("progress.json", `${JSON.stringify(content, null, 2)}\n`, "application/json");
}
