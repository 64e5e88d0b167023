import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

import { PositionEncoding, Workspace, initSync } from "@astral-sh/ruff-wasm-web";

import { definitions, isSql } from "../../py/livecells/web/cell/sql.js";
import { SETTINGS, findings } from "../../py/livecells/web/ruff/findings.js";
import { formatted } from "../../py/livecells/web/ruff/format.js";

const root = new URL("../../", import.meta.url);
initSync({ module: await readFile(new URL("node_modules/@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm", root)) });
const workspace = (/** @type {object} */ more) => new Workspace({ ...SETTINGS, ...more }, PositionEncoding.Utf16);
const ruff = workspace({});

/**
 * @param {string} text
 * @param {string[]} cells  the others
 * @param {string[]} readers
 */
function said(text, cells = [], readers = []) {
  const found = findings((one) => ruff.check(one), text, { others: cells.map(definitions), readers });
  for (const { from, to, name } of found) assert.equal(text.slice(from, to).split(".")[0], name);
  return found.map(({ kind, name }) => `${kind} ${name}`).sort();
}

const CERTAIN = [
  { why: "a name that nothing gives", text: "x = 1\nprint(x, y)", found: ["undefined y"] },
  { why: "after letters of two units", text: "'😀'; yy", found: ["undefined yy"] },
  { why: "in a nested scope", text: "def f(a):\n    return a + b\n[c for d in ()]", found: ["undefined b", "undefined c"] },
  { why: "a name that another cell only uses", text: "y", cells: ["print(y)"], found: ["undefined y"] },
  { why: "a name that another cell deletes", text: "y", cells: ["y = 1\ndel y"], found: ["undefined y"] },
  { why: "imports", text: "import os.path, sys as s\nfrom a import b as c", found: ["unused c", "unused os", "unused s"] },
  { why: "beside a line that installs", text: "%pip install x\ny", found: ["undefined y"] },
];

const DOUBTFUL = [
  { why: "other cells, wherever they stand", text: "a, b, c, D, e", cells: ["a = 1", "def b(): ...", "import c", "class D: ...", "for e in (): ..."] },
  { why: "its own next run", text: "x\nx = 1" },
  { why: "a cell of SQL", text: "top", cells: ["%%sql top <<\nSELECT 1"] },
  { why: "a star import", text: "from math import *\ntau" },
  { why: "a star import of another cell", text: "tau", cells: ["from math import *"] },
  { why: "what the page gives", text: "display(_, progress([]), selection('a'), selected, sql, __name__, exit, help)" },
  { why: "an await", text: "async def f(): ...\nawait f()\n[x async for x in f()]" },
  { why: "text that is not Python yet", text: "x = = y" },
  { why: "a cell that is not Python yet", text: "y", cells: ["y = = 1"] },
  { why: "two halves of a string in two cells", text: "y", cells: ['x = """', 'y = 1\n"""'] },
  { why: "names that are made", text: "y", cells: ["globals()['y'] = 1"] },
  { why: "a name that another cell deletes after it was used", text: "y", cells: ["y = 1", "del y"] },
  { why: "a global of a function", text: "y", cells: ["def f():\n    global y\n    y = 1\nf()"] },
  { why: "a name that was also of an exception", text: "e", cells: ["e = 1", "try: ...\nexcept ValueError as e: ..."] },
  { why: "an import for another cell", text: "import os", cells: ["os.sep"] },
  { why: "an import for a sentence or a check", text: "import os", readers: ["os.sep"] },
  { why: "what an installation brings", text: "micropip", cells: ["%pip install x"] },
  { why: "other notebooks' commands", text: "%timeit y" },
  { why: "a help line", text: "y?" },
];

test("what is certain is said", () => {
  for (const { why, text, cells, found } of CERTAIN) assert.deepEqual(said(text, cells), found, why);
});

test("what may be right is not", () => {
  for (const { why, text, cells, readers } of DOUBTFUL) assert.deepEqual(said(text, cells, readers), [], why);
});

const FENCE = /^```(python|sql|exercise) cell="(\w[\w-]*)"[^\n]*\n([^]*?)^```$/gm;
const TRY = /^```try cell="([\w-]+)"[^\n]*\n- ([^\n]*)\n\+ ([^\n]*)$/gm;
const VALUE = /\{=([^]*?)=\}/g;
const PART = /^# %% (?:check|hint|solution)/m;

/** @param {RegExpExecArray} fence */
function cellOf([, language, id, text]) {
  const [source] = text.split(PART);
  const rest = text.slice(source.length);
  return { id, language, rest, source: language === "sql" ? `%%sql ${id}\n${source}` : source.trimEnd() };
}

/** @param {string} path */
async function pageOf(path) {
  const text = await readFile(new URL(`site/${path}`, root), "utf8");
  const values = [...text.matchAll(VALUE)].map(([, expression]) => expression);
  return { path, cells: [...text.matchAll(FENCE)].map(cellOf), tries: [...text.matchAll(TRY)], values };
}

const paths = (await readdir(new URL("site", root), { recursive: true })).filter((path) => path.endsWith(".md"));
const pages = await Promise.all(paths.map(pageOf));

test("nothing is said of any cell of this site, as it is or after a suggested edit", () => {
  let edits = 0;
  for (const { path, cells, tries, values } of pages) {
    const readers = [...values, ...cells.map(({ rest }) => rest)];
    for (const cell of cells.filter(({ source }) => !isSql(source))) {
      const others = cells.filter((one) => one !== cell).map(({ source }) => source);
      const edited = tries.filter(([, id]) => id === cell.id).map(([, , old, fresh]) => cell.source.replace(old, () => fresh));
      for (const text of [cell.source, ...edited]) assert.deepEqual(said(text, others, [cell.source, ...readers]), [], `${path}: ${cell.id}`);
      edits += edited.length;
    }
  }
  assert.ok(edits > 50, `${edits} edits`);
});

test("formatting keeps what only cells have, and how this site is written", () => {
  assert.equal(formatted(workspace, "x = { 'a':1 }\nx;"), 'x = {"a": 1}\nx;');
  assert.equal(formatted(workspace, "if  x:\n    ! pip  install a\n"), "if x:\n    ! pip  install a");
  assert.equal(formatted(workspace, "x = (1,"), null);
  const cells = pages.flatMap((page) => page.cells).filter(({ source }) => !isSql(source));
  assert.deepEqual(cells.filter(({ source }) => formatted(workspace, source) !== source).map(({ id }) => id), []);
});
