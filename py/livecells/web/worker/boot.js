/**
 * Boots Python from the files of a manifest. The host, a worker or Node, provides the functions that read them.
 *
 * What runs beside what:
 *
 *     core       fetch, compile ──────────────────────┐
 *     hot pack   fetch, unpack, lay into the FS ──────┴▶ Python starts ▶ ready ▶ prepare: imports ▶ link
 *     modules    fetch, unpack, compile as they arrive ───────────────────────────────────────────┘
 *     cold pack, sources, data    placeholders, read when Python opens them
 *
 * Ready is enough for a cell that imports nothing compiled. `prepare` does the rest: for the first cell that needs it, or when
 * there is nothing to run. A module that is imported before it was linked is linked then.
 *
 * @import {PyodideAPI, PyodideConfig} from "pyodide"
 * @import {FS} from "./files.js"
 * @import {Manifest} from "../protocol.js"
 * @import {RuntimeFile} from "../shapes.js"
 * @import {Rest} from "./rest.js"
 */

import { lay, layLazily } from "./files.js";
import { Library } from "./library.js";
import { checkRoom, growAhead, linkAtImport, linkerOf } from "./dynamic-linker.js";
import { compileNow, restOf } from "./rest.js";
import { mark, markedSync } from "./marks.js";
import { unusable } from "../net/file-error.js";
import { decoder } from "../net/zstd.js";

/**
 * @typedef {"core" | "packages" | "ready"} BootStage  what the boot is waiting for
 *
 * @typedef {object} Host
 * @property {Manifest} manifest
 * @property {(config: PyodideConfig) => Promise<PyodideAPI>} loadPyodide  from the core's pyodide.mjs
 * @property {string} indexURL  folder of the core, as the loader wants it on this host
 * @property {(file: RuntimeFile) => Promise<Uint8Array<ArrayBuffer>>} read  returns the checked bytes of a file as stored
 * @property {(file: RuntimeFile) => Uint8Array} readSync  the same synchronously, for files that Python opens; an
 *   error is an OSError in Python
 * @property {(file: RuntimeFile) => Promise<WebAssembly.Module>} compile  of a checked file: the core's, a module, or its rest
 * @property {(file: RuntimeFile) => WebAssembly.Module | undefined} [compiled]  what has been compiled before
 * @property {(stage: BootStage) => void} [onStage]
 * @property {PyodideConfig} [options]  more for loadPyodide: stdout, env and the like
 *
 * @typedef {object} Booted
 * @property {PyodideAPI} pyodide
 * @property {Library} library
 * @property {Rest[]} rests  of the core and then of modules, to be filled in when there is time
 * @property {() => Promise<void>} prepare  imports what cells are likely to need, and links the modules; rejects as `boot` does,
 *   or with RangeError where memory is short, and can then be called again
 */

const HOME = "/home/pyodide";
const CORE = "pyodide.asm.wasm";

/** Bytes of Python's own stack. */
const STACK = 72 * 1024;

/** An import that only Pyodide's core has. */
const CORE_IMPORT = "Jsv_GetError_import";

/**
 * Pyodide frees objects of Python in the callback of a registry. WebKit makes that call inside a synchronous request, too, where
 * Python has let go of its lock, and Pyodide then gives up. A task of its own comes after the request.
 *
 * @extends {FinalizationRegistry<any>}
 */
class LaterRegistry extends FinalizationRegistry {
  /** @param {(held: any) => void} free */
  constructor(free) {
    super((held) => void setTimeout(free, 0, held));
  }
}

/** Pyodide wants a zip with the standard library; here it lies in packs. */
export const EMPTY_ZIP = new Uint8Array([0x50, 0x4b, 0x05, 0x06, ...Array.from({ length: 18 }, () => 0)]);

/**
 * Boot Python with packages in place and data files that are read when they are first opened.
 *
 * @param {Host} host
 * @returns {Promise<Booted>} rejects with the error of `read` or `compile`, with FileError when a file can be read but
 *   not used, or with what `loadPyodide` says
 */
export async function boot(host) {
  const { manifest } = host;
  const onStage = host.onStage ?? (() => {});
  onStage("core");
  const opening = Library.open(host);
  const modules = compileModules(host);
  /** @type {Rest[]} */
  const rests = [];
  const starting = start(host, { fsInit: async (FS) => (await opening).layForStart(FS) }, rests);
  // The first failure is the cause to report: do not wait for the core when a pack is missing.
  await Promise.race([starting, opening.then(() => starting)]);
  const pyodide = await starting;
  const library = await opening;
  onStage("packages");
  layAll(pyodide.FS, host, library);
  const python = markedSync("imports", () => warm(pyodide));
  const zstd = await decoder();
  /** @type {{file: RuntimeFile, ask: () => Promise<unknown>, link: () => object}[]} */
  const links = [];
  for (const { file, compiling, finding } of modules) {
    const rest = await finding;
    if (rest) rests.push(rest);
    /** @type {WebAssembly.Module | undefined} */
    let module;
    const keep = (/** @type {WebAssembly.Module} */ compiled) => (module = compiled);
    let asked = compiling.then(keep);
    asked.catch(() => {}); // `prepare` asks again
    const ask = () => (asked = asked.catch(() => host.compile(file).then(keep)));
    const compiled = () => module ?? compileNow(file, host, zstd);
    links.push({ file, ask, link: linkAtImport(linkerOf(pyodide), file.target, compiled, rest) });
  }
  const prepare = async () => {
    checkRoom(linkerOf(pyodide));
    markedSync("imports", () => python.preload(manifest.preload));
    for (const { file, ask, link } of links) {
      await ask();
      try {
        markedSync("imports", link);
      } catch (error) {
        throw unusable(file, error);
      }
    }
  };
  onStage("ready");
  return { pyodide, library, rests, prepare };
}

/**
 * Begin to compile what is not the core, and find the rests.
 *
 * @param {Host} host
 */
export function compileModules(host) {
  const modules = host.manifest.files.filter(({ kind }) => kind === "module");
  return modules.map((file) => {
    const compiling = host.compile(file);
    compiling.catch(() => {}); // awaited later, in its turn
    return { file, compiling, finding: restOf(host.manifest, file, host) };
  });
}

/**
 * Start the core, compiled by the host, and reject when it cannot be instantiated.
 *
 * Pyodide 314.0.7 fetches and compiles the core by itself, only logs a failure, and then never settles. So the functions that it
 * uses for that are replaced while it starts.
 *
 * @param {Host} host
 * @param {PyodideConfig & {fsInit: (FS: FS) => Promise<void>}} config
 * @param {Rest[]} [rests]  gets the core's, where it has one
 * @returns {Promise<PyodideAPI>}
 */
export async function start(host, config, rests) {
  const { manifest, loadPyodide, indexURL, options } = host;
  const { instantiate, instantiateStreaming } = WebAssembly;
  const { fetch, FinalizationRegistry } = globalThis;
  const file = /** @type {RuntimeFile} */ (manifest.files.find(({ name }) => name === CORE));
  const compiling = Promise.all([host.compile(file), restOf(manifest, file, host)]);
  /** @type {(error: unknown) => void} */
  let fail;
  /** @type {Promise<never>} */
  const broken = new Promise((_, reject) => (fail = reject));
  compiling.catch((error) => fail(error));
  let began = performance.now();
  const ours = async (/** @type {any} */ source, /** @type {any} */ imports) => {
    if (!imports?.env?.[CORE_IMPORT]) return instantiate(source, imports); // of another module, such as the decoder
    const [module, rest] = await compiling;
    began = performance.now();
    try {
      if (rest) rests?.push(rest);
      const instance = rest ? rest.instance(module, imports) : await instantiate(module, imports);
      growAhead(/** @type {WebAssembly.Table} */ (instance.exports.__indirect_function_table));
      return { module, instance };
    } catch (error) {
      fail(unusable(file, error));
      throw error;
    }
  };
  Object.assign(WebAssembly, { instantiate: ours, instantiateStreaming: ours });
  globalThis.FinalizationRegistry = LaterRegistry;
  // In a browser the loader also fetches the core and the standard library; only it does so with a URL object.
  globalThis.fetch = async (input, init) =>
    input instanceof URL && input.href.startsWith(indexURL) ? new Response(EMPTY_ZIP) : fetch(input, init);
  try {
    const all = {
      ...options,
      indexURL,
      packageBaseUrl: indexURL, // the default is another origin
      lockFileContents: emptyLock(manifest),
      ...config,
      env: { PYTHONPATH: libraryFolder(manifest), ...options?.env },
    };
    const pyodide = await Promise.race([loadPyodide(all), broken]);
    mark("core", began);
    guardStack(pyodide);
    return pyodide;
  } finally {
    Object.assign(WebAssembly, { instantiate, instantiateStreaming });
    Object.assign(globalThis, { fetch, FinalizationRegistry });
  }
}

/**
 * Let Python raise a RecursionError before the browser's own stack ends, for that would end Python. Python only knows how much of
 * its own stack is in use; this is the most with which browsers have got along, whatever called itself (kernel/process/depth.py).
 *
 * @param {PyodideAPI} pyodide
 */
function guardStack(pyodide) {
  const core = linkerOf(pyodide);
  const bottom = core._emscripten_stack_get_base() - STACK;
  core.guardStack = () => core._PyUnstable_ThreadState_SetStackProtection(core._PyThreadState_Get(), bottom, STACK);
  core.guardStack();
}

/**
 * Add what Python does not need to start: the rest of the library, placeholders of linked modules, the data.
 *
 * @param {FS} FS
 * @param {Host} host
 * @param {Library} library
 */
export function layAll(FS, { manifest, readSync }, library) {
  library.layAfterStart(FS);
  const data = new Map(manifest.files.filter(({ kind }) => kind === "data").map((file) => [file.target, file]));
  const modules = manifest.files.filter(({ kind }) => kind === "module");
  lay(FS, modules.map(({ target }) => [target, new Uint8Array()])); // Python looks for a linked module's file, and never reads it
  FS.mkdirTree(HOME);
  const sizes = [...data.values()].map(({ target, bytes }) => /** @type {[string, number]} */ ([target, bytes]));
  layLazily(FS, sizes, (path) => readSync(/** @type {RuntimeFile} */ (data.get(path))));
  FS.chdir(HOME);
}

/**
 * @param {PyodideAPI} pyodide
 * @returns {{preload(modules: string[]): void, run(module: string): void, rest(): void, restored(): void}}  `livecells.kernel.warm`
 */
export function warm(pyodide) {
  pyodide.pyimport("importlib").invalidate_caches();
  return /** @type {any} */ (pyodide.pyimport("livecells.kernel.warm"));
}

/**
 * Return where the library is: by default Python looks for it in a zip only.
 *
 * @param {Pick<Manifest, "python">} manifest
 */
function libraryFolder({ python }) {
  return `/lib/python${python.split(".").slice(0, 2).join(".")}`;
}

/**
 * Return the lock file of a distribution without packages, since ours come in packs.
 *
 * @param {Manifest} manifest
 * @returns {NonNullable<PyodideConfig["lockFileContents"]>}
 */
function emptyLock({ abi, platform, python, pyodide }) {
  return {
    info: { arch: "wasm32", abi_version: abi, platform, version: pyodide, python },
    packages: {},
  };
}
