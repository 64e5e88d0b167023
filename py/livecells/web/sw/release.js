/**
 * The release that this service worker belongs to: its files, its cache, its open pages.
 *
 * The build writes the list before the worker's script (release/precache.py). It has to be in the script, because a browser
 * installs a new worker only when the bytes of the script change.
 *
 * @import {FileList, Kept, Precache} from "../protocol.js"
 */

import { prefixOf } from "../storage/prefix.js";

/** tsc has either the types of pages or those of workers. */
export const worker = /** @type {any} */ (self);

/** @type {Precache} */
export const { key, version, build, changes, shell, runtime } = worker.PRECACHE;

export const SCOPE = new URL("./", worker.location.href);

const PREFIX = `${prefixOf(SCOPE)}:`;
export const CACHE = PREFIX + key;

const KEPT = "__kept__";

/**
 * Return the address of a file of the site.
 *
 * @param {string} path
 */
export function address(path) {
  return new URL(path, SCOPE).href;
}

/**
 * Count what files take on the device, and what travels of them.
 *
 * @param {FileList} files
 */
export function sizes(files) {
  const entries = Object.values(files);
  return {
    bytes: entries.reduce((sum, [, bytes]) => sum + bytes, 0),
    wire: entries.reduce((sum, entry) => sum + wireOf(entry), 0),
  };
}

/** @param {FileList[string]} entry */
export function wireOf([, bytes, wire = bytes]) {
  return wire;
}

/** Names of this site's caches, in the order in which they were made. */
export async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/**
 * Find the newest other release that is kept whole.
 *
 * @returns {Promise<{cache: Cache, kept: Kept} | undefined>}
 */
export async function newestOther() {
  for (const name of (await ownCaches()).reverse()) {
    if (name === CACHE) continue;
    const cache = await caches.open(name);
    const kept = await readKept(cache);
    if (kept) return { cache, kept };
  }
  return undefined;
}

/**
 * Read the list that a cache keeps of itself; a release that is not whole has none, and a broken one may not be readable.
 *
 * @param {Cache} cache
 * @returns {Promise<Kept | undefined>}
 */
export async function readKept(cache) {
  return (await cache.match(address(KEPT)))?.json().catch(() => undefined);
}

/**
 * @param {Cache} cache
 * @param {Kept} kept
 */
export async function writeKept(cache, kept) {
  await cache.put(address(KEPT), new Response(JSON.stringify(kept)));
}

/**
 * The open pages of this site; an origin may have other sites too.
 *
 * @returns {Promise<{id: string, url: string, postMessage(message: object): void}[]>}
 */
export async function openPages() {
  const all = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((/** @type {{url: string}} */ { url }) => url.startsWith(SCOPE.href));
}
