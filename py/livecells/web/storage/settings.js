/** Keeps short texts in the browser, such as the reader's choices. */

import { SITE_ROOT } from "../root.js";
import { prefixOf } from "./prefix.js";

const PREFIX = prefixOf(SITE_ROOT);

/**
 * Return the key of a setting in the browser's storage.
 *
 * @param {string} name
 */
export function keyOf(name) {
  return `${PREFIX}:${name}`;
}

/**
 * @param {string} name
 * @param {string | undefined} value  nothing to forget it
 * @returns {boolean}  false when the browser keeps nothing (private mode, storage full)
 */
export function saveSetting(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), value);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
export function loadSetting(name) {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} name
 * @returns {any}  the value of the JSON text that was saved; null where there is none
 */
export function loadJson(name) {
  try {
    return JSON.parse(loadSetting(name) ?? "null");
  } catch {
    return null;
  }
}
