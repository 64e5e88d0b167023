/** The function table, which grows by many slots at a time. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { growAhead } from "../../py/livecells/web/worker/dynamic-linker.js";

test("slots are given out one after the other, and a module's part lies together behind them", () => {
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 10 });
  growAhead(table);
  const before = [table.grow(1), table.grow(1)];
  const base = table.length;
  assert.equal(table.grow(500), base);
  assert.equal(table.length, base + 500);
  assert.deepEqual([...before, table.grow(1)], [10, 11, 12]);
  const many = new Set(Array.from({ length: 5000 }, () => table.grow(1)));
  assert.equal(many.size, 5000);
  for (const slot of many) assert.ok(slot < base || slot >= base + 500);
  for (const slot of many) assert.equal(table.get(slot), null);
});

test("the browser is asked for slots seldom", (context) => {
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 10 });
  const asked = context.mock.method(table, "grow");
  growAhead(table);
  for (let times = 0; times < 5000; times++) table.grow(1);
  assert.ok(asked.mock.callCount() < 10);
});
