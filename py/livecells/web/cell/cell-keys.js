/**
 * The keys of a cell, and the way from an error to its line.
 *
 * @import {CodeCell} from "./cell.js"
 */

import { format } from "./cell-menu.js";
import { cellsBelow, cellsOf } from "./page-cells.js";

/** @param {CodeCell} cell */
export function armCell(cell) {
  cell.addEventListener("keydown", (event) => onKey(cell, event));
  cell.addEventListener("livecells:show-line", (event) => showLine(cell.page, /** @type {CustomEvent} */ (event).detail));
}

/**
 * @param {CodeCell} cell
 * @param {KeyboardEvent} event
 */
function onKey(cell, event) {
  if (event.code === "KeyF" && event.shiftKey && event.altKey) {
    event.preventDefault();
    void format(cell);
  }
  if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.stopPropagation();
  cell.run();
  if (event.shiftKey) cellsBelow(cell)[0]?.focusText();
}

/**
 * @param {string} page
 * @param {{cell: string, line: number}} place
 */
function showLine(page, { cell, line }) {
  const target = cellsOf(page).find(({ id }) => id === cell);
  target?.unfold(true);
  target?.openEditor().then((editor) => editor.showLine(line), console.warn);
}
