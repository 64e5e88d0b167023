"""What Python in the browser is made of: Pyodide's core, packs of byte code, modules, data."""
