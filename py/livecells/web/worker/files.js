/**
 * Lays files into Emscripten's file system: whole where their bytes are there, lazily where these are still to come.
 *
 * @import {PyodideAPI} from "pyodide"
 */

/**
 * @typedef {PyodideAPI["FS"]} FS
 * @typedef {[path: string, bytes: Uint8Array]} FileBytes  path in Pyodide's file system
 * @typedef {[path: string, size: number]} FileSize
 * @typedef {{contents: Uint8Array, usedBytes: number}} Node  what is used of MEMFS's nodes
 */

/** Emscripten's number, which is not Linux's. */
const EIO = 29;

const REGULAR_FILE = 0o100644;

/**
 * Lay files down; their bytes are not copied.
 *
 * @param {FS} FS
 * @param {Iterable<FileBytes>} files
 */
export function lay(FS, files) {
  const folders = new Folders(FS);
  for (const [path, bytes] of files) settle(folders.add(path), bytes, bytes.length);
}

/**
 * Lay files down whose bytes are read when they are first asked for; `stat`, `listdir` and globs ask for nothing.
 *
 * At the first read or change a node becomes an ordinary one.
 *
 * @param {FS} FS
 * @param {Iterable<FileSize>} files
 * @param {(path: string) => Uint8Array} read  may throw: Python sees an OSError
 */
export function layLazily(FS, files, read) {
  const folders = new Folders(FS);
  for (const [path, size] of files) {
    const node = folders.add(path);
    const load = () => {
      try {
        const bytes = read(path);
        settle(node, bytes, bytes.length);
      } catch {
        throw new FS.ErrnoError(EIO); // any other exception would end Python
      }
      return node.contents;
    };
    Object.defineProperty(node, "contents", {
      configurable: true,
      get: load,
      set: (contents) => settle(node, contents, contents.length),
    });
    Object.defineProperty(node, "usedBytes", {
      configurable: true,
      get: () => size,
      set: (length) => settle(node, load(), length),
    });
  }
}

/**
 * Whether the bytes of a file laid lazily are still to come.
 *
 * @param {Node} node
 */
export function isLazy(node) {
  return Object.getOwnPropertyDescriptor(node, "contents")?.get !== undefined;
}

/** Makes nodes without a walk down the path for each: there are hundreds in a folder. */
class Folders {
  /** @type {Map<string, any>} */
  #known = new Map();

  /** @param {FS} FS */
  constructor(FS) {
    this.FS = FS;
  }

  /**
   * @param {string} path
   * @returns {Node} of a new, empty file
   */
  add(path) {
    const end = path.lastIndexOf("/");
    const folder = path.slice(0, end);
    let parent = this.#known.get(folder);
    if (!parent) {
      this.FS.mkdirTree(folder);
      parent = this.FS.lookupPath(folder, {}).node;
      this.#known.set(folder, parent);
    }
    return this.FS.filesystems.MEMFS.createNode(parent, path.slice(end + 1), REGULAR_FILE, 0);
  }
}

/**
 * @param {Node} node
 * @param {Uint8Array} contents
 * @param {number} usedBytes
 */
function settle(node, contents, usedBytes) {
  const plain = { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(node, "contents", { ...plain, value: contents });
  Object.defineProperty(node, "usedBytes", { ...plain, value: usedBytes });
}
