/**
 * Downloads files of a release for its cache.
 *
 * @import {FileFault, FileList} from "../protocol.js"
 */

import { pieces, requestFrom, retried, wholeOf } from "../net/download.js";
import { FileError } from "../net/file-error.js";
import { sha256 } from "../net/hash.js";
import { address, wireOf } from "./release.js";

/** First with the browser's cache, then without it, in case it holds a stale copy. @type {RequestCache[]} */
const TRIES = ["default", "reload", "reload"];

/**
 * Describe any error as the fault of a file.
 *
 * @param {unknown} error
 * @returns {FileFault}
 */
export function faultOf(error) {
  if (error instanceof FileError) return error.fault;
  const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
  return { path: "", cause: isFull ? "full" : "browser", detail: error instanceof Error ? error.message : String(error) };
}

/**
 * Download a file and check it.
 *
 * @param {string} path
 * @param {FileList[string]} entry
 * @param {AbortSignal} signal  ends it
 * @param {(wire: number) => void} onProgress  called with the bytes so far
 * @returns {Promise<Response>}
 * @throws {FileError}
 */
export function download(path, entry, signal, onProgress) {
  const [sha256, bytes] = entry;
  return retried(TRIES, async (cache) => {
    /** @type {{copy?: Response, type: string}}  no copy of a file that came over several connections */
    const last = { type: "" };
    const open = async (/** @type {AbortSignal} */ stalled, /** @type {number} */ start) => {
      const response = await fetch(address(path), requestFrom(start, cache, AbortSignal.any([signal, stalled])));
      last.copy = start ? undefined : response.clone();
      last.type = response.headers.get("Content-Type") ?? "";
      return response;
    };
    const count = (/** @type {number} */ size) => onProgress((size / bytes) * wireOf(entry));
    const whole = await wholeOf(pieces({ path, sha256, bytes }, { open, onProgress: count }));
    return last.copy ? unredirected(last.copy) : new Response(whole, { headers: { "Content-Type": last.type } });
  }, signal);
}

/**
 * Take a file from the browser's own cache.
 *
 * @param {string} path
 * @param {FileList[string]} entry
 * @returns {Promise<Response | undefined>}  undefined where the cache does not have it, or has another
 */
export async function fetchedBefore(path, [hash]) {
  try {
    const response = await fetch(address(path), { cache: "only-if-cached", mode: "same-origin" });
    const bytes = new Uint8Array(await response.clone().arrayBuffer());
    return response.status === 200 && (await sha256(bytes)) === hash ? unredirected(response) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Forget a redirection: a redirected page cannot be used for a navigation, and some hosts redirect `index.html` to its folder.
 *
 * @param {Response} response
 */
function unredirected(response) {
  const { redirected, body, status, headers } = response;
  return redirected ? new Response(body, { status, headers }) : response;
}
