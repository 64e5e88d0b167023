/**
 * The page's side of Ruff. It is loaded once the reader has edited for a while, or asks for it; what cannot be loaded says nothing.
 *
 * @import {Finding, FromRuff, Neighbours, Asked} from "../protocol.js"
 * @import {RuntimeFile} from "../shapes.js"
 */

import { kernel } from "../client/kernel.js";
import { readManifest } from "../client/manifest.js";
import { isSavingData } from "../net/data-saver.js";
import { embedded } from "../net/embedded.js";
import { RELEASE, SITE_ROOT } from "../root.js";

/** Changes of the reader's after which it is worth its bytes. */
const ENOUGH_CHANGES = 20;

const WORKER = new URL(`${RELEASE}ruff/worker.js`, SITE_ROOT).href;

/** @typedef {{resolve: (reply: any) => void, reject: (error: Error) => void}} Pending */

/** Fires `ready` once it is there. */
class Ruff extends EventTarget {
  /** Whether this site has it: copies on disk do not. */
  isOffered = !embedded;
  isReady = false;
  #changes = 0;
  /** @type {Promise<void> | undefined} */
  #loading;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #nextId = 1;

  /** Count a change of the reader's. */
  noteChange() {
    this.#changes += 1;
    if (this.#changes === ENOUGH_CHANGES && this.isOffered && !isSavingData()) this.#loadBesidePython();
  }

  /**
   * @param {string} text
   * @param {Neighbours} neighbours
   * @returns {Promise<Finding[]>}  none while it is not loaded
   */
  async find(text, neighbours) {
    return this.isReady ? this.#ask({ what: "find", text, neighbours }).catch(() => []) : [];
  }

  /**
   * @param {string} text
   * @returns {Promise<string | null>}  null where the text is not Python
   */
  format(text) {
    return this.#ask({ what: "format", text });
  }

  /**
   * Load it, whatever the reader has done so far.
   *
   * @param {(bytes: number) => void} [onLoading]  called with the bytes on the wire where it is not there yet
   * @throws {Error}  it cannot be had
   */
  async load(onLoading) {
    if (!this.isReady) onLoading?.((await ruffFile()).wire);
    this.#loading ??= this.#start();
    return this.#loading;
  }

  /** Load it when no Python is starting, which has more use for the line. */
  #loadBesidePython() {
    if (kernel.state === "starting") kernel.addEventListener("change", () => this.#loadBesidePython(), { once: true });
    else this.load().catch(console.warn);
  }

  async #start() {
    try {
      const file = await ruffFile();
      this.#worker = new Worker(WORKER, { type: "module" });
      this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
      this.#worker.addEventListener("error", (event) => this.#end(event.message ?? ""));
      await this.#ask({ what: "load", site: SITE_ROOT.href, file });
      this.isReady = true;
      this.dispatchEvent(new Event("ready"));
    } catch (error) {
      this.#end("");
      throw error;
    }
  }

  /** @param {Asked} asked */
  #ask(asked) {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#pending.set(id, { resolve, reject });
      this.#worker?.postMessage({ ...asked, id });
    });
  }

  /** @param {FromRuff} message */
  #receive(message) {
    if ("problem" in message) return this.#end(message.problem);
    this.#pending.get(message.id)?.resolve(message.reply);
    this.#pending.delete(message.id);
  }

  /**
   * Give up a worker that is missing or broken; who asks to format gets another.
   *
   * @param {string} problem
   */
  #end(problem) {
    this.#worker?.terminate();
    this.#worker = this.#loading = undefined;
    this.isReady = false;
    for (const { reject } of this.#pending.values()) reject(new Error(`Ruff: ${problem}`));
    this.#pending.clear();
  }
}

export const ruff = new Ruff();

/** @returns {Promise<RuntimeFile>} */
async function ruffFile() {
  const { files } = await readManifest();
  return /** @type {RuntimeFile} */ (files.find(({ kind }) => kind === "tool"));
}
