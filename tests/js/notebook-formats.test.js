import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

const { NotebookError, readNotebook, toIpynb, toPercent } = await import("../../py/livecells/web/notebook/formats.js");

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
  .filter((text) => text.trim() !== "" && !/^# %%/m.test(text) && !text.startsWith("\n"));

test("what is written is read as it was", () => {
  fc.assert(
    fc.property(fc.array(source, { minLength: 1 }), (sources) => {
      const cells = sources.map((one, i) => ({ id: `c${i}`, source: one, outputs: [], executionCount: null }));
      assert.deepEqual(readNotebook("a.ipynb", toIpynb(cells, "3.14.2")), sources);
      assert.deepEqual(readNotebook("a.py", toPercent(cells)), sources);
    }),
  );
});
