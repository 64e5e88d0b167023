import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

const { NotebookError, decode, readNotebook, toIpynb, toPercent } = await import("../../py/livecells/web/notebook/formats.js");

/**
 * @param {string} name
 * @param {string} text
 */
function read(name, text) {
  try {
    return readNotebook(name, text);
  } catch (error) {
    assert.ok(error instanceof NotebookError, String(error));
    assert.match(error.message, /\.$/);
    return undefined;
  }
}

test("any text is cells or a sentence", () => {
  const texts = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.string().map((text) => `{"cells": [{"source": ${text}`));
  fc.assert(fc.property(texts, fc.constantFrom("a.ipynb", "a.py"), (text, name) => void read(name, text)));
});

test("any JSON in the place of cells is cells or a sentence", () => {
  const cell = fc.record({ cell_type: fc.anything(), source: fc.anything() }, { requiredKeys: [] });
  const cells = fc.oneof(fc.anything(), fc.array(fc.oneof(cell, fc.anything())));
  fc.assert(
    fc.property(cells, (value) => {
      let text = "";
      try {
        text = JSON.stringify({ cells: value });
      } catch {
        return; // no JSON, and so no file
      }
      read("a.ipynb", text);
    }),
  );
});

/** What a cell can hold: the form ends each cell with a line's end, and begins the next with its mark. */
const source = fc
  .string({ unit: "grapheme" })
  .map((text) => text.replaceAll("\r", "").replaceAll("\0", "").trimEnd())
  .filter((text) => text.trim() !== "" && !/^#\s*(%%|In|<|---|[%!])|^[%!]|["'\\]/m.test(text) && !text.startsWith("\n"));

test("what is written is read as it was", () => {
  fc.assert(
    fc.property(fc.array(source, { minLength: 1 }), (sources) => {
      const cells = sources.map((one, i) => ({ id: `c${i}`, source: one, outputs: [], executionCount: null }));
      assert.deepEqual(readNotebook("a.ipynb", toIpynb(cells, "3.14.2")), sources);
      assert.deepEqual(readNotebook("a.py", toPercent(cells)), sources);
    }),
  );
});

test("every dialect of cells in a Python file is parted, and text in quotes is not", () => {
  for (const mark of ["# %%", "#%%", "# %% [markdown] Title", "#%% In", "# In[1]:", "# In[ ]:", "# <codecell>", "# %% id tags=[]"]) {
    assert.deepEqual(readNotebook("a.py", `${mark}\nx = 1\n\n${mark}\ny = 2\n`), ["x = 1", "y = 2"], mark);
  }
  const quoted = 'text = """\n# %%\n"""\nother = "# \'\'\'"  # \'\'\' and """';
  assert.deepEqual(readNotebook("a.py", `# %%\n${quoted}\n# %%\ny = 2\n`), [quoted, "y = 2"]);
  const header = "# ---\n# jupyter:\n#   jupytext: {}\n# ---\n\n# %%\nx = 1\n";
  assert.deepEqual(readNotebook("a.py", header), ["x = 1"]);
});

test("a saved file is Python, and comes back as it was", () => {
  const cells = [{ id: "a", source: "%pip install x\n!ls\ny = 5 \\\n% 2" }];
  const text = toPercent(cells);
  assert.match(text, /^# %pip install x\n# !ls$/m);
  assert.deepEqual(readNotebook("a.py", text), [cells[0].source]);
});

test("a notebook with what Python writes in place of JSON is read", () => {
  const cell = '{"cell_type": "code", "source": "x = \\"NaN\\"", "outputs": [{"data": NaN, "more": [-Infinity]}]}';
  assert.deepEqual(readNotebook("a.ipynb", `{"cells": [${cell}], "nbformat": 4}`), ['x = "NaN"']);
});

test("a file is decoded as it declares, and else as what it is", () => {
  const bytes = (/** @type {string} */ text, /** @type {BufferEncoding} */ encoding) => new Uint8Array(Buffer.from(text, encoding)).buffer;
  const declared = "# -*- coding: latin-1 -*-\nx = 'größe'";
  assert.equal(decode(bytes(declared, "latin1")).text, declared);
  assert.deepEqual(decode(bytes("x = 'größe'", "latin1")), { text: "x = 'größe'", encoding: "windows-1252" });
  assert.deepEqual(decode(bytes("x = 'größe'", "utf8")), { text: "x = 'größe'", encoding: "utf-8" });
  assert.equal(decode(bytes("\ufeffx = 'größe'", "utf16le")).text, "x = 'größe'");
  assert.equal(decode(bytes("# coding: nonsense\nx = 'ü'", "utf8")).text, "# coding: nonsense\nx = 'ü'");
});
