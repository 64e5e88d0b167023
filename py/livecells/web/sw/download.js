/**
 * Downloads files of a release: each checked by its hash before anyone may use it, tried again, never waited for without end.
 *
 * @import {FileFault, FileList} from "../protocol.js"
 */

import { address, wireOf } from "./release.js";

/** Before the second and the third try. */
const PAUSES_MS = [400, 2000];

/** A connection that gives nothing for this long is given up. */
const STALL_MS = 6000;

/** A file that could not be had, and why. */
export class DownloadError extends Error {
  /** @param {FileFault} fault */
  constructor(fault) {
    super(`${fault.path}: ${fault.cause} ${fault.detail}`);
    this.fault = fault;
  }
}

/**
 * Say what went wrong, of any error.
 *
 * @param {unknown} error
 * @returns {FileFault}
 */
export function faultOf(error) {
  if (error instanceof DownloadError) return error.fault;
  const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
  return { path: "", cause: isFull ? "full" : "browser", detail: error instanceof Error ? error.message : String(error) };
}

/**
 * Fetch a file and check it: first as the browser has it, then around a stale copy of a cache on the way.
 *
 * @param {string} path
 * @param {FileList[string]} entry
 * @param {AbortSignal} signal  ends it
 * @param {(wire: number) => void} onProgress  called with the bytes so far
 * @returns {Promise<Response>}
 * @throws {DownloadError}
 */
export async function download(path, entry, signal, onProgress) {
  let fault = /** @type {FileFault} */ ({ path, cause: "network", detail: "" });
  for (const pause of [0, ...PAUSES_MS]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) break;
    try {
      return await attempt(path, entry, pause ? "reload" : "default", signal, onProgress);
    } catch (error) {
      fault = error instanceof DownloadError ? error.fault : { path, cause: "network", detail: "" };
    }
  }
  throw new DownloadError(fault);
}

/**
 * @param {string} path
 * @param {FileList[string]} entry
 * @param {RequestCache} cache
 * @param {AbortSignal} signal
 * @param {(wire: number) => void} onProgress
 */
async function attempt(path, entry, cache, signal, onProgress) {
  const stall = new AbortController();
  const fetching = fetch(address(path), { cache, signal: AbortSignal.any([signal, stall.signal]) });
  const late = () => {
    stall.abort();
    return new DownloadError({ path, cause: "stalled", detail: String(STALL_MS / 1000) });
  };
  const response = await within(STALL_MS, fetching, late);
  if (!response.ok) throw new DownloadError({ path, cause: "status", detail: String(response.status) });
  const copy = response.clone();
  const isRight = await check(path, entry, response, (step) => within(STALL_MS, step, late), onProgress).catch((error) => {
    copy.body?.cancel().catch(() => {});
    throw error;
  });
  return isRight && unredirected(copy);
}

/**
 * Read a response to its end and compare it with the list.
 *
 * @param {string} path
 * @param {FileList[string]} entry
 * @param {Response} response
 * @param {<T>(step: Promise<T>) => Promise<T>} guard
 * @param {(wire: number) => void} onProgress
 * @returns {Promise<true>}
 */
async function check(path, entry, response, guard, onProgress) {
  const [sha256, bytes] = entry;
  const whole = new Uint8Array(bytes);
  let size = 0;
  const reader = response.body?.getReader();
  for (let step = reader && (await guard(reader.read())); step && !step.done; step = reader && (await guard(reader.read()))) {
    if (size + step.value.length > bytes) throw foreign(path, response, size + step.value.length, bytes);
    whole.set(step.value, size);
    size += step.value.length;
    onProgress((size / bytes) * wireOf(entry));
  }
  if (size < bytes || (await digest(whole)) !== sha256) throw foreign(path, response, size, bytes);
  return true;
}

/**
 * Tell what came in the place of a file.
 *
 * @param {string} path
 * @param {Response} response
 * @param {number} size
 * @param {number} bytes
 */
function foreign(path, response, size, bytes) {
  const isHtml = response.headers.get("content-type")?.startsWith("text/html");
  const isPage = isHtml && (response.redirected || !path.endsWith(".html"));
  return new DownloadError({ path, cause: isPage ? "page" : size < bytes ? "cut" : "altered", detail: `${size} / ${bytes}` });
}

/**
 * A page that came by a redirection cannot be given to a navigation: some hosts send from `index.html` to the folder.
 *
 * @param {Response} response
 */
function unredirected(response) {
  const { redirected, body, status, headers } = response;
  return redirected ? new Response(body, { status, headers }) : response;
}

/**
 * @template T
 * @param {number} ms
 * @param {Promise<T>} step
 * @param {() => Error} late
 * @returns {Promise<T>}
 */
function within(ms, step, late) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    step.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
