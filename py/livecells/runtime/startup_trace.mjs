// Finds out which files Python opens on its way to a first output:
//   node startup_trace.mjs PYODIDE_DIR WORK_DIR ROOT WARM_UP
// WORK_DIR has tree.pack with everything below ROOT of Pyodide's file system; WARM_UP is a module with a function run(),
// or empty. Writes opened.json into WORK_DIR: paths below ROOT, sorted.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EMPTY_ZIP } from "../web/worker/boot.js";
import { splitPack } from "../web/worker/packs.js";
import { lay } from "../web/worker/files.js";

const [pyodideDir, workDir, root, warmUp] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`).href);
const { files } = splitPack(new Uint8Array(readFileSync(join(workDir, "tree.pack"))), root);
const stdLibURL = join(workDir, "empty.zip");
writeFileSync(stdLibURL, EMPTY_ZIP);
/** @type {Set<string>} */
const opened = new Set();

const pyodide = await loadPyodide({
  indexURL: pyodideDir,
  stdLibURL,
  env: { PYTHONPATH: root, PYTHONHASHSEED: "0" },
  fsInit: async (/** @type {import("../web/worker/files.js").FS} */ FS) => {
    lay(FS, files);
    const open = FS.open;
    FS.open = (/** @type {any[]} */ ...call) => {
      const stream = open(...call);
      opened.add(String(stream.path));
      return stream;
    };
  },
});
const start = pyodide.pyimport("livecells.kernel.warm");
if (warmUp) start.run(warmUp);
const below = [...opened].filter((path) => path.startsWith(`${root}/`));
writeFileSync(join(workDir, "opened.json"), JSON.stringify(below.map((path) => path.slice(root.length + 1)).sort()));
process.exit(0); // Pyodide's timers would keep Node alive
