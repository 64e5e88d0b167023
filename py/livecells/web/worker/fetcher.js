/**
 * Loads runtime files for the worker, each checked by its hash. Progress counts bytes on the wire; every request has a time limit.
 *
 * @import {RuntimeFile} from "../shapes.js"
 */

import { pieces, requestFrom, retried, wholeOf } from "../net/download.js";
import { FileError, unusable } from "../net/file-error.js";
import { sha256Anywhere, sha256Sync } from "../net/hash-sync.js";
import { decoder } from "../net/zstd.js";
import { unpackStream } from "./packs.js";

/** A request that Python waits for has one limit for the whole file: this, and its bytes at the speed of the slowest line. */
const SYNC_LIMIT_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 20;

/**
 * Names carry the content's hash, so a copy that the browser has is good however old it is; a host may still serve a stale or
 * broken one from its own cache.
 *
 * @type {RequestCache[]}
 */
const TRIES = ["force-cache", "reload"];

/**
 * WebKit keeps no machine code, and does not share the answer of a request that is under way.
 *
 * This is what a return costs there. WebKitGTK 2.50.6 on two busy cores, first visit and return, in seconds: compile 3.9 and 1.5, core
 * 3.4 and 1.3, imports 5.6 and 0, the first cell 8.1 and 7.7; of processor time its compiler took 9.3 and 5.6, Python 7.0 and 2.8.
 * In the return's first cell Python waits for two thirds of the time. WebKit interprets what is called first, but not vectors:
 * 1224 functions of Polars that have them are compiled when they are called, by the thread that also optimises, and that is busy for
 * 1.5 s with Python's own loop. Polars with no vectors in 3393 of 3520 functions did not help a return: what had been compiled was
 * interpreted. With WebKit's optimiser switched off, a first visit took 9.7 s and a return 5.5 s; a page cannot switch it off.
 */
const IS_CODE_KEPT = !/AppleWebKit(?!.*Chrome)/.test(globalThis.navigator?.userAgent ?? ""); // Node 20 has none

/** In Firefox, once a reader has left a page while it was feeding a compilation, that tab compiles nothing more. */
const IS_FEEDING_SAFE = !/Firefox/.test(globalThis.navigator?.userAgent ?? "");

export class Fetcher {
  /**
   * @param {string} site  the site's root
   * @param {(loaded: number, waitsFor: string) => void} onProgress  called with all bytes on the wire so far, and the path of a
   *   file of which nothing comes
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
   * Return the address of a file's folder.
   *
   * @param {RuntimeFile} file
   */
  folder(file) {
    return new URL("./", this.address(file)).href;
  }

  /**
   * @param {RuntimeFile} file
   * @param {RequestInit} how
   * @returns {Promise<Response>}
   */
  open(file, how) {
    return fetch(this.address(file), { ...how, priority: file.kind === "module" ? "low" : "auto" }); // Python can start without
  }

  /**
   * @param {RuntimeFile} file
   * @returns {Uint8Array<ArrayBuffer>}
   */
  openSync(file) {
    const request = this.#sendSync(file);
    if (request.status !== 200) throw refused(file, request);
    return new Uint8Array(request.response);
  }

  /** Whether `openRangeSync` saves anything. */
  get canReadRanges() {
    return true;
  }

  /**
   * Load a range of a file, unchecked, while Python waits.
   *
   * @param {RuntimeFile} file
   * @param {number} start
   * @param {number} end
   * @returns {{start: number, bytes: Uint8Array<ArrayBuffer>}}  the whole file where the host ignores ranges
   * @throws {FileError}
   */
  openRangeSync(file, start, end) {
    const request = this.#sendSync(file, (waiting) => waiting.setRequestHeader("Range", `bytes=${start}-${end - 1}`));
    const bytes = new Uint8Array(request.response);
    const isWhole = request.status === 200;
    if (!isWhole && request.status !== 206) throw refused(file, request);
    if (bytes.length !== (isWhole ? file.bytes : end - start)) throw altered(file, `${bytes.length} bytes`);
    return { start: isWhole ? 0 : start, bytes };
  }

  /**
   * Load a file and check it.
   *
   * @param {RuntimeFile} file
   * @returns {Promise<Uint8Array<ArrayBuffer>>} the bytes as stored
   * @throws {FileError}
   */
  read(file) {
    return retried(TRIES, (cache) => wholeOf(this.#pieces(file, cache)));
  }

  /**
   * Load WebAssembly, check it, and compile it while it arrives.
   *
   * @param {RuntimeFile} file  of the kind `core` as it is, of others packed with zstd
   * @returns {Promise<WebAssembly.Module>}
   * @throws {FileError}
   */
  compile(file) {
    return retried(TRIES, (cache) => (file.kind === "core" ? this.#compileStored(file, cache) : this.#compilePacked(file, cache)));
  }

  /**
   * Load a file that is packed with zstd and unpack it while it arrives. The bytes are checked only at its end.
   *
   * @param {RuntimeFile} file
   * @param {RequestCache} [cache]
   * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
   */
  async *unpacked(file, cache = TRIES[0]) {
    yield* unpackStream(this.#pieces(file, cache), await decoder());
  }

  /**
   * Load a file while Python waits; workers may do that.
   *
   * @param {RuntimeFile} file
   * @returns {Uint8Array}
   * @throws {FileError}
   */
  readSync(file) {
    const bytes = this.openSync(file);
    if (sha256Sync(bytes) !== file.sha256) throw altered(file, `${bytes.length} bytes`);
    return bytes;
  }

  /**
   * @param {RuntimeFile} file
   * @param {(request: XMLHttpRequest) => void} [prepare]
   * @throws {FileError}
   */
  #sendSync(file, prepare) {
    const request = new XMLHttpRequest();
    request.open("GET", this.address(file), false);
    request.responseType = "arraybuffer";
    request.timeout = SYNC_LIMIT_MS + file.wire / SLOWEST_BYTES_PER_MS;
    prepare?.(request);
    try {
      request.send();
    } catch (error) {
      const { path } = file;
      const isLate = error instanceof DOMException && error.name === "TimeoutError";
      if (isLate) throw new FileError({ path, cause: "stalled", detail: String(Math.round(request.timeout / 1000)) });
      throw new FileError({ path, cause: "network", detail: "" }, error);
    }
    return request;
  }

  /**
   * Compile the server's own response: only for that does the browser keep the machine code. The check reads the file once more,
   * from the browser's cache.
   *
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   */
  async #compileStored(file, cache) {
    if (!IS_CODE_KEPT) return WebAssembly.compile(await wholeOf(this.#pieces(file, cache)));
    const own = new AbortController();
    const compiling = WebAssembly.compileStreaming(this.open(file, { cache, signal: own.signal }));
    compiling.catch(() => {}); // the check below has a better reason
    const bytes = await wholeOf(this.#pieces(file, cache, () => own.abort()));
    // The bytes are right. Either the content type was wrong, which some hosts do not know, or the connection broke.
    return compiling.catch(() => WebAssembly.compile(bytes)).catch((error) => {
      throw unusable(file, error);
    });
  }

  /**
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   */
  async #compilePacked(file, cache) {
    /** @type {unknown} */
    let failure; // of the stream; the error of compileStreaming says less
    const body = streamOf(this.unpacked(file, cache), (error) => (failure = error));
    try {
      const response = new Response(body, { headers: { "Content-Type": "application/wasm" } });
      return await (IS_FEEDING_SAFE ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
    } catch (error) {
      if (failure instanceof FileError) throw failure;
      await wholeOf(this.#pieces(file, cache)); // fails when it is not the right file
      throw unusable(file, error);
    }
  }

  /**
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   * @param {() => void} [onBroken]  called when a second connection is needed
   */
  #pieces(file, cache, onBroken) {
    let isFirst = true;
    const open = (/** @type {AbortSignal} */ signal, /** @type {number} */ start) => {
      if (!isFirst) onBroken?.();
      isFirst = false;
      return this.open(file, requestFrom(start, cache, signal));
    };
    const onProgress = (/** @type {number} */ size, /** @type {boolean} */ isQuiet) => this.#count(file, size, isQuiet);
    return pieces(file, { open, onProgress, hash: sha256Anywhere });
  }

  /**
   * @param {RuntimeFile} file
   * @param {number} size
   * @param {boolean} isQuiet
   */
  #count(file, size, isQuiet) {
    this.loaded.set(file.path, (size / file.bytes) * file.wire);
    this.onProgress([...this.loaded.values()].reduce((sum, one) => sum + one, 0), isQuiet ? file.path : "");
  }
}

/**
 * @param {RuntimeFile} file
 * @param {XMLHttpRequest} request
 */
function refused({ path }, { status }) {
  return new FileError({ path, cause: "status", detail: String(status) });
}

/**
 * @param {RuntimeFile} file
 * @param {string} got  what came instead
 */
export function altered({ path }, got) {
  return new FileError({ path, cause: "altered", detail: "", got });
}

/**
 * @param {AsyncGenerator<Uint8Array<ArrayBuffer>>} pieces
 * @param {(error: unknown) => void} onError
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
function streamOf(pieces, onError) {
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        const { done, value } = await pieces.next().catch((error) => {
          onError(error);
          throw error;
        });
        if (done) return controller.close();
        if (value.length) return controller.enqueue(value);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
