/**
 * Shows all rows of a frame. Only those in view are in the page; Python sends them as the reader scrolls or sorts.
 *
 * @import {Rows} from "../shapes.js"
 */

import { kernel } from "../client/kernel.js";
import { strings } from "../strings.js";
import { button, scroller } from "../ui/controls.js";
import { element } from "../ui/element.js";
import { columnHead, frameTable, stopAtFirst, tableRow } from "./frame-table.js";

/** @typedef {{page: string, cell: string, shown: string}} Place  names the frame to Python */

const ROW_HEIGHT = 24;
const VISIBLE_ROWS = 16;

/** Rows of one request: several screens, so that small steps need none. */
const BLOCK = 200;

/** Pixels; browsers lay out at most some 16 million. Longer tables scroll in larger steps. */
const HIGHEST = 8_000_000;

/**
 * Show all rows of a frame.
 *
 * @param {Place} place
 * @returns {Promise<HTMLElement | undefined>}  undefined when Python no longer has it
 */
export async function tableView(place) {
  const view = new TableView(place);
  return (await view.start()) ? view.element : undefined;
}

class TableView {
  #spacer = element("div", { class: "table-spacer" });
  #scroller = scroller(strings.tableAll, this.#spacer);
  #note = element("p", { class: "table-note", role: "status" });
  element = element("div", { class: "table-view" }, this.#scroller, this.#note);
  #table = frameTable([], []);
  /** @type {boolean[]} */
  #isNumeric = [];
  #by = "";
  #isDescending = false;
  #height = 0;
  /** Blocks requested in the current order, by their first rows. @type {Map<number, Promise<Rows | undefined>>} */
  #blocks = new Map();
  #drawing = 0;

  /** @param {Place} place */
  constructor(place) {
    this.place = place;
    this.#scroller.addEventListener("scroll", () => void this.#draw());
  }

  async start() {
    const first = await this.#block(0);
    if (!first) return false;
    this.#height = first.height;
    this.#isNumeric = first.is_numeric;
    const { scrollHeight } = this;
    this.#scroller.style.maxHeight = `${(Math.min(VISIBLE_ROWS, this.#height) + 2) * ROW_HEIGHT}px`;
    this.#spacer.style.height = `${scrollHeight}px`;
    this.#table = frameTable(this.#heads(first), []);
    this.#table.setAttribute("aria-rowcount", String(this.#height + 1));
    this.#spacer.append(this.#table);
    await this.#draw();
    return true;
  }

  get scrollHeight() {
    return Math.min((this.#height + 2) * ROW_HEIGHT, HIGHEST);
  }

  /** @param {Rows} rows */
  #heads({ columns, types, is_numeric }) {
    return columns.map((name, i) => {
      const sorter = button(name, () => this.#sortBy(name, head));
      sorter.append(element("small", {}, types[i]));
      const head = columnHead(sorter, is_numeric[i]);
      return head;
    });
  }

  /**
   * Sort by a column: ascending, then descending, then in the frame's own order.
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
    const found = /** @type {Rows[]} */ (blocks);
    const [rows, wholes] = [found.flatMap((block) => block.rows), found.flatMap((block) => block.wholes)];
    const lines = rows.slice(first - start, last - start);
    this.#table.tBodies[0].replaceChildren(...lines.map((values, i) => this.#row(values, wholes[first - start + i], first + i)));
    stopAtFirst(this.#table);
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
   * @param {string[]} wholes
   * @param {number} number  from 0
   */
  #row(values, wholes, number) {
    const row = tableRow(values, this.#isNumeric, wholes);
    row.setAttribute("aria-rowindex", String(number + 2));
    return row;
  }

  /**
   * @param {number} start
   * @returns {Promise<Rows | undefined>}
   */
  #block(start) {
    let block = this.#blocks.get(start);
    if (!block) {
      const order = { by: this.#by, is_descending: this.#isDescending };
      block = kernel.requestSoon({ what: "rows", ...this.place, start, count: BLOCK, ...order });
      this.#blocks.set(start, block);
    }
    return block;
  }
}
