/**
 * <cell-notebook>: a page of the reader's own cells, which can be added, moved and deleted. The browser keeps them; they can be saved
 * as a file and read from one.
 *
 * @import {CodeCell} from "../cell/cell.js"
 */

import { markUntrusted } from "../client/untrusted.js";
import { asPython } from "../cell/sql.js";
import { dataFiles, readManifest } from "../client/manifest.js";
import { NotebookError, decode, readNotebook, toIpynb, toPercent } from "./formats.js";
import { queue } from "../client/queue.js";
import { isOfCell, isOfPage, loadEdit, loadOrder, saveEdit, saveOrder } from "../storage/edits.js";
import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { downloadText } from "../ui/download.js";
import { element } from "../ui/element.js";
import { toast } from "../ui/toast.js";

export class CellNotebook extends HTMLElement {
  #status = element("span", { class: "cell-status", role: "status" });
  #isWired = false;
  /** Cells deleted in this tab. @type {Set<string>} */
  #deleted = new Set();
  #page = "";

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (this.#isWired) return;
    this.#isWired = true;
    const first = /** @type {CodeCell | null} */ (document.getElementById(this.dataset.cell ?? ""));
    const start = /** @type {HTMLElement | null | undefined} */ (first?.closest(".cell-block"));
    if (!first || !start) return;
    this.#page = first.page;
    start.append(this.#controls(start));
    const order = loadOrder(this.#page) ?? [first.id];
    for (const id of order) this.append(id === first.id ? start : this.#block(id));
    if (!order.includes(first.id)) start.remove();
    this.append(this.#bar());
    document.addEventListener("click", this.#onInsert);
    addEventListener("storage", this.#onOtherTab);
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    document.removeEventListener("click", this.#onInsert);
    removeEventListener("storage", this.#onOtherTab);
  }

  /** @returns {HTMLElement[]} */
  get #blocks() {
    return [...this.querySelectorAll(/** @type {"div"} */ (".cell-block"))];
  }

  /** @returns {CodeCell[]} */
  get #cells() {
    return [...this.querySelectorAll(/** @type {any} */ ("code-cell"))];
  }

  /**
   * Add a cell.
   *
   * @param {string} source
   * @param {HTMLElement | null} [after]  a block, or null for the first place; by default the last block
   */
  async add(source, after = this.#blocks.at(-1) ?? null) {
    const block = this.#block(this.#freeId());
    if (after) after.after(block);
    else this.prepend(block);
    const cell = /** @type {CodeCell} */ (block.querySelector("code-cell"));
    if (source) await cell.edit(source);
    this.#keep();
    return cell;
  }

  /** @param {HTMLElement} block */
  #controls(block) {
    return element(
      "div",
      { class: "notebook-controls" },
      button(strings.cellAdd, () => void this.add("", block).then((cell) => this.#focus(cell))),
      button(strings.cellUp, () => this.#move(block, -1), { class: "is-move" }),
      button(strings.cellDown, () => this.#move(block, 1), { class: "is-move" }),
      button(strings.cellDelete, () => this.#delete(block)),
    );
  }

  #bar() {
    const picker = element("input", { type: "file", accept: ".ipynb,.py", hidden: true });
    picker.addEventListener("change", () => void this.#import(picker));
    return element(
      "div",
      { class: "cell-toolbar notebook-bar" },
      button(strings.cellAddFirst, () => void this.add("").then((cell) => this.#focus(cell)), { class: "is-first" }),
      button(strings.notebookImport, () => picker.click()),
      picker,
      button(strings.notebookIpynb, () => void this.#saveIpynb()),
      button(strings.notebookPy, () => void this.#savePy()),
      this.#status,
    );
  }

  get #name() {
    return this.#page.replaceAll("/", "") || "notebook";
  }

  async #saveIpynb() {
    const { python } = await readManifest();
    downloadText(`${this.#name}.ipynb`, toIpynb(await this.#asPython(), python), "application/x-ipynb+json");
  }

  async #savePy() {
    downloadText(`${this.#name}.py`, toPercent(await this.#asPython()));
  }

  async #asPython() {
    const files = await dataFiles();
    return this.#cells.map(({ id, source, outputs, executionCount }) => ({ id, source: asPython(source, files), outputs, executionCount }));
  }

  /**
   * Read cells from a file and add them at the end; nothing runs.
   *
   * @param {HTMLInputElement} picker
   */
  async #import(picker) {
    const [file] = picker.files ?? [];
    picker.value = ""; // the same file can be chosen again
    if (!file) return;
    try {
      const { text, encoding } = decode(await file.arrayBuffer());
      const sources = readNotebook(file.name, text);
      markUntrusted(this.#page);
      for (const source of sources) await this.add(source);
      this.#say(strings.notebookRead(sources.length, file.name, encoding));
    } catch (error) {
      if (!(error instanceof NotebookError)) throw error;
      this.#say(error.message);
    }
  }

  /** Put an example of the page into a cell when its button is clicked. */
  #onInsert = (/** @type {MouseEvent} */ event) => {
    const asked = /** @type {HTMLElement} */ (event.target).closest("[data-insert]");
    const source = asked?.parentElement?.querySelector("pre code")?.textContent;
    if (source) void this.#insert(source.trimEnd());
  };

  /** @param {string} source */
  async #insert(source) {
    const empty = this.#cells.find((cell) => !cell.source.trim());
    if (empty) await empty.edit(source);
    const cell = empty ?? (await this.add(source));
    cell.scrollIntoView({ block: "nearest" });
    this.#focus(cell);
  }

  /**
   * @param {HTMLElement} block
   * @param {1 | -1} step
   */
  #move(block, step) {
    const blocks = this.#blocks;
    const other = blocks[blocks.indexOf(block) + step];
    if (!other) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (step < 0) other.before(block);
    else other.after(block);
    focused?.focus(); // an element loses the focus when it is moved
    this.#keep();
  }

  /** @param {HTMLElement} block */
  #delete(block) {
    const cell = /** @type {CodeCell} */ (block.querySelector("code-cell"));
    const { source } = cell;
    const blocks = this.#blocks;
    const before = blocks[blocks.indexOf(block) - 1] ?? null;
    queue.drop(cell);
    this.#deleted.add(cell.id);
    saveEdit(this.#page, cell.id, { original: "", text: "" });
    block.remove();
    this.#keep();
    toast(strings.cellDeleted, () => void this.add(source, before))?.focus();
  }

  /** Make an empty cell with its controls, as `cell` of author/static.py writes it. @param {string} id */
  #block(id) {
    const source = element("div", { data_part: "source", class: "highlight" }, element("pre", {}, element("code")));
    const about = { role: "region", aria_label: strings.outputOf(id), aria_live: "polite" };
    const outputs = element("section", { data_part: "outputs", ...about });
    const row = element("div", { class: "cell-row" });
    const cell = element("code-cell", { id, data_state: "static", data_page: this.#page }, row, source, outputs);
    const block = element("div", { class: "cell-block" }, cell);
    block.append(this.#controls(block));
    return block;
  }

  /** Make an id that no other tab makes too. */
  #freeId() {
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    return `cell-${number.toString(36)}`;
  }

  #keep() {
    const own = this.#cells.map((cell) => cell.id);
    const others = (loadOrder(this.#page) ?? []).filter((id) => !own.includes(id) && !this.#deleted.has(id) && loadEdit(this.#page, id));
    this.dispatchEvent(new CustomEvent("livecells:edit", { bubbles: true })); // what stood above a cell may be gone
    if (!saveOrder(this.#page, [...own, ...others])) this.#say(strings.storageOff);
  }

  /**
   * Follow what another tab does to this notebook: its new cells are added here, and a text that it changed is offered.
   *
   * @param {StorageEvent} event
   */
  #onOtherTab = (event) => {
    if (!isOfPage(event.key, this.#page)) return;
    const known = new Set(this.#cells.map((cell) => cell.id));
    const added = (loadOrder(this.#page) ?? []).filter((id) => !known.has(id) && loadEdit(this.#page, id)?.text);
    const bar = this.querySelector(".notebook-bar");
    for (const id of added) bar?.before(this.#block(id));
    const changed = this.#cells.filter((cell) => isOfCell(event.key, this.#page, cell.id) && loadEdit(this.#page, cell.id)?.text !== cell.source);
    const take = button(strings.otherTabTake, () => {
      for (const cell of changed) void cell.edit(loadEdit(this.#page, cell.id)?.text ?? "");
      this.#say("");
    });
    this.#say(strings.otherTab, ...(changed.some((cell) => loadEdit(this.#page, cell.id)) ? [take] : []));
  };

  /** @param {CodeCell} cell */
  #focus(cell) {
    cell.openEditor().then((editor) => editor.focus(), console.warn);
  }

  /**
   * @param {string} text
   * @param {HTMLElement[]} parts
   */
  #say(text, ...parts) {
    this.#status.replaceChildren(text, ...(parts.length ? [" ", ...parts] : []));
  }
}
