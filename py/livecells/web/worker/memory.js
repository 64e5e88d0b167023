/**
 * Keeps a snapshot of Python's memory between visits.
 *
 * A snapshot only speeds the start up, and can be removed at any time. It belongs to one build of the runtime and one version of
 * the browser. Its head is written last, so half a snapshot is never used. A snapshot with which two starts failed is removed.
 *
 * @import {Booted} from "./boot.js"
 * @import {SnapshotHead, SnapshotHost} from "./snapshot.js"
 * @import {Manifest} from "../protocol.js"
 * @import {RuntimeFile} from "../shapes.js"
 * @import {Store} from "../storage/large-files.js"
 */

import { sha256 } from "../net/hash.js";
import { within } from "../net/timeout.js";
import { make, restore } from "./snapshot.js";
import { openStore } from "../storage/large-files.js";

/** Starts from one snapshot that may end without an error, by a crash or a closed tab, before it is removed. */
const MOST_TRIES = 2;

/** A start from a snapshot takes a second, and some more on a slow device; one that takes this long hangs. */
const LIMIT_MS = 60_000;

/** The snapshot did not work. It is removed, and this worker cannot be used any more. */
export class SnapshotError extends Error {}

/** The snapshot and the compiled modules' bytes that this browser keeps for the site. */
export class Memory {
  /**
   * @param {Store} store
   * @param {string} key  of this build and this browser
   */
  constructor(store, key) {
    this.store = store;
    this.key = key;
  }

  /**
   * @param {string} site
   * @param {Manifest} manifest
   * @returns {Promise<Memory | undefined>}  undefined where the browser keeps nothing
   */
  static async open(site, manifest) {
    const store = await openStore(site);
    return store && new Memory(store, await keyOf(manifest));
  }

  /**
   * Read the unpacked bytes of a module.
   *
   * @param {RuntimeFile} file
   * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>}
   */
  async module(file) {
    const stored = await this.store.open(moduleName(file));
    if (!stored) return undefined;
    const bytes = new Uint8Array(file.unpacked);
    try {
      if (stored.size !== file.unpacked) return undefined;
      stored.read(bytes, 0);
      return bytes;
    } catch {
      return undefined; // the browser has cleared it meanwhile
    } finally {
      stored.close();
    }
  }

  /**
   * Start Python from the snapshot of this build.
   *
   * @param {SnapshotHost} host
   * @returns {Promise<Booted | undefined>}  undefined when there is none
   * @throws {SnapshotError}
   */
  async restore(host) {
    /** @type {ReturnType<Store["open"]> | undefined} */
    let opening;
    try {
      const head = await this.#readText(`${this.key}.json`);
      if (!head) return undefined;
      opening = this.store.open(`${this.key}.memory`); // Cache Storage reads all of it; meanwhile modules are compiled
      const tries = Number((await this.#readText(`${this.key}.tries`)) ?? 0);
      if (tries >= MOST_TRIES) throw new Error("earlier starts from it did not end well");
      await this.#writeText(`${this.key}.tries`, String(tries + 1));
      const booted = await within(LIMIT_MS, restore(host, JSON.parse(head), opening), () => new Error("it did not come up"));
      await this.store.remove(`${this.key}.tries`);
      return booted;
    } catch (error) {
      (await opening)?.close();
      await this.clear();
      const reason = error instanceof Error ? error.message : String(error);
      throw new SnapshotError(reason, { cause: error });
    } finally {
      (await opening)?.close();
    }
  }

  /**
   * Make a snapshot and keep it, together with the modules that a start from it has to compile.
   *
   * @param {SnapshotHost} host
   * @param {(file: RuntimeFile) => AsyncIterable<Uint8Array<ArrayBuffer>>} unpacked  returns the bytes of WebAssembly
   */
  async keep(host, unpacked) {
    const { head, memory } = await make(host);
    try {
      await this.store.write(`${this.key}.memory`, parts(memory, head));
      for (const file of modulesOf(host.manifest)) await this.store.write(moduleName(file), unpacked(file));
      await this.#writeText(`${this.key}.json`, JSON.stringify(head));
    } catch (error) {
      await this.clear(); // the disk may be full: keep nothing rather than half
      throw error;
    }
    await this.#forgetOthers(host.manifest);
  }

  /** Remove everything. */
  async clear() {
    for (const name of await this.store.names()) await this.store.remove(name);
  }

  /** @param {Manifest} manifest */
  async #forgetOthers(manifest) {
    const own = new Set([`${this.key}.json`, `${this.key}.memory`, ...modulesOf(manifest).map(moduleName)]);
    for (const name of await this.store.names()) if (!own.has(name)) await this.store.remove(name);
  }

  /** @param {string} name */
  async #readText(name) {
    const stored = await this.store.open(name);
    if (!stored) return undefined;
    const bytes = new Uint8Array(stored.size);
    stored.read(bytes, 0);
    stored.close();
    return new TextDecoder().decode(bytes);
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #writeText(name, text) {
    return this.store.write(name, [new TextEncoder().encode(text)]);
  }
}

/**
 * @param {Uint8Array} memory
 * @param {SnapshotHead} head
 * @returns {Generator<Uint8Array<ArrayBuffer>>}
 */
function* parts(memory, head) {
  for (const [start, length] of head.runs) yield /** @type {Uint8Array<ArrayBuffer>} */ (memory.subarray(start, start + length));
}

/** @param {Manifest} manifest */
function modulesOf(manifest) {
  return manifest.files.filter(({ kind }) => kind === "module");
}

/** @param {RuntimeFile} file */
function moduleName(file) {
  return `${file.sha256.slice(0, 16)}.wasm`;
}

/**
 * Return a key for all that a snapshot depends on: everything that ran before it was made, and the browser that made it.
 *
 * @param {Manifest} manifest
 */
async function keyOf({ files, preload, warm_up }) {
  const hashes = files.filter(({ kind }) => kind !== "data").map(({ sha256 }) => sha256);
  const text = JSON.stringify([hashes, preload, warm_up, navigator.userAgent]);
  return (await sha256(new TextEncoder().encode(text))).slice(0, 16);
}
