/**
 * Links compiled modules into Python, before or after its start. Only this file uses Emscripten's dynamic linker.
 *
 * @import {PyodideAPI} from "pyodide"
 * @import {Rest} from "./rest.js"
 */

/**
 * The parts of Emscripten's module that are used here. Pyodide has no public name for it, and no types.
 *
 * @typedef {object} Library
 * @property {string} name
 * @property {number} refcount
 * @property {boolean} global
 * @property {object} exports
 *
 * @typedef {object} Linker
 * @property {(module: WebAssembly.Module, flags: object, name: string, scope: object) => any} loadWebAssemblyModule
 * @property {Record<string, object>} preloadedWasm  exports of modules that `dlopen` need not load
 * @property {(name: string, handle: number | undefined, exports: object) => Library} newDSO
 * @property {{loadedLibsByName: Record<string, Library>, loadedLibsByHandle: Record<number, Library>}} LDSO
 */

/**
 * @param {PyodideAPI} pyodide
 * @returns {Linker & Record<string, any>}
 */
export function linkerOf(pyodide) {
  return /** @type {{_module: any}} */ (/** @type {unknown} */ (pyodide))._module;
}

/** Bytes that have to be free to link and import a library and to run cells after that. */
const ROOM = 512 * 2 ** 20;

/** A heap below this many bytes can still grow by that. */
const LARGE = 3 * 2 ** 30;

/**
 * Make sure that a library can be linked: Emscripten does not notice when it gets no memory, and Python would end.
 *
 * @param {Record<string, any>} linker
 * @throws {RangeError}
 */
export function checkRoom({ _malloc, _free, HEAPU8 }) {
  if (HEAPU8.length < LARGE) return;
  const place = _malloc(ROOM);
  if (!place) throw new RangeError("out of memory");
  _free(place);
}

/** Slots by which the function table grows at a time. */
const AHEAD = 1024;

/**
 * Let the function table grow by many slots at a time. Emscripten asks for one slot after the other, some 14 000 in a start, and
 * WebKit goes through half the table for each.
 *
 * @param {WebAssembly.Table} table
 */
export function growAhead(table) {
  const grow = table.grow.bind(table);
  let [next, end] = [0, 0];
  table.grow = (count) => {
    if (count !== 1) return grow(count); // a module's own part, which lies together
    if (next === end) end = (next = grow(AHEAD)) + AHEAD;
    return next++;
  };
}

/**
 * Link a module when Python imports it, once; Emscripten asks for its exports then.
 *
 * @param {Linker} linker
 * @param {string} path  in Pyodide's file system; a file must exist there, and is never read
 * @param {() => WebAssembly.Module} compiled  may throw
 * @param {Rest} [rest]  of the module
 * @returns {() => object}  links it at once
 */
export function linkAtImport(linker, path, compiled, rest) {
  /** @type {object | undefined} */
  let exports;
  const get = () => (exports ??= load(linker, path, compiled(), rest));
  Object.defineProperty(linker.preloadedWasm, path, { get });
  return get;
}

/**
 * @param {Linker} linker
 * @param {string} path
 * @param {WebAssembly.Module} module
 * @param {Rest} [rest]
 * @returns {object}
 */
function load(linker, path, module, rest) {
  const exportsOf = () => linker.loadWebAssemblyModule(module, { nodelete: true }, path, {});
  return rest ? rest.linking(module, exportsOf) : exportsOf();
}

/**
 * Link a module before Python starts. Nothing else has taken memory or slots of the function table by then, so the next start
 * puts the module into the same places. A memory snapshot needs that.
 *
 * @param {Linker} linker  in a `preRun` hook
 * @param {string} path
 * @param {WebAssembly.Module} module
 * @param {Rest} [rest]  of the module
 */
export function linkEarly(linker, path, module, rest) {
  const library = linker.newDSO(path, undefined, {});
  library.global = false;
  library.exports = load(linker, path, module, rest);
}

/**
 * List the handles that Python has of linked modules.
 *
 * @param {Linker} linker
 * @returns {[handle: number, name: string][]}
 */
export function openHandles(linker) {
  const handles = Object.entries(linker.LDSO.loadedLibsByHandle);
  return handles.map(([handle, library]) => /** @type {[number, string]} */ ([Number(handle), library.name]))
    .filter(([handle]) => handle !== 0);
}

/**
 * Restore the handles of linked modules.
 *
 * @param {Linker} linker
 * @param {[handle: number, name: string][]} handles
 */
export function reopen(linker, handles) {
  for (const [handle, name] of handles) linker.LDSO.loadedLibsByHandle[handle] = linker.LDSO.loadedLibsByName[name];
}
