/**
 * Memory snapshots: a Python that is up and has drawn its first chart, as bytes from which the next one starts.
 *
 * Pyodide restores a plain one by itself. Compiled modules in it are our part: they are linked before Python starts, so that
 * their memory and their slots in the function table lie where they lay when the snapshot was made (dynamic-linker.js).
 *
 * @import {PyodideAPI} from "pyodide"
 * @import {Booted, Host} from "./boot.js"
 * @import {LibraryIndex} from "./library.js"
 */

import { compileModules, layAll, start, warm } from "./boot.js";
import { Library } from "./library.js";
import { linkEarly, linkerOf, openHandles, reopen } from "./dynamic-linker.js";

/**
 * @typedef {object} SnapshotHead  everything but the memory; JSON holds it
 * @property {1} schema
 * @property {number} heap  size of the memory in bytes
 * @property {[start: number, length: number][]} runs  parts of the memory that are not zero, in bytes
 * @property {object} references  JavaScript objects that Python refers to, in Pyodide's own words
 * @property {[handle: number, name: string][]} handles  of linked modules
 * @property {LibraryIndex} library
 *
 * @typedef {{head: SnapshotHead, memory: Uint8Array}} Taken  `memory` is Python's own: use it before Python goes on
 *
 * @typedef {object} Source  where the parts of the memory lie one after the other
 * @property {(part: Uint8Array, at: number) => void} read  fills `part` from position `at`
 *
 * @typedef {Host & {loadCore: () => Promise<(settings: any) => Promise<any>>}} SnapshotHost  `loadCore` gives what pyodide.asm.mjs
 *   exports
 */

const PAGE = 65_536;
const WORD = Int32Array.BYTES_PER_ELEMENT;

/** Pyodide looks at nothing of it but whether it is there: the memory comes from us. */
const PLACEHOLDER = new Uint8Array(16);

/**
 * Boot a Python to take a snapshot of, and take it.
 *
 * Not the reader's Python: it would have the reader's variables, and Pyodide watches everything that such a one touches.
 *
 * @param {SnapshotHost} host
 * @returns {Promise<Taken>}
 */
export async function make(host) {
  const { manifest } = host;
  const createPyodideModule = createsWithModules(host);
  const library = await Library.open(host);
  const pyodide = await start(host, {
    _makeSnapshot: true,
    createPyodideModule,
    fsInit: async (FS) => library.layForStart(FS),
  });
  layAll(pyodide.FS, host, library);
  const python = warm(pyodide);
  python.preload([...manifest.preload, "livecells.kernel"]);
  if (manifest.warm_up) python.run(manifest.warm_up);
  python.rest();
  return take(pyodide, library);
}

/**
 * @param {PyodideAPI} pyodide
 * @param {Library} library
 * @returns {Taken}
 */
function take(pyodide, library) {
  const linker = linkerOf(pyodide);
  const references = linker.API.serializeHiwireState();
  const handles = openHandles(linker);
  const memory = /** @type {Uint8Array} */ (linker.HEAPU8);
  const head = { schema: /** @type {const} */ (1), heap: memory.length, runs: usedRuns(memory), references, handles, library: library.index() };
  return { head, memory };
}

/**
 * Start Python where a snapshot ended.
 *
 * @param {SnapshotHost} host
 * @param {SnapshotHead} head
 * @param {Source} source
 * @returns {Promise<Booted>}  rejects with whatever does not fit; the worker is then of no use any more
 */
export async function restore(host, head, source) {
  host.onStage?.("core");
  const createPyodideModule = createsWithModules(host);
  const library = await Library.fromIndex(host, head.library);
  const pyodide = await start(host, {
    _loadSnapshot: PLACEHOLDER,
    fsInit: async (FS) => library.layForStart(FS),
    createPyodideModule: async (/** @type {any} */ settings) => {
      const instantiate = settings.instantiateWasm;
      settings.instantiateWasm = (/** @type {any} */ imports, /** @type {any} */ receive) =>
        instantiate(imports, (/** @type {WebAssembly.Instance} */ instance, /** @type {unknown} */ module) => {
          grow(/** @type {WebAssembly.Memory} */ (instance.exports.memory), head.heap);
          return receive(instance, module);
        });
      const linker = await createPyodideModule(settings);
      linker.API.restoreSnapshot = () => {
        keepTrampoline(linker, () => fill(linker.HEAPU8, head.runs, source));
        reopen(linker, head.handles);
        return head.references;
      };
      return linker;
    },
  });
  host.onStage?.("packages");
  layAll(pyodide.FS, host, library);
  warm(pyodide).restored();
  host.onStage?.("ready");
  return { pyodide, library };
}

/**
 * Begin to compile the modules, while the core does the same.
 *
 * @param {SnapshotHost} host
 * @returns {(settings: any) => Promise<any>}  creates the core, with the modules linked before Python starts
 */
function createsWithModules(host) {
  const compiling = compileModules(host);
  return async (settings) => {
    const [create, ...modules] = await Promise.all([host.loadCore(), ...compiling.map((one) => one.compiling)]);
    settings.preRun.push((/** @type {any} */ linker) => {
      for (const [number, module] of modules.entries()) linkEarly(linker, compiling[number].file.target, module);
    });
    return create(settings);
  };
}

/**
 * Find the parts of a memory that are not all zero: a third of it is, and need be neither kept nor read.
 *
 * @param {Uint8Array} memory
 * @returns {[start: number, length: number][]}
 */
function usedRuns(memory) {
  const words = new Int32Array(memory.buffer, memory.byteOffset, memory.length / WORD);
  /** @type {[number, number][]} */
  const runs = [];
  for (let start = 0; start < memory.length; start += PAGE) {
    if (isZero(words, start / WORD, (start + PAGE) / WORD)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === start) last[1] += PAGE;
    else runs.push([start, PAGE]);
  }
  return runs;
}

/**
 * @param {Int32Array} words
 * @param {number} from
 * @param {number} end
 */
function isZero(words, from, end) {
  for (let i = from; i < end; i++) if (words[i]) return false;
  return true;
}

/**
 * @param {Uint8Array} memory
 * @param {[start: number, length: number][]} runs
 * @param {Source} source
 */
function fill(memory, runs, source) {
  let at = 0;
  for (const [start, length] of runs) {
    source.read(memory.subarray(start, start + length), at);
    at += length;
  }
}

/**
 * Pyodide ignores the size that it is asked to begin with (pyodide#6254).
 *
 * @param {WebAssembly.Memory} memory
 * @param {number} size  in bytes
 */
function grow(memory, size) {
  const missing = size - memory.buffer.byteLength;
  if (missing > 0) memory.grow(missing / PAGE);
}

/**
 * CPython keeps the place of its call trampoline in the function table in its memory. The place depends on the engine: this
 * one's is right, not the snapshot's.
 *
 * @param {any} linker
 * @param {() => void} change
 */
function keepTrampoline(linker, change) {
  const offset = linker.HEAP32[linker.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >> 2];
  const place = (linker.__PyRuntime + offset) >> 2;
  const own = linker.HEAP32[place];
  change();
  linker.HEAP32[place] = own;
}
