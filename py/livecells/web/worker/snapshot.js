/**
 * Memory snapshots: the memory of a Python that has drawn its first chart, from which later ones start.
 *
 * Pyodide can restore a snapshot without compiled modules. To have these in it too, they are linked before Python starts: their
 * memory and their slots in the function table are then in the same places as when the snapshot was made (dynamic-linker.js).
 *
 * @import {PyodideAPI} from "pyodide"
 * @import {Booted, Host} from "./boot.js"
 * @import {LibraryIndex} from "./library.js"
 * @import {Rest} from "./rest.js"
 */

import { compileModules, layAll, start, warm } from "./boot.js";
import { Library } from "./library.js";
import { linkEarly, linkerOf, openHandles, reopen } from "./dynamic-linker.js";

/**
 * @typedef {object} SnapshotHead  everything but the memory, as JSON can hold it
 * @property {1} schema
 * @property {number} heap  size of the memory in bytes
 * @property {[start: number, length: number][]} runs  parts of the memory that are not zero, in bytes
 * @property {object} references  JavaScript objects that Python refers to, in Pyodide's own words
 * @property {[handle: number, name: string][]} handles  of linked modules
 * @property {LibraryIndex} library
 *
 * @typedef {{head: SnapshotHead, memory: Uint8Array}} Taken  `memory` is Python's own: copy it before Python goes on
 *
 * @typedef {object} Source  where the parts of the memory lie one after the other
 * @property {(part: Uint8Array, at: number) => void} read  fills `part` from position `at`
 *
 * @typedef {Host & {loadCore: () => Promise<(settings: any) => Promise<any>>}} SnapshotHost  `loadCore` returns the export
 *   of pyodide.asm.mjs
 */

const PAGE = 65_536;
const WORD = Int32Array.BYTES_PER_ELEMENT;

/** Pyodide only checks that there is a snapshot; the memory is filled here. */
const PLACEHOLDER = new Uint8Array(16);

/**
 * Boot a Python to take a snapshot of, and take it.
 *
 * Not of the reader's Python: that would have the reader's variables, and while one is made Pyodide tracks every JavaScript
 * object that Python touches.
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
 * @param {Promise<Source | undefined>} opening  may take as long as the modules take to be compiled
 * @returns {Promise<Booted>}  rejects when something does not fit; the worker cannot be used any more then
 */
export async function restore(host, head, opening) {
  host.onStage?.("core");
  /** @type {Rest[]} */
  const rests = [];
  const library = await Library.fromIndex(host, head.library); // first: its decoder would wait for the modules to be compiled
  const createPyodideModule = createsWithModules(host, rests);
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
      const [linker, source] = await Promise.all([createPyodideModule(settings), opening]);
      if (!source) throw new Error("its memory is gone");
      linker.API.restoreSnapshot = () => {
        keepTrampoline(linker, () => fill(linker.HEAPU8, head.runs, source));
        reopen(linker, head.handles);
        return head.references;
      };
      return linker;
    },
  }, rests);
  host.onStage?.("packages");
  layAll(pyodide.FS, host, library);
  warm(pyodide).restored();
  host.onStage?.("ready");
  return { pyodide, library, rests, prepare: async () => {} };
}

/**
 * Begin to compile the modules beside the core.
 *
 * @param {SnapshotHost} host
 * @param {Rest[]} [rests]  gets those of the modules
 * @returns {(settings: any) => Promise<any>}  creates the core, with the modules linked before Python starts
 */
function createsWithModules(host, rests) {
  const files = compileModules(host);
  const compiling = Promise.all(files.map(({ compiling, finding }) => Promise.all([compiling, finding])));
  compiling.catch(() => {}); // awaited below
  return async (settings) => {
    const [create, modules] = await Promise.all([host.loadCore(), compiling]);
    settings.preRun.push((/** @type {any} */ linker) => {
      for (const [number, [module, rest]] of modules.entries()) {
        linkEarly(linker, files[number].file.target, module, rest);
        if (rest) rests?.push(rest);
      }
    });
    return create(settings);
  };
}

/**
 * Find the parts of a memory that are not all zero. A third of it is zero and need not be kept.
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
 * Grow the memory: Pyodide ignores a request for an initial size (pyodide#6254).
 *
 * @param {WebAssembly.Memory} memory
 * @param {number} size  in bytes
 */
function grow(memory, size) {
  const missing = size - memory.buffer.byteLength;
  if (missing > 0) memory.grow(missing / PAGE);
}

/**
 * Keep the index of CPython's call trampoline in the function table. It is stored in the memory and depends on the browser's
 * engine, so the snapshot's may be wrong.
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
