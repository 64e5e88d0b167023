/**
 * Reads packs: many files in one, compressed with zstd. livecells/runtime/packs.py defines the format.
 *
 * @import {RuntimeFile} from "../shapes.js"
 * @import {ZSTDDecoder} from "../vendor/zstd.js"
 */

import { unusable } from "../net/file-error.js";

/**
 * @typedef {object} Pack
 * @property {[path: string, bytes: Uint8Array<ArrayBuffer>][]} files  paths as in Pyodide's file system
 * @property {Map<string, [path: string, size: number][]>} lazy  the files of other packs, by the packs' names
 */

/** Bytes in without output after which the input cannot be zstd: two of its longest blocks. A slow line brings them in many pieces. */
const MOST_SILENT_BYTES = 2 * 131_072;

/** Steps without output, at the end of the input, after which it cannot be zstd; the decoder itself would never end. */
const MOST_EMPTY_STEPS = 4;

/**
 * Unpack and take a pack apart.
 *
 * @param {RuntimeFile} file
 * @param {Uint8Array<ArrayBuffer>} stored
 * @param {ZSTDDecoder} zstd
 * @returns {Pack}
 * @throws {FileError}  it cannot be used
 */
export function openPack(file, stored, zstd) {
  try {
    return splitPack(unpack(file, stored, zstd), file.target);
  } catch (error) {
    throw unusable(file, error);
  }
}

/**
 * Unpack a file whole.
 *
 * @param {RuntimeFile} file
 * @param {Uint8Array<ArrayBuffer>} stored
 * @param {ZSTDDecoder} zstd
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function unpack(file, stored, zstd) {
  const unpacked = zstd.decode(stored, file.unpacked);
  if (unpacked.length !== file.unpacked) {
    throw new Error(`it does not unpack to ${file.unpacked} bytes`); // the decoder returns something for any input
  }
  return /** @type {Uint8Array<ArrayBuffer>} */ (unpacked);
}

/**
 * Unpack a file while it arrives.
 *
 * The decoder pulls its input from a synchronous iterator, at most one piece a step. So a step is made only while there is a
 * piece.
 *
 * @param {AsyncIterable<Uint8Array>} pieces  of the stored file
 * @param {ZSTDDecoder} zstd
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 */
export async function* unpackStream(pieces, zstd) {
  /** @type {Uint8Array[]} */
  const waiting = [];
  const input = {
    *[Symbol.iterator]() {
      for (let piece = waiting.shift(); piece; piece = waiting.shift()) yield piece;
    },
  };
  const steps = zstd.decodeStreaming(input);
  let silent = 0;
  for await (const piece of pieces) {
    if (!piece.length) continue;
    waiting.push(piece);
    while (waiting.length) {
      const output = /** @type {Uint8Array<ArrayBuffer>} */ (steps.next().value);
      silent = output.length ? 0 : silent + piece.length;
      if (silent > MOST_SILENT_BYTES) throw new Error("it is not zstd");
      yield output;
    }
  }
  yield* ending(steps);
}

/**
 * @param {Generator<Uint8Array>} steps
 * @returns {Generator<Uint8Array<ArrayBuffer>>}
 */
function* ending(steps) {
  let empty = 0;
  for (const output of steps) {
    empty = output.length ? 0 : empty + 1;
    if (empty > MOST_EMPTY_STEPS) throw new Error("it is not zstd");
    yield /** @type {Uint8Array<ArrayBuffer>} */ (output);
  }
}

/**
 * Take an unpacked pack apart without copying.
 *
 * @param {Uint8Array<ArrayBuffer>} pack
 * @param {string} target  folder in Pyodide's file system
 * @returns {Pack}
 */
export function splitPack(pack, target) {
  const start = 4 + new DataView(pack.buffer, pack.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(pack.subarray(4, start)));
  return {
    files: head.files.map((/** @type {[string, number, number]} */ [path, offset, size]) => [
      `${target}/${path}`,
      pack.subarray(start + offset, start + offset + size),
    ]),
    lazy: new Map(
      Object.entries(/** @type {Record<string, [string, number][]>} */ (head.lazy)).map(([name, files]) => [
        name,
        files.map(([path, size]) => [`${target}/${path}`, size]),
      ]),
    ),
  };
}

/** A pack that is read and unpacked when the first of its files is. */
export class LazyPack {
  /** @type {Map<string, Uint8Array> | undefined} */
  #files;
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  #stored;

  /**
   * @param {RuntimeFile} file
   * @param {ZSTDDecoder} zstd
   * @param {(file: RuntimeFile) => Uint8Array} readSync  returns the checked bytes as stored; may throw
   */
  constructor(file, zstd, readSync) {
    this.file = file;
    this.zstd = zstd;
    this.readSync = readSync;
  }

  /**
   * Provide the bytes ahead.
   *
   * @param {Uint8Array<ArrayBuffer>} stored  checked
   */
  fill(stored) {
    this.#stored = stored;
  }

  /**
   * @param {string} path
   * @returns {Uint8Array}
   */
  read = (path) => {
    this.#files ??= this.#open();
    const bytes = this.#files.get(path);
    if (!bytes) throw unusable(this.file, `it has no ${path}`);
    return bytes;
  };

  #open() {
    const stored = this.#stored ?? /** @type {Uint8Array<ArrayBuffer>} */ (this.readSync(this.file));
    this.#stored = undefined;
    return new Map(openPack(this.file, stored, this.zstd).files);
  }
}
