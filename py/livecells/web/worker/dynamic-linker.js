/**
 * Links compiled modules into a running or a starting Python; what is used of Emscripten's dynamic linker stands here alone.
 *
 * @import {PyodideAPI} from "pyodide"
 */

/**
 * What is used of Emscripten's module; Pyodide has no public name for it, and types none.
 *
 * @typedef {object} Library
 * @property {string} name
 * @property {number} refcount
 * @property {boolean} global
 * @property {object} exports
 *
 * @typedef {object} Linker
 * @property {(module: WebAssembly.Module, flags: object, name: string, scope: object) => any} loadWebAssemblyModule
 * @property {Record<string, object>} preloadedWasm  exports of modules that `dlopen` need not load any more
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

/**
 * Make a compiled module ready for `import`, which would otherwise compile it while nothing else can run.
 *
 * Emscripten's own plugin for preloaded libraries does the same, but compiles by itself, and only then.
 *
 * @param {Linker} linker
 * @param {string} path  in Pyodide's file system, where a file must lie: it is looked for, never read
 * @param {WebAssembly.Module} module
 */
export async function link(linker, path, module) {
  const flags = { loadAsync: true, nodelete: true };
  linker.preloadedWasm[path] = await linker.loadWebAssemblyModule(module, flags, path, {});
}

/**
 * Link a module before Python starts: its memory and its slots of the function table then lie where the next start puts them
 * too, because nothing else has taken any. A memory snapshot needs that.
 *
 * @param {Linker} linker  in a `preRun` hook
 * @param {string} path
 * @param {WebAssembly.Module} module
 */
export function linkEarly(linker, path, module) {
  const library = linker.newDSO(path, undefined, {});
  library.global = false;
  library.exports = linker.loadWebAssemblyModule(module, { nodelete: true }, path, {});
}

/**
 * Tell which handles Python has of each linked module.
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
 * Give modules the handles that they had.
 *
 * @param {Linker} linker
 * @param {[handle: number, name: string][]} handles
 */
export function reopen(linker, handles) {
  for (const [handle, name] of handles) linker.LDSO.loadedLibsByHandle[handle] = linker.LDSO.loadedLibsByName[name];
}
