/**
 * What a worker hands to the boot: files from the site's own server, compiled modules from wherever they are quickest to be had.
 *
 * @import {Memory} from "./memory.js"
 * @import {FromWorker, Manifest, Modules, RuntimeFile} from "../protocol.js"
 * @import {SnapshotHost} from "./snapshot.js"
 */

import { FileError, Fetcher } from "./fetcher.js";

/** Bytes change faster than a reader can see. */
const PROGRESS_INTERVAL_MS = 80;

/** @implements {SnapshotHost} */
export class WorkerHost {
  /**
   * @param {string} site
   * @param {Manifest} manifest
   * @param {Modules} modules  that an earlier worker has compiled
   * @param {(message: FromWorker) => void} send
   */
  constructor(site, manifest, modules, send) {
    this.manifest = manifest;
    this.modules = modules;
    this.send = send;
    const total = manifest.files.reduce((sum, file) => sum + (file.stage === "boot" ? file.wire : 0), 0);
    this.fetcher = new Fetcher(site, throttled((loaded) => send({ type: "progress", loaded, total })));
    this.indexURL = new URL("./", this.fetcher.address(this.#named("pyodide.mjs"))).href;
  }

  /** Where modules may lie unpacked. @type {Memory | undefined} */
  memory;

  /** @param {any} config */
  loadPyodide = async (config) => {
    // Checked before: the browser imports scripts by itself, and its cache makes it one download.
    await this.#checked("pyodide.asm.mjs");
    return (await import(await this.#checked("pyodide.mjs"))).loadPyodide(config);
  };

  /** @param {any} settings */
  createCore = async (settings) => (await import(await this.#checked("pyodide.asm.mjs"))).default(settings);

  /** @param {RuntimeFile} file */
  read = (file) => this.fetcher.read(file);

  /**
   * A file that cannot be had when Python opens it is told twice: as an OSError to the cell, in words to the page.
   *
   * @param {RuntimeFile} file
   */
  readSync = (file) => {
    try {
      return this.fetcher.readSync(file);
    } catch (error) {
      if (error instanceof FileError) this.send({ type: "warning", detail: error.message });
      throw error;
    }
  };

  /** @param {RuntimeFile} file */
  compile = async (file) => {
    const known = this.modules[file.name];
    if (known) return known;
    const kept = file.kind === "module" ? await this.memory?.module(file) : undefined;
    return (this.modules[file.name] = await (kept ? WebAssembly.compile(kept) : this.fetcher.compile(file)));
  };

  /** @param {string} detail */
  onStage = (detail) => this.send({ type: "status", state: "starting", detail });

  /** @param {string} name */
  #named(name) {
    const file = this.manifest.files.find((one) => one.name === name);
    if (!file) throw new FileError(`the manifest has no ${name}`);
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

/** @param {(loaded: number) => void} report */
function throttled(report) {
  let last = -Infinity;
  return (/** @type {number} */ loaded) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    report(loaded);
  };
}
