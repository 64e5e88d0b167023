import assert from "node:assert/strict";
import { test } from "node:test";

// The modules define elements; Node has none.
Object.assign(globalThis, { HTMLElement: class {} });
const { literalOf, valueOf, withLiteral } = await import("../../py/livecells/web/cell/param-fields.js");
const { matching, namesIn, nearest, normalized } = await import("../../py/trends/pages/web/package-explorer.js");

const SOURCE = 'names = ["a"]\nbase = "x"  # @param ["x", "y"]\nbase2 = 1  # @param [1, 2]\nf(base = 3)';
const BASE = { before: "base = ", after: '  # @param ["x", "y"]' };
const NAMES = { before: "names = ", after: "" };

test("a line is read and written without touching another", () => {
  assert.equal(literalOf(SOURCE, BASE), '"x"');
  assert.equal(literalOf(SOURCE, { before: "nothing = ", after: "" }), undefined);
  const changed = withLiteral(SOURCE, BASE, '"$& y"');
  assert.equal(changed, SOURCE.replace('base = "x"', () => 'base = "$& y"'));
  assert.equal(withLiteral(SOURCE, NAMES, "[]"), SOURCE.replace('["a"]', "[]"));
});

test("a value may hold what a comment begins with, in the author's text and in the reader's", () => {
  const line = { before: "label = ", after: '  # @param {type: "string"}' };
  const source = `label = "a  # b"${line.after}\nx = 1`;
  assert.equal(literalOf(source, line), '"a  # b"');
  assert.equal(withLiteral(source, line, '"x  # y"'), `label = "x  # y"${line.after}\nx = 1`);
});

test("a line whose comment the reader has removed gets it back", () => {
  assert.equal(literalOf('base = "x"', BASE), '"x"');
  assert.equal(withLiteral('base = "x"', BASE, '"y"'), `base = "y"${BASE.after}`);
});

test("Python's constants have their values", () => {
  assert.deepEqual(["None", "True", "False", '"a\\n"', "0.5"].map(valueOf), [null, true, false, "a\n", 0.5]);
});

test("names of a cell are found in either quotes, and nothing else is taken for them", () => {
  assert.deepEqual(namesIn("names = ['a', \"b\"]\n"), ["a", "b"]);
  assert.deepEqual(namesIn("names = [name for name in x]"), []);
  assert.deepEqual(namesIn("names = [1, 'b']"), ["b"]);
});

test("names are normalised as PyPI does", () => {
  assert.equal(normalized(" Zope.Interface__x "), "zope-interface-x");
});

test("completion gives prefixes first, then names that have the text anywhere", () => {
  const all = ["django-http", "http", "httpx", "xhttp"];
  assert.deepEqual(matching("http", all, 3), ["http", "httpx", "django-http"]);
});

test("the nearest names are those with the fewest changes", () => {
  assert.deepEqual(nearest("fastapii", ["flask", "fastapi", "fastapis", "x"], 2), ["fastapi", "fastapis"]);
});
