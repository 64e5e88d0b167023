import assert from "node:assert/strict";
import { test } from "node:test";

import { chartRows } from "../../py/livecells/web/output/chart-rows.js";

const datasets = { points: [{ x: 1 }, { x: 2 }], labels: [{ x: 2, name: "end" }], others: [{ y: 3 }] };

test("the largest table of a chart is what it draws; labels and rules are made from it", () => {
  const spec = { datasets, layer: [{ data: { name: "labels" } }, { layer: [{ data: { name: "points" } }] }] };
  assert.deepEqual(chartRows(spec), datasets.points);
});

test("panels are counted where they draw different rows", () => {
  const one = { data: { name: "points" } };
  assert.deepEqual(chartRows({ datasets, hconcat: [one, one] }), datasets.points);
  assert.deepEqual(chartRows({ datasets, vconcat: [one, { data: { name: "others" } }] }), [
    { panel: 1, x: 1 },
    { panel: 1, x: 2 },
    { panel: 2, y: 3 },
  ]);
});

test("rows written into the chart count too, and a chart without any has none", () => {
  assert.deepEqual(chartRows({ data: { values: [{ a: 1 }] } }), [{ a: 1 }]);
  assert.deepEqual(chartRows({ mark: "bar" }), []);
});
