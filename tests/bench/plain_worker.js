// What the documentation of Pyodide shows: boot, install wheels, run. The marks only tell how long each stage took.

/**
 * @template {any[]} A
 * @template R
 * @param {string} stage
 * @param {(...given: A) => R} work
 * @returns {(...given: A) => R}
 */
function marked(stage, work) {
  return (...given) => {
    const start = performance.now();
    const end = () => performance.measure(`livecells:${stage}`, { start });
    const result = work(...given);
    if (result instanceof Promise) result.then(end, end);
    else end();
    return result;
  };
}

let compiled = performance.now();
const { instantiateStreaming, Module } = WebAssembly;
WebAssembly.instantiateStreaming = async (...given) => {
  const result = await marked("compile", () => instantiateStreaming(...given))();
  compiled = performance.now();
  return result;
};
WebAssembly.Module = new Proxy(Module, {
  construct: (_, given) => marked("compile-now", () => Reflect.construct(Module, given))(),
});

try {
  const { loadPyodide } = await import(new URL("./pyodide.mjs", self.location.href).href);
  const setups = await (await fetch("setup.json")).json();
  const setup = setups[new URL(self.location.href).searchParams.get("program") ?? "chart"];
  const pyodide = await loadPyodide({ indexURL: new URL("./", self.location.href).href });
  performance.measure("livecells:core", { start: compiled });
  for (const name of setup.wheels) {
    const wheel = await (await fetch(name)).arrayBuffer();
    marked("unpack", () => pyodide.unpackArchive(wheel, "wheel"))();
  }
  if (setup.table) await marked("data", async () => {
    const table = await (await fetch(setup.table)).arrayBuffer();
    pyodide.FS.mkdirTree("data");
    pyodide.FS.writeFile("data/pypi_top_packages.parquet", new Uint8Array(table));
  })();
  const chart = await marked("run", () => pyodide.runPythonAsync(setup.code))();
  marked("spec", () => chart?.to_json())();
  const ended = performance.timeOrigin + performance.now();
  const stamps = pyodide.globals.get("stamps")?.toJs();
  self.postMessage({ stamps, ended, memory: pyodide._module.HEAPU8.length });
} catch (error) {
  self.postMessage({ failed: String(error) });
}
