// What the documentation of Pyodide shows: boot, install wheels, run.
try {
  const { loadPyodide } = await import(new URL("./pyodide.mjs", self.location.href).href);
  const setup = await (await fetch("setup.json")).json();
  const pyodide = await loadPyodide({ indexURL: new URL("./", self.location.href).href });
  for (const name of setup.wheels) {
    pyodide.unpackArchive(await (await fetch(name)).arrayBuffer(), "wheel");
  }
  pyodide.FS.writeFile("/top.parquet", new Uint8Array(await (await fetch("top.parquet")).arrayBuffer()));
  await pyodide.runPythonAsync(setup.code);
  self.postMessage("chart");
} catch (error) {
  self.postMessage(`failed: ${error}`);
}
