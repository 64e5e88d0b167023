import assert from "node:assert/strict";
import { test } from "node:test";

process.env.TZ = "America/New_York";
const { clausesOf, selectionsOf } = await import("../../py/livecells/web/output/chart-selections.js");

/** @param {unknown[]} tuples  of the table in which Vega-Lite keeps a selection */
const view = (tuples) => /** @type {any} */ ({ data: (/** @type {string} */ name) => (name === "brush_store" ? tuples : []) });

test("times keep what the chart's axis says, wherever the reader is", () => {
  const values = [[new Date(2025, 0, 1), new Date(2025, 6, 1, 12)]];
  const [clause] = clausesOf(view([{ fields: [{ field: "day", type: "R" }], values }]), "brush");
  assert.deepEqual(clause, [{ field: "day", kind: "range", values: [Date.UTC(2025, 0, 1), Date.UTC(2025, 6, 1, 12)] }]);
});

test("intervals, categories and points are told apart", () => {
  const fields = [{ field: "x", type: "R" }, { field: "kind", type: "E" }];
  assert.deepEqual(clausesOf(view([{ fields, values: [[1, 2], ["a", "b"]] }, { fields, values: [[3, 4], "c"] }]), "brush"), [
    [{ field: "x", kind: "range", values: [1, 2] }, { field: "kind", kind: "among", values: ["a", "b"] }],
    [{ field: "x", kind: "range", values: [3, 4] }, { field: "kind", kind: "among", values: ["c"] }],
  ]);
  assert.deepEqual(clausesOf(view([{ _vgsid_: 7 }]), "brush"), [[{ field: "_vgsid_", kind: "among", values: [7] }]]);
  assert.deepEqual(clausesOf(view([]), "brush"), []);
});

test("selections are found in every part of a chart, other parameters are none", () => {
  const spec = {
    params: [{ name: "start", value: 1 }],
    hconcat: [{ layer: [{ params: [{ name: "brush", select: "interval" }] }] }, { spec: { params: [{ name: "pick", select: {} }] } }],
  };
  assert.deepEqual(selectionsOf(/** @type {any} */ (spec)), ["brush", "pick"]);
});
