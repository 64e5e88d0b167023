/**
 * <code-cell>: takes over a finished cell of the page and makes it live.
 *
 *     static ──run──▶ queued ──▶ starting (Python is not up) ──▶ busy ──▶ ok | error
 *                                     └──▶ failed (Python cannot start)
 *     Reset leads back to static from anywhere.
 *
 * @import {Emitted, ExecuteReply, Output} from "./protocol.js"
 * @import {PythonEndedError} from "./python.js"
 * @import {Editor} from "./editor.js"
 */

import { pictureOf, setParams, watchCharts } from "./chart.js";
import { figureFile, showCitation, showEmbedCode } from "./cite.js";
import { createEditor } from "./editor.js";
import { kernel } from "./kernel.js";
import { dataFiles } from "./manifest.js";
import { queue } from "./queue.js";
import { OutputArea } from "./outputs.js";
import { ensureRuntimeBar } from "./runtime-bar.js";
import { loadEdit, saveEdit } from "./storage.js";
import { strings } from "./strings.js";
import { button, copy, download, downloadText, menu } from "./toolbar.js";

/** @typedef {"static" | "queued" | "starting" | "busy" | "ok" | "error" | "failed"} CellState */

const SAVE_DELAY_MS = 300;

export class CodeCell extends HTMLElement {
  /** The author's text. */
  original = "";
  /** The text whose outputs stand in the page. */
  shownSource = "";
  /** @type {number | null} */
  executionCount = null;
  /** @type {Editor | undefined} */
  #editor;
  /** @type {Promise<Editor> | undefined} */
  #editorLoads;
  /** @type {string | undefined} */
  #edited;
  /** The author's outputs, for Reset. @type {Node[]} */
  #authored = [];
  /** @type {OutputArea | undefined} */
  #area;
  #startedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saving;
  /** @type {IntersectionObserver | undefined} */
  #charts;
  #status = Object.assign(document.createElement("span"), { className: "cell-status" });
  #stop = button(strings.stop, () => void kernel.stop());

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (!this.#area) this.#takeOver();
    this.#watchCharts();
    ensureRuntimeBar(this);
    kernel.addEventListener("change", this.#onKernel);
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    this.#charts?.disconnect();
    kernel.removeEventListener("change", this.#onKernel);
  }

  /** What the last run of this cell gave. @returns {Output[]} */
  get outputs() {
    return this.#area?.kept ?? [];
  }

  get page() {
    return this.dataset.page ?? "";
  }

  get state() {
    return /** @type {CellState} */ (this.dataset.state);
  }

  /** The text that Run runs: the reader's if there is one. */
  get source() {
    return this.#editor?.value ?? this.#edited ?? this.original;
  }

  /** Run this cell and, before it, the cells above that have not run. */
  run() {
    const cells = cellsOf(this.page);
    queue.addWithAbove(this, cells.slice(0, cells.indexOf(this)));
  }

  /** Bring the author's text and output back. */
  reset() {
    queue.drop(this);
    clearTimeout(this.#saving);
    this.#edited = undefined;
    if (this.#editor) this.#editor.value = this.original;
    this.#save();
    this.#editor?.element.replaceWith(this.#sourceBox());
    this.#editor = this.#editorLoads = undefined;
    this.#area?.replace(this.#authored.map((node) => node.cloneNode(true)));
    this.shownSource = this.original;
    this.executionCount = null;
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
    if (this.#editor) {
      this.#editor.value = text;
      return;
    }
    this.#edited = text; // at once: whoever asks before the editor is there must see it
    this.#onInput();
    await this.openEditor();
  }

  /**
   * Put the editor in the place of the static source.
   *
   * @returns {Promise<Editor>}
   */
  openEditor() {
    this.#editorLoads ??= this.#makeEditor().catch((error) => {
      this.#editorLoads = undefined; // the next click tries again
      this.#status.textContent = strings.editorMissing;
      throw error;
    });
    return this.#editorLoads;
  }

  /**
   * Show outputs that were computed ahead for the text as it is.
   *
   * @param {Output[]} outputs
   */
  async showAnswer(outputs) {
    queue.drop(this);
    this.shownSource = this.source;
    this.#area?.begin();
    for (const output of outputs) this.#area?.add(output);
    await this.#area?.end();
    this.#enter("static", strings.stateEdited);
  }

  /**
   * Let the drawn chart answer, where it has parameters of all these names.
   *
   * @param {Record<string, unknown>} values  by name
   * @returns {boolean}  whether it did
   */
  setInChart(values) {
    const figure = this.querySelector("figure.chart");
    const isSet = figure !== null && setParams(figure, values);
    if (isSet) this.shownSource = this.source;
    return isSet;
  }

  onQueued() {
    this.#enter("queued", strings.stateQueued);
  }

  onStart() {
    this.shownSource = this.source;
    this.#startedAt = performance.now();
    this.#area?.begin();
    this.#editor?.markLine(undefined);
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

  /** @param {ExecuteReply} reply */
  async onReply(reply) {
    this.executionCount = reply.execution_count;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const time = seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
    if (reply.status === "error" && reply.line) (await this.openEditor()).markLine(reply.line);
    await this.#area?.end();
    if (reply.status === "ok") this.#enter("ok", strings.stateOk(time));
    else this.#enter("error", wasStopped(this.outputs) ? strings.stateStopped : strings.stateError);
  }

  /** @param {PythonEndedError} error */
  onEnded(error) {
    if (error.reason === "failed") this.#enter("failed", strings.stateFailed);
    else this.#enter("static", strings.stateStopped);
  }

  /** @param {string} cause  the cell above that ended with an error */
  onSkipped(cause) {
    this.#enter("static", strings.stateSkipped(cause));
  }

  #takeOver() {
    const outputs = this.#part("outputs");
    this.original = (this.#part("source").textContent ?? "").replace(/\n$/, "");
    this.shownSource = this.original;
    this.#authored = [...outputs.childNodes].map((node) => node.cloneNode(true));
    this.#area = new OutputArea(outputs);
    this.#edited = loadEdit(this.page, this.id, this.original);
    this.#part("source").before(this.#toolbar());
    this.#armSource(this.#part("source"));
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.addEventListener("livecells:show-line", (event) => this.#showLine(/** @type {CustomEvent} */ (event).detail));
    this.#authoredSource = /** @type {HTMLElement} */ (this.#part("source").cloneNode(true));
    if (this.#edited !== undefined) {
      this.#status.textContent = strings.stateEdited;
      this.openEditor().catch(console.warn);
    }
  }

  /** @type {HTMLElement | undefined} */
  #authoredSource;

  #sourceBox() {
    const box = /** @type {HTMLElement} */ (this.#authoredSource?.cloneNode(true));
    this.#armSource(box);
    return box;
  }

  /** @param {HTMLElement} box */
  #armSource(box) {
    const open = () => this.openEditor().then((editor) => editor.focus(), console.warn);
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", strings.editHint);
    box.addEventListener("click", () => {
      if (document.getSelection()?.isCollapsed !== false) void open();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      void open();
    });
  }

  async #makeEditor() {
    const editor = await createEditor(this.source, {
      label: this.id,
      help: helpFor(this),
      onInput: () => this.#onInput(),
      onLeave: () => this.#toolbarButton(strings.run)?.focus(),
    });
    if (editor.value !== this.source) editor.value = this.source; // edited while it was loading
    editor.element.dataset.part = "source";
    this.#part("source").replaceWith(editor.element);
    editor.element.addEventListener("focusin", () => kernel.warmUp());
    this.#editor = editor;
    return editor;
  }

  #onInput() {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), SAVE_DELAY_MS);
    if (this.state === "static") this.#status.textContent = strings.stateEdited;
    this.#announceEdit();
  }

  #announceEdit() {
    this.dispatchEvent(new CustomEvent("livecells:edit", { bubbles: true }));
  }

  #save() {
    const edit = { original: this.original, text: this.source };
    if (!saveEdit(this.page, this.id, edit)) this.#status.textContent = strings.storageOff;
  }

  #toolbar() {
    const bar = document.createElement("div");
    bar.className = "cell-toolbar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", this.id);
    const copyButton = button(strings.copy, () => void copy(copyButton, this.source));
    this.#stop.hidden = true;
    this.#status.setAttribute("role", "status");
    bar.append(
      button(strings.run, () => this.run()),
      this.#stop,
      button(strings.reset, () => this.reset()),
      copyButton,
      menu(strings.more, this.#menuItems()),
      this.#status,
    );
    bar.firstElementChild?.classList.add("is-primary");
    bar.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse") kernel.warmUp(); // a finger only enters to press
    });
    return bar;
  }

  #menuItems() {
    const figure = () => this.querySelector("figure.chart");
    const hasChart = () => Boolean(figure());
    const published = this.dataset.figure ?? "";
    // The build published the author's figure: these entries go while the reader's text differs.
    const isPublished = () => Boolean(published) && this.source === this.original;
    const save = (/** @type {string} */ suffix) => download(`${published}${suffix}`, figureFile(published, suffix));
    return [
      { label: strings.runAbove, run: () => this.#runAbove() },
      { label: strings.copyLink, run: () => void navigator.clipboard.writeText(addressOf(this.id)) },
      { label: strings.downloadCode, run: () => downloadText(`${this.id}.py`, `${this.source}\n`) },
      { label: strings.downloadSvg, run: () => void this.#savePicture("svg"), isUseful: hasChart },
      { label: strings.downloadPng, run: () => void this.#savePicture("png"), isUseful: hasChart },
      { label: strings.figureData, run: () => save(".csv"), isUseful: isPublished },
      { label: strings.figureSpec, run: () => save(".json"), isUseful: isPublished },
      { label: strings.cite, run: () => void showCitation(this, published), isUseful: isPublished },
      { label: strings.embed, run: () => void showEmbedCode(this, published), isUseful: isPublished },
    ];
  }

  #runAbove() {
    const cells = cellsOf(this.page);
    queue.add(...cells.slice(0, cells.indexOf(this)));
  }

  /** @param {"svg" | "png"} type */
  async #savePicture(type) {
    const figure = this.querySelector("figure.chart");
    const address = figure && (await pictureOf(figure, type));
    if (address) download(`${this.id}.${type}`, address);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.run();
    if (event.shiftKey) this.#focusNext();
  }

  #focusNext() {
    const cells = cellsOf(this.page);
    const next = cells[cells.indexOf(this) + 1];
    /** @type {HTMLElement | null | undefined} */ (
      next?.querySelector(".cm-content, [data-part=source]")
    )?.focus();
  }

  /** @param {{cell: string, line: number}} place  of this page */
  #showLine({ cell, line }) {
    const target = cellsOf(this.page).find(({ id }) => id === cell);
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
    this.#status.textContent = text;
    if (state === this.state) return;
    this.dataset.state = state;
    this.#stop.hidden = !["queued", "starting", "busy"].includes(state);
    this.dispatchEvent(new CustomEvent("livecells:state", { bubbles: true, detail: { state } }));
  }

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`:scope > [data-part="${name}"]`));
  }

  /** @param {string} label */
  #toolbarButton(label) {
    return [...this.querySelectorAll("button")].find((one) => one.textContent === label);
  }
}

/**
 * What the running Python can tell the editor of a cell.
 *
 * @param {CodeCell} cell
 * @returns {import("./editor-help.js").Help}
 */
function helpFor({ page, id: cell }) {
  return {
    complete: (source, cursor) => kernel.ask({ what: "complete", page, cell, source, cursor }),
    explain: (source, cursor) => kernel.ask({ what: "explain", page, cell, source, cursor }),
    check: (source) => kernel.ask({ what: "check", page, cell, source }),
    dataFiles,
  };
}

/** @param {Output[]} outputs */
function wasStopped(outputs) {
  const last = outputs.at(-1);
  return last?.output_type === "error" && last.ename === "KeyboardInterrupt";
}

/**
 * The cells of a page, in page order.
 *
 * @param {string} page
 * @returns {CodeCell[]}
 */
export function cellsOf(page) {
  const all = /** @type {NodeListOf<CodeCell>} */ (document.querySelectorAll("code-cell"));
  return [...all].filter((cell) => cell.page === page);
}

/** @param {string} id */
function addressOf(id) {
  return new URL(`#${id}`, location.href).href;
}
