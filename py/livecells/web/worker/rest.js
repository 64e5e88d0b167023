/**
 * Links a module, or the core, of which a part comes later. The first part has the functions that usual cells call. The others are
 * stand-ins, which ask for the rest and then call what it has put into the function table. py/wheels/split.py makes both parts.
 *
 * @import {RuntimeFile} from "../shapes.js"
 * @import {Manifest} from "../protocol.js"
 */

import { mark } from "./marks.js";
import { unpack } from "./packs.js";
import { unusable } from "../net/file-error.js";
import { decoder } from "../net/zstd.js";

/** The section of a first part with the names, in JSON, that the rest wants the loader to resolve. */
const SYMBOLS = "rest.symbols";

/** Exports whose names begin so are for the rest alone: `--export-prefix` in py/wheels/split.py. */
const FOR_REST = "%";

/**
 * @typedef {object} RestHost
 * @property {(file: RuntimeFile) => Uint8Array} readSync  returns the checked bytes as stored; may throw
 * @property {(file: RuntimeFile) => WebAssembly.Module | undefined} [compiled]  what has been compiled before
 * @property {(error: unknown) => void} [onLost]  called when a function cannot be brought: Python is at its end, and Pyodide, which
 *   may need that very function, cannot say so
 */

/**
 * Find the rest of a module or of the core.
 *
 * @param {Manifest} manifest
 * @param {RuntimeFile} module
 * @param {RestHost} host
 * @returns {Promise<Rest | undefined>}  undefined where the module is whole
 */
export async function restOf({ files }, { name }, host) {
  const file = files.find((one) => one.kind === "rest" && one.name === `${name}.rest`);
  return file && new Rest(file, host, await decoder());
}

export class Rest {
  /** Puts a compiled rest into its places; known once the first part is linked. @type {(module: WebAssembly.Module) => void} */
  #place = () => {};
  #isPlaced = false;

  /**
   * @param {RuntimeFile} file
   * @param {RestHost} host
   * @param {Awaited<ReturnType<typeof decoder>>} zstd
   */
  constructor(file, host, zstd) {
    this.file = file;
    this.host = host;
    this.zstd = zstd;
  }

  /**
   * Let Emscripten link the first part, which it instantiates by itself.
   *
   * @template T
   * @param {WebAssembly.Module} first
   * @param {() => T} load  instantiates the module
   * @returns {T}
   */
  linking(first, load) {
    const { Instance } = WebAssembly;
    const restored = () => Object.assign(WebAssembly, { Instance });
    const construct = (/** @type {typeof Instance} */ target, /** @type {[any, any]} */ [module, imports]) =>
      module === first ? (restored(), this.instance(first, imports)) : new target(module, imports);
    Object.assign(WebAssembly, { Instance: new Proxy(Instance, { construct }) });
    try {
      return load();
    } finally {
      restored();
    }
  }

  /**
   * Take the rest, compiled beside Python.
   *
   * @param {WebAssembly.Module} module
   */
  fill(module) {
    if (this.#isPlaced) return;
    this.#place(module);
    this.#isPlaced = true;
  }

  /**
   * Instantiate a first part with stand-ins for what it does not have.
   *
   * @param {WebAssembly.Module} first
   * @param {any} imports  by Emscripten
   * @returns {WebAssembly.Instance}
   */
  instance(first, imports) {
    const [section] = WebAssembly.Module.customSections(first, SYMBOLS);
    // The loader resolves what has been asked for once.
    for (const [group, name] of JSON.parse(new TextDecoder().decode(section))) void imports[group][name];
    const { exports } = new WebAssembly.Instance(first, { ...imports, rest: { need: () => this.#need() } });
    this.#place = (module) => void new WebAssembly.Instance(module, { ...imports, primary: exports });
    // Emscripten gives each function that it sees a slot of the function table.
    return { exports: Object.fromEntries(Object.entries(exports).filter(([name]) => !name.startsWith(FOR_REST))) };
  }

  /** Bring the rest while Python waits. */
  #need() {
    if (this.#isPlaced) return;
    const began = performance.now();
    try {
      this.fill(compileNow(this.file, this.host, this.zstd));
    } catch (error) {
      this.host.onLost?.(error);
      throw error;
    }
    mark("rest", began);
  }
}

/**
 * Bring a packed module while Python waits.
 *
 * @param {RuntimeFile} file
 * @param {RestHost} host
 * @param {Awaited<ReturnType<typeof decoder>>} zstd
 * @returns {WebAssembly.Module}
 * @throws {FileError}
 */
export function compileNow(file, host, zstd) {
  const compiled = host.compiled?.(file);
  if (compiled) return compiled;
  const stored = /** @type {Uint8Array<ArrayBuffer>} */ (host.readSync(file));
  try {
    return new WebAssembly.Module(unpack(file, stored, zstd));
  } catch (error) {
    throw unusable(file, error);
  }
}
