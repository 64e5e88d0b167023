/**
 * A folder of large files that the browser keeps for this site: in the origin's private file system, else in Cache Storage.
 *
 * Workers only, but for what says so.
 */

import { prefixOf } from "./prefix.js";

/**
 * @typedef {object} StoredBytes  an open file
 * @property {number} size
 * @property {(part: Uint8Array, at: number) => void} read  fills `part` from position `at`
 * @property {() => void} close
 *
 * @typedef {object} Store
 * @property {(name: string) => Promise<StoredBytes | undefined>} open
 * @property {(name: string, pieces: Iterable<Uint8Array<ArrayBuffer>> | AsyncIterable<Uint8Array<ArrayBuffer>>) => Promise<void>} write  a
 *   file that exists is replaced; one that could not be written whole is removed
 * @property {(name: string) => Promise<void>} remove
 * @property {() => Promise<string[]>} names
 */

/**
 * What TypeScript only knows of workers.
 *
 * @typedef {object} AccessHandle
 * @property {(part: Uint8Array, options: {at: number}) => number} read
 * @property {(part: Uint8Array, options: {at: number}) => number} write
 * @property {(size: number) => void} truncate
 * @property {() => number} getSize
 * @property {() => void} flush
 * @property {() => void} close
 */

/**
 * Open the site's store. A browser may refuse any call, at any time: what cannot be read counts as not there.
 *
 * @param {string} site  its root
 * @returns {Promise<Store | undefined>}  nothing where the browser keeps nothing: site data blocked, plain http
 */
export async function openStore(site) {
  const folder = folderOf(site);
  const store = (await allowed(fileStore(folder))) ?? (await allowed(cacheStore(folder, site)));
  return (
    store && {
      open: (name) => allowed(store.open(name)),
      write: (name, pieces) => store.write(name, pieces),
      remove: async (name) => void (await allowed(store.remove(name))), // it may be open in another tab, or gone
      names: async () => (await allowed(store.names())) ?? [],
    }
  );
}

/**
 * @template T
 * @param {Promise<T>} call
 * @returns {Promise<T | undefined>}  undefined where the browser refuses it
 */
function allowed(call) {
  return call.catch(() => undefined);
}

/** @param {string} folder */
async function fileStore(folder) {
  const root = await navigator.storage.getDirectory();
  return new FileStore(await root.getDirectoryHandle(folder, { create: true }));
}

/**
 * @param {string} folder
 * @param {string} site
 */
async function cacheStore(folder, site) {
  await caches.keys(); // Safari and Chromium refuse here what they offer above
  return new CacheStore(folder, site);
}

/**
 * Count what the store holds; for the page, which may not open its files as workers do.
 *
 * @param {string} site
 * @returns {Promise<number | undefined>}  bytes; undefined where the browser keeps nothing
 */
export async function storedBytes(site) {
  return (await allowed(bytesOfFiles(folderOf(site)))) ?? (await allowed(bytesOfCache(folderOf(site))));
}

/** @param {string} name */
async function bytesOfFiles(name) {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
  let size = 0;
  for await (const file of /** @type {any} */ (folder).values()) size += (await file.getFile()).size;
  return size;
}

/** @param {string} name */
async function bytesOfCache(name) {
  const cache = await caches.open(name);
  const kept = await Promise.all((await cache.matchAll()).map((response) => response.blob()));
  return kept.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Remove the store; for the page.
 *
 * @param {string} site
 */
export async function removeStore(site) {
  await allowed(removeFolder(folderOf(site))); // it may not exist, or be in use
  await allowed(removeCache(folderOf(site)));
}

/** @param {string} folder */
async function removeFolder(folder) {
  await (await navigator.storage.getDirectory()).removeEntry(folder, { recursive: true });
}

/** @param {string} name */
async function removeCache(name) {
  await caches.delete(name);
}

/** @param {string} site */
function folderOf(site) {
  return prefixOf(site).replace(":", "").replaceAll("/", "~"); // which no folder's name may have
}

/** @implements {Store} */
class FileStore {
  /** @param {FileSystemDirectoryHandle} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {string} name */
  async open(name) {
    // Several tabs may read at once; browsers that know no modes give one of them the file, and the others go without.
    const access = await accessTo(await this.folder.getFileHandle(name), { mode: "read-only" });
    return {
      size: access.getSize(),
      read: (/** @type {Uint8Array} */ part, /** @type {number} */ at) => readAll(access, part, at),
      close: () => access.close(),
    };
  }

  /**
   * @param {string} name
   * @param {Parameters<Store["write"]>[1]} pieces
   */
  async write(name, pieces) {
    const access = await accessTo(await this.folder.getFileHandle(name, { create: true }));
    try {
      access.truncate(0);
      let at = 0;
      for await (const piece of pieces) at += writeAll(access, piece, at);
      access.flush();
      access.close();
    } catch (error) {
      access.close();
      await allowed(this.remove(name));
      throw error;
    }
  }

  /** @param {string} name */
  async remove(name) {
    await this.folder.removeEntry(name);
  }

  async names() {
    const names = [];
    for await (const name of /** @type {any} */ (this.folder).keys()) names.push(String(name));
    return names;
  }
}

/** @implements {Store} */
class CacheStore {
  /**
   * @param {string} name
   * @param {string} site
   */
  constructor(name, site) {
    this.name = name;
    this.site = site;
  }

  /** @param {string} name */
  async open(name) {
    const response = await (await this.#cache()).match(this.#address(name));
    if (!response) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      size: bytes.length,
      read: (/** @type {Uint8Array} */ part, /** @type {number} */ at) => part.set(bytes.subarray(at, at + part.length)),
      close: () => {},
    };
  }

  /**
   * @param {string} name
   * @param {Parameters<Store["write"]>[1]} pieces
   */
  async write(name, pieces) {
    const parts = [];
    for await (const piece of pieces) parts.push(piece.slice());
    await (await this.#cache()).put(this.#address(name), new Response(new Blob(parts)));
  }

  /** @param {string} name */
  async remove(name) {
    await (await this.#cache()).delete(this.#address(name));
  }

  async names() {
    const requests = await (await this.#cache()).keys();
    return requests.map(({ url }) => url.slice(url.lastIndexOf("/") + 1));
  }

  #cache() {
    return caches.open(this.name);
  }

  /** @param {string} name */
  #address(name) {
    return new URL(`__store__/${name}`, this.site).href;
  }
}

/**
 * @param {FileSystemFileHandle} handle
 * @param {{mode: "read-only"}} [options]
 * @returns {Promise<AccessHandle>}
 */
function accessTo(handle, options) {
  return /** @type {any} */ (handle).createSyncAccessHandle(options);
}

/**
 * @param {AccessHandle} access
 * @param {Uint8Array} part
 * @param {number} at
 */
function readAll(access, part, at) {
  if (access.read(part, { at }) !== part.length) throw new Error("a stored file is cut short");
}

/**
 * @param {AccessHandle} access
 * @param {Uint8Array<ArrayBuffer>} piece
 * @param {number} at
 */
function writeAll(access, piece, at) {
  if (access.write(piece, { at }) !== piece.length) throw new Error("the browser has no room left");
  return piece.length;
}
