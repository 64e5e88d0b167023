// Pyodide under Node, booted by the page's own boot.js from the files that ship:
//   node session.mjs SITE MANIFEST [restored]
// With `restored` it starts from a memory snapshot. SITE is a folder laid out as the site is. Lines of JSON in, {"id", "source"}, lines of JSON out: first
// {"ready", "timings"}, then {"id", "value", "reads", "ms"} or {"id", "error", "reads", "ms"}; "reads" are the data
// files that were read meanwhile, times are in ms.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { EMPTY_ZIP, boot } from "../../py/livecells/web/worker/boot.js";
import { make, restore } from "../../py/livecells/web/worker/snapshot.js";
import { unusable } from "../../py/livecells/web/net/file-error.js";
import { decoder } from "../../py/livecells/web/net/zstd.js";
import { unpack } from "../../py/livecells/web/worker/packs.js";

/**
 * @import {Manifest} from "../../py/livecells/web/protocol.js"
 * @import {RuntimeFile} from "../../py/livecells/web/shapes.js"
 */

const [site, manifestPath] = process.argv.slice(2, 4).map((path) => resolve(path));
const isRestored = process.argv[4] === "restored";
/** @type {Manifest} */
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
let started = performance.now();
/** @type {string[]} */
let reads = [];

/** @param {RuntimeFile} file */
const place = (file) => join(site, file.path);

/** @param {unknown} message */
const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/**
 * @template {Uint8Array} T
 * @param {RuntimeFile} file
 * @param {T} bytes
 */
function checked(file, bytes) {
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== file.sha256) throw new Error(`${file.path} has sha256 ${found}, not ${file.sha256}`);
  return bytes;
}

/** @param {RuntimeFile} file */
function readSync(file) {
  reads.push(file.name);
  return checked(file, new Uint8Array(readFileSync(place(file))));
}

/** @param {string} text */
const log = (text) => process.stderr.write(`${text}\n`);

/**
 * Boot by way of a snapshot, made in a Python before.
 *
 * @param {import("../../py/livecells/web/worker/snapshot.js").SnapshotHost} host
 */
async function restored(host) {
  const { head, memory } = await make(host);
  const kept = Buffer.concat(head.runs.map(([start, length]) => memory.subarray(start, start + length)));
  started = performance.now();
  const read = (/** @type {Uint8Array} */ part, /** @type {number} */ at) => part.set(kept.subarray(at, at + part.length));
  return restore(host, JSON.parse(JSON.stringify(head)), Promise.resolve({ read }));
}

/** @param {RuntimeFile} file */
async function read(file) {
  return checked(file, new Uint8Array(await readFile(place(file))));
}

/** @param {RuntimeFile} file */
async function compile(file) {
  const stored = await read(file);
  try {
    return await WebAssembly.compile(file.kind === "core" ? stored : unpack(file, stored, await decoder()));
  } catch (error) {
    throw unusable(file, error);
  }
}

async function start() {
  /** @type {Record<string, number>} */
  const timings = {};
  for (const file of manifest.files) if (file.kind === "core") checked(file, readFileSync(place(file)));
  const loader = place(/** @type {RuntimeFile} */ (manifest.files.find(({ name }) => name === "pyodide.mjs")));
  const stdLibURL = join(mkdtempSync(join(tmpdir(), "session-")), "empty.zip");
  writeFileSync(stdLibURL, EMPTY_ZIP);
  const host = {
    manifest,
    loadPyodide: (await import(pathToFileURL(loader).href)).loadPyodide,
    loadCore: async () => (await import(pathToFileURL(loader.replace(/\.mjs$/, ".asm.mjs")).href)).default,
    indexURL: dirname(loader),
    read,
    readSync,
    compile,
    onStage: (/** @type {string} */ stage) => (timings[stage] = Math.round(performance.now() - started)),
    options: { stdLibURL, stdout: log, stderr: log },
  };
  const { pyodide, prepare } = isRestored ? await restored(host) : await boot(host);
  await prepare();
  send({ ready: true, timings });
  return pyodide;
}

/**
 * @param {import("pyodide").PyodideAPI} pyodide
 * @param {string} source
 */
async function evaluate(pyodide, source) {
  const globals = pyodide.globals.get("dict")();
  globals.set("__name__", "__main__");
  const value = await pyodide.runPythonAsync(source, { globals });
  return JSON.parse(pyodide.pyimport("json").dumps(value ?? null));
}

const pyodide = await start();
for await (const line of createInterface({ input: process.stdin })) {
  const { id, source } = JSON.parse(line);
  const before = performance.now();
  reads = [];
  try {
    const value = await evaluate(pyodide, source);
    send({ id, value, reads, ms: performance.now() - before });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    send({ id, error: text, reads, ms: performance.now() - before });
  }
}
process.exit(0); // Pyodide's timers would keep Node alive
