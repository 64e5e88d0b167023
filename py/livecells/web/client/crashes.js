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
export function hasCrashed() {
  return count() >= MOST;
}

/** Count from the beginning: the reader wants another try, or a start went well. */
export function forgetCrashes() {
  saveSetting(SETTING, undefined);
}

/**
 * Count a start as a crash until its first cell has run, or the reader leaves the page.
 *
 * @param {Python} python
 */
export function watchStart(python) {
  const before = count();
  saveSetting(SETTING, String(before + 1));
  const isUnderWay = () => python.state === "starting" || python.isBusy;
  const leave = () => isUnderWay() && saveSetting(SETTING, String(before));
  addEventListener("pagehide", leave);
  const look = () => {
    if (isUnderWay()) return;
    forgetCrashes();
    removeEventListener("pagehide", leave);
    python.removeEventListener("change", look);
  };
  python.addEventListener("change", look);
}

function count() {
  return Number(loadSetting(SETTING) ?? 0);
}
