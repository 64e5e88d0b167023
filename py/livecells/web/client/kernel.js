/**
 * The Python of this tab, across instant page changes: which one runs cells, and what takes its place when it ends.
 *
 * @import {Requested, Modules} from "../protocol.js"
 * @import {ExecuteReply} from "../shapes.js"
 * @import {CellRequest, RunListener} from "./python.js"
 */

import { isSpareAffordable, keepSnapshot, noteStart, useOfSnapshots } from "./snapshot-policy.js";
import { forgetCrashes, hasCrashed, watchStart } from "./crashes.js";
import { isUntrusted, trustAll } from "./untrusted.js";
import { Python, PythonEndedError } from "./python.js";
import { isLineDear } from "../net/data-saver.js";
import { within } from "../net/timeout.js";
import { strings } from "../strings.js";

/** @typedef {"off" | "starting" | "idle" | "busy" | "failed"} KernelState */

/**
 * A cell that has not ended this long after the reader's Stop is ended together with its Python, if that has heard nothing. A slow
 * device gets more: as long as its Python took to start.
 */
const LIMITS_MS = { least: 1000, most: 2000 };

/** One that has heard may end by then: on a slow device the first traceback takes seconds. */
const HEARD_LIMIT_MS = 10_000;

/** Python has to be idle for this long before the snapshot and the spare are made. */
const IDLE_MS = 1000;

/** Fires `change` whenever `state`, `detail` or the bytes change. */
export class Kernel extends EventTarget {
  /** The reason for this state, for the reader; while a cell runs, the cell's name. */
  detail = "";
  /** Counts the Pythons of this tab. The variables of an earlier one are gone. */
  generation = 0;

  /** Whether Python may run text from elsewhere (untrusted.js). */
  isConfined = false;

  /** @type {Python | undefined} */
  #python;
  /** Another one, started ahead to replace the first without a wait. @type {Python | undefined} */
  #spare;
  /** @type {PythonEndedError | undefined} */
  #failure;
  /** Modules that workers have compiled, for the workers after them. @type {Modules} */
  #modules = {};
  #isSnapshotUsable = true;
  /** Called with every new Python before it runs anything. @type {((python: Python) => void)[]} */
  #preparations = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;

  /** @returns {KernelState} */
  get state() {
    if (this.#failure) return "failed";
    if (!this.#python) return "off";
    if (this.#python.state === "starting") return "starting";
    return this.#python.isBusy ? "busy" : "idle";
  }

  /** Bytes on the wire. */
  get loaded() {
    return this.#python?.loaded ?? 0;
  }

  get total() {
    return this.#python?.total ?? 0;
  }

  /** Path of a file of which nothing comes, for now. */
  get waitsFor() {
    return this.#python?.waitsFor ?? "";
  }

  /** Whether what failed had been up before. */
  get hasBroken() {
    return this.#failure?.wasUp ?? false;
  }

  /** Whether this Python came up from its kept memory. */
  get isRestored() {
    return this.#python?.isRestored ?? false;
  }

  /**
   * Do something with every new Python before it runs anything.
   *
   * @param {(python: Python) => void} prepare
   */
  prepare(prepare) {
    this.#preparations.push(prepare);
  }

  /**
   * Do something with every Python that is there: the one that runs cells and the one that waits to take its place.
   *
   * @param {(python: Python) => void} action
   */
  each(action) {
    for (const python of [this.#python, this.#spare]) if (python) action(python);
  }

  /** Start Python if it is not up; calling it again does nothing. */
  start() {
    if (this.#python || this.#failure) return;
    this.detail = "";
    if (hasCrashed()) return this.#fail(new PythonEndedError(strings.startsCrashed, "failed"));
    this.#adopt(this.#create());
  }

  /** Start Python because the reader seems about to run something, unless each byte counts. */
  warmUp() {
    if (!isLineDear()) this.start();
  }

  /**
   * Run one cell.
   *
   * @param {CellRequest} request
   * @param {RunListener} listener
   * @returns {Promise<ExecuteReply>} resolves also when the Python raised: that is an output, not a failure
   * @throws {PythonEndedError}
   */
  async execute(request, listener) {
    if (isUntrusted(request.page)) this.confine();
    this.start();
    if (this.#failure) throw this.#failure;
    const python = /** @type {Python} */ (this.#python);
    this.detail = request.cell;
    this.#changed();
    try {
      return await python.execute(request, listener);
    } catch (error) {
      if (!(error instanceof PythonEndedError) || error.reason !== "unusable snapshot") throw error;
      return this.execute(request, listener); // meanwhile another one starts, without the snapshot
    }
  }

  /**
   * Send Python a request.
   *
   * @param {Requested} request
   * @returns {Promise<any>}  nothing where Python is not up, or has something else to do
   */
  async request(request) {
    return this.state === "idle" ? this.#python?.request(request) : undefined;
  }

  /**
   * Send Python a request for which the reader waits; a busy Python replies when it is done.
   *
   * @param {Requested} request
   * @returns {Promise<any>}  nothing where Python is not up
   */
  async requestSoon(request) {
    return this.#python?.request(request);
  }

  /** Tell what runs to end by a signal; nothing else happens where it does not hear. */
  interrupt() {
    if (this.state === "busy") this.#python?.interrupt();
  }

  /** Stop what runs by a signal, which keeps all variables; if that has no effect, end Python. */
  async stop() {
    const python = this.#python;
    if (!python) return;
    if (python.state === "starting") return this.#end();
    if (!python.isBusy) return;
    python.interrupt();
    const ending = whenIdle(python);
    const endsBy = (/** @type {number} */ ms) => within(ms, ending, () => new Error("busy")).then(() => true, () => false);
    const start = python.isWhole ? python.startMs : Infinity;
    const limit = Math.min(Math.max(start, LIMITS_MS.least), LIMITS_MS.most);
    const isDone = (await endsBy(limit)) || (python.hasHeard && (await endsBy(HEARD_LIMIT_MS)));
    if (!isDone && this.#python === python) this.restart(strings.pythonStopped);
  }

  /**
   * End Python at once and start it anew.
   *
   * @param {string} [detail]  why, for the reader
   */
  restart(detail = "") {
    forgetCrashes();
    this.#end();
    this.#failure = undefined;
    const spare = this.#spare;
    this.#spare = undefined;
    this.#adopt(spare ?? this.#create());
    this.detail = detail;
    this.#changed();
  }

  /** End every Python and start one anew, because the preparations have changed. */
  renew() {
    this.#spare?.terminate(new PythonEndedError(strings.pythonStopped, "stopped"));
    this.#spare = undefined;
    this.restart();
  }

  /** Run Python without network and storage until the reader trusts the text from elsewhere. */
  confine() {
    if (this.isConfined) return;
    this.isConfined = true;
    if (this.#python) this.renew();
  }

  /** Start Python anew with a network: the reader trusts the text from elsewhere. */
  trust() {
    trustAll();
    this.isConfined = false;
    this.renew();
  }

  #end() {
    const python = this.#python;
    this.#python = undefined;
    python?.terminate(new PythonEndedError(strings.pythonStopped, "stopped"));
    this.#changed();
  }

  #create() {
    const python = new Python(this.#modules, this.#isSnapshotUsable ? useOfSnapshots() : "none", this.isConfined);
    for (const prepare of this.#preparations) prepare(python);
    return python;
  }

  /** @param {Python} python */
  #adopt(python) {
    this.#python = python;
    this.generation += 1;
    if (python.state === "starting") watchStart(python);
    python.addEventListener("change", () => this.#python === python && this.#follow(python));
    this.#follow(python);
  }

  /** @param {Python} python */
  #follow(python) {
    if (python.end) this.#afterEnd(python.end);
    else if (python.state === "ready" && !python.isBusy) this.#rest(python);
    this.#changed();
  }

  /** @param {PythonEndedError} end */
  #afterEnd(end) {
    this.#python = undefined;
    if (end.reason === "unusable snapshot") {
      console.warn(`The kept memory of Python was not usable and is removed: ${end.message}`);
      this.#isSnapshotUsable = false;
      this.#adopt(this.#create());
    } else if (end.reason === "failed") {
      this.#fail(end);
    }
  }

  /** @param {PythonEndedError} end */
  #fail(end) {
    this.#failure = end;
    this.detail = end.message;
    this.#changed();
  }

  /** @param {Python} python */
  #rest(python) {
    this.detail = python.warning || (this.detail === strings.pythonStopped ? this.detail : "");
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#useIdleTime(python), IDLE_MS);
  }

  /** @param {Python} python */
  #useIdleTime(python) {
    if (this.#python !== python || python.isBusy) return;
    this.dispatchEvent(new Event("idle"));
    if (!python.isWhole) return;
    if (this.generation === 1) noteStart(python); // later ones get compiled modules of the first
    if (!python.isRestored) keepSnapshot(this.#modules);
    else if (!this.#spare && isSpareAffordable()) this.#spare = this.#watched(this.#create());
  }

  /** @param {Python} spare */
  #watched(spare) {
    spare.addEventListener("change", () => {
      if (spare.end && this.#spare === spare) this.#spare = undefined;
    });
    return spare;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * Wait until nothing runs any more.
 *
 * @param {Python} python
 * @returns {Promise<void>}
 */
function whenIdle(python) {
  return new Promise((resolve) => {
    const look = () => {
      if (python.isBusy) return;
      python.removeEventListener("change", look);
      resolve();
    };
    python.addEventListener("change", look);
    look();
  });
}

/** The one kernel of this tab; modules live on when instant navigation swaps the page. */
export const kernel = new Kernel();
