/**
 * Loads runtime files from a copy of the site on disk. The page hands the worker their bytes: in WebKit a worker of a page on disk
 * can read no Blob.
 *
 * @import {RuntimeFile} from "../shapes.js"
 */

import { Fetcher } from "./fetcher.js";
import { FileError } from "../net/file-error.js";

/** Pyodide wants the address of the folder with its files; nothing is fetched from it. */
const NO_FOLDER = "https://embedded.invalid/";

export class EmbeddedFetcher extends Fetcher {
  /**
   * @param {Record<string, ArrayBuffer>} files  by path
   * @param {(loaded: number, waitsFor: string) => void} onProgress
   */
  constructor(files, onProgress) {
    super(NO_FOLDER, onProgress);
    this.files = files;
  }

  /** @override @param {RuntimeFile} file */
  address(file) {
    return `data:text/javascript,${encodeURIComponent(new TextDecoder().decode(this.#bytes(file)))}`;
  }

  /** @override */
  folder() {
    return NO_FOLDER;
  }

  /** @override */
  get canReadRanges() {
    return false; // everything is in memory
  }

  /** @override @param {RuntimeFile} file */
  async open(file) {
    return new Response(this.#bytes(file), { headers: { "Content-Type": "application/wasm" } });
  }

  /**
   * @override
   * @param {RuntimeFile} file
   * @returns {Uint8Array<ArrayBuffer>}
   */
  openSync(file) {
    return this.#bytes(file);
  }

  /** @param {RuntimeFile} file */
  #bytes({ path }) {
    const buffer = this.files[path];
    if (!buffer) throw new FileError({ path, cause: "absent", detail: "" });
    return new Uint8Array(buffer);
  }
}
