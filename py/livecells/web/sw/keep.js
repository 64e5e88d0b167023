/**
 * Keeps files of this release: the pages at once, what Python has fetched when a cell has run, the rest of Python and the data when
 * the reader asks. A release's pages are kept whole or not at all.
 *
 * @import {FailedUpdate, FileList, Kept, OfflineState} from "../protocol.js"
 */

import { download, faultOf, fetchedBefore } from "./download.js";
import {
  CACHE,
  address,
  build,
  newestOther,
  openPages,
  ownCaches,
  readKept,
  runtime,
  shell,
  sizes,
  version,
  wireOf,
  writeKept,
} from "./release.js";

const PARALLEL = 4;

/** Progress is sent no more often than a reader can see it. */
const PROGRESS_INTERVAL_MS = 150;

const FAILED_UPDATE = "__failed-update__";

/** Ends the saving in progress. @type {AbortController | undefined} */
let saving;

/** The reason when the reader has ended it. */
const PAUSED = new Error("paused");

/**
 * Get the pages of a release, and Python too if the release before had it. A failure leaves nothing behind; the old release stays
 * in use until the new one is whole.
 */
export async function install() {
  const old = await newestOther();
  const cache = await caches.open(CACHE);
  const wasWhole = (await readKept(cache)) !== undefined; // when a release was withdrawn and is published again
  try {
    const wanted = old?.kept.savedAt ? { ...shell, ...runtime } : shell;
    await keep(wanted, old, new AbortController(), () => {});
    const rest = old?.kept.savedAt ? {} : await copyUnchanged(runtime, old);
    await requireAll({ ...wanted, ...rest });
    const now = new Date().toISOString();
    await writeKept(cache, { files: { ...wanted, ...rest }, keptAt: now, savedAt: old?.kept.savedAt && now });
    await noteFailure(undefined);
  } catch (error) {
    if (!wasWhole) await caches.delete(CACHE);
    const failed = { version, build, fault: faultOf(error) };
    await noteFailure(failed).catch(() => {}); // the disk may be full; open pages are told in any case
    for (const page of await openPages()) page.postMessage({ type: "update-failed", failed });
    throw error;
  }
}

/** Delete the caches of earlier releases, which no page needs any more. A later release may be installing. */
export async function forgetEarlier() {
  const names = await ownCaches();
  for (const name of names.slice(0, names.indexOf(CACHE))) await caches.delete(name);
}

/**
 * Leave a note in the caches of the other releases: why this one could not be installed.
 *
 * @param {FailedUpdate | undefined} failed
 */
async function noteFailure(failed) {
  for (const name of await ownCaches()) {
    if (name === CACHE) continue;
    const cache = await caches.open(name);
    if (failed) await cache.put(address(FAILED_UPDATE), new Response(JSON.stringify(failed)));
    else await cache.delete(address(FAILED_UPDATE));
  }
}

/**
 * Check that everything is there: a cache can be deleted while it is being filled.
 *
 * @param {FileList} files
 */
async function requireAll(files) {
  const held = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => url));
  const missing = Object.keys(files).find((path) => !held.has(address(path)));
  if (missing) throw new Error(`${missing} is gone from the cache`);
}

/**
 * Keep Python and the data too.
 *
 * @param {(message: object) => void} tell
 */
export async function save(tell) {
  if (saving) return;
  saving = new AbortController();
  const total = sizes(runtime).wire;
  let last = -Infinity;
  try {
    await keep(runtime, undefined, saving, (saved) => {
      if (performance.now() - last < PROGRESS_INTERVAL_MS) return;
      last = performance.now();
      tell({ type: "saving", saved, total });
    });
    const now = new Date().toISOString();
    const cache = await caches.open(CACHE);
    const kept = await readKept(cache);
    await writeKept(cache, { keptAt: now, ...kept, files: { ...shell, ...runtime }, savedAt: now });
  } catch (error) {
    if (error !== PAUSED) tell({ type: "save-failed", fault: faultOf(error) });
  } finally {
    saving = undefined;
  }
}

/** Keep what the browser has fetched of Python and the data for a cell: nothing travels for it. */
export async function keepFetched() {
  const cache = await caches.open(CACHE);
  const kept = await readKept(cache);
  if (!kept || kept.savedAt || saving) return;
  /** @type {FileList} */
  const taken = {};
  for (const [path, entry] of Object.entries(runtime)) {
    const response = Object.hasOwn(kept.files, path) ? undefined : await fetchedBefore(path, entry);
    if (!response) continue;
    await cache.put(address(path), response);
    taken[path] = entry;
  }
  const now = await readKept(cache); // the reader may have saved all meanwhile
  if (now && Object.keys(taken).length) await writeKept(cache, { ...now, files: { ...now.files, ...taken } });
}

/** Stop saving; files that have been saved stay. */
export function pause() {
  saving?.abort(PAUSED);
}

/** Delete Python and the data. */
export async function remove() {
  pause();
  const cache = await caches.open(CACHE);
  for (const path of Object.keys(runtime)) await cache.delete(address(path));
  const kept = await readKept(cache);
  if (kept) await writeKept(cache, { files: shell, keptAt: kept.keptAt });
}

/**
 * Describe what is kept.
 *
 * @returns {Promise<OfflineState>}
 */
export async function state() {
  const cache = await caches.open(CACHE);
  const kept = await readKept(cache);
  const held = new Set((await cache.keys()).map(({ url }) => url));
  const isHeld = (/** @type {[string, unknown]} */ [path]) => held.has(address(path));
  const here = /** @type {FileList} */ (Object.fromEntries(Object.entries({ ...shell, ...runtime }).filter(isHeld)));
  const late = /** @type {FileList} */ (Object.fromEntries(Object.entries(runtime).filter(isHeld)));
  return {
    type: "state",
    version,
    build,
    keptAt: kept?.keptAt ?? "",
    savedAt: kept?.savedAt ?? "",
    bytes: sizes(here).bytes,
    saved: sizes(late).wire,
    total: sizes(runtime).wire,
    isSaving: saving !== undefined,
    failed: await (await cache.match(address(FAILED_UPDATE)))?.json(),
  };
}

/**
 * Put files into this release's cache, each checked by its hash.
 *
 * @param {FileList} files
 * @param {{cache: Cache, kept: Kept} | undefined} old  a release whose unchanged files are copied
 * @param {AbortController} ending  ends it; the first file that cannot be had does
 * @param {(wire: number) => void} onProgress
 */
async function keep(files, old, ending, onProgress) {
  const cache = await caches.open(CACHE);
  await copyUnchanged(files, old);
  const waiting = Object.entries(files);
  /** @type {Map<string, number>} */
  const done = new Map();
  const count = (/** @type {string} */ path, /** @type {number} */ wire) => {
    done.set(path, wire);
    onProgress([...done.values()].reduce((sum, one) => sum + one, 0));
  };
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [path, entry] = next;
      if (!(await cache.match(address(path)))) {
        const response = await download(path, entry, ending.signal, (wire) => count(path, wire));
        await cache.put(address(path), response);
      }
      count(path, wireOf(entry));
    }
  };
  // The first error ends the other lanes too; their errors are ignored.
  await Promise.all(Array.from({ length: PARALLEL }, () => lane().catch((error) => ending.abort(error))));
  ending.signal.throwIfAborted();
}

/**
 * Copy from an older release the files that are the same in this one.
 *
 * @param {FileList} files
 * @param {{cache: Cache, kept: Kept} | undefined} old
 * @returns {Promise<FileList>}  the files copied
 */
async function copyUnchanged(files, old) {
  /** @type {FileList} */
  const taken = {};
  if (!old) return taken;
  const cache = await caches.open(CACHE);
  for (const [path, entry] of Object.entries(files)) {
    const same = old.kept.files[path]?.[0] === entry[0] && (await old.cache.match(address(path)));
    if (!same) continue;
    await cache.put(address(path), same);
    taken[path] = entry;
  }
  return taken;
}
