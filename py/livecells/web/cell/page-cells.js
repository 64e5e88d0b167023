/**
 * The cells of a document, in its order. It may hold cells of several pages, which do not share variables.
 *
 * @import {CodeCell} from "./cell.js"
 * @import {CellPlace, Neighbours} from "../protocol.js"
 */

import { definitions } from "./sql.js";

/** @returns {CodeCell[]} */
export function allCells() {
  return [.../** @type {NodeListOf<CodeCell>} */ (document.querySelectorAll("code-cell"))];
}

/**
 * @param {string} page
 * @returns {CodeCell[]}
 */
export function cellsOf(page) {
  return allCells().filter((cell) => cell.page === page);
}

/**
 * @param {CodeCell} cell
 * @returns {CodeCell[]}
 */
export function cellsAbove(cell) {
  const cells = cellsOf(cell.page);
  return cells.slice(0, cells.indexOf(cell));
}

/**
 * @param {CodeCell} cell
 * @returns {CodeCell[]}
 */
export function cellsBelow(cell) {
  const cells = cellsOf(cell.page);
  return cells.slice(cells.indexOf(cell) + 1);
}

/**
 * Gather what may define the names of a cell or use them: the other cells, checks of exercises, values in sentences. The author's
 * own text counts too: a value on the page may use what it imports, and not every value carries its expression.
 *
 * @param {CellPlace} place
 * @returns {Neighbours}
 */
export function neighboursOf({ page, cell }) {
  const cells = cellsOf(page);
  const own = cells.find(({ id }) => id === cell)?.original ?? "";
  const values = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-expression]"))];
  return {
    others: cells.filter(({ id }) => id !== cell).map(({ source }) => definitions(source)),
    readers: [own, ...[...cells, ...values].map(({ dataset }) => dataset.checks ?? dataset.expression ?? "")],
  };
}

/**
 * Find the hidden cells right below a cell: they run with it, since no reader sees them.
 *
 * @param {CodeCell} cell
 * @returns {CodeCell[]}
 */
export function hiddenAfter(cell) {
  const below = cellsBelow(cell);
  const end = below.findIndex((one) => !one.closest('[data-for="code"]'));
  return end < 0 ? below : below.slice(0, end);
}
