/**
 * Links a module, or the core, of which a part comes later. The first part has the functions that usual cells call. The others are
 * stand-ins until the rest is there, which takes their places in the function table. py/wheels/split.py makes both parts.
 *
 * @import {RuntimeFile} from "../shapes.js"
 * @import {Manifest} from "../protocol.js"
 */

import { mark } from "./marks.js";
import { decoder, unpack } from "./packs.js";
import { unusable } from "../net/file-error.js";

/** The module from which a first part imports what it does not have, each function by its place in the table. */
const STAND_INS = "placeholder.deferred";

/** The section of a first part with the names, in JSON, that the rest wants the loader to resolve. */
const SYMBOLS = "rest.symbols";

/**
 * @typedef {object} RestHost
 * @property {(file: RuntimeFile) => Uint8Array} readSync  returns the checked bytes as stored; may throw
 * @property {(file: RuntimeFile) => WebAssembly.Module | undefined} [compiled]  what has been compiled before
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
   * @param {() => T} load  begins to instantiate the module
   * @returns {T}
   */
  linking(first, load) {
    const { Instance, instantiate } = WebAssembly;
    const make = (/** @type {any} */ imports) => {
      Object.assign(WebAssembly, { Instance, instantiate });
      return this.instance(first, imports);
    };
    const construct = (/** @type {typeof Instance} */ target, /** @type {[any, any]} */ [module, imports]) =>
      module === first ? make(imports) : new target(module, imports);
    const ours = async (/** @type {any} */ module, /** @type {any} */ imports) =>
      module === first ? make(imports) : instantiate(module, imports);
    Object.assign(WebAssembly, { Instance: new Proxy(Instance, { construct }), instantiate: ours });
    return load();
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
    const standIns = new Proxy({}, {
      get: (_, place) => (/** @type {unknown[]} */ ...values) => {
        this.#need();
        return table.get(base + Number(place))(...values);
      },
    });
    const instance = new WebAssembly.Instance(first, { ...imports, [STAND_INS]: standIns });
    const { exports } = instance;
    // The core makes the function table, in which a module has a part.
    const { __indirect_function_table: table = exports.__indirect_function_table, __table_base: base = 0 } = imports.env;
    this.#place = (module) => void new WebAssembly.Instance(module, { ...imports, primary: exports });
    return instance;
  }

  /** Bring the rest while Python waits. */
  #need() {
    if (this.#isPlaced) return;
    const began = performance.now();
    this.fill(this.host.compiled?.(this.file) ?? this.#compile());
    mark("rest", began);
  }

  #compile() {
    const stored = /** @type {Uint8Array<ArrayBuffer>} */ (this.host.readSync(this.file));
    try {
      return new WebAssembly.Module(unpack(this.file, stored, this.zstd));
    } catch (error) {
      throw unusable(this.file, error);
    }
  }
}
