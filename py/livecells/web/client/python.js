/**
 * One Python as the page sees it: a worker, its start, its runs, its end. kernel.js decides which one runs cells.
 *
 *     starting ◀─▶ ready ──▶ ended
 *         └──────────────────▲
 *
 * @import {Requested, ConsentMessage, FileFault, FromWorker, InputMessage, Modules, SnapshotUse, StatusMessage, ToWorker} from "../protocol.js"
 * @import {Emitted, ExecuteReply, Request} from "../shapes.js"
 */

import { embedded } from "../net/embedded.js";
import { fileProblem } from "./file-faults.js";
import { sendSyncReply } from "./sync-reply.js";
import { InterruptFlag } from "../interrupt.js";
import { bootBytes, filesOfPython, readManifest } from "./manifest.js";
import { unknownMessage } from "../protocol.js";
import { RELEASE, SITE_ROOT } from "../root.js";
import { strings } from "../strings.js";

/** @typedef {{page: string, cell: string, source: string, expressions: Request[], checks: string[]}} CellRequest */

/** A starting worker that says nothing for this long will not come up. */
const SILENCE_MS = 180_000;

/** How browsers, Python and Rust say that memory is short. */
const NO_MEMORY = /out of memory|MemoryError|\bOOM\b|allocat|\bgrow\b/i;

/** Characters shown of the interpreter's last message. */
const LONGEST_CAUSE = 200;

/**
 * The run ended because Python ended: the reader stopped it, it crashed, or it never started. With an unusable snapshot another
 * Python, started without it, can do the run.
 */
export class PythonEndedError extends Error {
  /**
   * @param {string} message
   * @param {"stopped" | "failed" | "unusable snapshot"} reason
   */
  constructor(message, reason) {
    super(message);
    this.reason = reason;
  }

  /** Whether Python was up before. */
  wasUp = false;
}

const WORKER = new URL(`${RELEASE}worker/worker.js`, SITE_ROOT).href;

/**
 * Wrap a module in a Blob: a worker started from it is bound by the page's policy, which allows no requests. On disk there is
 * neither a policy nor a network.
 *
 * @param {string} module  its address
 */
function blobOf(module) {
  if (embedded) return module;
  return URL.createObjectURL(new Blob([`import ${JSON.stringify(module)};`], { type: "text/javascript" }));
}

/**
 * Receives what a cell sends while it runs: outputs in the order in which Python made them, and questions to the reader.
 *
 * @typedef {object} RunListener
 * @property {(output: Emitted) => void} onOutput
 * @property {(prompt: string, isSecret: boolean) => Promise<string>} onInput
 * @property {(origin: string) => Promise<boolean>} onConsent
 *
 * @typedef {{resolve: (reply: ExecuteReply) => void, reject: (error: Error) => void}} Pending
 */

/** Fires `change` when the state, the bytes, the stage or the warning change. */
export class Python extends EventTarget {
  /** @type {"starting" | "ready" | "ended"} */
  state = "starting";
  /** Why it ended. @type {PythonEndedError | undefined} */
  end;
  /** Bytes on the wire. */
  loaded = 0;
  total = 0;
  /** Path of a file of which nothing comes, for now. */
  waitsFor = "";
  /** What went wrong beside the running cell. */
  warning = "";
  /** Whether it came up from a memory snapshot. */
  isRestored = false;
  /** Whether its start is over; it can be ready before, for cells that import nothing compiled. */
  isWhole = false;
  /** How long the start took, when it is over. */
  startMs = 0;

  /** @type {Worker} */
  #worker;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  /** Of all runs: tasks that a cell has begun send outputs after it has ended. @type {Map<number, RunListener>} */
  #listeners = new Map();
  /** @type {Map<number, (reply: any) => void>} */
  #asked = new Map();
  #nextId = 1;
  /** Whether the worker has sent anything; if not, its script is missing. */
  #hasSpoken = false;
  #flag = new InterruptFlag();
  #hasHeard = false;
  /** The request in which the worker stands still until the reader has replied. @type {string | undefined} */
  #held;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /**
   * @param {Modules} modules  that earlier workers have compiled; this one adds its own
   * @param {SnapshotUse} snapshot
   * @param {boolean} [isConfined]  whether it may run text from elsewhere, and so has neither network nor storage
   */
  constructor(modules, snapshot, isConfined = false) {
    super();
    this.modules = modules;
    this.isConfined = isConfined;
    this.#worker = new Worker(isConfined ? blobOf(WORKER) : WORKER, { type: "module" });
    this.#worker.addEventListener("message", (event) => this.#receive(event.data));
    this.#worker.addEventListener("error", (event) => {
      const cause = this.#hasSpoken ? strings.workerDied : strings.workerMissing;
      this.#finish(new PythonEndedError(event.message ? this.#described(event.message) : cause, "failed"));
    });
    this.#listenForSilence();
    void this.#init(snapshot);
  }

  get isBusy() {
    return this.#pending.size > 0;
  }

  /**
   * Run one cell.
   *
   * @param {CellRequest} request
   * @param {RunListener} listener
   * @returns {Promise<ExecuteReply>} resolves also when the Python raised: that is an output, not a failure
   * @throws {PythonEndedError}
   */
  execute(request, listener) {
    if (this.end) return Promise.reject(this.end);
    const id = this.#nextId++;
    this.warning = "";
    this.#listeners.set(id, listener);
    const done = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#post({ type: "execute_request", id, flag: this.#flag.lower(), ...request });
    this.#changed();
    return done;
  }

  /**
   * Send Python a request. It replies between runs, once it is up.
   *
   * @param {Requested} request
   * @returns {Promise<any>}  undefined when Python ends before
   */
  request(request) {
    if (this.end) return Promise.resolve(undefined);
    const id = this.#nextId++;
    const reply = new Promise((resolve) => this.#asked.set(id, resolve));
    this.#post({ type: "request", id, request });
    return reply;
  }

  /**
   * Add a file of the reader's, or remove it, before anything that is asked or run later.
   *
   * @param {string} path
   * @param {File | ArrayBuffer | undefined} file
   */
  putFile(path, file) {
    this.#post({ type: "user_file", path, file });
  }

  /**
   * Drop what the cells of a page have defined.
   *
   * @param {string} page
   */
  forget(page) {
    this.#post({ type: "reset", page });
  }

  /** Ask the running cell to end, as Ctrl+C does. Code that never checks for signals goes on. */
  interrupt() {
    this.#hasHeard = false;
    this.#flag.raise();
    this.#post({ type: "interrupt" }); // a cell that waits in an await does not look at the flag
    if (this.#held) this.#release(this.#held, undefined);
  }

  /** Whether Python knows of the last `interrupt`. */
  get hasHeard() {
    return this.#hasHeard || this.#flag.isSeen;
  }

  /**
   * End it at once.
   *
   * @param {PythonEndedError} reason
   */
  terminate(reason) {
    this.#finish(reason);
  }

  /** @param {ToWorker} message */
  #post(message) {
    this.#worker.postMessage(message);
  }

  /** @param {SnapshotUse} snapshot */
  async #init(snapshot) {
    try {
      const manifest = await readManifest();
      this.total = bootBytes(manifest);
      const { modules } = this;
      const files = await embedded?.files(filesOfPython(manifest).map(({ path }) => path));
      const interrupt = this.#flag.shared;
      const { isConfined } = this;
      this.#post({ type: "init", site: SITE_ROOT.href, manifest, modules, snapshot, isConfined, interrupt, embedded: files });
    } catch {
      this.#finish(new PythonEndedError(strings.manifestBroken, "failed"));
    }
  }

  /** @param {FromWorker} message */
  #receive(message) {
    if (this.end) return;
    this.#hasSpoken = true;
    if (this.state === "starting") this.#listenForSilence();
    switch (message.type) {
      case "progress":
        [this.loaded, this.waitsFor] = [message.loaded, message.waitsFor];
        return this.#changed();
      case "status":
        this.#enter(message);
        return this.#changed();
      case "modules":
        return void Object.assign(this.modules, message.modules);
      case "snapshot":
        return this.#finish(new PythonEndedError(message.detail, message.state === "kept" ? "stopped" : "unusable snapshot"));
      case "failed":
        return this.#finish(new PythonEndedError(this.#described(message.detail, message.fault), "failed"));
      case "warning":
        this.warning ||= fileProblem(message.fault); // Python may need more missing files to report the first
        return this.#changed();
      case "output":
        return this.#listeners.get(message.id)?.onOutput(message.output);
      case "input_request":
        return void this.#input(message);
      case "consent_request":
        return void this.#consent(message);
      case "interrupted":
        return void (this.#hasHeard = true);
      case "execute_reply":
        return this.#reply(message.id, message.reply);
      case "reply":
        this.#asked.get(message.id)?.(message.reply);
        return void this.#asked.delete(message.id);
      default:
        return unknownMessage(message);
    }
  }

  /** @param {InputMessage} message */
  async #input({ id, prompt, isSecret, held }) {
    this.#held = held;
    const text = await this.#listeners.get(id)?.onInput(prompt, isSecret);
    if (held) this.#release(held, text);
    else if (text !== undefined) this.#post({ type: "input_reply", text });
  }

  /** @param {ConsentMessage} message */
  async #consent({ id, origin, held }) {
    this.#held = held;
    const isAllowed = (await this.#listeners.get(id)?.onConsent(origin)) ?? false;
    if (held) this.#release(held, String(isAllowed));
    else this.#post({ type: "consent_reply", origin, isAllowed });
  }

  /**
   * Let the worker go on, once.
   *
   * @param {string} held
   * @param {string | undefined} text  undefined stops the cell
   */
  #release(held, text) {
    if (this.#held !== held) return;
    this.#held = undefined;
    void sendSyncReply(held, text);
  }

  /** @param {StatusMessage} message */
  #enter(message) {
    if (message.state === "whole") {
      this.isWhole = true;
      this.startMs = message.startMs;
    } else if (message.state === "idle") {
      this.isRestored = message.isRestored;
      clearTimeout(this.#silence);
      this.state = "ready";
    } else {
      this.state = "starting";
      this.#listenForSilence();
    }
  }

  /**
   * @param {number} id
   * @param {ExecuteReply} reply
   */
  #reply(id, reply) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#changed();
    pending?.resolve(reply);
  }

  /**
   * Describe why Python has ended, and what to try.
   *
   * @param {string} detail
   * @param {FileFault} [fault]
   */
  #described(detail, fault) {
    if (this.state !== "ready" && NO_MEMORY.test(fault?.detail ?? detail)) return strings.startNoMemory;
    if (fault) return this.warning || fileProblem(fault);
    if (this.state !== "ready") return detail;
    const [line = ""] = detail.split("\n");
    return strings.interpreterDied(line.slice(0, LONGEST_CAUSE));
  }

  /** @param {PythonEndedError} reason */
  #finish(reason) {
    if (this.end) return; // a later failure must not hide the first cause
    reason.wasUp = this.state === "ready";
    this.end = reason;
    this.state = "ended";
    clearTimeout(this.#silence);
    this.#worker.terminate();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#changed();
    for (const { reject } of pending) reject(reason);
    for (const resolve of this.#asked.values()) resolve(undefined);
    this.#asked.clear();
  }

  #listenForSilence() {
    clearTimeout(this.#silence);
    const late = () => this.#finish(new PythonEndedError(strings.bootSilent(SILENCE_MS / 1000), "failed"));
    this.#silence = setTimeout(late, SILENCE_MS);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
