/**
 * The worker: boots Python once, then runs cells one after the other; or makes a snapshot for later workers, and ends.
 *
 * @import {PyodideAPI} from "pyodide"
 * @import {FS} from "./files.js"
 * @import {Library} from "./library.js"
 * @import {Rest} from "./rest.js"
 * @import {RequestMessage, ExecuteMessage, FromWorker, InitMessage, UserFileMessage, ToWorker} from "../protocol.js"
 */

import { isLineDear } from "../net/data-saver.js";
import { FileError } from "../net/file-error.js";
import { boot } from "./boot.js";
import { lockDown } from "./lockdown.js";
import { layLazily } from "./files.js";
import { linkerOf } from "./dynamic-linker.js";
import { FlagReader } from "../interrupt.js";
import { marked, markedSync } from "./marks.js";
import { Memory, SnapshotError } from "./memory.js";
import { Network } from "./network.js";
import { Ranges } from "./ranges.js";
import { unknownMessage } from "../protocol.js";
import { Prompts } from "./prompts.js";
import { failed, WorkerHost } from "./worker-host.js";

/**
 * @typedef {object} KernelModule  the Python module `livecells.kernel`
 * @property {(request: string, emit: (output: string) => void) => Promise<string>} execute
 * @property {(message: string) => string} request
 * @property {(message: string, light: string) => boolean} needs
 * @property {(prompts: Prompts, network: Network, ranges: Ranges) => void} connect
 * @property {() => void} interrupt
 * @property {(page: string) => void} reset
 */

/** @type {(python: KernelModule | Promise<KernelModule>) => void} */
let setKernel;

const flag = new FlagReader(() => send({ type: "interrupted" }));

/** Python's files, once it is up. @type {FS | undefined} */
let fileSystem;

const prompts = new Prompts(send);

const network = new Network(prompts);
network.guard();

/** Module with the formatters of values in sentences. */
let wording = "";

/** What cells may import before the start is over, as JSON. */
let light = "[]";

/** Ends the start; calling it again waits for the same end, or tries again what has failed. @type {() => Promise<void>} */
let finish;

/** Nothing has run for this long when the start goes on by itself. */
const PAUSE_MS = 300;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** Whether the page knows that Python is up, and that the start is over. */
let [isUp, isWhole] = [false, false];

/** Cells that run or wait. */
let running = 0;

let isRestored = false;

/** Fetches what can wait for the first result. */
let onFirstResult = () => {};

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
      void kernel.then((python) => execute(python, message), alreadyReported);
      break;
    case "request":
      void kernel.then((python) => reply(python, message), alreadyReported);
      break;
    case "input_reply":
      prompts.reply("", message.text);
      break;
    case "consent_reply":
      prompts.reply(message.origin, message.isAllowed);
      break;
    case "interrupt": // arrives only while Python waits
      send({ type: "interrupted" });
      prompts.stop();
      void kernel.then(interrupt, alreadyReported);
      break;
    case "user_file":
      void kernel.then(() => putFile(message), alreadyReported);
      break;
    case "reset":
      void kernel.then((python) => python.reset(message.page), alreadyReported);
      break;
    default:
      unknownMessage(message);
  }
});

kernel.catch(alreadyReported);

/** Ignore that Python did not start: the page has got `failed`, which ends its requests too. */
function alreadyReported() {}

/**
 * Start Python, from the kept snapshot if there is one, and import the kernel.
 *
 * @param {InitMessage} message
 * @returns {Promise<KernelModule>}
 */
async function start(message) {
  const began = performance.now();
  const { site, manifest, snapshot, interrupt } = message;
  wording = manifest.wording ?? "";
  light = JSON.stringify(manifest.preload);
  const host = new WorkerHost(message, send);
  try {
    host.memory = snapshot === "none" ? undefined : await Memory.open(site, manifest).catch(() => undefined);
    if (snapshot === "make") return await keepSnapshot(host);
    const restored = await host.memory?.restore(host);
    const { pyodide, library, rests, prepare } = restored ?? (await boot(host));
    isRestored = restored !== undefined;
    reportFatalErrors(pyodide);
    pyodide.setInterruptBuffer(interrupt ? new Int32Array(interrupt) : /** @type {any} */ (flag));
    fileSystem = pyodide.FS;
    const python = markedSync("imports", () => kernelOf(pyodide));
    prompts.site = site;
    python.connect(prompts, network, new Ranges(pyodide.FS, manifest, host.fetcher));
    const bootMs = performance.now() - began;
    /** @type {Promise<void> | undefined} */
    let finishing;
    finish = () => (finishing ??= (async () => {
      const start = performance.now();
      await prepare();
      isWhole = true;
      send({ type: "modules", modules: host.modules });
      send({ type: "status", state: "whole", startMs: bootMs + performance.now() - start });
    })().catch((error) => {
      finishing = undefined; // what was missing may be there next time
      throw error;
    }));
    // Who comes back gets the rest of the runtime ahead, who is here for the first time that of the core. What fails is fetched again.
    const ahead = isRestored ? rests : rests.slice(0, 1);
    const isFetching = !message.embedded && !isLineDear(); // a copy on disk has all its files in memory
    if (isFetching) onFirstResult = () => void bring(isRestored ? library : undefined, ahead, host).catch(() => {});
    if (isRestored || message.isConfined) await finish();
    if (message.isConfined) lockDown();
    setTimeout(() => running || rest()); // a cell that is here already comes first
    return python;
  } catch (error) {
    if (error instanceof SnapshotError) send({ type: "snapshot", state: "unusable", detail: error.message });
    else fail(error);
    throw error;
  }
}

/** Tell the page that Python is up, once. */
function tellUp() {
  if (!isUp) send({ type: "status", state: "idle", isRestored });
  isUp = true;
}

/** Nothing runs: go on with the start, if nothing comes. A failure only ends the cell that needs what is missing. */
function rest() {
  tellUp();
  clearTimeout(pause);
  if (!isWhole) pause = setTimeout(() => void finish().catch(warn), PAUSE_MS);
}

/** @param {unknown} error */
function warn(error) {
  if (error instanceof FileError) send({ type: "warning", fault: error.fault });
}

/** End the start while a cell waits for it. */
async function wait() {
  if (isUp) send({ type: "status", state: "starting", detail: "packages" });
  isUp = false;
  await finish();
}

/**
 * Bring the rests of modules before a cell calls them, and packs before it imports from them.
 *
 * @param {Library | undefined} library
 * @param {Rest[]} rests
 * @param {WorkerHost} host
 */
async function bring(library, rests, host) {
  await library?.fetchLater(host.read);
  for (const rest of rests) rest.fill(await host.compile(rest.file));
  send({ type: "modules", modules: host.modules });
}

/**
 * @param {PyodideAPI} pyodide
 * @returns {KernelModule}
 */
function kernelOf(pyodide) {
  return /** @type {any} */ (pyodide.pyimport("livecells.kernel"));
}

/** @param {unknown} error  that ended Python, or its start */
function fail(error) {
  send(failed(error));
}

/**
 * Report when the interpreter breaks down: Pyodide only logs it, and the run that broke it would never end.
 *
 * @param {PyodideAPI} pyodide
 */
function reportFatalErrors(pyodide) {
  linkerOf(pyodide).API.on_fatal = fail;
  self.addEventListener("unhandledrejection", ({ reason }) => {
    if (typeof reason?.status === "number" || reason?.pyodide_fatal_error) fail(reason); // os._exit arrives as this
  });
}

/**
 * @param {WorkerHost} host
 * @returns {Promise<never>}
 */
async function keepSnapshot(host) {
  await host.memory?.keep(host, (file) => host.fetcher.unpacked(file));
  send({ type: "snapshot", state: "kept", detail: "" });
  return new Promise(() => {}); // the page ends this worker
}

/**
 * Cancel a cell that waits. Python may deliver the signal of the raised flag as soon as it is entered, which ends the first call;
 * the second one then cancels the cell.
 *
 * @param {KernelModule} python
 */
function interrupt(python) {
  try {
    python.interrupt();
  } catch {
    python.interrupt();
  }
}

/**
 * @param {KernelModule} python
 * @param {ExecuteMessage} message
 */
async function execute(python, { id, page, cell, source, expressions, checks, flag: address }) {
  const emit = (/** @type {string} */ output) =>
    send({ type: "output", id, output: JSON.parse(output) });
  prompts.running = id;
  running++;
  clearTimeout(pause);
  try {
    const request = JSON.stringify({ page, cell, source, expressions, checks, wording });
    if (!isWhole && python.needs(request, light)) await wait();
    tellUp();
    flag.watch(address);
    const reply = await marked("run", () => python.execute(request, emit));
    flag.watch(""); // the page takes this address back, and Python may do something else by then
    send({ type: "execute_reply", id, reply: JSON.parse(reply) });
    onFirstResult();
    onFirstResult = () => {};
  } catch (error) {
    // An error of the cell is an output; this one is the interpreter's own, or of its start.
    fail(error);
  }
  if (!--running) rest();
}

/**
 * Put a file of the reader's into Python's file system; it is read from disk when a cell reads it.
 *
 * @param {UserFileMessage} message
 */
function putFile({ path, file }) {
  const FS = /** @type {FS} */ (fileSystem);
  const whole = `${FS.cwd()}/${path}`;
  if (FS.analyzePath(whole, false).exists) FS.unlink(whole);
  const { FileReaderSync } = /** @type {any} */ (self);
  const read = () => (file instanceof File ? new FileReaderSync().readAsArrayBuffer(file) : file);
  if (file) layLazily(FS, [[whole, file instanceof File ? file.size : file.byteLength]], () => new Uint8Array(read()));
}

/**
 * @param {KernelModule} python
 * @param {RequestMessage} message
 */
async function reply(python, { id, request }) {
  try {
    const message = JSON.stringify(request);
    if (!isWhole && python.needs(message, light)) await finish();
    send({ type: "reply", id, reply: JSON.parse(python.request(message)) });
  } catch (error) {
    console.warn(error); // the page can do without the reply
    send({ type: "reply", id, reply: undefined });
  }
}
