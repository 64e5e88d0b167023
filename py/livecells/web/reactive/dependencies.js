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
 * @param {CodeCell} cell
 * @param {string} name
 */
function defines(cell, name) {
  const names = known.get(cell.source)?.defines ?? [];
  return names.includes(name) || names.includes("*");
}

/**
 * Return the names that a cell uses, that a cell has given a value, and that no text defines any more.
 *
 * @param {CodeCell} cell
 * @param {CodeCell[]} cells  of the page
 * @param {Record<string, string>} givers  by name, the cells that gave the variables their values; empty for an earlier text
 */
export function ghostsOf(cell, cells, givers) {
  const used = known.get(cell.source)?.uses ?? [];
  const isGone = (/** @type {string} */ name) => Object.hasOwn(givers, name) && !cells.some(({ id }) => id === givers[name]);
  return used.filter((name) => isGone(name) && !cells.some((one) => defines(one, name)));
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
      const source = above.find((other) => defines(other, name));
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
