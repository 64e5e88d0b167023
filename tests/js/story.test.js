import assert from "node:assert/strict";
import { test } from "node:test";

// The modules define elements; Node has none.
Object.assign(globalThis, { HTMLElement: class {} });
const { parseQuery } = await import("../../py/trends/pages/web/claim-table.js");
const { withRelease } = await import("../../py/trends/pages/web/release-choice.js");
const { unknown, withTable } = await import("../../py/trends/pages/web/open-table.js");

test("a query is words and packages", () => {
  assert.deepEqual(parseQuery("  Rust package:Polars engine "), {
    words: ["rust", "engine"],
    packages: ["polars"],
  });
  assert.deepEqual(parseQuery(""), { words: [], packages: [] });
});

test("a table goes below what is there, imported once", () => {
  assert.equal(withTable("", "peps"), 'from trends import data\n\ndata.load("peps")');
  const twice = withTable(withTable("x = 1\n", "peps"), "claims");
  assert.equal(twice, 'x = 1\n\nfrom trends import data\n\ndata.load("peps")\n\ndata.load("claims")');
});

test("an unknown table names the near ones, cut short", () => {
  assert.equal(unknown("pep", ["peps", "claims"]), "There is no table called “pep”. Did you mean peps?");
  assert.equal(unknown("?", ["peps"]), "There is no table called “?”.");
  assert.ok(unknown("x".repeat(500), []).length < 100);
});

test("an earlier release is a line above the cell, and so is the newest", () => {
  const head = "from trends import releases\n\n";
  assert.equal(withRelease("x = 1", "2026-11-25"), `${head}releases.use("2026-11-25")\nx = 1`);
  assert.equal(withRelease("x = 1", ""), `${head}releases.use()\nx = 1`);
});
