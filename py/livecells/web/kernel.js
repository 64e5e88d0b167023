/**
 * The page's client of the worker: one Python for each tab, across instant page changes.
 *
 * @import {ExecuteReply, FromWorker, Manifest, Output, ToWorker} from "./protocol.js"
 */

import { unknownMessage } from "./protocol.js";
import { SITE_ROOT } from "./root.js";
import { strings } from "./strings.js";

/** @typedef {"off" | "starting" | "idle" | "busy" | "failed"} KernelState */
/** @typedef {{page: string, cell: string, source: string}} CellRequest */

/** Nothing heard from a starting worker for this long means that it will not come up. */
const SILENCE_MS = 60_000;

/** The run ended because Python ended: stopped by the reader, crashed, or never started. */
export class KernelEndedError extends Error {
  /**
   * @param {string} message
   * @param {"stopped" | "failed"} reason
   */
  constructor(message, reason) {
    super(message);
    this.reason = reason;
  }
}

/**
 * @typedef {object} Pending
 * @property {(output: Output) => void} onOutput
 * @property {(reply: ExecuteReply) => void} resolve
 * @property {(error: Error) => void} reject
 */

/** Fires `change` whenever `state`, `detail` or the bytes change. */
export class Kernel extends EventTarget {
  /** @type {KernelState} */
  state = "off";
  detail = "";
  loaded = 0;
  total = 0;
  /** Counts the Pythons of this tab: what ran in an earlier one is gone. */
  generation = 0;

  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #nextId = 1;
  /** Whether this worker has sent anything: a script that is missing ends it before. */
  #hasSpoken = false;
  /** What went wrong beside the running cell, shown when it has ended. */
  #warning = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /**
   * Start Python if it is not up; calling it again does nothing.
   */
  start() {
    if (this.#worker) return;
    this.generation += 1;
    this.#hasSpoken = false;
    this.loaded = 0;
    this.#change("starting", "");
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", (event) => this.#receive(event.data));
    worker.addEventListener("error", (event) => {
      const cause = this.#hasSpoken ? strings.workerDied : strings.workerMissing;
      this.#fail(event.message || cause);
    });
    this.#listenForSilence();
    void this.#init(worker);
  }

  /**
   * Run one cell.
   *
   * @param {CellRequest} request
   * @param {(output: Output) => void} onOutput  called with each output, in the order Python made them
   * @returns {Promise<ExecuteReply>} resolves also when the Python raised: that is an output, not a failure
   * @throws {KernelEndedError}
   */
  execute(request, onOutput) {
    if (this.state === "failed") return Promise.reject(new KernelEndedError(this.detail, "failed"));
    this.start();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { onOutput, resolve, reject });
      this.#warning = "";
      if (this.state === "idle") this.#change("busy", request.cell);
      this.#post({ type: "execute_request", id, ...request });
    });
  }

  /**
   * End Python at once and start it anew.
   *
   * @param {string} detail  why, for the reader
   */
  restart(detail = strings.pythonStopped) {
    this.#end(new KernelEndedError(detail, "stopped"));
    this.start();
    this.detail = detail;
  }

  /** @param {ToWorker} message */
  #post(message) {
    this.#worker?.postMessage(message);
  }

  /** @param {Worker} worker */
  async #init(worker) {
    try {
      const manifest = await readManifest();
      this.total = bootBytes(manifest);
      worker.postMessage({ type: "init", site: SITE_ROOT.href, manifest });
    } catch {
      this.#fail(strings.manifestBroken);
    }
  }

  /** @param {FromWorker} message */
  #receive(message) {
    this.#hasSpoken = true;
    if (this.state === "starting") this.#listenForSilence();
    switch (message.type) {
      case "progress":
        this.loaded = message.loaded;
        this.total = message.total;
        return this.#changed();
      case "status":
        if (message.state === "idle") return this.#ready();
        return this.#changed();
      case "failed":
        return this.#fail(message.detail);
      case "warning":
        this.#warning = message.detail;
        return this.#changed();
      case "output":
        return this.#pending.get(message.id)?.onOutput(message.output);
      case "execute_reply":
        return this.#finish(message.id, message.reply);
      default:
        return unknownMessage(message);
    }
  }

  #ready() {
    clearTimeout(this.#silence);
    this.loaded = this.total;
    this.#change(this.#pending.size ? "busy" : "idle", this.detail);
  }

  /**
   * @param {number} id
   * @param {ExecuteReply} reply
   */
  #finish(id, reply) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (!this.#pending.size) this.#change("idle", this.#warning);
    pending?.resolve(reply);
  }

  /** @param {string} detail */
  #fail(detail) {
    if (this.state === "failed") return; // a later failure must not hide the first cause
    this.#end(new KernelEndedError(detail, "failed"));
    this.#change("failed", detail);
  }

  /** @param {KernelEndedError} error */
  #end(error) {
    clearTimeout(this.#silence);
    this.#worker?.terminate();
    this.#worker = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.state = "off";
    for (const { reject } of pending) reject(error);
  }

  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#fail(strings.bootSilent(SILENCE_MS / 1000)), SILENCE_MS);
  }

  /**
   * @param {KernelState} state
   * @param {string} detail
   */
  #change(state, detail) {
    this.state = state;
    this.detail = detail;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @type {Promise<Manifest> | undefined} */
let manifestPromise;

/**
 * Read the list of runtime files once.
 *
 * @returns {Promise<Manifest>}
 */
export function readManifest() {
  manifestPromise ??= fetch(new URL("./manifest.json", import.meta.url)).then((response) => {
    if (!response.ok) throw new Error(`manifest: ${response.status}`);
    return response.json();
  });
  manifestPromise.catch(() => (manifestPromise = undefined));
  return manifestPromise;
}

/**
 * Count what a first start loads, in bytes on the wire.
 *
 * @param {Manifest} manifest
 */
export function bootBytes(manifest) {
  return manifest.files.reduce((sum, file) => sum + (file.kind === "data" ? 0 : file.wire), 0);
}

/** The one kernel of this tab; modules live on when instant navigation swaps the page. */
export const kernel = new Kernel();
