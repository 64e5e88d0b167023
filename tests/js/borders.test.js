import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { posix } from "node:path";
import { test } from "node:test";

/**
 * The rooms of the page's half, from the ground up; a file beside the rooms counts as one. A room may import from itself and from
 * every layer below its own, for types too; rooms of one layer know nothing of each other.
 */
const LAYERS = [
  ["vendor", "strings", "shapes.js", "root.js", "interrupt.js"],
  ["strings.js", "protocol.js"],
  ["net", "storage", "ui"],
  ["client", "worker", "sw", "disk"],
  ["output", "ruff"],
  ["cell"],
  ["reactive", "files", "notebook", "share", "offline"],
  ["runtime-bar.js"],
  ["main.js", "embed.js"],
];
const MOST_FILES = 20;

const web = new URL("../../py/livecells/web/", import.meta.url);
const paths = (await readdir(web, { recursive: true })).map((path) => path.replaceAll("\\", "/"));
const modules = paths.filter((path) => path.endsWith(".js"));

/** @param {string} path */
const roomOf = (path) => path.split("/")[0];

/** @param {string} path */
const layerOf = (path) => LAYERS.findIndex((rooms) => rooms.includes(roomOf(path)));

/** @param {string} path */
async function importsOf(path) {
  const text = await readFile(new URL(path, web), "utf8");
  const found = text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...found].map(([, address]) => posix.join(posix.dirname(path), address));
}

test("every module lies in a room of a layer", () => {
  assert.deepEqual(modules.filter((path) => layerOf(path) < 0), []);
});

test("imports go down only", async () => {
  const wrong = [];
  for (const path of modules) {
    for (const target of await importsOf(path)) {
      assert.ok(modules.includes(target), `${path} imports ${target}, which is not there`);
      if (roomOf(target) !== roomOf(path) && layerOf(target) >= layerOf(path)) wrong.push(`${path} -> ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("no room is crowded", () => {
  const files = paths.filter((path) => /\.\w+$/.test(path)).map((path) => posix.dirname(path));
  const rooms = [...new Set(files)];
  assert.deepEqual(rooms.filter((room) => files.filter((one) => one === room).length > MOST_FILES), []);
});
