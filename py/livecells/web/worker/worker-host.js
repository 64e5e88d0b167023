/**
 * Reads files for the boot in a worker: from the site's server, compiled modules from the quickest source.
 *
 * @import {Memory} from "./memory.js"
 * @import {FailedMessage, FromWorker, InitMessage} from "../protocol.js"
 * @import {RuntimeFile} from "../shapes.js"
 * @import {SnapshotHost} from "./snapshot.js"
 */

import { EmbeddedFetcher } from "./embedded-fetcher.js";
import { Fetcher } from "./fetcher.js";
import { FileError } from "../net/file-error.js";
import { marked } from "./marks.js";

/** Progress is sent no more often than a reader can see it. */
const PROGRESS_INTERVAL_MS = 80;

/** @implements {SnapshotHost} */
export class WorkerHost {
  /**
   * @param {InitMessage} init
   * @param {(message: FromWorker) => void} send
   */
  constructor({ site, manifest, modules, embedded }, send) {
    this.manifest = manifest;
    this.modules = modules;
    this.send = send;
    const total = manifest.files.reduce((sum, file) => sum + (file.stage === "boot" ? file.wire : 0), 0);
    const report = throttled((loaded, waitsFor) => send({ type: "progress", loaded, total, waitsFor }));
    this.fetcher = embedded ? new EmbeddedFetcher(embedded, report) : new Fetcher(site, report);
    // Pyodide tries `importScripts` to learn whether it may use `import()`. It may, on disk too, where a worker is a classic script;
    // and where the page's policy binds the worker, Firefox reports the try.
    Object.assign(globalThis, { importScripts: refuse });
    this.indexURL = this.fetcher.folder(this.#named("pyodide.mjs"));
  }

  /** May hold unpacked modules. @type {Memory | undefined} */
  memory;

  /** @param {any} config */
  loadPyodide = async (config) => {
    const { loadPyodide } = await import(await this.#checked("pyodide.mjs"));
    const createPyodideModule = async (/** @type {any} */ settings) => (await this.loadCore())(settings);
    return loadPyodide({ createPyodideModule, ...config });
  };

  loadCore = async () => (await import(await this.#checked("pyodide.asm.mjs"))).default;

  /** @param {RuntimeFile} file */
  read = (file) => this.fetcher.read(file);

  /**
   * Read a file that Python opens. A failure is an OSError for the cell, and a warning for the page.
   *
   * @param {RuntimeFile} file
   */
  readSync = (file) => {
    try {
      return this.fetcher.readSync(file);
    } catch (error) {
      if (error instanceof FileError) this.send({ type: "warning", fault: error.fault });
      throw error;
    }
  };

  /** @param {RuntimeFile} file */
  compile = async (file) => {
    return this.modules[file.name] ?? (this.modules[file.name] = await marked("compile", () => this.#compile(file)));
  };

  /** @param {RuntimeFile} file */
  compiled = (file) => this.modules[file.name];

  /** @param {unknown} error */
  onLost = (error) => this.send(failed(error));

  /** @param {RuntimeFile} file */
  async #compile(file) {
    const kept = file.kind === "module" ? await this.memory?.module(file) : undefined;
    return kept ? WebAssembly.compile(kept) : this.fetcher.compile(file);
  }

  /** @param {string} detail */
  onStage = (detail) => this.send({ type: "status", state: "starting", detail });

  /** @param {string} name */
  #named(name) {
    const file = this.manifest.files.find((one) => one.name === name);
    if (!file) throw new Error(`the manifest has no ${name}`);
    return file;
  }

  /**
   * @param {string} name
   * @returns {Promise<string>}  the file's address, when the file is the right one
   */
  async #checked(name) {
    const file = this.#named(name);
    await this.fetcher.read(file);
    return this.fetcher.address(file);
  }
}

/**
 * @param {unknown} error  that ended Python, or its start
 * @returns {FailedMessage}
 */
export function failed(error) {
  const fault = error instanceof FileError ? error.fault : undefined;
  return { type: "failed", detail: error instanceof Error ? error.message : String(error), fault };
}

function refuse() {
  throw new TypeError("importScripts is not for modules");
}

/** @param {(loaded: number, waitsFor: string) => void} report */
function throttled(report) {
  let last = -Infinity;
  return (/** @type {number} */ loaded, /** @type {string} */ waitsFor) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    report(loaded, waitsFor);
  };
}
