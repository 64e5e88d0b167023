/**
 * The menu of a cell. Its entries come from this room and from those above it; main.js puts them together.
 *
 * @import {CodeCell} from "./cell.js"
 * @import {MenuItem} from "../ui/controls.js"
 */

import { queue } from "../client/queue.js";
import { cellsAbove, cellsBelow } from "./page-cells.js";
import { strings } from "../strings.js";
import { button, menu } from "../ui/controls.js";

/** @typedef {(cell: CodeCell) => MenuItem[]} ItemsOf */

/** @type {ItemsOf[]} */
const groups = [];

/**
 * Add entries to the menu of every cell that connects from now on.
 *
 * @param {ItemsOf[]} items  one a group, in the order in which they are shown
 */
export function addMenuItems(...items) {
  groups.push(...items);
}

/**
 * Make the menu of a cell, after the buttons that stand beside it.
 *
 * @param {CodeCell} cell
 */
export function cellMenu(cell) {
  const items = groups.map((itemsOf) => itemsOf(cell));
  const buttons = items.flat().filter(({ isBeside }) => isBeside).map(({ label, run }) => button(label, run));
  return [...buttons, menu(strings.more, items.map((group) => group.filter(({ isBeside }) => !isBeside)))];
}

/** @type {ItemsOf} */
export function runItems(cell) {
  return [
    { label: strings.runAbove, run: () => queue.add(...cellsAbove(cell)) },
    { label: strings.runBelow, run: () => queue.addWithAbove([cell, ...cellsBelow(cell)], cellsAbove(cell)) },
  ];
}
