/** Starts that ended with the tab: counted, taken back, and two in a row keep Python off. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

const page = new EventTarget();
/** @type {Map<string, string>} */
const kept = new Map();
Object.assign(globalThis, {
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
  localStorage: {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => kept.set(name, value),
    removeItem: (/** @type {string} */ name) => kept.delete(name),
  },
});
const { forgetCrashes, hasCrashed, watchStart } = await import("../../py/livecells/web/client/crashes.js");
const { isKeeping, isSlower, noteStart, setKeeping } = await import("../../py/livecells/web/client/snapshot-policy.js");

class FakePython extends EventTarget {
  state = "starting";
  isBusy = true;

  /** @param {Partial<FakePython>} change */
  become(change) {
    Object.assign(this, change);
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {string} [setting] */
function start(setting) {
  const python = new FakePython();
  watchStart(/** @type {any} */ (python), setting);
  return python;
}

beforeEach(() => kept.clear());

test("two starts that ended with the tab keep Python off, until the reader tries again", () => {
  start();
  assert.equal(hasCrashed(), false);
  start();
  assert.equal(hasCrashed(), true);
  forgetCrashes();
  assert.equal(hasCrashed(), false);
});

test("a start whose first cell has run is no crash, and ends the row", () => {
  start();
  const python = start();
  python.become({ state: "ready" });
  assert.equal(hasCrashed(), true); // the cell still runs
  python.become({ isBusy: false });
  assert.equal(hasCrashed(), false);
  start();
  assert.equal(hasCrashed(), false);
});

test("a reader who leaves while Python starts has not crashed", () => {
  for (let times = 0; times < 3; times++) {
    start();
    page.dispatchEvent(new Event("pagehide"));
  }
  assert.equal(hasCrashed(), false);
});

test("a start from memory that was slower than one without is not repeated, unless the reader wants it", () => {
  Object.defineProperty(globalThis, "navigator", { value: { deviceMemory: 8 }, configurable: true });
  noteStart(/** @type {any} */ ({ isRestored: false, startMs: 5000 }));
  assert.deepEqual([isSlower(), isKeeping()], [false, true]);
  noteStart(/** @type {any} */ ({ isRestored: true, startMs: 8000 }));
  assert.deepEqual([isSlower(), isKeeping()], [true, false]);
  const name = [...kept.keys()].find((one) => one.endsWith(":starts"));
  kept.set(String(name).replace(/starts$/, "memory"), "on");
  assert.equal(isKeeping(), true);
});

test("a device with little memory tries when the reader asks", () => {
  Object.defineProperty(globalThis, "navigator", { value: { deviceMemory: 2 }, configurable: true });
  assert.equal(isKeeping(), false);
  noteStart(/** @type {any} */ ({ isRestored: false, startMs: 5000 }));
  const name = [...kept.keys()].find((one) => one.endsWith(":starts"));
  kept.set(String(name).replace(/starts$/, "memory"), "on");
  assert.equal(isKeeping(), true);
});

test("two tabs that ended while memory was kept end the keeping, until the reader wants it again", async () => {
  Object.defineProperty(globalThis, "navigator", { value: { deviceMemory: 8 }, configurable: true });
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { fetch: () => new Promise(() => {}), Worker: EventTarget });
  for (const tab of ["1", "2", "3"]) {
    assert.equal(isKeeping(), true);
    const policy = await import(`../../py/livecells/web/client/snapshot-policy.js?${tab}`);
    policy.keepSnapshot({});
  }
  assert.equal(isKeeping(), false);
  setKeeping(true);
  assert.deepEqual([isKeeping(), hasCrashed("maker-crashes")], [true, false]);
});
