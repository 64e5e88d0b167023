/**
 * The menu of a cell. Its entries come from this room and from those above it; main.js puts them together.
 *
 * @import {CodeCell} from "./cell.js"
 * @import {MenuItem} from "../ui/controls.js"
 */

import { queue } from "../client/queue.js";
import { ruff } from "../ruff/ruff.js";
import { megabytes, strings } from "../strings.js";
import { button, menu } from "../ui/controls.js";
import { toast } from "../ui/toast.js";
import { cellsAbove, cellsBelow } from "./page-cells.js";
import { isSql } from "./sql.js";

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

/** @type {ItemsOf} */
export function codeItems(cell) {
  return [{ label: strings.formatCode, run: () => void format(cell), isUseful: () => canFormat(cell) }];
}

/** @param {CodeCell} cell */
function canFormat(cell) {
  return ruff.isOffered && !isSql(cell.source);
}

/**
 * Format the text of a cell; the editor's Undo brings it back.
 *
 * @param {CodeCell} cell
 */
export async function format(cell) {
  if (!canFormat(cell)) return;
  try {
    const editor = await cell.openEditor();
    await ruff.load((bytes) => toast(strings.formatLoading(megabytes(bytes))));
    const before = editor.value;
    const text = await ruff.format(before);
    if (text === null) return void toast(strings.formatInvalid);
    if (editor.value !== before) return; // the reader has gone on writing
    if (text !== before) editor.value = text;
    toast(text === before ? strings.formatNeedless : strings.formatDone);
  } catch (error) {
    console.warn(error);
    toast(strings.formatMissing);
  }
}
