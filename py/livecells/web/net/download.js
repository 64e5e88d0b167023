/**
 * Downloads files whose hashes are known. Each is checked and watched for progress. When a connection ends or falls silent,
 * another one goes on from the byte where the file stands.
 */

import { FileError } from "./file-error.js";
import { sha256 } from "./hash.js";
import { PATIENCE_MS, PAUSES_MS, QUIET_MS } from "./limits.js";
import { within } from "./timeout.js";

/**
 * @typedef {{path: string, sha256: string, bytes: number}} Expected  a file by its path below the site's root
 *
 * @typedef {object} Ways
 * @property {(stalled: AbortSignal, start: number) => Promise<Response>} open  asks for the file from byte `start` on;
 *   `stalled` gives the request up
 * @property {(size: number, isQuiet: boolean) => void} onProgress  called with the bytes so far, and when none came for a while
 * @property {(bytes: Uint8Array<ArrayBuffer>) => Promise<string>} [hash]  SHA-256 where `crypto.subtle` may be missing
 *
 * @typedef {{ms: number, onQuiet: () => void, path: string}} Patience
 */

/**
 * Try something, and try it again when the network or a cache may be to blame.
 *
 * @template T
 * @param {RequestCache[]} caches  for each try, how it uses the browser's cache
 * @param {(cache: RequestCache) => Promise<T>} attempt
 * @param {AbortSignal} [signal]  ends it
 * @returns {Promise<T>}
 */
export async function retried([cache, ...others], attempt, signal, pauses = PAUSES_MS) {
  try {
    return await attempt(cache);
  } catch (error) {
    const isHopeless = !(error instanceof FileError) || ["unusable", "stalled"].includes(error.fault.cause);
    if (isHopeless || !others.length || signal?.aborted) throw error;
    await pause(pauses[0]);
    return retried(others, attempt, signal, pauses.slice(1));
  }
}

/**
 * Download a file piece by piece. It ends well only when these were all its bytes and the right ones: what is made of the pieces
 * must not be used before.
 *
 * @param {Expected} file
 * @param {Ways} ways
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>}  returns the whole
 * @throws {FileError}
 */
export async function* pieces(file, { open, onProgress, hash = sha256 }) {
  const { path, bytes } = file;
  const whole = new Uint8Array(bytes);
  let size = 0;
  for (let vain = 0; ; await pause(PAUSES_MS[0])) {
    const start = size;
    const stall = new AbortController();
    const patience = { ms: PATIENCE_MS[vain] ?? 0, onQuiet: () => onProgress(size, true), path };
    let isRight = false;
    try {
      const response = await patiently(open(stall.signal, start), patience);
      if (!response.ok) throw new FileError({ path, cause: "status", detail: String(response.status) });
      for await (const piece of bodyFrom(start, response, patience)) {
        if (size + piece.length > bytes) throw wrong(file, response, size + piece.length);
        whole.set(piece, size);
        size += piece.length;
        onProgress(size, false);
        yield piece;
      }
      if (size < bytes || (await hash(whole)) !== file.sha256) throw wrong(file, response, size);
      isRight = true;
      return whole;
    } catch (error) {
      const fault = error instanceof FileError ? error : new FileError({ path, cause: "network", detail: "" }, error);
      const { cause } = fault.fault;
      vain = size > start ? 0 : vain + 1;
      const canGoOn = cause === "stalled" || (cause === "network" && size > 0);
      if (!canGoOn || vain === PATIENCE_MS.length) throw fault;
    } finally {
      if (!isRight) stall.abort();
    }
  }
}

/**
 * Read a file from byte `start` on. Some hosts ignore ranges and send the whole file: the bytes that are known are left out.
 *
 * @param {number} start
 * @param {Response} response
 * @param {Patience} patience
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 */
async function* bodyFrom(start, { status, body }, patience) {
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body).getReader();
  let known = status === 206 ? 0 : start;
  for (;;) {
    const { done, value } = await patiently(reader.read(), patience); // the timer covers only the read, not the work on a piece
    if (done) return;
    const fresh = value.subarray(known);
    known -= value.length - fresh.length;
    if (fresh.length) yield fresh;
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {Patience} patience
 * @returns {Promise<T>}
 * @throws {FileError}  when the patience is at its end
 */
async function patiently(promise, { ms, onQuiet, path }) {
  const quiet = setTimeout(onQuiet, QUIET_MS);
  try {
    return await within(ms, promise, () => new FileError({ path, cause: "stalled", detail: String(ms / 1000) }));
  } finally {
    clearTimeout(quiet);
  }
}

/**
 * Return the options of a request for a file from byte `start` on. A part of a file never enters the browser's cache.
 *
 * @param {number} start
 * @param {RequestCache} cache
 * @param {AbortSignal} signal
 * @returns {RequestInit}
 */
export function requestFrom(start, cache, signal) {
  return start ? { cache: "no-store", signal, headers: { Range: `bytes=${start}-` } } : { cache, signal };
}

/** @param {number | undefined} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Wait for the end of a download.
 *
 * @param {ReturnType<typeof pieces>} download
 */
export async function wholeOf(download) {
  for (;;) {
    const { done, value } = await download.next();
    if (done) return value;
  }
}

/**
 * Describe what came in the place of a file.
 *
 * @param {Expected} file
 * @param {Response} response
 * @param {number} size
 */
function wrong({ path, bytes }, response, size) {
  const type = response.headers.get("content-type") ?? "no type";
  const isPage = type.startsWith("text/html") && (response.redirected || !path.endsWith(".html"));
  const cause = isPage ? "page" : size < bytes ? "cut" : "altered";
  return new FileError({ path, cause, detail: `${size} / ${bytes}`, got: `${type}, ${size} of ${bytes} bytes` });
}
