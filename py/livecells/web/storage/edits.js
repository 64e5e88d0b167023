/**
 * Keeps the reader's edits in the browser, with the author's texts from which they were made, their last outputs, and the order of
 * a notebook's cells.
 *
 * @import {Output} from "../shapes.js"
 */

import { keyOf, loadJson, saveSetting } from "./settings.js";

/**
 * What a reader has made of a cell.
 *
 * @typedef {object} Edit
 * @property {string} original  the author's text from which it was made
 * @property {string} text
 * @property {string} [outdated]  an edit of an earlier text of the author, for the reader to choose
 */

/** Outputs of more characters do not come back: the browser gives a site about five million for all it keeps. */
const LARGEST_OUTPUTS = 100_000;

/**
 * What an edited cell showed last.
 *
 * @typedef {object} Shown
 * @property {string} text  that ran
 * @property {[id: string, text: string][]} basis  the texts of the cells above with which it ran
 * @property {Output[]} outputs
 */

/**
 * @param {string} page
 * @param {string} cell
 */
function nameOf(page, cell) {
  return `${page}#${cell}`;
}

/**
 * Keep an edit.
 *
 * @param {string} page
 * @param {string} cell
 * @param {Edit} edit
 * @returns {boolean}  false when the browser keeps nothing (private mode, storage full)
 */
export function saveEdit(page, cell, edit) {
  const isEdit = edit.text !== edit.original || edit.outdated !== undefined;
  if (!isEdit) saveSetting(outputsOf(page, cell), undefined);
  return saveSetting(nameOf(page, cell), isEdit ? JSON.stringify(edit) : undefined);
}

/**
 * Return the reader's edit, and the author's text from which it was made.
 *
 * @param {string} page
 * @param {string} cell
 * @returns {Edit | undefined}
 */
export function loadEdit(page, cell) {
  const kept = loadJson(nameOf(page, cell));
  return typeof kept?.original === "string" && typeof kept.text === "string" ? kept : undefined;
}

/**
 * Keep what an edited cell shows, if it is small.
 *
 * @param {string} page
 * @param {string} cell
 * @param {Shown} shown
 */
export function saveOutputs(page, cell, shown) {
  const text = JSON.stringify(shown);
  saveSetting(outputsOf(page, cell), text.length <= LARGEST_OUTPUTS ? text : undefined);
}

/**
 * @param {string} page
 * @param {string} cell
 * @param {string} text  of the cell now
 * @returns {Shown | undefined}  what this text showed last
 */
export function loadOutputs(page, cell, text) {
  const shown = loadJson(outputsOf(page, cell));
  return shown?.text === text ? shown : undefined;
}

/**
 * @param {string} page
 * @param {string} cell
 */
function outputsOf(page, cell) {
  return `outputs:${nameOf(page, cell)}`;
}

/**
 * Keep which cells a notebook has, in their order.
 *
 * @param {string} page
 * @param {string[]} cells  ids
 * @returns {boolean}  false when the browser keeps nothing
 */
export function saveOrder(page, cells) {
  return saveSetting(nameOf(page, ""), JSON.stringify(cells));
}

/**
 * @param {string} page
 * @returns {string[] | undefined}  nothing where none was kept
 */
export function loadOrder(page) {
  const kept = loadJson(nameOf(page, ""));
  return Array.isArray(kept) && kept.every((id) => /^[a-z][a-z0-9-]*$/.test(id)) ? kept : undefined;
}

/**
 * Return whether a key of the browser's storage holds something of a page's cells.
 *
 * @param {string | null} key
 * @param {string} page
 */
export function isOfPage(key, page) {
  return key !== null && key.startsWith(keyOf(nameOf(page, "")));
}

/**
 * @param {string | null} key
 * @param {string} page
 * @param {string} cell
 */
export function isOfCell(key, page, cell) {
  return key === keyOf(nameOf(page, cell));
}
