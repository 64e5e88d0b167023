import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { fit } from "../../py/livecells/web/output/fit.js";

const cases = JSON.parse(await readFile(new URL("../golden/fit.json", import.meta.url), "utf8"));

for (const { why, spec, width, fitted } of cases) {
  test(`fit: ${why}`, () => {
    const before = structuredClone(spec);
    assert.deepEqual(fit(spec, width), fitted);
    assert.deepEqual(spec, before, "the specification given was changed");
  });
}
