/**
 * Sends what the reader selects in a chart to Python, and runs the cells that read it.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {Condition} from "../shapes.js"
 */

import { analyse, readsSelection, sourcesOf } from "./dependencies.js";
import { kernel } from "../client/kernel.js";
import { allCells, cellsOf } from "../cell/page-cells.js";
import { queue } from "../client/queue.js";
import { loadSetting, saveSetting } from "../storage/settings.js";

/** @typedef {{cell: CodeCell, name: string, clauses: Condition[][]}} Selection */

const SETTLE_MS = 250;
const SETTING = "selections";

/** What is selected in the charts of the document, by page and name. @type {Map<string, Selection>} */
const selections = new Map();

/** Selections whose readers have not run yet. @type {Set<Selection>} */
const fresh = new Set();

/** Generation of the Python that knows the selections. */
let knownIn = 0;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let settling;

/** Run the cells that read a selection whenever it changes. */
export function runSelectionReaders() {
  document.addEventListener("livecells:select", (event) => {
    const cell = /** @type {CodeCell | null} */ (/** @type {Element} */ (event.target).closest("code-cell"));
    if (cell) note({ cell, .../** @type {CustomEvent} */ (event).detail });
  });
  kernel.addEventListener("change", () => void update().catch(console.warn));
}

/** Whether a selection makes cells run. */
export function isSelectionRunOn() {
  return loadSetting(SETTING) !== "off";
}

/** @param {boolean} isOn */
export function setSelectionRun(isOn) {
  saveSetting(SETTING, isOn ? "on" : "off");
  if (isOn) void update().catch(console.warn);
}

/** Whether some cell in the page reads a selection. */
export function hasReaders() {
  return allCells().some(({ source }) => /\bselect(ion|ed)\s*\(/.test(source));
}

/** @param {Selection} selection */
function note(selection) {
  const key = `${selection.cell.page} ${selection.name}`;
  const before = selections.get(key);
  if (before) fresh.delete(before);
  selections.set(key, selection);
  fresh.add(selection);
  clearTimeout(settling);
  settling = setTimeout(() => void update().catch(console.warn), SETTLE_MS);
}

async function update() {
  if (!fresh.size && knownIn === kernel.generation) return;
  if (kernel.state === "off" && fresh.size && isSelectionRunOn() && hasReaders()) kernel.warmUp();
  if (kernel.state !== "idle") return; // tried again when the state changes
  const isNewPython = knownIn !== kernel.generation;
  knownIn = kernel.generation;
  const unknown = isNewPython ? [...selections.values()] : [...fresh];
  const changed = isSelectionRunOn() ? [...fresh] : [];
  fresh.clear();
  for (const { cell, name: selection, clauses } of unknown) {
    await kernel.requestSoon({ what: "select", page: cell.page, cell: cell.id, selection, clauses });
  }
  for (const selection of changed) await runReaders(selection);
}

/** @param {Selection} selection */
async function runReaders({ cell, name }) {
  const cells = cellsOf(cell.page);
  await analyse(cells);
  const readers = cells.filter((one) => one !== cell && readsSelection(one, name));
  const affected = cells.filter(
    (one) => readers.includes(one) || (one !== cell && sourcesOf(one, cells).some((source) => readers.includes(source))),
  );
  if (!affected.length) return;
  const above = cells.slice(0, cells.indexOf(affected[0])); // a text that the reader is writing there is not run
  queue.addWithAbove(affected, above.filter((one) => !queue.hasRunOnce(one)));
}
