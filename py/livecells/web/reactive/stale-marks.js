/**
 * Marks cells whose outputs are out of date, because a cell above on which they depend has changed. Dependencies come from
 * Python; without it nothing is marked.
 *
 * @import {CodeCell} from "../cell/cell.js"
 */

import { analyse, ghostsOf, sourcesOf } from "./dependencies.js";
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
    const hasRun = cells.some((cell) => cell.executionCount !== null);
    const isOld = cells.some((cell, at) => cells.slice(0, at).some((above) => isChanged(cell, above)));
    if (hasRun || isOld) await analyse(cells);
    const givers = (hasRun && (await kernel.request({ what: "givers", page, cell: "" }))) || {};
    for (const cell of cells) {
      cell.needs = new Set(sourcesOf(cell, cells).map(({ id }) => id));
      cell.markStale(causesOf(cell, cells), ghostsOf(cell, cells, givers));
    }
  }
}

/**
 * Return whether the text of a cell above has changed since the outputs of a cell were made.
 *
 * @param {CodeCell} cell
 * @param {CodeCell} above
 */
export function isChanged(cell, above) {
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
