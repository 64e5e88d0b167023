/**
 * Reads parts of the site's large files while Python waits: fetched by Range requests, each block checked by its own hash.
 *
 * @import {FS, Node} from "./files.js"
 * @import {Fetcher} from "./fetcher.js"
 * @import {Blocks, Manifest, RuntimeFile} from "../protocol.js"
 */

import { isLazy } from "./files.js";
import { FileError, hex } from "./integrity.js";
import { strings } from "../strings.js";
import { sha256 } from "../vendor/sha256.js";

/** @typedef {{file: RuntimeFile, blocks: Blocks, read: Map<number, Uint8Array>}} Large  `read`: blocks that are here, by number */

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
      if (file.blocks) this.#large.set(FS.lookupPath(file.target, {}).node, { file, blocks: file.blocks, read: new Map() });
    }
  }

  /**
   * @param {string} path
   * @returns {number | undefined}  bytes; nothing for a file that is small, or here already
   */
  size(path) {
    return this.#at(path)?.file.bytes;
  }

  /**
   * @param {string} path
   * @param {number[]} places  start and end of each part, in bytes
   * @returns {Uint8Array}  the parts one after the other
   * @throws {FileError}
   */
  read(path, places) {
    const large = this.#at(path);
    if (!large) throw new FileError(strings.fileBlocked(path));
    const spans = pairs(places);
    this.#fetch(large, spans);
    const joined = new Uint8Array(spans.reduce((sum, [start, end]) => sum + end - start, 0));
    let at = 0;
    for (const [start, end] of spans) {
      copy(large, start, joined.subarray(at, at + end - start));
      at += end - start;
    }
    return joined;
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

  /**
   * Fetch the blocks that are missing, neighbours by one request.
   *
   * @param {Large} large
   * @param {[start: number, end: number][]} spans
   */
  #fetch(large, spans) {
    const { file, blocks, read } = large;
    const missing = new Set(spans.flatMap(([start, end]) => numbers(start, end, blocks.size)).filter((number) => !read.has(number)));
    for (const [first, last] of runs([...missing].sort((a, b) => a - b))) {
      const from = first * blocks.size;
      const { start, bytes } = this.fetcher.openPartSync(file, from, Math.min((last + 1) * blocks.size, file.bytes));
      keep(large, start, bytes);
      if (bytes.length === file.bytes) return; // a host that knows no parts has sent everything
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
function keep({ file, blocks, read }, start, bytes) {
  for (let at = 0; at < bytes.length; at += blocks.size) {
    const number = (start + at) / blocks.size;
    const block = bytes.subarray(at, at + blocks.size);
    if (!hex(sha256(block)).startsWith(blocks.sha256[number])) {
      throw new FileError(strings.fileAltered(file.path, `block ${number}`));
    }
    read.set(number, block);
  }
}

/**
 * @param {Large} large
 * @param {number} start
 * @param {Uint8Array} target
 */
function copy({ blocks, read }, start, target) {
  for (const number of numbers(start, start + target.length, blocks.size)) {
    const from = number * blocks.size;
    const block = /** @type {Uint8Array} */ (read.get(number));
    const part = block.subarray(Math.max(start - from, 0), start + target.length - from);
    target.set(part, Math.max(from - start, 0));
  }
}
