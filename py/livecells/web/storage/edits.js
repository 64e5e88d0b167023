/** Keeps the reader's edits in the browser, with the author's texts from which they were made, and the order of a notebook's cells. */

import { keyOf, loadJson, saveSetting } from "./settings.js";

/**
 * What a reader has made of a cell.
 *
 * @typedef {object} Edit
 * @property {string} original  the author's text from which it was made
 * @property {string} text
 * @property {string} [outdated]  an edit of an earlier text of the author, for the reader to choose
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
