/**
 * Which pages hold text that came from elsewhere, by a link or in a file: Python has no network while it may run that.
 *
 * The mark outlives the tab, as the text does. A page whose mark cannot be kept has one for this tab.
 */

import { loadJson, saveSetting } from "../storage/settings.js";

const NAME = "foreign";

/** @type {Set<string>} */
const marked = new Set(read());

/** @returns {string[]} */
function read() {
  const kept = loadJson(NAME);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
}

function keep() {
  saveSetting(NAME, JSON.stringify([...marked]));
}

/** @param {string} page  into which the reader has taken such a text */
export function markForeign(page) {
  marked.add(page);
  keep();
}

/**
 * @param {string} page
 * @returns {boolean}
 */
export function isForeign(page) {
  return marked.has(page);
}

/** @param {string} page  that the reader has brought back to the author's text */
export function unmarkForeign(page) {
  if (marked.delete(page)) keep();
}

/** The reader has read what came from elsewhere, and trusts it. */
export function trustAll() {
  marked.clear();
  keep();
}
