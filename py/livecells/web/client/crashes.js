/**
 * Counts the starts of Python with which the whole tab ended: browsers do that where memory is short, and tell nobody.
 *
 * @import {Python} from "./python.js"
 */

import { loadSetting, saveSetting } from "../storage/settings.js";

const SETTING = "crashes";

/** After so many in a row Python stays off until the reader wants it. */
const MOST = 2;

/** Whether the last starts have all ended with the tab. */
export function hasCrashed(setting = SETTING) {
  return count(setting) >= MOST;
}

/** Count from the beginning: the reader wants another try, or a start went well. */
export function forgetCrashes(setting = SETTING) {
  saveSetting(setting, undefined);
}

/**
 * Count a start as a crash until its first cell has run, or the reader leaves the page.
 *
 * @param {Python} python
 * @param {string} [setting]  of the count
 */
export function watchStart(python, setting = SETTING) {
  const before = count(setting);
  saveSetting(setting, String(before + 1));
  const isUnderWay = () => python.state === "starting" || python.isBusy;
  const leave = () => isUnderWay() && saveSetting(setting, String(before));
  addEventListener("pagehide", leave);
  const look = () => {
    if (isUnderWay()) return;
    forgetCrashes(setting);
    removeEventListener("pagehide", leave);
    python.removeEventListener("change", look);
  };
  python.addEventListener("change", look);
}

/** @param {string} setting */
function count(setting) {
  return Number(loadSetting(setting) ?? 0);
}
