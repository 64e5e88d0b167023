// Pyodide under Node, booted by the page's own boot.js from the files that ship:
//   node session.mjs SITE MANIFEST
// SITE is a folder laid out as the site is. Lines of JSON in, {"id", "source"}, lines of JSON out: first
// {"ready", "timings"}, then {"id", "value", "reads", "ms"} or {"id", "error", "reads", "ms"}; "reads" are the data
// files that were read meanwhile, times are in ms.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { boot } from "../../py/livecells/web/boot.js";

/** @import {Manifest, RuntimeFile} from "../../py/livecells/web/protocol.js" */

const [site, manifestPath] = process.argv.slice(2).map((path) => resolve(path));
/** @type {Manifest} */
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
const started = performance.now();
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

async function start() {
  /** @type {Record<string, number>} */
  const timings = {};
  const byName = new Map(manifest.files.map((file) => [file.name, file]));
  for (const file of manifest.files) {
    if (file.kind === "core" || file.kind === "stdlib") checked(file, readFileSync(place(file)));
  }
  const loader = place(/** @type {RuntimeFile} */ (byName.get("pyodide.mjs")));
  const pyodide = await boot({
    manifest,
    loadPyodide: (await import(pathToFileURL(loader).href)).loadPyodide,
    indexURL: dirname(loader),
    stdLibURL: place(/** @type {RuntimeFile} */ (byName.get("stdlib"))),
    read: async (file) => checked(file, new Uint8Array(await readFile(place(file)))),
    readSync,
    onStage: (stage) => (timings[stage] = Math.round(performance.now() - started)),
    options: { stdout: log, stderr: log },
  });
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
