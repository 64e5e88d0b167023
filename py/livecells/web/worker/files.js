/**
 * Puts files into Emscripten's file system: whole, or as placeholders that are read when Python opens them.
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
 * Add files; their bytes are not copied.
 *
 * @param {FS} FS
 * @param {Iterable<FileBytes>} files
 */
export function lay(FS, files) {
  const folders = new Folders(FS);
  for (const [path, bytes] of files) settle(folders.add(path), bytes, bytes.length);
}

/**
 * Add files whose bytes are read at the first access; `stat`, `listdir` and globs do not count as one.
 *
 * At the first read or write a node becomes an ordinary one.
 *
 * @param {FS} FS
 * @param {Iterable<FileSize>} files
 * @param {(path: string) => Uint8Array} read  an error is an OSError in Python
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
 * Return whether a file is still a placeholder.
 *
 * @param {Node} node
 */
export function isLazy(node) {
  return Object.getOwnPropertyDescriptor(node, "contents")?.get !== undefined;
}

/** Makes nodes without walking down each path: a folder has hundreds of them. */
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
