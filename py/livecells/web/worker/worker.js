/**
 * The worker: boots Python once, then runs cells one after the other. Or it makes a snapshot for the next one, and ends.
 *
 * @import {PyodideAPI} from "pyodide"
 * @import {FS} from "./files.js"
 * @import {AskMessage, ExecuteMessage, FromWorker, InitMessage, OwnFileMessage, ToWorker} from "../protocol.js"
 */

import { FileError } from "../net/file-error.js";
import { boot } from "./boot.js";
import { confine } from "./lockdown.js";
import { layLazily } from "./files.js";
import { linkerOf } from "./dynamic-linker.js";
import { FlagReader } from "../interrupt.js";
import { marked, markedSync } from "./marks.js";
import { Memory, SnapshotError } from "./memory.js";
import { Network } from "./network.js";
import { Parts } from "./ranges.js";
import { unknownMessage } from "../protocol.js";
import { Questions } from "./prompts.js";
import { WorkerHost } from "./worker-host.js";

/**
 * @typedef {object} KernelModule  the Python module `livecells.kernel`
 * @property {(request: string, emit: (output: string) => void) => Promise<string>} execute
 * @property {(question: string) => string} ask
 * @property {(questions: Questions, network: Network, parts: Parts) => void} connect
 * @property {() => void} interrupt
 * @property {(page: string) => void} reset
 */

/** @type {(python: KernelModule | Promise<KernelModule>) => void} */
let setKernel;

const flag = new FlagReader();

/** Python's files, once it is up. @type {FS | undefined} */
let fileSystem;

const questions = new Questions(send);

const network = new Network(questions);
network.guard();

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
    case "ask":
      void kernel.then((python) => answer(python, message), ignoreFailedBoot);
      break;
    case "input_reply":
      questions.answer("", message.text);
      break;
    case "consent_reply":
      questions.answer(message.origin, message.isAllowed);
      break;
    case "interrupt": // it only arrives while Python waits
      questions.stop();
      void kernel.then(interrupt, ignoreFailedBoot);
      break;
    case "own_file":
      void kernel.then(() => ownFile(message), ignoreFailedBoot);
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
 * Start Python, from the kept snapshot if there is one, and import the kernel.
 *
 * @param {InitMessage} message
 * @returns {Promise<KernelModule>}
 */
async function start(message) {
  const { site, manifest, snapshot, interrupt } = message;
  const host = new WorkerHost(message, send);
  try {
    host.memory = snapshot === "none" ? undefined : await Memory.open(site, manifest).catch(() => undefined);
    if (snapshot === "make") return await keepSnapshot(host);
    const restored = await host.memory?.restore(host);
    const { pyodide, library } = restored ?? (await boot(host));
    tellEnd(pyodide);
    pyodide.setInterruptBuffer(interrupt ? new Int32Array(interrupt) : /** @type {any} */ (flag));
    fileSystem = pyodide.FS;
    const python = markedSync("imports", () => kernelOf(pyodide));
    questions.site = site;
    python.connect(questions, network, new Parts(pyodide.FS, manifest, host.fetcher));
    if (message.isConfined) confine();
    send({ type: "modules", modules: host.modules });
    send({ type: "status", state: "idle", isRestored: restored !== undefined });
    library.fetchLater(host.read).catch(() => {}); // asked for, it is fetched again, and then it is told
    return python;
  } catch (error) {
    if (error instanceof SnapshotError) send({ type: "snapshot", state: "unusable", detail: error.message });
    else fail(error);
    throw error;
  }
}

/**
 * @param {PyodideAPI} pyodide
 * @returns {KernelModule}
 */
function kernelOf(pyodide) {
  return /** @type {any} */ (pyodide.pyimport("livecells.kernel"));
}

/** @param {unknown} error  with which Python ended, or its start */
function fail(error) {
  const fault = error instanceof FileError ? error.fault : undefined;
  send({ type: "failed", detail: error instanceof Error ? error.message : String(error), fault });
}

/**
 * Tell the page when the interpreter gives up: Pyodide only logs it, and the run that broke it would never end.
 *
 * @param {PyodideAPI} pyodide
 */
function tellEnd(pyodide) {
  linkerOf(pyodide).API.on_fatal = fail;
  self.addEventListener("unhandledrejection", ({ reason }) => {
    if (typeof reason?.status === "number" || reason?.pyodide_fatal_error) fail(reason); // os._exit comes as this
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
 * End a cell that waits. This is the first that Python does after the flag was raised, so that the signal may come before this has
 * begun: then the flag is down, and the cell still has to be ended.
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
async function execute(python, { id, page, cell, source, flag: address }) {
  const emit = (/** @type {string} */ output) =>
    send({ type: "output", id, output: JSON.parse(output) });
  questions.running = id;
  flag.watch(address);
  try {
    const reply = await marked("run", () => python.execute(JSON.stringify({ page, cell, source }), emit));
    send({ type: "execute_reply", id, reply: JSON.parse(reply) });
  } catch (error) {
    // Cell errors are outputs; what arrives here is the interpreter itself giving up.
    fail(error);
  }
}

/**
 * Lay down a file of the reader's; it is read from disk when a cell reads it.
 *
 * @param {OwnFileMessage} message
 */
function ownFile({ path, file }) {
  const FS = /** @type {FS} */ (fileSystem);
  const whole = `${FS.cwd()}/${path}`;
  if (FS.analyzePath(whole, false).exists) FS.unlink(whole);
  const { FileReaderSync } = /** @type {any} */ (self);
  if (file) layLazily(FS, [[whole, file.size]], () => new Uint8Array(new FileReaderSync().readAsArrayBuffer(file)));
}

/**
 * @param {KernelModule} python
 * @param {AskMessage} message
 */
function answer(python, { id, question }) {
  try {
    send({ type: "answer", id, answer: JSON.parse(python.ask(JSON.stringify(question))) });
  } catch (error) {
    console.warn(error); // a question is only help: the editor goes on without the answer
    send({ type: "answer", id, answer: undefined });
  }
}
