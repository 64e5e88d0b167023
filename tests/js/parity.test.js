import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { chartRows } from "../../py/livecells/web/output/chart-rows.js";
import { keep } from "../../py/livecells/web/output/coalesce.js";
import { fit } from "../../py/livecells/web/output/fit.js";

/** @param {string} name  of cases that Python reads too */
const cases = async (name) => JSON.parse(await readFile(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));

for (const { why, spec, width, fitted } of await cases("fit")) {
  test(`fit: ${why}`, () => {
    const before = structuredClone(spec);
    assert.deepEqual(fit(spec, width), fitted);
    assert.deepEqual(spec, before, "the specification given was changed");
  });
}

for (const { why, spec, rows } of await cases("chart_rows")) test(`rows: ${why}`, () => assert.deepEqual(chartRows(spec), rows));

for (const { why, emitted, kept } of await cases("coalesce")) {
  test(`outputs: ${why}`, () => {
    /** @type {import("../../py/livecells/web/shapes.js").Output[]} */
    const found = [];
    for (const output of emitted) keep(found, output);
    assert.deepEqual(found, kept);
  });
}
