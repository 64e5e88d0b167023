/**
 * Loads runtime files out of a copy of the site on disk, where the page hands them to the worker.
 *
 * @import {RuntimeFile} from "../shapes.js"
 */

import { Fetcher } from "./fetcher.js";
import { FileError } from "../net/file-error.js";

/** Pyodide wants a folder that its files lie in; nothing is asked of it. */
const NOWHERE = "https://carried.invalid/";

export class CarriedFetcher extends Fetcher {
  /** @type {Map<string, string>} */
  #addresses = new Map();

  /**
   * @param {Record<string, Blob>} files  by path
   * @param {(loaded: number) => void} onProgress
   */
  constructor(files, onProgress) {
    super(NOWHERE, onProgress);
    this.files = files;
    // Pyodide 314 takes a worker that has this for one without `import()`; on disk a worker is a classic script.
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
    return NOWHERE;
  }

  /** @override */
  get canReadParts() {
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
    const reader = new /** @type {any} */ (globalThis).FileReaderSync(); // TypeScript knows it of workers only
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
