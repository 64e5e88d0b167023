/**
 * Reads ranges of the site's large files while Python waits: fetched by Range requests, each block checked by its own hash.
 *
 * What has been fetched lies in a sparse file, which has the size of the whole one and zeros elsewhere.
 *
 * @import {FS, Node} from "./files.js"
 * @import {Fetcher} from "./fetcher.js"
 * @import {Manifest} from "../protocol.js"
 * @import {Blocks, RuntimeFile} from "../shapes.js"
 */

import { isLazy, lay } from "./files.js";
import { FileError } from "../net/file-error.js";
import { sha256Sync } from "../net/hash-sync.js";
import { altered } from "./fetcher.js";

/** Folder of the sparse files in Pyodide's file system. */
const SPARSE = "/sparse";

/**
 * @typedef {object} Large  a file that is not here yet
 * @property {RuntimeFile} file
 * @property {Blocks} blocks
 * @property {Set<number>} read  numbers of the blocks that are here
 * @property {string} sparse  path of the sparse file
 * @property {Uint8Array<ArrayBuffer>} [bytes]  its content, made at the first range
 */

export class Parts {
  /** By the node of the file system: a cell may put another file in the same place. @type {Map<Node, Large>} */
  #large = new Map();

  /**
   * @param {FS} FS
   * @param {Manifest} manifest
   * @param {Fetcher} fetcher
   */
  constructor(FS, manifest, fetcher) {
    this.FS = FS;
    this.fetcher = fetcher;
    for (const file of fetcher.canReadParts ? manifest.files : []) {
      if (!file.blocks) continue;
      const { node } = FS.lookupPath(file.target, {});
      this.#large.set(node, { file, blocks: file.blocks, read: new Set(), sparse: `${SPARSE}${file.target}` });
    }
  }

  /**
   * @param {string} path
   * @returns {string | undefined}  path of the sparse file; nothing for a file that is small, or here already
   */
  sparse(path) {
    const large = this.#at(path);
    if (large && !large.bytes) lay(this.FS, [[large.sparse, (large.bytes = new Uint8Array(large.file.bytes))]]);
    return large?.sparse;
  }

  /**
   * Fetch the blocks that are missing, neighbours by one request.
   *
   * @param {string} path
   * @param {number[]} places  start and end of each range, in bytes
   * @throws {FileError}
   */
  fetch(path, places) {
    const large = this.#at(path);
    if (!large) throw new FileError({ path, cause: "network", detail: "" });
    const { file, blocks, read } = large;
    const missing = new Set(pairs(places).flatMap(([start, end]) => numbers(start, end, blocks.size)).filter((number) => !read.has(number)));
    for (const [first, last] of runs([...missing].sort((a, b) => a - b))) {
      const from = first * blocks.size;
      const { start, bytes } = this.fetcher.openPartSync(file, from, Math.min((last + 1) * blocks.size, file.bytes));
      keep(large, start, bytes);
      if (bytes.length === file.bytes) return; // a host that knows no ranges has sent everything
    }
  }

  /**
   * @param {string} path
   * @returns {Large | undefined}
   */
  #at(path) {
    try {
      const { node } = this.FS.lookupPath(path, { follow: true });
      return isLazy(node) ? this.#large.get(node) : undefined;
    } catch {
      return undefined; // there is no such file
    }
  }
}

/**
 * @param {number[]} places
 * @returns {[start: number, end: number][]}
 */
function pairs(places) {
  return Array.from({ length: places.length / 2 }, (_, number) => [places[2 * number], places[2 * number + 1]]);
}

/**
 * @param {number} start
 * @param {number} end
 * @param {number} size
 * @returns {number[]}  of the blocks that a part touches
 */
function numbers(start, end, size) {
  const first = Math.floor(start / size);
  return Array.from({ length: Math.ceil(end / size) - first }, (_, number) => first + number);
}

/**
 * @param {number[]} sorted
 * @returns {[first: number, last: number][]}
 */
function runs(sorted) {
  /** @type {[number, number][]} */
  const found = [];
  for (const number of sorted) {
    const last = found.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}

/**
 * Check the blocks of what has come, and keep them.
 *
 * @param {Large} large
 * @param {number} start
 * @param {Uint8Array} bytes
 */
function keep({ file, blocks, read, bytes: sparse }, start, bytes) {
  for (let at = 0; at < bytes.length; at += blocks.size) {
    const number = (start + at) / blocks.size;
    const block = bytes.subarray(at, at + blocks.size);
    if (!sha256Sync(block).startsWith(blocks.sha256[number])) throw altered(file, `block ${number}`);
    sparse?.set(block, start + at);
    read.add(number);
  }
}
