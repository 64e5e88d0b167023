/**
 * The files below Python's library folder: their names, and the packs from which their bytes come, now or at the first access.
 *
 * @import {FS, FileBytes, FileSize} from "./files.js"
 * @import {Host} from "./boot.js"
 * @import {Manifest} from "../protocol.js"
 */

import { lay, layLazily } from "./files.js";
import { markedSync } from "./marks.js";
import { unusable } from "../net/file-error.js";
import { decoder } from "../net/zstd.js";
import { LazyPack, openPack } from "./packs.js";

/** Added after the start: with these files Pyodide would count our packages as its own, which a snapshot cannot hold. */
const METADATA = /\.dist-info\//;

/** @typedef {Record<string, FileSize[]>} LibraryIndex  the files of each pack, by its name */

export class Library {
  /**
   * @param {{name: string, files: FileBytes[]}[]} read  packs that have been read
   * @param {{pack: LazyPack, files: FileSize[]}[]} lazy
   */
  constructor(read, lazy) {
    this.read = read;
    this.lazy = lazy;
  }

  /**
   * Read the packs that Python needs at its start; they also list the files of the other packs.
   *
   * @param {Host} host
   * @returns {Promise<Library>}
   */
  static async open({ manifest, read, readSync }) {
    const packs = packsOf(manifest);
    const reading = packs.filter(({ stage }) => stage === "boot").map(async (file) => ({ file, stored: await read(file) }));
    const zstd = await decoder();
    const own = [];
    const lazy = [];
    for (const { file, stored } of await Promise.all(reading)) {
      const pack = markedSync("unpack", () => openPack(file, stored, zstd));
      own.push({ name: file.name, files: pack.files });
      for (const [name, held] of pack.lazy) {
        const other = packs.find((one) => one.name === name);
        if (!other) throw unusable(file, `it refers to the pack ${name}, which the manifest does not have`);
        lazy.push({ pack: new LazyPack(other, zstd, readSync), files: held });
      }
    }
    return new Library(own, lazy);
  }

  /**
   * Make a library of placeholders only.
   *
   * @param {Host} host
   * @param {LibraryIndex} index
   * @returns {Promise<Library>}
   */
  static async fromIndex({ manifest, readSync }, index) {
    const zstd = await decoder();
    const lazy = packsOf(manifest).map((file) => ({
      pack: new LazyPack(file, zstd, readSync),
      files: index[file.name] ?? [],
    }));
    return new Library([], lazy);
  }

  /**
   * List the files, for `fromIndex`.
   *
   * @returns {LibraryIndex}
   */
  index() {
    const read = this.read.map(({ name, files }) => [name, files.map(([path, bytes]) => [path, bytes.length])]);
    return Object.fromEntries([...read, ...this.lazy.map(({ pack, files }) => [pack.file.name, files])]);
  }

  /**
   * Add what Python needs to start.
   *
   * @param {FS} FS
   */
  layForStart(FS) {
    this.#lay(FS, (path) => !METADATA.test(path));
  }

  /**
   * Add the rest.
   *
   * @param {FS} FS
   */
  layAfterStart(FS) {
    this.#lay(FS, (path) => METADATA.test(path));
  }

  /**
   * Fetch packs ahead that are needed sooner or later.
   *
   * @param {Host["read"]} read
   */
  async fetchLater(read) {
    for (const { pack } of this.lazy) if (pack.file.stage === "later") pack.fill(await read(pack.file));
  }

  /**
   * @param {FS} FS
   * @param {(path: string) => boolean} isWanted
   */
  #lay(FS, isWanted) {
    for (const { files } of this.read) lay(FS, files.filter(([path]) => isWanted(path)));
    for (const { pack, files } of this.lazy) layLazily(FS, files.filter(([path]) => isWanted(path)), pack.read);
  }
}

/** @param {Manifest} manifest */
function packsOf(manifest) {
  return manifest.files.filter(({ kind }) => kind === "pack");
}
