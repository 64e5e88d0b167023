/**
 * Keeps the reader's edits in the browser, bound to the author's text they were made from, and the order of a notebook's cells.
 *
 * All Pages sites of a user share one origin: keys carry the project's path.
 */

import { SITE_ROOT } from "../root.js";

const PREFIX = `livecells:${SITE_ROOT.pathname}`;

/**
 * @param {string} page
 * @param {string} cell
 */
function key(page, cell) {
  return `${PREFIX}:${page}#${cell}`;
}

/**
 * What a reader has made of a cell.
 *
 * @typedef {object} Edit
 * @property {string} original  the author's text that it was made from
 * @property {string} text
 * @property {string} [outdated]  an edit of an earlier text of the author, for the reader to choose
 */

/**
 * Keep an edit.
 *
 * @param {string} page
 * @param {string} cell
 * @param {Edit} edit
 * @returns {boolean}  false when the browser keeps nothing (private mode, storage full)
 */
export function saveEdit(page, cell, edit) {
  try {
    if (edit.text === edit.original && edit.outdated === undefined) localStorage.removeItem(key(page, cell));
    else localStorage.setItem(key(page, cell), JSON.stringify(edit));
    return true;
  } catch {
    return false;
  }
}

/**
 * Keep which cells a notebook has, in their order.
 *
 * @param {string} page
 * @param {string[]} cells  ids
 * @returns {boolean}  false when the browser keeps nothing
 */
export function saveOrder(page, cells) {
  try {
    localStorage.setItem(key(page, ""), JSON.stringify(cells));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} page
 * @returns {string[] | undefined}  nothing where none was kept
 */
export function loadOrder(page) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(page, "")) ?? "null");
    return Array.isArray(kept) && kept.every((id) => /^[a-z][a-z0-9-]*$/.test(id)) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Find the reader's edit, and the author's text that it was made from.
 *
 * @param {string} page
 * @param {string} cell
 * @returns {Edit | undefined}
 */
export function loadEdit(page, cell) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(page, cell)) ?? "null");
    return typeof kept?.original === "string" && typeof kept.text === "string" ? kept : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keep a choice of the reader.
 *
 * @param {string} name
 * @param {string} value
 */
export function saveSetting(name, value) {
  try {
    localStorage.setItem(`${PREFIX}:${name}`, value);
  } catch {
    // a browser that keeps nothing: the choice holds for nothing then
  }
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
export function loadSetting(name) {
  try {
    return localStorage.getItem(`${PREFIX}:${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}
