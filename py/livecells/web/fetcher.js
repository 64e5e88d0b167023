/**
 * Loads runtime files for the worker: verified by hash, retried, counted in honest bytes, never for ever.
 *
 * @import {RuntimeFile} from "./protocol.js"
 */

import { strings } from "./strings.js";
import { sha256 } from "./vendor/sha256.js";

/** A connection that gives nothing for this long is given up; with the retry an error shows within 15 s. */
const STALL_MS = 6_000;

/** Pause before the second try of a connection that failed. */
const RETRY_MS = 400;

/** A runtime file that cannot be had; the message says which, why, and what to try. */
export class FileError extends Error {}

export class Fetcher {
  /**
   * @param {string} site  the site's root
   * @param {(loaded: number) => void} onProgress  called with all bytes on the wire so far
   */
  constructor(site, onProgress) {
    this.site = site;
    this.onProgress = onProgress;
    /** @type {Map<string, number>} */
    this.loaded = new Map();
  }

  /** @param {RuntimeFile} file */
  address(file) {
    return new URL(file.path, this.site).href;
  }

  /**
   * Load a file and check it.
   *
   * A host may serve a stale or broken copy from its cache: a mismatch is tried once more around the cache.
   *
   * @param {RuntimeFile} file
   * @returns {Promise<Uint8Array<ArrayBuffer>>} the bytes as stored
   * @throws {FileError}
   */
  async read(file) {
    try {
      return await this.#attempt(file, "default");
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      return this.#attempt(file, "reload");
    }
  }

  /**
   * Load a file while Python waits; workers may do that.
   *
   * @param {RuntimeFile} file
   * @returns {Uint8Array}
   * @throws {FileError}
   */
  readSync(file) {
    const request = new XMLHttpRequest();
    request.open("GET", this.address(file), false);
    request.responseType = "arraybuffer";
    try {
      request.send();
    } catch {
      throw new FileError(strings.fileBlocked(file.path));
    }
    if (request.status !== 200) throw new FileError(strings.fileMissing(file.path, request.status));
    const bytes = new Uint8Array(request.response);
    if (hex(sha256(bytes)) !== file.sha256) {
      throw new FileError(strings.fileAltered(file.path, `${bytes.length} bytes`));
    }
    return bytes;
  }

  /**
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   */
  async #attempt(file, cache) {
    const stall = new Stall(file);
    try {
      const response = await stall.guard(fetch(this.address(file), { cache, signal: stall.signal }));
      if (!response.ok) throw new FileError(strings.fileMissing(file.path, response.status));
      const bytes = await this.#body(file, response, stall);
      await check(file, bytes, response);
      return bytes;
    } catch (error) {
      if (error instanceof FileError) throw error;
      throw new FileError(strings.fileBlocked(file.path), { cause: error });
    } finally {
      stall.end();
    }
  }

  /**
   * Read a body piece by piece into one buffer of the size the manifest promises.
   *
   * @param {RuntimeFile} file
   * @param {Response} response
   * @param {Stall} stall
   */
  async #body(file, response, stall) {
    const bytes = new Uint8Array(file.bytes);
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    let size = 0;
    for (;;) {
      const { done, value } = await stall.guard(reader.read());
      if (done) break;
      if (size + value.length > file.bytes) throw altered(file, response, size + value.length);
      bytes.set(value, size);
      size += value.length;
      this.#count(file, size);
    }
    if (size !== file.bytes) throw altered(file, response, size);
    return bytes;
  }

  /**
   * @param {RuntimeFile} file
   * @param {number} size
   */
  #count(file, size) {
    this.loaded.set(file.path, (size / file.bytes) * file.wire);
    this.onProgress([...this.loaded.values()].reduce((sum, one) => sum + one, 0));
  }
}

/** Gives up a request that makes no progress. */
class Stall {
  /** @param {RuntimeFile} file */
  constructor(file) {
    this.file = file;
    this.controller = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  get signal() {
    return this.controller.signal;
  }

  /**
   * @template T
   * @param {Promise<T>} step
   * @returns {Promise<T>}
   */
  guard(step) {
    clearTimeout(this.timer);
    return new Promise((resolve, reject) => {
      this.timer = setTimeout(() => {
        reject(new FileError(strings.fileStalled(this.file.path, STALL_MS / 1000)));
        this.controller.abort();
      }, STALL_MS);
      step.then(resolve, reject);
    });
  }

  end() {
    clearTimeout(this.timer);
  }
}

/**
 * @param {RuntimeFile} file
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Response} response
 */
async function check(file, bytes, response) {
  // Plain http on another machine is no secure context and has no crypto.subtle.
  const digest = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    : sha256(bytes);
  if (hex(digest) !== file.sha256) throw altered(file, response, bytes.length);
}

/**
 * @param {RuntimeFile} file
 * @param {Response} response
 * @param {number} size
 */
function altered(file, response, size) {
  const type = response.headers.get("content-type") ?? "no type";
  return new FileError(strings.fileAltered(file.path, `${type}, ${size} of ${file.bytes} bytes`));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
