/**
 * What passes from cell to cell, as Python tells it (kernel/flow.py). Until it has been asked nothing is known.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {Flow} from "../shapes.js"
 */

import { kernel } from "../client/kernel.js";

/** By text; null where that is no Python. @type {Map<string, Flow | null>} */
const flows = new Map();

/**
 * Ask Python for what is not known yet; while it is busy or off, that has to wait.
 *
 * @param {CodeCell[]} cells
 */
export async function learn(cells) {
  for (const { page, id: cell, source } of cells) {
    if (flows.has(source)) continue;
    const flow = await kernel.ask({ what: "flow", page, cell, source });
    if (flow !== undefined) flows.set(source, flow);
  }
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

/**
 * Say whether a cell reads a selection of a chart.
 *
 * @param {CodeCell} cell
 * @param {string} name
 */
export function readsSelection(cell, name) {
  return flows.get(cell.source)?.uses.includes(`selection ${name}`) ?? false;
}
