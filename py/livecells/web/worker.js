/**
 * The worker: boots Python once, then runs cells one after the other.
 *
 * @import {ExecuteMessage, FromWorker, InitMessage, Manifest, RuntimeFile, ToWorker} from "./protocol.js"
 */

import { boot } from "./boot.js";
import { FileError, Fetcher } from "./fetcher.js";
import { unknownMessage } from "./protocol.js";

/**
 * @typedef {{execute(request: string, emit: (output: string) => void): Promise<string>, reset(page: string): void}}
 *   KernelModule  the Python module `livecells.kernel`
 */

/** Bytes change faster than a reader can see. */
const PROGRESS_INTERVAL_MS = 80;

/** @type {(python: KernelModule | Promise<KernelModule>) => void} */
let setKernel;

/** Requests may arrive before `init`: the page first has to read the manifest. @type {Promise<KernelModule>} */
const kernel = new Promise((resolve) => (setKernel = resolve));

/** @param {FromWorker} message */
function send(message) {
  self.postMessage(message);
}

self.addEventListener("message", (/** @type {MessageEvent<ToWorker>} */ event) => {
  const message = event.data;
  switch (message.type) {
    case "init":
      setKernel(start(message));
      break;
    case "execute_request":
      void kernel.then((python) => execute(python, message), ignoreFailedBoot);
      break;
    case "reset":
      void kernel.then((python) => python.reset(message.page), ignoreFailedBoot);
      break;
    default:
      unknownMessage(message);
  }
});

kernel.catch(ignoreFailedBoot);

/** The page has been told by `failed`; requests that waited for the boot end there. */
function ignoreFailedBoot() {}

/**
 * Load everything, start Python, import the kernel.
 *
 * @param {InitMessage} message
 */
async function start({ site, manifest }) {
  try {
    const python = await bootFrom(site, manifest);
    send({ type: "status", state: "idle", detail: "" });
    return python;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    send({ type: "failed", detail });
    throw error;
  }
}

/**
 * @param {string} site
 * @param {Manifest} manifest
 * @returns {Promise<KernelModule>}
 */
async function bootFrom(site, manifest) {
  const total = manifest.files
    .filter((file) => file.kind !== "data")
    .reduce((sum, file) => sum + file.wire, 0);
  const fetcher = new Fetcher(site, throttled((loaded) => send({ type: "progress", loaded, total })));
  const verified = verifyCore(fetcher, manifest);
  const core = await importCore(fetcher, manifest, verified);
  const booted = boot({
    manifest,
    ...core,
    read: (file) => fetcher.read(file),
    readSync: (file) => readData(fetcher, file),
    onStage: (detail) => send({ type: "status", state: "starting", detail }),
  });
  const pyodide = await booted.catch((error) => blameFile(error, verified));
  await Promise.all(verified.values());
  return /** @type {KernelModule} */ (/** @type {unknown} */ (pyodide.pyimport("livecells.kernel")));
}

/**
 * Check the files that Pyodide's loader fetches by itself; the browser's cache makes it one download.
 *
 * @param {Fetcher} fetcher
 * @param {Manifest} manifest
 */
function verifyCore(fetcher, manifest) {
  const own = manifest.files.filter(({ kind }) => kind === "core" || kind === "stdlib");
  const checks = new Map(own.map((file) => [file.name, fetcher.read(file)]));
  for (const check of checks.values()) check.catch(() => {}); // awaited below, each in its turn
  return checks;
}

/**
 * A broken file makes the loader fail in words that name no file: wait for the checks, they do.
 *
 * @param {unknown} error
 * @param {Map<string, Promise<Uint8Array>>} verified
 * @returns {Promise<never>}
 */
async function blameFile(error, verified) {
  await Promise.all(verified.values());
  throw error;
}

/**
 * @param {Fetcher} fetcher
 * @param {Manifest} manifest
 * @param {Map<string, Promise<Uint8Array>>} verified
 */
async function importCore(fetcher, manifest, verified) {
  const address = (/** @type {string} */ name) => {
    const file = manifest.files.find((one) => one.name === name);
    if (!file) throw new FileError(`the manifest has no ${name}`);
    return fetcher.address(file);
  };
  await Promise.all([verified.get("pyodide.mjs"), verified.get("pyodide.asm.mjs")]);
  const loader = address("pyodide.mjs");
  const { loadPyodide } = await import(loader);
  const stdlib = manifest.files.find(({ kind }) => kind === "stdlib");
  return {
    loadPyodide,
    indexURL: new URL("./", loader).href,
    stdLibURL: stdlib ? fetcher.address(stdlib) : undefined,
  };
}

/**
 * A data file that cannot be had is told twice: as an OSError to the cell, in words to the page.
 *
 * @param {Fetcher} fetcher
 * @param {RuntimeFile} file
 */
function readData(fetcher, file) {
  try {
    return fetcher.readSync(file);
  } catch (error) {
    if (error instanceof FileError) send({ type: "warning", detail: error.message });
    throw error;
  }
}

/**
 * @param {KernelModule} python
 * @param {ExecuteMessage} message
 */
async function execute(python, { id, page, cell, source }) {
  const emit = (/** @type {string} */ output) =>
    send({ type: "output", id, output: JSON.parse(output) });
  try {
    const reply = await python.execute(JSON.stringify({ page, cell, source }), emit);
    send({ type: "execute_reply", id, reply: JSON.parse(reply) });
  } catch (error) {
    // Cell errors are outputs; what arrives here is the interpreter itself giving up.
    send({ type: "failed", detail: error instanceof Error ? error.message : String(error) });
  }
}

/** @param {(loaded: number) => void} report */
function throttled(report) {
  let last = -Infinity;
  return (/** @type {number} */ loaded) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    report(loaded);
  };
}
