/**
 * Runs what depends on a cell by itself, where the reader or the page's author wants that.
 *
 * A run of the reader's, or a choice that the build has computed, makes the cells below it run that use what it gives: each once, in
 * the order of the page. A newer run of the reader's overtakes them. Only texts run that the author has written or the reader has run.
 *
 * @import {CodeCell} from "../cell/cell.js"
 */

import { analyse, sourcesOf } from "./dependencies.js";
import { isChanged } from "./stale-marks.js";
import { kernel } from "../client/kernel.js";
import { allCells, cellsOf } from "../cell/page-cells.js";
import { queue } from "../client/queue.js";
import { loadSetting, saveSetting } from "../storage/settings.js";

const SETTLE_MS = 250;

/** Cells that run, or wait, by themselves. @type {Set<CodeCell>} */
const own = new Set();

/** Which of them have run since they were started together. @type {string[]} */
let ran = [];

/** When each cell has begun to run last, by a count of all runs. @type {WeakMap<CodeCell, number>} */
const started = new WeakMap();
let count = 0;

let isFresh = false;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let settling;

/** Run dependents from now on, on pages where that is wanted. */
export function runDependents() {
  document.addEventListener("livecells:state", (event) => {
    follow(/** @type {CodeCell} */ (event.target), /** @type {CustomEvent} */ (event).detail.state);
  });
  document.addEventListener("livecells:stale", soon);
  kernel.addEventListener("change", () => isFresh && soon());
}

/** @param {string} page */
export function isReactive(page) {
  const chosen = loadSetting(nameOf(page));
  return chosen ? chosen === "on" : cellsOf(page).some(({ dataset }) => dataset.reactive !== undefined);
}

/**
 * @param {string} page
 * @param {boolean} isOn
 */
export function setReactive(page, isOn) {
  saveSetting(nameOf(page), isOn ? "on" : "off");
  if (isOn) soon();
  else overtake();
}

/** @param {string} page */
function nameOf(page) {
  return `reactive:${page}`;
}

/**
 * @param {CodeCell} cell
 * @param {string} state
 */
function follow(cell, state) {
  if (state === "starting" || state === "busy") started.set(cell, ++count);
  if (!own.has(cell)) {
    if (state === "queued") void Promise.resolve().then(overtake); // the queue is in the middle of something
    if (state === "ok") soon();
  } else if (["ok", "error", "static", "failed"].includes(state)) {
    own.delete(cell);
    if (state === "ok" || state === "error") ran.push(cell.id);
    if (!own.size) tell();
  }
}

/** Let go of what runs by itself: the reader has begun something newer. */
function overtake() {
  for (const cell of own) queue.overtake(cell);
}

function tell() {
  if (ran.length) document.dispatchEvent(new CustomEvent("livecells:reacted", { detail: ran }));
  ran = [];
}

function soon() {
  isFresh = true;
  clearTimeout(settling);
  settling = setTimeout(() => void run().catch(console.warn), SETTLE_MS);
}

async function run() {
  if (kernel.state !== "idle" || own.size) return; // tried again when the state changes
  isFresh = false;
  for (const page of new Set(allCells().map((cell) => cell.page))) if (isReactive(page)) await runOn(cellsOf(page));
}

/** @param {CodeCell[]} cells  of a page */
async function runOn(cells) {
  await analyse(cells);
  /** @type {CodeCell[]} */
  const affected = [];
  for (const cell of cells) {
    const sources = sourcesOf(cell, cells);
    const isDue = sources.some((one) => affected.includes(one) || (isKnown(one) && isNewer(one, cell)));
    const isReady = sources.every((one) => isKnown(one) || queue.hasRunOnce(one));
    if (isDue && isReady && isKnown(cell) && cell.dataset.checks === undefined) affected.push(cell); // an answer is checked when asked
  }
  const above = cells.slice(0, cells.indexOf(affected[0])).filter((one) => isKnown(one) && !queue.hasRun(one));
  if (!affected.length || kernel.state !== "idle") return;
  for (const cell of [...above, ...affected]) own.add(cell);
  queue.addWithAbove(affected, above);
}

/**
 * Return whether what a cell gives is newer than what another shows.
 *
 * @param {CodeCell} source
 * @param {CodeCell} cell
 */
function isNewer(source, cell) {
  return isChanged(cell, source) || (cell.executionCount !== null && (started.get(source) ?? 0) > (started.get(cell) ?? 0));
}

/**
 * Return whether the text of a cell is the author's, or one that the reader has run: no other runs by itself.
 *
 * @param {CodeCell} cell
 */
function isKnown(cell) {
  return !cell.isEdited || cell.source === cell.shownSource;
}
