/**
 * All rows of a frame, however many: only those in view are in the page, Python gives them as the reader scrolls or sorts.
 */

import { kernel } from "../client/kernel.js";
import { strings } from "../strings.js";
import { button } from "../ui/controls.js";

/**
 * @typedef {{height: number, columns: string[], types: string[], is_numeric: boolean[], rows: (string | null)[][]}} Page
 *
 * @typedef {{page: string, cell: string, shown: string}} Place  names the frame to Python
 */

const ROW_HEIGHT = 24;
const VISIBLE_ROWS = 16;

/** Rows asked for at once; a multiple of what is seen, so that small steps ask for nothing. */
const BLOCK = 200;

/** Browsers lay out no element higher than some 16 million pixels: above this, scrolling goes in larger steps. */
const HIGHEST = 8_000_000;

/**
 * Show all rows of a frame.
 *
 * @param {Place} place
 * @returns {Promise<HTMLElement | undefined>}  nothing when Python no longer has it
 */
export async function tableView(place) {
  const view = new TableView(place);
  return (await view.start()) ? view.element : undefined;
}

class TableView {
  element = document.createElement("div");
  #scroller = document.createElement("div");
  #spacer = document.createElement("div");
  #table = document.createElement("table");
  #body = document.createElement("tbody");
  #note = Object.assign(document.createElement("p"), { className: "table-note" });
  #by = "";
  #isDescending = false;
  #height = 0;
  /** Blocks that have been asked for in this order. @type {Map<number, Promise<Page | undefined>>} */
  #blocks = new Map();
  #drawing = 0;

  /** @param {Place} place */
  constructor(place) {
    this.place = place;
    this.element.className = "table-view";
    this.#scroller.className = "table-scroller";
    this.#scroller.tabIndex = 0;
    this.#scroller.setAttribute("role", "region");
    this.#scroller.setAttribute("aria-label", strings.tableAll);
    this.#spacer.className = "table-spacer";
    this.#table.className = "frame";
    this.#note.setAttribute("role", "status");
    this.#scroller.append(this.#spacer);
    this.#spacer.append(this.#table);
    this.element.append(this.#scroller, this.#note);
    this.#scroller.addEventListener("scroll", () => void this.#draw());
  }

  async start() {
    const first = await this.#block(0);
    if (!first) return false;
    this.#height = first.height;
    const { scrollHeight } = this;
    this.#scroller.style.maxHeight = `${(Math.min(VISIBLE_ROWS, this.#height) + 2) * ROW_HEIGHT}px`;
    this.#spacer.style.height = `${scrollHeight}px`;
    this.#table.setAttribute("aria-rowcount", String(this.#height + 1));
    this.#table.append(this.#head(first), this.#body);
    await this.#draw();
    return true;
  }

  get scrollHeight() {
    return Math.min((this.#height + 2) * ROW_HEIGHT, HIGHEST);
  }

  /** @param {Page} page */
  #head({ columns, types, is_numeric }) {
    const row = document.createElement("tr");
    columns.forEach((name, at) => {
      const cell = Object.assign(document.createElement("th"), { scope: "col" });
      const sorter = button(name, () => this.#sortBy(name, cell));
      sorter.append(Object.assign(document.createElement("small"), { textContent: types[at] }));
      cell.append(sorter);
      if (is_numeric[at]) cell.className = "n";
      row.append(cell);
    });
    const head = document.createElement("thead");
    head.append(row);
    return head;
  }

  /**
   * First up, then down, then as it was.
   *
   * @param {string} name
   * @param {HTMLElement} head
   */
  #sortBy(name, head) {
    const isSame = this.#by === name;
    this.#by = isSame && this.#isDescending ? "" : name;
    this.#isDescending = isSame && !this.#isDescending;
    for (const one of this.#table.querySelectorAll("th")) one.removeAttribute("aria-sort");
    if (this.#by) head.setAttribute("aria-sort", this.#isDescending ? "descending" : "ascending");
    this.#blocks.clear();
    this.#scroller.scrollTop = 0;
    void this.#draw();
  }

  async #draw() {
    const drawing = ++this.#drawing;
    const first = this.#firstRow();
    const last = Math.min(first + VISIBLE_ROWS, this.#height);
    const starts = new Set([first, Math.max(last - 1, first)].map((row) => Math.floor(row / BLOCK) * BLOCK));
    const blocks = await Promise.all([...starts].map((start) => this.#block(start)));
    if (drawing !== this.#drawing) return; // scrolled on in the meantime
    if (blocks.includes(undefined)) return void (this.#note.textContent = strings.tableGone);
    const [start] = starts;
    const rows = /** @type {Page[]} */ (blocks).flatMap((block) => block.rows).slice(first - start, last - start);
    this.#body.replaceChildren(...rows.map((values, at) => this.#row(values, first + at)));
    this.#note.textContent = strings.tableRows(first + 1, last, this.#height);
  }

  #firstRow() {
    const { scrollTop, clientHeight } = this.#scroller;
    const room = this.scrollHeight - clientHeight;
    const most = Math.max(this.#height - VISIBLE_ROWS, 0);
    return room > 0 ? Math.min(Math.round((scrollTop / room) * most), most) : 0;
  }

  /**
   * @param {(string | null)[]} values
   * @param {number} number  from 0
   */
  #row(values, number) {
    const row = document.createElement("tr");
    row.setAttribute("aria-rowindex", String(number + 2));
    const heads = this.#table.querySelectorAll("th");
    values.forEach((value, at) => {
      const cell = document.createElement("td");
      if (value === null) cell.append(Object.assign(document.createElement("i"), { textContent: "null" }));
      else cell.textContent = value;
      cell.className = heads[at]?.className ?? "";
      row.append(cell);
    });
    return row;
  }

  /**
   * @param {number} start
   * @returns {Promise<Page | undefined>}
   */
  #block(start) {
    let block = this.#blocks.get(start);
    if (!block) {
      const order = { by: this.#by, is_descending: this.#isDescending };
      block = kernel.askSoon({ what: "rows", ...this.place, start, count: BLOCK, ...order });
      this.#blocks.set(start, block);
    }
    return block;
  }
}
