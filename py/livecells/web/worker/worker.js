/**
 * The worker: boots Python once, then runs cells one after the other; or makes a snapshot for later workers, and ends.
 *
 * @import {PyodideAPI} from "pyodide"
 * @import {FS} from "./files.js"
 * @import {Rest} from "./rest.js"
 * @import {RequestMessage, ExecuteMessage, FromWorker, InitMessage, UserFileMessage, ToWorker} from "../protocol.js"
 */

import { isSavingData } from "../net/data-saver.js";
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
import { WorkerHost } from "./worker-host.js";

/**
 * @typedef {object} KernelModule  the Python module `livecells.kernel`
 * @property {(request: string, emit: (output: string) => void) => Promise<string>} execute
 * @property {(message: string) => string} request
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
  const { site, manifest, snapshot, interrupt } = message;
  wording = manifest.wording ?? "";
  const host = new WorkerHost(message, send);
  try {
    host.memory = snapshot === "none" ? undefined : await Memory.open(site, manifest).catch(() => undefined);
    if (snapshot === "make") return await keepSnapshot(host);
    const restored = await host.memory?.restore(host);
    const { pyodide, library, rests } = restored ?? (await boot(host));
    reportFatalErrors(pyodide);
    pyodide.setInterruptBuffer(interrupt ? new Int32Array(interrupt) : /** @type {any} */ (flag));
    fileSystem = pyodide.FS;
    const python = markedSync("imports", () => kernelOf(pyodide));
    prompts.site = site;
    python.connect(prompts, network, new Ranges(pyodide.FS, manifest, host.fetcher));
    if (message.isConfined) lockDown();
    send({ type: "modules", modules: host.modules });
    send({ type: "status", state: "idle", isRestored: restored !== undefined });
    library.fetchLater(host.read).catch(() => {}); // a file that is needed is fetched again, and then reported
    if (!isSavingData()) onFirstResult = () => void bring(rests, host).catch(() => {});
    return python;
  } catch (error) {
    if (error instanceof SnapshotError) send({ type: "snapshot", state: "unusable", detail: error.message });
    else fail(error);
    throw error;
  }
}

/**
 * Bring the rests of modules before a cell calls them.
 *
 * @param {Rest[]} rests
 * @param {WorkerHost} host
 */
async function bring(rests, host) {
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
  const fault = error instanceof FileError ? error.fault : undefined;
  send({ type: "failed", detail: error instanceof Error ? error.message : String(error), fault });
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
  flag.watch(address);
  try {
    const request = JSON.stringify({ page, cell, source, expressions, checks, wording });
    const reply = await marked("run", () => python.execute(request, emit));
    send({ type: "execute_reply", id, reply: JSON.parse(reply) });
    onFirstResult();
    onFirstResult = () => {};
  } catch (error) {
    // An error of the cell is an output; this one is the interpreter's own.
    fail(error);
  }
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
function reply(python, { id, request }) {
  try {
    send({ type: "reply", id, reply: JSON.parse(python.request(JSON.stringify(request))) });
  } catch (error) {
    console.warn(error); // the page can do without the reply
    send({ type: "reply", id, reply: undefined });
  }
}
