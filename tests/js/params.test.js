import assert from "node:assert/strict";
import { test } from "node:test";

// The modules define elements; Node has none.
Object.assign(globalThis, { HTMLElement: class {}, HTMLSelectElement: class {}, HTMLInputElement: class {} });
const button = { addEventListener() {}, append() {}, setAttribute() {} };
Object.assign(globalThis, { document: { createElement: () => button } });
const { literalOf, valueOf, withLiteral } = await import("../../py/livecells/web/cell/params.js");
const { matching, namesIn, nearest, normalized } = await import("../../py/trends/pages/web/package-explorer.js");

const SOURCE = 'names = ["a"]\nbase = "x"  # @param ["x", "y"]\nbase2 = 1  # @param [1, 2]\nf(base = 3)';

test("a line is read and written without touching another", () => {
  assert.equal(literalOf(SOURCE, "base"), '"x"');
  assert.equal(literalOf(SOURCE, "nothing"), undefined);
  const changed = withLiteral(SOURCE, "base", '"$& y"');
  assert.equal(changed, SOURCE.replace('base = "x"', () => 'base = "$& y"'));
  assert.equal(withLiteral(SOURCE, "names", "[]"), SOURCE.replace('["a"]', "[]"));
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
