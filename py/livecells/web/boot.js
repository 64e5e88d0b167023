/**
 * Boots Python from the files of a manifest; the host, a worker or Node, hands in how to read them.
 *
 * What runs beside what: all packs are read first and unpacked as they arrive, the compiled modules in them compile
 * in the engine's own threads, and meanwhile Pyodide's core loads and starts. Then everything is put in its place.
 *
 * @import {PyodideAPI, PyodideConfig} from "pyodide"
 * @import {Manifest, RuntimeFile} from "./protocol.js"
 */

/**
 * @typedef {Manifest & {abi?: string, platform?: string}} RuntimeManifest
 * @typedef {"core" | "packages" | "ready"} BootStage  what boot is waiting for
 *
 * @typedef {object} BootRequest
 * @property {RuntimeManifest} manifest
 * @property {(config: PyodideConfig) => Promise<PyodideAPI>} loadPyodide  from the core's pyodide.mjs
 * @property {string} indexURL  folder of the core, as the loader wants it on this host
 * @property {string} [stdLibURL]  the standard library, likewise
 * @property {(file: RuntimeFile) => Promise<Uint8Array<ArrayBuffer>>} read  gives the checked bytes of a pack as stored
 * @property {(file: RuntimeFile) => Uint8Array} readSync  gives the checked bytes of a data file; may throw, which Python
 *   sees as an OSError
 * @property {(stage: BootStage) => void} [onStage]
 * @property {PyodideConfig} [options]  more for loadPyodide: stdout, env and the like
 *
 * @typedef {object} Pack
 * @property {RuntimeFile} file
 * @property {[path: string, bytes: Uint8Array<ArrayBuffer>][]} entries  paths as in Pyodide's file system
 * @property {Map<string, Promise<WebAssembly.Module>>} modules  compiled modules by path, under way
 *
 * What is used of Emscripten's module; Pyodide has no public name for it, and types none.
 * @typedef {object} Linker
 * @property {(module: WebAssembly.Module, flags: object, name: string, scope: object) => Promise<object>} loadWebAssemblyModule
 * @property {Record<string, object>} preloadedWasm  exports of modules that `dlopen` need not load any more
 */

const HOME = "/home/pyodide";

/** Emscripten's number, which is not Linux's. */
const EIO = 29;

/** A file of the runtime could be read but not used; the message names it. */
export class RuntimeFileError extends Error {
  /**
   * @param {RuntimeFile} file
   * @param {unknown} cause
   */
  constructor(file, cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${file.path} cannot be used: ${reason}`, { cause });
    this.name = "RuntimeFileError";
    this.file = file;
  }
}

/**
 * Boot Python with packages in place and data files that are read when they are first opened.
 *
 * The files of the core and the standard library are read by Pyodide's own loader: checking them is the host's part.
 *
 * @param {BootRequest} request
 * @returns {Promise<PyodideAPI>} rejects with the error of `read`, or with RuntimeFileError when a pack or the core's
 *   WebAssembly is broken, or with what `loadPyodide` says
 */
export async function boot(request) {
  const { manifest, loadPyodide, indexURL, stdLibURL, read, readSync, options } = request;
  const onStage = request.onStage ?? (() => {});
  onStage("core");
  const packs = Promise.all(filesOf(manifest, "pack").map((file) => readPack(file, read)));
  const config = {
    ...options,
    indexURL,
    ...(stdLibURL ? { stdLibURL } : {}),
    packageBaseUrl: indexURL, // otherwise Pyodide's default, another origin
    lockFileContents: emptyLock(manifest),
  };
  const core = startCore(() => loadPyodide(config), manifest);
  // Whichever fails first is the cause: with a pack missing there is no use in waiting for the core.
  await Promise.race([core, packs.then(() => core)]);
  const pyodide = await core;
  onStage("packages");
  for (const pack of await packs) await place(pyodide, pack);
  pyodide.FS.mkdirTree(HOME);
  for (const file of filesOf(manifest, "data")) placeLazily(pyodide.FS, file, readSync);
  pyodide.FS.chdir(HOME);
  pyodide.pyimport("importlib").invalidate_caches();
  onStage("ready");
  return pyodide;
}

/**
 * Start the core, and reject when its WebAssembly cannot be instantiated.
 *
 * Pyodide 314.0.7 only logs that and never settles, so the two functions it may use are watched while it starts.
 *
 * @param {() => Promise<PyodideAPI>} start
 * @param {RuntimeManifest} manifest
 * @returns {Promise<PyodideAPI>}
 */
async function startCore(start, manifest) {
  const { instantiate, instantiateStreaming } = WebAssembly;
  const [wasm] = filesOf(manifest, "core").filter((file) => file.name.endsWith(".wasm"));
  /** @type {Promise<never>} */
  const broken = new Promise((_, reject) => {
    /** @param {(...parts: any[]) => Promise<any>} call */
    const watched = (call) => (/** @type {any[]} */ ...parts) => {
      const result = call.apply(WebAssembly, parts);
      result.catch((error) => reject(wasm ? new RuntimeFileError(wasm, error) : error));
      return result;
    };
    Object.assign(WebAssembly, {
      instantiate: watched(instantiate),
      instantiateStreaming: watched(instantiateStreaming),
    });
  });
  try {
    return await Promise.race([start(), broken]);
  } finally {
    Object.assign(WebAssembly, { instantiate, instantiateStreaming });
  }
}

/**
 * The lock file of a distribution without packages, for ours come in packs.
 *
 * @param {RuntimeManifest} manifest
 * @returns {NonNullable<PyodideConfig["lockFileContents"]>}
 */
function emptyLock({ abi = "", platform = "", python, pyodide }) {
  return {
    info: { arch: "wasm32", abi_version: abi, platform, version: pyodide, python },
    packages: {},
  };
}

/**
 * Read a pack, take it apart and start compiling what is in it.
 *
 * @param {RuntimeFile} file
 * @param {BootRequest["read"]} read
 * @returns {Promise<Pack>}
 */
async function readPack(file, read) {
  const stored = await read(file);
  try {
    const entries = splitPack(await gunzip(stored, file.unpacked), file.target ?? "");
    const modules = new Map();
    for (const [path, bytes] of entries.filter(([path]) => path.endsWith(".so"))) {
      const compiling = WebAssembly.compile(bytes);
      compiling.catch(() => {}); // awaited in place(), which may never come
      modules.set(path, compiling);
    }
    return { file, entries, modules };
  } catch (error) {
    throw new RuntimeFileError(file, error);
  }
}

/**
 * Unpack gzip into one buffer of the size that the manifest promises.
 *
 * @param {Uint8Array<ArrayBuffer>} packed
 * @param {number} size  in bytes
 */
async function gunzip(packed, size) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const unpacked = new Uint8Array(size);
  const reader = stream.getReader();
  let end = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (end + value.length > size) throw new Error(`it unpacks to more than ${size} bytes`);
    unpacked.set(value, end);
    end += value.length;
  }
  if (end !== size) throw new Error(`it unpacks to ${end} bytes, not to ${size}`);
  return unpacked;
}

/**
 * Take a pack apart without copying; the format is in livecells/build/packs.py.
 *
 * @param {Uint8Array<ArrayBuffer>} pack
 * @param {string} target  folder in Pyodide's file system
 * @returns {Pack["entries"]}
 */
function splitPack(pack, target) {
  const start = 4 + new DataView(pack.buffer, pack.byteOffset).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(pack.subarray(4, start)));
  return index.map((/** @type {[string, number, number]} */ [path, offset, size]) => [
    `${target}/${path}`,
    pack.subarray(start + offset, start + offset + size),
  ]);
}

/**
 * Put a pack's files into Pyodide's file system and link its compiled modules.
 *
 * @param {PyodideAPI} pyodide
 * @param {Pack} pack
 */
async function place(pyodide, { file, entries, modules }) {
  const folders = new Set(entries.map(([path]) => path.slice(0, path.lastIndexOf("/"))));
  for (const folder of folders) pyodide.FS.mkdirTree(folder);
  for (const [path, bytes] of entries) {
    // A linked module is only looked for, never read: its bytes need not stay in memory.
    const content = modules.has(path) ? new Uint8Array() : bytes;
    pyodide.FS.writeFile(path, content, { canOwn: true });
  }
  try {
    for (const [path, module] of modules) await link(pyodide, path, await module);
  } catch (error) {
    throw new RuntimeFileError(file, error);
  }
}

/**
 * Make a compiled module ready for `import`, which would otherwise compile it while nothing else can run.
 *
 * Emscripten's own plugin for preloaded libraries does the same, but compiles by itself, and only then.
 *
 * @param {PyodideAPI} pyodide
 * @param {string} path
 * @param {WebAssembly.Module} module
 */
async function link(pyodide, path, module) {
  const linker = /** @type {{_module: Linker}} */ (/** @type {unknown} */ (pyodide))._module;
  const flags = { loadAsync: true, nodelete: true };
  linker.preloadedWasm[path] = await linker.loadWebAssemblyModule(module, flags, path, {});
}

/**
 * Put a data file in place whose bytes are read when they are first asked for; its size is known before.
 *
 * At the first read or change the node becomes an ordinary one. Nothing is read for stat, listdir and glob.
 *
 * @param {PyodideAPI["FS"]} FS
 * @param {RuntimeFile} file
 * @param {BootRequest["readSync"]} readSync
 */
function placeLazily(FS, file, readSync) {
  const path = file.target ?? "";
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, new Uint8Array());
  const { node } = FS.lookupPath(path, {});
  const settle = (/** @type {Uint8Array} */ contents, /** @type {number} */ usedBytes) => {
    const plain = { configurable: true, enumerable: true, writable: true };
    Object.defineProperty(node, "contents", { ...plain, value: contents });
    Object.defineProperty(node, "usedBytes", { ...plain, value: usedBytes });
  };
  const load = () => {
    try {
      const bytes = readSync(file);
      settle(bytes, bytes.length);
    } catch {
      throw new FS.ErrnoError(EIO); // any other exception would end Python
    }
    return node.contents;
  };
  Object.defineProperty(node, "contents", {
    configurable: true,
    get: load,
    set: (contents) => settle(contents, contents.length),
  });
  Object.defineProperty(node, "usedBytes", {
    configurable: true,
    get: () => file.bytes,
    set: (size) => settle(load(), size),
  });
}

/**
 * @param {RuntimeManifest} manifest
 * @param {RuntimeFile["kind"]} kind
 */
function filesOf(manifest, kind) {
  return manifest.files.filter((file) => file.kind === kind);
}
