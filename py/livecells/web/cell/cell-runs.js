/**
 * The runs of a cell, from the queue to the reply: queue.js says what happens, the cell's outputs and its row show it.
 *
 * @import {CellState, CodeCell} from "./cell.js"
 * @import {CellText} from "./cell-text.js"
 * @import {CellToolbar} from "./toolbar.js"
 * @import {OutputArea} from "../output/outputs.js"
 * @import {Emitted, ExecuteReply, Output} from "../shapes.js"
 * @import {PythonEndedError} from "../client/python.js"
 */

import { kernel } from "../client/kernel.js";
import { saveOutputs } from "../storage/edits.js";
import { strings } from "../strings.js";
import { requestOf, showValues, valuesOf } from "./values.js";

export class CellRuns {
  #cell;
  #text;
  #toolbar;
  #area;
  #startedAt = 0;
  /** The values in sentences that the last run was asked for. @type {HTMLElement[]} */
  #values = [];

  /**
   * @param {CodeCell} cell
   * @param {CellText} text
   * @param {CellToolbar} toolbar
   * @param {OutputArea} area
   */
  constructor(cell, text, toolbar, area) {
    this.#cell = cell;
    this.#text = text;
    this.#toolbar = toolbar;
    this.#area = area;
  }

  /** Follow Python's own state while the cell is in a page. */
  connect() {
    kernel.addEventListener("change", this.#onKernel);
    this.#toolbar.tick(this.#cell.state === "busy");
  }

  disconnect() {
    kernel.removeEventListener("change", this.#onKernel);
    this.#toolbar.tick(false);
  }

  /** What the page's sentences want to know after a run. */
  get expressions() {
    this.#values = valuesOf(this.#cell.place);
    return this.#values.map(requestOf);
  }

  /** Those of an exercise, to run after the cell. @returns {string[]} */
  get checks() {
    return JSON.parse(this.#cell.dataset.checks ?? "[]");
  }

  /** @param {number} ahead  cells that run before */
  onQueued(ahead) {
    this.enter("queued", strings.stateQueued(ahead));
  }

  onStart() {
    this.#cell.rememberBasis();
    this.#startedAt = performance.now();
    this.#area.begin();
    void this.#text.markLine(undefined);
    this.#enterRunning();
  }

  /** @param {Emitted} output */
  onOutput(output) {
    this.#area.add(output);
    this.#cell.dispatchEvent(new CustomEvent("livecells:output", { bubbles: true, detail: output })); // for a site's own scripts
  }

  /** Stop what runs, for a site's own scripts. */
  stop() {
    void kernel.stop();
  }

  /**
   * @param {string} prompt
   * @param {boolean} isSecret
   */
  onInput(prompt, isSecret) {
    return this.#area.ask(prompt, isSecret);
  }

  /** @param {string} origin */
  onConsent(origin) {
    return this.#area.askConsent(origin);
  }

  /** @param {ExecuteReply} reply */
  async onReply({ status, execution_count, line, values, failed }) {
    const cell = this.#cell;
    cell.executionCount = execution_count;
    if (values) showValues(this.#values, values);
    const seconds = this.#seconds;
    const isStopped = status === "error" && wasStopped(this.#area.kept);
    if (line && !isStopped) await this.#text.markLine(line).catch(console.warn);
    await this.#area.end();
    if (status === "ok") this.enter("ok", strings.stateOk(execution_count, seconds));
    else this.enter("error", isStopped ? strings.stateStopped(seconds) : strings.stateError(execution_count));
    if (this.checks.length) cell.dispatchEvent(new CustomEvent("livecells:checked", { detail: { failed } }));
    if (cell.isEdited) saveOutputs(cell.page, cell.id, { text: cell.shownSource, basis: [...(cell.basis ?? [])], outputs: cell.outputs });
  }

  /** @param {PythonEndedError} error */
  onEnded(error) {
    void this.#area.abandon();
    const isRunning = this.#cell.state === "busy";
    if (error.reason === "failed") this.enter("failed", error.wasUp ? strings.stateBroke : strings.stateFailed);
    else this.enter("static", strings.stateStopped(isRunning ? this.#seconds : undefined));
  }

  /** @param {string} cause  the cell above that ended with an error */
  onSkipped(cause) {
    this.enter("static", strings.stateSkipped(cause));
  }

  /** A newer run of the reader's takes the place of one that waited. */
  onOvertaken() {
    this.enter("static");
  }

  /**
   * @param {CellState} state
   * @param {string} text
   */
  enter(state, text = "") {
    const cell = this.#cell;
    this.#toolbar.say(text);
    if (state === cell.state) return;
    cell.dataset.state = state;
    this.#toolbar.enter(state);
    cell.dispatchEvent(new CustomEvent("livecells:state", { bubbles: true, detail: { state } }));
  }

  get #seconds() {
    return (performance.now() - this.#startedAt) / 1000;
  }

  #onKernel = () => {
    if (this.#cell.state === "starting" || this.#cell.state === "busy") this.#enterRunning();
  };

  #enterRunning() {
    const isStarting = kernel.state === "starting" || kernel.state === "off";
    this.enter(isStarting ? "starting" : "busy", isStarting ? strings.stateStarting : strings.stateBusy);
  }
}

/** @param {Output[]} outputs */
function wasStopped(outputs) {
  const last = outputs.at(-1);
  return last?.output_type === "error" && last.ename === "KeyboardInterrupt";
}
