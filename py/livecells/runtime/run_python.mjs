// Runs a function of one of our Python modules inside Pyodide:
//   node run_python.mjs PYODIDE_DIR PYTHON_DIR WORK_DIR MODULE FUNCTION [ARGUMENT…]
// PYTHON_DIR is importable; WORK_DIR is /work there, and the first argument of the function.
import { pathToFileURL } from "node:url";

const [pyodideDir, pythonDir, workDir, moduleName, functionName, ...rest] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`).href);

const pyodide = await loadPyodide({
  indexURL: pyodideDir,
  // Equal sources must give equal bytes: the order of sets of constants depends on the hash seed.
  env: { PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" },
});
pyodide.mountNodeFS("/python", pythonDir);
pyodide.mountNodeFS("/work", workDir);
pyodide.pyimport("sys").path.append("/python");
pyodide.pyimport(moduleName)[functionName]("/work", ...rest);
