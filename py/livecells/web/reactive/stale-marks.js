/**
 * Marks cells whose outputs came from texts that have changed above them. What depends on what, Python says: without it
 * nothing is marked.
 *
 * @import {CodeCell} from "../cell/cell.js"
 */

import { learn, sourcesOf } from "./dependencies.js";
import { kernel } from "../client/kernel.js";
import { allCells, cellsOf } from "../cell/page-cells.js";

const SETTLE_MS = 150;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let settling;

/** Keep marks up to date from now on. */
export function watchStaleness() {
  for (const event of ["livecells:edit", "livecells:state"]) document.addEventListener(event, soon);
  kernel.addEventListener("change", soon);
}

/** @returns {CodeCell[]}  marked cells in the order in which they can run */
export function staleCells() {
  return allCells().filter((cell) => cell.hasAttribute("data-stale"));
}

function soon() {
  clearTimeout(settling);
  settling = setTimeout(() => void mark().catch(console.warn), SETTLE_MS);
}

async function mark() {
  for (const page of new Set(allCells().map((cell) => cell.page))) {
    const cells = cellsOf(page);
    if (cells.some((cell, at) => cells.slice(0, at).some((above) => isChanged(cell, above)))) await learn(cells);
    for (const cell of cells) cell.markStale(causesOf(cell, cells));
  }
}

/**
 * Say whether a cell's outputs came from another text of a cell above it.
 *
 * @param {CodeCell} cell
 * @param {CodeCell} above
 */
function isChanged(cell, above) {
  return above.source !== (cell.basis ? cell.basis.get(above.id) : above.original);
}

/**
 * @param {CodeCell} cell
 * @param {CodeCell[]} cells  of the page, in its order
 * @returns {string[]}  ids of the cells that have changed
 */
function causesOf(cell, cells) {
  if (["queued", "starting", "busy"].includes(cell.state)) return [];
  return sourcesOf(cell, cells)
    .filter((above) => isChanged(cell, above))
    .map(({ id }) => id);
}
