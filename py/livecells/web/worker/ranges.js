/**
 * Reads ranges of the site's large files while Python waits. They are fetched by Range requests; each block is checked by its hash.
 *
 * The blocks go into a sparse file, which has the size of the whole one and zeros elsewhere.
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
 * @typedef {object} Large  a file that has not been read
 * @property {RuntimeFile} file
 * @property {Blocks} blocks
 * @property {Set<number>} read  numbers of the blocks that have been read
 * @property {string} sparse  path of the sparse file
 * @property {Uint8Array<ArrayBuffer>} [bytes]  its content, made at the first range
 */

export class Ranges {
  /** Large files by their nodes in the file system: a cell may put another file at the same path. @type {Map<Node, Large>} */
  #large = new Map();

  /**
   * @param {FS} FS
   * @param {Manifest} manifest
   * @param {Fetcher} fetcher
   */
  constructor(FS, manifest, fetcher) {
    this.FS = FS;
    this.fetcher = fetcher;
    for (const file of fetcher.canReadRanges ? manifest.files : []) {
      if (!file.blocks) continue;
      const { node } = FS.lookupPath(file.target, {});
      this.#large.set(node, { file, blocks: file.blocks, read: new Set(), sparse: `${SPARSE}${file.target}` });
    }
  }

  /**
   * @param {string} path
   * @returns {string | undefined}  path of the sparse file; undefined for a file that is small, or has been read
   */
  sparse(path) {
    const large = this.#at(path);
    if (large && !large.bytes) lay(this.FS, [[large.sparse, (large.bytes = new Uint8Array(large.file.bytes))]]);
    return large?.sparse;
  }

  /**
   * Fetch missing blocks, neighbours with one request.
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
      const { start, bytes } = this.fetcher.openRangeSync(file, from, Math.min((last + 1) * blocks.size, file.bytes));
      keep(large, start, bytes);
      if (bytes.length === file.bytes) return; // the host has ignored the range
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
      return undefined; // the file does not exist
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
 * @returns {number[]}  numbers of the blocks in which the range lies
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
 * Check the blocks that have arrived, and keep them.
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
