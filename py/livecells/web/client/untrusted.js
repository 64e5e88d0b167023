/**
 * Remembers which pages hold text from elsewhere, from a link or a file: a Python that may run such text has no network.
 *
 * The mark outlives the tab, as the text does. In a browser that keeps nothing it lasts as long as the tab.
 */

import { loadJson, saveSetting } from "../storage/settings.js";

const NAME = "foreign"; // the name under which browsers already keep it

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
export function markUntrusted(page) {
  marked.add(page);
  keep();
}

/**
 * @param {string} page
 * @returns {boolean}
 */
export function isUntrusted(page) {
  return marked.has(page);
}

/** @param {string} page  that the reader has brought back to the author's text */
export function unmarkUntrusted(page) {
  if (marked.delete(page)) keep();
}

/** The reader has read what came from elsewhere, and trusts it. */
export function trustAll() {
  marked.clear();
  keep();
}
