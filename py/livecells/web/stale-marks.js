/**
 * Marks cells whose outputs came from texts that have changed above them. What depends on what, Python says: without it
 * nothing is marked.
 *
 * @import {CodeCell} from "./cell.js"
 */

import { kernel } from "./kernel.js";
import { allCells, cellsOf } from "./page-cells.js";

/** @typedef {{defines: string[], uses: string[]}} Flow  names that pass through a cell */

const SETTLE_MS = 150;

/** What is known of texts: nothing while Python has not been asked, null of those that are no Python. @type {Map<string, Flow | null>} */
const flows = new Map();

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
 * Ask Python for what is not known yet; while it is busy or off, that has to wait.
 *
 * @param {CodeCell[]} cells
 */
async function learn(cells) {
  for (const { page, id: cell, source } of cells) {
    if (flows.has(source)) continue;
    const flow = await kernel.ask({ what: "flow", page, cell, source });
    if (flow !== undefined) flows.set(source, flow);
  }
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

/**
 * The cells from which a cell takes something, directly or through others.
 *
 * @param {CodeCell} cell
 * @param {CodeCell[]} cells  of the page, in its order
 * @returns {CodeCell[]}
 */
export function sourcesOf(cell, cells) {
  const found = new Set();
  const follow = (/** @type {CodeCell} */ one) => {
    const above = cells.slice(0, cells.indexOf(one)).reverse();
    for (const name of flows.get(one.source)?.uses ?? []) {
      const giver = above.find(({ source }) => flows.get(source)?.defines.includes(name));
      if (!giver || found.has(giver)) continue;
      found.add(giver);
      follow(giver);
    }
  };
  follow(cell);
  return cells.filter((one) => found.has(one));
}
