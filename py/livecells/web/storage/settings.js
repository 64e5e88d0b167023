/** Keeps short texts in the browser, such as the reader's choices. */

import { SITE_ROOT } from "../root.js";
import { prefixOf } from "./prefix.js";

const PREFIX = prefixOf(SITE_ROOT);

/**
 * @param {string} name
 * @param {string | undefined} value  nothing to forget it
 * @returns {boolean}  false when the browser keeps nothing (private mode, storage full)
 */
export function saveSetting(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(`${PREFIX}:${name}`);
    else localStorage.setItem(`${PREFIX}:${name}`, value);
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
    return localStorage.getItem(`${PREFIX}:${name}`) ?? undefined;
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
