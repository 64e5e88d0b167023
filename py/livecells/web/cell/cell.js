/**
 * <code-cell>: takes over a finished cell of the page and makes it live.
 *
 *     static ──run──▶ queued ──▶ starting (Python is not up) ──▶ busy ──▶ ok | error
 *                                     └──▶ failed (Python cannot start)
 *     Reset leads back to static from anywhere.
 *
 * Its text is in cell-text.js, its outputs in outputs.js, its row in toolbar.js, its runs in cell-runs.js; queue.js decides when it runs.
 *
 * @import {Editor} from "./editor.js"
 * @import {Output, Value} from "../shapes.js"
 * @import {Shown} from "../storage/edits.js"
 */

import { setParams, watchCharts } from "../output/chart.js";
import { armCell } from "./cell-keys.js";
import { CellRuns } from "./cell-runs.js";
import { CellText } from "./cell-text.js";
import { kernel } from "../client/kernel.js";
import { offerOutdated } from "./edit-conflict.js";
import { loadOutputs } from "../storage/edits.js";
import { OutputArea } from "../output/outputs.js";
import { cellsAbove, hiddenAfter } from "./page-cells.js";
import { isDeveloper } from "./reading.js";
import { queue } from "../client/queue.js";
import { strings } from "../strings.js";
import { CellToolbar } from "./toolbar.js";
import { resetValues, showPrecomputedValues } from "./values.js";

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
  /** @type {OutputArea | undefined} */
  #area;
  /** @type {IntersectionObserver | undefined} */
  #charts;
  /** @type {CellToolbar | undefined} */
  #toolbar;
  /** @type {CellRuns | undefined} */
  #runs;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (!this.#text) this.#takeOver();
    this.#watchCharts();
    this.dispatchEvent(new CustomEvent("livecells:connected", { bubbles: true }));
    this.#runs?.connect();
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    this.#charts?.disconnect();
    this.#runs?.disconnect();
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

  /** What the queue tells about its runs. */
  get runs() {
    return /** @type {CellRuns} */ (this.#runs);
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

  /** Whether its author lets it end in an error, for readers to see; an exercise may, whatever is in it. */
  get isMeantToRaise() {
    return this.dataset.raises !== undefined && (!this.isEdited || this.dataset.checks !== undefined);
  }

  /** The name of the published files of its figure; empty while the reader's text differs from the author's. */
  get publishedFigure() {
    return this.isEdited ? "" : (this.dataset.figure ?? "");
  }

  /** Why the figure that the build has published cannot be had now, in a few words; empty where there is none. */
  get whyNoFigure() {
    return this.dataset.figure ? strings.notAfterEdit : "";
  }

  /** Run this cell and, before it, the cells above that have not run as they are now. */
  run() {
    const above = cellsAbove(this).filter((cell) => !queue.isStopped(cell) || this.needs.has(cell.id));
    queue.addWithAbove([this, ...hiddenAfter(this)], above);
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
    this.#area?.restore();
    this.shownSource = this.original;
    this.basis = undefined;
    this.executionCount = null;
    for (const cell of [this, ...hiddenAfter(this)]) resetValues(cell.place);
    this.#watchCharts();
    this.#runs?.enter("static");
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
    this.rememberBasis();
    await this.#area?.show(outputs);
    this.#runs?.enter("static", strings.stateEdited);
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
    this.#toolbar?.markStale(causes, ghosts);
    if (this.toggleAttribute("data-stale", causes.length > 0) !== isStale) {
      this.dispatchEvent(new CustomEvent("livecells:stale", { bubbles: true }));
    }
  }

  /** @param {string[]} names  variables that no text defines any more */
  async forget(names) {
    for (const name of names) await kernel.request({ what: "forget", ...this.place, name });
    this.#announceEdit();
  }

  /** @param {Shown} shown  on an earlier visit */
  async #showKept({ text, basis, outputs }) {
    [this.shownSource, this.basis] = [text, new Map(basis)];
    await this.#area?.show(outputs);
    if (this.state === "static") this.#toolbar?.say(strings.stateKept);
  }

  #takeOver() {
    this.#area = new OutputArea(this.#part("outputs"), { page: this.page, cell: this.id });
    const source = this.#part("source");
    this.#text = new CellText(source, {
      page: this.page,
      id: this.id,
      onInput: () => this.#onInput(),
      onFocus: () => this.unfold(true),
      onType: () => kernel.warmUp(),
      onLeave: () => this.#toolbar?.focusRun(),
      say: (text) => this.#toolbar?.say(text),
    });
    this.shownSource = this.original;
    this.#toolbar = new CellToolbar(this);
    this.#runs = new CellRuns(this, this.#text, this.#toolbar, this.#area);
    this.querySelector(":scope > .cell-row")?.append(this.#toolbar.element);
    this.unfold(isDeveloper() || this.isEdited);
    armCell(this);
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

  /** Remember the texts with which what is shown from now on is made. */
  rememberBasis() {
    this.shownSource = this.source;
    this.basis = new Map(cellsAbove(this).map((cell) => [cell.id, cell.shownSource]));
  }

  #watchCharts() {
    this.#charts?.disconnect();
    this.#charts = watchCharts(this.#part("outputs"));
  }

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`:scope > [data-part="${name}"]`));
  }
}
