/**
 * Downloads files whose hashes are known. Each is checked, watched for progress, and tried again when it fails.
 */

import { FileError } from "./file-error.js";
import { sha256 } from "./hash.js";
import { PAUSES_MS, STALL_MS } from "./limits.js";
import { within } from "./timeout.js";

/**
 * @typedef {{path: string, sha256: string, bytes: number}} Expected  a file by its path below the site's root
 *
 * @typedef {object} Ways
 * @property {(stalled: AbortSignal) => Promise<Response>} open  asks for the file; `stalled` gives the request up
 * @property {(size: number) => void} onProgress  called with the bytes so far
 * @property {(bytes: Uint8Array<ArrayBuffer>) => Promise<string>} [hash]  SHA-256 where `crypto.subtle` may be missing
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
    const isHopeless = !(error instanceof FileError) || error.fault.cause === "unusable";
    if (isHopeless || !others.length || signal?.aborted) throw error;
    await new Promise((resolve) => setTimeout(resolve, pauses[0]));
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
  const stall = new AbortController();
  const late = () => {
    stall.abort();
    return new FileError({ path, cause: "stalled", detail: String(STALL_MS / 1000) });
  };
  const whole = new Uint8Array(bytes);
  let size = 0;
  let isRight = false;
  try {
    const response = await within(STALL_MS, open(stall.signal), late);
    if (!response.ok) throw new FileError({ path, cause: "status", detail: String(response.status) });
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
    for (;;) {
      const { done, value } = await within(STALL_MS, reader.read(), late); // the timer covers only the read, not the work on a piece
      if (done) break;
      if (size + value.length > bytes) throw wrong(file, response, size + value.length);
      whole.set(value, size);
      size += value.length;
      onProgress(size);
      yield value;
    }
    if (size < bytes || (await hash(whole)) !== file.sha256) throw wrong(file, response, size);
    isRight = true;
    return whole;
  } catch (error) {
    throw error instanceof FileError ? error : new FileError({ path, cause: "network", detail: "" }, error);
  } finally {
    if (!isRight) stall.abort();
  }
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
