/**
 * Loads runtime files from a copy of the site on disk; the page hands them to the worker.
 *
 * @import {RuntimeFile} from "../shapes.js"
 */

import { Fetcher } from "./fetcher.js";
import { FileError } from "../net/file-error.js";

/** Pyodide wants the address of the folder with its files; nothing is fetched from it. */
const NO_FOLDER = "https://embedded.invalid/";

export class EmbeddedFetcher extends Fetcher {
  /** @type {Map<string, string>} */
  #addresses = new Map();

  /**
   * @param {Record<string, Blob>} files  by path
   * @param {(loaded: number, waitsFor: string) => void} onProgress
   */
  constructor(files, onProgress) {
    super(NO_FOLDER, onProgress);
    this.files = files;
    // On disk a worker is a classic script, in which Pyodide 314 would use `importScripts`; this makes it use `import()`.
    Object.assign(globalThis, { importScripts: refuse });
  }

  /** @override @param {RuntimeFile} file */
  address(file) {
    let address = this.#addresses.get(file.path);
    if (!address) {
      address = URL.createObjectURL(this.#blob(file).slice(0, undefined, "text/javascript"));
      this.#addresses.set(file.path, address);
    }
    return address;
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
    return new Response(this.#blob(file), { headers: { "Content-Type": "application/wasm" } });
  }

  /**
   * @override
   * @param {RuntimeFile} file
   * @returns {Uint8Array<ArrayBuffer>}
   */
  openSync(file) {
    const reader = new /** @type {any} */ (globalThis).FileReaderSync(); // TypeScript knows it in workers only
    return new Uint8Array(reader.readAsArrayBuffer(this.#blob(file)));
  }

  /** @param {RuntimeFile} file */
  #blob({ path }) {
    const blob = this.files[path];
    if (!blob) throw new FileError({ path, cause: "absent", detail: "" });
    return blob;
  }
}

function refuse() {
  throw new TypeError("importScripts is not for modules");
}
