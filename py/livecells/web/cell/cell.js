/**
 * <code-cell>: takes over a finished cell of the page and makes it live.
 *
 *     static ──run──▶ queued ──▶ starting (Python is not up) ──▶ busy ──▶ ok | error
 *                                     └──▶ failed (Python cannot start)
 *     Reset leads back to static from anywhere.
 *
 * Its text is in cell-text.js, its outputs in outputs.js, its row in toolbar.js; queue.js decides when it runs.
 *
 * @import {Editor} from "./editor.js"
 * @import {Help} from "./editor-help.js"
 * @import {Emitted, ExecuteReply, Output, Value} from "../shapes.js"
 * @import {PythonEndedError} from "../client/python.js"
 * @import {Shown} from "../storage/edits.js"
 */

import { setParams, watchCharts } from "../output/chart.js";
import { CellText } from "./cell-text.js";
import { kernel } from "../client/kernel.js";
import { dataFiles } from "../client/manifest.js";
import { offerOutdated } from "./edit-conflict.js";
import { loadOutputs, saveOutputs } from "../storage/edits.js";
import { OutputArea } from "../output/outputs.js";
import { cellsAbove, cellsBelow, cellsOf, hiddenAfter } from "./page-cells.js";
import { isDeveloper } from "./reading.js";
import { queue } from "../client/queue.js";
import { strings } from "../strings.js";
import { CellToolbar } from "./toolbar.js";
import { requestOf, resetValues, showPrecomputedValues, showValues, valuesOf } from "./values.js";
import { button } from "../ui/controls.js";
import { toast } from "../ui/toast.js";

/** @typedef {"static" | "queued" | "starting" | "busy" | "ok" | "error" | "failed"} CellState */

export class CodeCell extends HTMLElement {
  /** The text whose outputs stand in the page. */
  shownSource = "";
  /**
   * The texts of the cells above, by id, with which the shown outputs were made; undefined for the author's outputs.
   *
   * @type {Map<string, string> | undefined}
   */
  basis;
  /** Ids of the cells above that it uses, as far as Python has said (reactive/stale-marks.js). @type {Set<string>} */
  needs = new Set();
  /** @type {number | null} */
  executionCount = null;
  /** @type {CellText | undefined} */
  #text;
  /** The author's outputs, for Reset. @type {Node[]} */
  #authored = [];
  /** @type {OutputArea | undefined} */
  #area;
  #startedAt = 0;
  /** The values in sentences that the last run was asked for. @type {HTMLElement[]} */
  #values = [];
  /** @type {IntersectionObserver | undefined} */
  #charts;
  /** @type {CellToolbar | undefined} */
  #toolbar;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (!this.#text) this.#takeOver();
    this.#watchCharts();
    this.dispatchEvent(new CustomEvent("livecells:connected", { bubbles: true }));
    kernel.addEventListener("change", this.#onKernel);
    this.#toolbar?.tick(this.state === "busy");
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    this.#charts?.disconnect();
    kernel.removeEventListener("change", this.#onKernel);
    this.#toolbar?.tick(false);
  }

  get page() {
    return this.dataset.page ?? "";
  }

  get state() {
    return /** @type {CellState} */ (this.dataset.state);
  }

  /** What the last run of this cell gave. @returns {Output[]} */
  get outputs() {
    return this.#area?.kept ?? [];
  }

  /** The author's text. */
  get original() {
    return this.#text?.original ?? "";
  }

  /** What the page's sentences want to know after a run. */
  get expressions() {
    this.#values = valuesOf(this.place);
    return this.#values.map(requestOf);
  }

  get place() {
    return { page: this.page, cell: this.id };
  }

  /** The text that Run runs: the reader's if there is one. */
  get source() {
    return this.#text?.value ?? "";
  }

  get isEdited() {
    return this.#text?.isEdited ?? false;
  }

  /** Whether its author lets it end in an error, for readers to see. */
  get isMeantToRaise() {
    return this.dataset.raises !== undefined && !this.isEdited;
  }

  /** The name of the published files of its figure; empty while the reader's text differs from the author's. */
  get publishedFigure() {
    return this.isEdited ? "" : (this.dataset.figure ?? "");
  }

  /** Run this cell and, before it, the cells above that have not run as they are now. */
  run() {
    const above = cellsAbove(this).filter((cell) => !queue.isStopped(cell) || this.needs.has(cell.id));
    queue.addWithAbove([this, ...hiddenAfter(this)], above);
  }

  /** Bring the author's text and output back, with the offer to undo it. */
  resetForNow() {
    const undo = this.keep();
    this.reset();
    toast(strings.resetDone, undo);
  }

  /**
   * Remember the text and what is shown.
   *
   * @returns {() => void}  brings both back
   */
  keep() {
    const { source, shownSource: text, basis, outputs } = this;
    return async () => {
      await this.edit(source);
      if (basis) await this.#showKept({ text, basis: [...basis], outputs });
    };
  }

  /** Bring the author's text and output back. */
  reset() {
    queue.drop(this);
    this.#text?.reset();
    this.#area?.replace(this.#authored.map((node) => node.cloneNode(true)));
    this.shownSource = this.original;
    this.basis = undefined;
    this.executionCount = null;
    for (const cell of [this, ...hiddenAfter(this)]) resetValues(cell.place);
    this.#watchCharts();
    this.#enter("static");
    this.#announceEdit();
  }

  /**
   * Replace the text, as an edit of the reader.
   *
   * @param {string} text
   */
  async edit(text) {
    await this.#text?.edit(text);
  }

  /**
   * Put the editor in the place of the static source.
   *
   * @returns {Promise<Editor>}
   */
  openEditor() {
    return /** @type {CellText} */ (this.#text).open();
  }

  /** Put the keyboard into the text. */
  focusText() {
    this.unfold(true);
    this.#text?.focus();
  }

  /**
   * Show all lines of the code below the figure, or the first alone.
   *
   * @param {boolean} isOpen
   */
  unfold(isOpen) {
    if (this.dataset.code) this.dataset.code = isOpen ? "open" : "folded";
    this.#toolbar?.follow();
  }

  /**
   * Show outputs that were computed ahead for the text as it is.
   *
   * @param {Output[]} outputs
   * @param {Record<string, Value>} values  in the page's sentences, by number
   */
  async showPrecomputed(outputs, values) {
    showPrecomputedValues(values);
    queue.drop(this);
    this.#rememberBasis();
    await this.#show(outputs);
    this.#enter("static", strings.stateEdited);
  }

  /**
   * Set parameters of the drawn chart, if it has all of them.
   *
   * @param {Record<string, unknown>} values  by name
   * @returns {boolean}  whether it has
   */
  setInChart(values) {
    const figure = this.querySelector("figure.chart");
    const isSet = figure !== null && setParams(figure, values);
    if (isSet) this.shownSource = this.source;
    return isSet;
  }

  /**
   * Mark the outputs as out of date.
   *
   * @param {string[]} causes  ids of the cells above that have changed
   * @param {string[]} ghosts  names that it uses and no text defines any more; without both the mark is removed
   */
  markStale(causes, ghosts) {
    const isStale = this.hasAttribute("data-stale");
    const forget = button(strings.forget(ghosts), () => void this.#forget(ghosts));
    const parts = ghosts.length ? [strings.ghosts(ghosts), " ", forget] : [];
    this.#toolbar?.markStale(...(causes.length ? [`${strings.stale(causes)} `] : []), ...parts);
    if (this.toggleAttribute("data-stale", causes.length > 0) !== isStale) {
      this.dispatchEvent(new CustomEvent("livecells:stale", { bubbles: true }));
    }
  }

  /** @param {string[]} names  variables that no text defines any more */
  async #forget(names) {
    for (const name of names) await kernel.request({ what: "forget", ...this.place, name });
    this.#announceEdit();
  }

  /** @param {number} ahead  cells that run before */
  onQueued(ahead) {
    this.#enter("queued", strings.stateQueued(ahead));
  }

  onStart() {
    this.#rememberBasis();
    this.#startedAt = performance.now();
    this.#area?.begin();
    void this.#text?.markLine(undefined);
    this.#enterRunning();
  }

  /** @param {Emitted} output */
  onOutput(output) {
    this.#area?.add(output);
  }

  /**
   * @param {string} prompt
   * @param {boolean} isSecret
   * @returns {Promise<string>}
   */
  onInput(prompt, isSecret) {
    return /** @type {OutputArea} */ (this.#area).ask(prompt, isSecret);
  }

  /**
   * @param {string} origin
   * @returns {Promise<boolean>}
   */
  onConsent(origin) {
    return /** @type {OutputArea} */ (this.#area).askConsent(origin);
  }

  /** @param {ExecuteReply} reply */
  async onReply(reply) {
    this.executionCount = reply.execution_count;
    if (reply.values) showValues(this.#values, reply.values);
    const seconds = (performance.now() - this.#startedAt) / 1000;
    if (reply.status === "error" && reply.line) await this.#text?.markLine(reply.line).catch(console.warn);
    await this.#area?.end();
    if (reply.status === "ok") this.#enter("ok", strings.stateOk(reply.execution_count, seconds));
    else this.#enter("error", wasStopped(this.outputs) ? strings.stateStopped : strings.stateError(reply.execution_count));
    const shown = { text: this.shownSource, basis: [...(this.basis ?? [])], outputs: this.outputs };
    if (this.isEdited) saveOutputs(this.page, this.id, shown);
  }

  /** @param {Shown} shown  on an earlier visit */
  async #showKept({ text, basis, outputs }) {
    [this.shownSource, this.basis] = [text, new Map(basis)];
    await this.#show(outputs);
    if (this.state === "static") this.#toolbar?.say(strings.stateKept);
  }

  /** @param {Output[]} outputs  that no run has made now */
  async #show(outputs) {
    this.#area?.begin();
    for (const output of outputs) this.#area?.add(output);
    await this.#area?.end();
  }

  /** @param {PythonEndedError} error */
  onEnded(error) {
    void this.#area?.abandon();
    if (error.reason === "failed") this.#enter("failed", error.wasUp ? strings.stateBroke : strings.stateFailed);
    else this.#enter("static", strings.stateStopped);
  }

  /** @param {string} cause  the cell above that ended with an error */
  onSkipped(cause) {
    this.#enter("static", strings.stateSkipped(cause));
  }

  #takeOver() {
    const outputs = this.#part("outputs");
    this.#authored = [...outputs.childNodes].map((node) => node.cloneNode(true));
    this.#area = new OutputArea(outputs, { page: this.page, cell: this.id });
    const source = this.#part("source");
    this.#text = new CellText(source, {
      page: this.page,
      id: this.id,
      help: this.#help(),
      onInput: () => this.#onInput(),
      onFocus: () => this.unfold(true),
      onType: () => kernel.warmUp(),
      onLeave: () => this.#toolbar?.focusRun(),
      say: (text) => this.#toolbar?.say(text),
    });
    this.shownSource = this.original;
    this.#toolbar = new CellToolbar(this);
    this.querySelector(":scope > .cell-row")?.append(this.#toolbar.element);
    this.unfold(isDeveloper() || this.isEdited);
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.addEventListener("livecells:show-line", (event) => this.#showLine(/** @type {CustomEvent} */ (event).detail));
    if (this.isEdited) {
      this.#toolbar.say(strings.stateEdited);
      this.openEditor().catch(console.warn);
      const shown = loadOutputs(this.page, this.id, this.source);
      if (shown) void this.#showKept(shown);
    }
    if (this.#text.outdated !== undefined) void offerOutdated(this, this.#text, this.#text.outdated);
  }

  #onInput() {
    if (this.state === "static") this.#toolbar?.say(this.isEdited ? strings.stateEdited : "");
    this.#toolbar?.follow();
    this.#announceEdit();
  }

  #announceEdit() {
    this.dispatchEvent(new CustomEvent("livecells:edit", { bubbles: true }));
  }

  #rememberBasis() {
    this.shownSource = this.source;
    this.basis = new Map(cellsAbove(this).map((cell) => [cell.id, cell.shownSource]));
  }

  /** Connect the editor to the running Python. @returns {Help} */
  #help() {
    const about = () => ({ page: this.page, cell: this.id });
    return {
      complete: (source, cursor) => kernel.request({ what: "complete", ...about(), source, cursor }),
      explain: (source, cursor) => kernel.request({ what: "explain", ...about(), source, cursor }),
      check: (source) => kernel.request({ what: "check", ...about(), source }),
      dataFiles,
    };
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.run();
    if (!event.shiftKey) return;
    cellsBelow(this)[0]?.focusText();
  }

  /** @param {{cell: string, line: number}} place  of this page */
  #showLine({ cell, line }) {
    const target = cellsOf(this.page).find(({ id }) => id === cell);
    target?.unfold(true);
    target?.openEditor().then((editor) => editor.showLine(line), console.warn);
  }

  #watchCharts() {
    this.#charts?.disconnect();
    this.#charts = watchCharts(this.#part("outputs"));
  }

  #onKernel = () => {
    if (this.state === "starting" || this.state === "busy") this.#enterRunning();
  };

  #enterRunning() {
    const isStarting = kernel.state === "starting" || kernel.state === "off";
    this.#enter(isStarting ? "starting" : "busy", isStarting ? strings.stateStarting : strings.stateBusy);
  }

  /**
   * @param {CellState} state
   * @param {string} text
   */
  #enter(state, text = "") {
    this.#toolbar?.say(text);
    if (state === this.state) return;
    this.dataset.state = state;
    this.#toolbar?.enter(state);
    this.dispatchEvent(new CustomEvent("livecells:state", { bubbles: true, detail: { state } }));
  }

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`:scope > [data-part="${name}"]`));
  }
}

/** @param {Output[]} outputs */
function wasStopped(outputs) {
  const last = outputs.at(-1);
  return last?.output_type === "error" && last.ename === "KeyboardInterrupt";
}
