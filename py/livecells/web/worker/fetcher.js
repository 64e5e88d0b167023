/**
 * Loads runtime files for the worker: verified by hash, retried, counted in honest bytes, never for ever.
 *
 * @import {RuntimeFile} from "../protocol.js"
 */

import { FileError, altered, check, hex } from "./integrity.js";
import { RuntimeFileError, decoder, unpackStream } from "./packs.js";
import { Stall } from "./stall.js";
import { strings } from "../strings.js";
import { sha256 } from "../vendor/sha256.js";

/** For a file that Python waits for, which can be given up only as a whole; so slow a line counts as none. */
const SYNC_STALL_MS = 15_000;
const SLOWEST_BYTES_PER_MS = 20;

/** Pause before the second try of a connection that failed. */
const RETRY_MS = 400;

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
   * The folder that a file lies in.
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
    return fetch(this.address(file), how);
  }

  /**
   * @param {RuntimeFile} file
   * @returns {Uint8Array<ArrayBuffer>}
   */
  openSync(file) {
    const request = this.#sendSync(file);
    if (request.status !== 200) throw new FileError(strings.fileMissing(file.path, request.status));
    return new Uint8Array(request.response);
  }

  /** Whether `openPartSync` spares anything. */
  get canReadParts() {
    return true;
  }

  /**
   * Load a part of a file while Python waits, unchecked.
   *
   * @param {RuntimeFile} file
   * @param {number} start
   * @param {number} end
   * @returns {{start: number, bytes: Uint8Array<ArrayBuffer>}}  the whole file where the host knows no parts
   * @throws {FileError}
   */
  openPartSync(file, start, end) {
    const request = this.#sendSync(file, (waiting) => waiting.setRequestHeader("Range", `bytes=${start}-${end - 1}`));
    const bytes = new Uint8Array(request.response);
    const isWhole = request.status === 200;
    if (!isWhole && request.status !== 206) throw new FileError(strings.fileMissing(file.path, request.status));
    if (bytes.length !== (isWhole ? file.bytes : end - start)) {
      throw new FileError(strings.fileAltered(file.path, `${bytes.length} bytes`));
    }
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
    return twice((cache) => this.#whole(file, cache));
  }

  /**
   * Load WebAssembly, check it, and compile it while it arrives.
   *
   * @param {RuntimeFile} file  of the kind `core` as it is, of the kind `module` packed with zstd
   * @returns {Promise<WebAssembly.Module>}
   * @throws {FileError | RuntimeFileError}
   */
  compile(file) {
    return twice((cache) => (file.kind === "core" ? this.#compileStored(file, cache) : this.#compilePacked(file, cache)));
  }

  /**
   * Load a file that is packed with zstd and unpack it while it arrives. Only when it ends well, the bytes were the right ones.
   *
   * @param {RuntimeFile} file
   * @param {RequestCache} [cache]
   * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
   */
  async *unpacked(file, cache = "force-cache") {
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
    if (hex(sha256(bytes)) !== file.sha256) {
      throw new FileError(strings.fileAltered(file.path, `${bytes.length} bytes`));
    }
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
    request.timeout = SYNC_STALL_MS + file.wire / SLOWEST_BYTES_PER_MS;
    prepare?.(request);
    try {
      request.send();
    } catch (error) {
      if (error instanceof DOMException && error.name === "TimeoutError") {
        throw new FileError(strings.fileStalled(file.path, Math.round(request.timeout / 1000)));
      }
      throw new FileError(strings.fileBlocked(file.path));
    }
    return request;
  }

  /**
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async #whole(file, cache) {
    const bytes = new Uint8Array(file.bytes);
    let size = 0;
    for await (const piece of this.#pieces(file, cache)) {
      bytes.set(piece, size);
      size += piece.length;
    }
    return bytes;
  }

  /**
   * Compile the server's own response: only then the browser keeps the machine code for the next visit. The check reads the
   * file once more, from the browser's cache.
   *
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   */
  async #compileStored(file, cache) {
    const compiling = WebAssembly.compileStreaming(this.open(file, { cache }));
    compiling.catch(() => {}); // the check knows better what is wrong
    const bytes = await this.#whole(file, cache);
    // The right bytes: what was wrong was the type, which some hosts do not know.
    return compiling.catch(() => WebAssembly.compile(bytes)).catch((error) => {
      throw new RuntimeFileError(file, error);
    });
  }

  /**
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   */
  async #compilePacked(file, cache) {
    /** @type {unknown} */
    let failure; // of the stream: what compileStreaming makes of it says less
    const body = streamOf(this.unpacked(file, cache), (error) => (failure = error));
    try {
      return await WebAssembly.compileStreaming(new Response(body, { headers: { "Content-Type": "application/wasm" } }));
    } catch (error) {
      if (failure instanceof FileError) throw failure;
      await this.#whole(file, cache); // what was not the right file has failed in some other way
      throw new RuntimeFileError(file, error);
    }
  }

  /**
   * The bytes of a file as they arrive. It ends well only when these were all and the right ones: what is made from the
   * pieces must not be used before.
   *
   * @param {RuntimeFile} file
   * @param {RequestCache} cache
   * @returns {AsyncGenerator<Uint8Array>}
   */
  async *#pieces(file, cache) {
    const stall = new Stall(file);
    const whole = new Uint8Array(file.bytes);
    let size = 0;
    try {
      const response = await stall.guard(this.open(file, { cache, signal: stall.signal }));
      if (!response.ok) throw new FileError(strings.fileMissing(file.path, response.status));
      const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
      for (;;) {
        const { done, value } = await stall.guard(reader.read());
        if (done) break;
        if (size + value.length > file.bytes) throw altered(file, response, size + value.length);
        whole.set(value, size);
        size += value.length;
        this.#count(file, size);
        yield value;
      }
      if (size !== file.bytes) throw altered(file, response, size);
      await check(file, whole, response);
    } catch (error) {
      if (error instanceof FileError) throw error;
      throw new FileError(strings.fileBlocked(file.path), { cause: error });
    } finally {
      stall.end();
    }
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

/**
 * A host may serve a stale or broken copy from its cache: what fails is tried once more around the cache. Names carry the
 * content's hash, so a copy that the browser has is good however old it is.
 *
 * @template T
 * @param {(cache: RequestCache) => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function twice(attempt) {
  try {
    return await attempt("force-cache");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    return attempt("reload");
  }
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
