/**
 * Decides whether this browser keeps Python's memory between visits, and makes the snapshot, in a worker of its own. Unless the
 * reader has chosen, the device's memory decides, and whether a start from a snapshot was quicker there than one without.
 *
 * @import {Modules, SnapshotUse} from "../protocol.js"
 */

import { forgetCrashes, hasCrashed, watchStart } from "./crashes.js";
import { isSavingData } from "../net/data-saver.js";
import { embedded } from "../net/embedded.js";
import { RELEASE, SITE_ROOT } from "../root.js";
import { Python } from "./python.js";
import { removeStore } from "../storage/large-files.js";
import { loadJson, loadSetting, saveSetting } from "../storage/settings.js";

/** Gigabytes, as browsers round them. A browser that gives no number counts as a desktop when it has a mouse. */
const LEAST_MEMORY = 4;
const SPARE_MEMORY = 8;

const SETTING = "memory";

/** The quickest starts of this release, in ms: `{release, plain, restored}`. */
const STARTS = "starts";

/** Counts the tabs that ended while a snapshot was made. */
const MAKER_CRASHES = "maker-crashes";

/** @type {Python | undefined} */
let maker;

/**
 * @returns {SnapshotUse}
 */
export function useOfSnapshots() {
  return isKeeping() ? "use" : "none";
}

/** Whether a snapshot is kept. */
export function isKeeping() {
  if (embedded) return false; // all pages on disk share one storage
  const chosen = loadSetting(SETTING);
  return chosen ? chosen === "on" : memoryOfDevice() >= LEAST_MEMORY && !isSavingData() && !isSlower();
}

/** Whether starts from a snapshot have been slower here than those without one. */
export function isSlower() {
  const { plain = Infinity, restored = 0 } = starts();
  return restored > plain;
}

/**
 * Remember how long a start took that could use nothing of another Python in this tab; remove a snapshot that was slower.
 *
 * @param {Python} python
 */
export function noteStart({ isRestored, startMs }) {
  const kind = isRestored ? "restored" : "plain";
  const known = starts();
  saveSetting(STARTS, JSON.stringify({ ...known, release: RELEASE, [kind]: Math.min(startMs, known[kind] ?? startMs) }));
  if (!isKeeping()) void removeStore(SITE_ROOT.href);
}

/** @returns {{plain?: number, restored?: number}} */
function starts() {
  const kept = loadJson(STARTS);
  return kept?.release === RELEASE ? kept : {};
}

/**
 * Switch it on or off for this browser.
 *
 * @param {boolean} isOn
 */
export function setKeeping(isOn) {
  forgetCrashes(MAKER_CRASHES);
  saveSetting(SETTING, isOn ? "on" : "off");
}

/** Whether a second Python may wait in memory. */
export function isSpareAffordable() {
  return isKeeping() && memoryOfDevice() >= SPARE_MEMORY;
}

/**
 * Make a snapshot for the next start, once for each page load. A failure only goes to the console: the next start is then as
 * slow as this one. Where two tabs in a row have ended with it, none is made until the reader wants one.
 *
 * @param {Modules} modules  compiled ones
 */
export function keepSnapshot(modules) {
  if (maker || !isKeeping()) return;
  if (hasCrashed(MAKER_CRASHES)) return setKeeping(false);
  maker = new Python(modules, "make");
  watchStart(maker, MAKER_CRASHES);
  maker.addEventListener("change", () => {
    const end = maker?.end;
    if (end && end.reason !== "stopped") console.warn(`Python's memory could not be kept: ${end.message}`);
  });
}

function memoryOfDevice() {
  const known = /** @type {{deviceMemory?: number}} */ (navigator).deviceMemory;
  return known ?? (matchMedia("(hover: hover)").matches ? SPARE_MEMORY : 0);
}
