/**
 * Which cells depend on which. Python analyses their texts (kernel/dependencies.py); nothing is known before.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {Dependencies} from "../shapes.js"
 */

import { kernel } from "../client/kernel.js";

/** By text; null where the text is not valid Python. @type {Map<string, Dependencies | null>} */
const known = new Map();

/**
 * Ask Python about texts that are not known yet, unless it is busy or off.
 *
 * @param {CodeCell[]} cells
 */
export async function analyse(cells) {
  for (const { page, id: cell, source } of cells) {
    if (known.has(source)) continue;
    const found = await kernel.request({ what: "dependencies", page, cell, source });
    if (found !== undefined) known.set(source, found);
  }
}

/**
 * Return the cells on which a cell depends, directly or through others.
 *
 * @param {CodeCell} cell
 * @param {CodeCell[]} cells  of the page, in its order
 * @returns {CodeCell[]}
 */
export function sourcesOf(cell, cells) {
  const found = new Set();
  const follow = (/** @type {CodeCell} */ one) => {
    const above = cells.slice(0, cells.indexOf(one)).reverse();
    for (const name of known.get(one.source)?.uses ?? []) {
      const source = above.find((other) => known.get(other.source)?.defines.includes(name));
      if (!source || found.has(source)) continue;
      found.add(source);
      follow(source);
    }
  };
  follow(cell);
  return cells.filter((one) => found.has(one));
}

/**
 * Return whether a cell reads a selection of a chart.
 *
 * @param {CodeCell} cell
 * @param {string} name
 */
export function readsSelection(cell, name) {
  return known.get(cell.source)?.uses.includes(`selection ${name}`) ?? false;
}
