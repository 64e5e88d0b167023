import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile, mkdir, mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The module under test imports a library that the build bundles; here npm's own file stands in its place. */
async function loadFetcher() {
  const web = fileURLToPath(new URL("../../py/livecells/web/", import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), "fetcher-"));
  await mkdir(join(folder, "vendor"));
  for (const name of ["fetcher.js", "strings.js"]) {
    await writeFile(join(folder, name), await readFile(join(web, name)));
  }
  const hashes = new URL("../../node_modules/@noble/hashes/sha2.js", import.meta.url);
  await writeFile(join(folder, "vendor", "sha256.js"), `export { sha256 } from "${hashes.href}";`);
  await writeFile(join(folder, "package.json"), '{"type": "module"}');
  return import(pathToFileURL(join(folder, "fetcher.js")).href);
}

const { Fetcher, FileError } = await loadFetcher();
const body = Buffer.from("the bytes of a pack");
const file = {
  kind: "pack",
  path: "runtime/one.pack",
  name: "one",
  target: "",
  sha256: createHash("sha256").update(body).digest("hex"),
  bytes: body.length,
  wire: 10,
  unpacked: body.length,
  licence: "MIT",
};

/** @type {((response: import("node:http").ServerResponse) => void)[]} */
let answers = [];
const server = createServer((_request, response) => {
  const answer = answers.shift();
  if (answer) answer(response);
  else response.end(body);
});
let site = "";
before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  site = `http://127.0.0.1:${address.port}/`;
});
after(() => server.close());

test("a good file is given whole and counted as it goes over the wire", async () => {
  /** @type {number[]} */
  const seen = [];
  const bytes = await new Fetcher(site, (/** @type {number} */ loaded) => seen.push(loaded)).read(file);
  assert.deepEqual(Buffer.from(bytes), body);
  assert.equal(seen.at(-1), file.wire);
});

test("one bad answer is tried again", async () => {
  answers = [(response) => response.writeHead(503).end()];
  assert.equal((await new Fetcher(site, () => {}).read(file)).length, body.length);
});

/** @type {[string, (r: import("node:http").ServerResponse) => void, RegExp][]} */
const faults = [
  ["a missing file", (r) => void r.writeHead(404).end(), /runtime\/one\.pack.*answered 404/],
  ["a file cut short", (r) => void r.end(body.subarray(0, 5)), /not the file.*5 of 19 bytes/],
  ["a longer file", (r) => void r.end(Buffer.concat([body, body])), /not the file/],
  ["other bytes", (r) => void r.end(Buffer.alloc(body.length)), /not the file/],
  ["a broken connection", (r) => void r.destroy(), /the connection failed/],
];
for (const [name, answer, words] of faults) {
  test(`${name} is named after the second try`, async () => {
    answers = [answer, answer];
    await assert.rejects(new Fetcher(site, () => {}).read(file), (error) => {
      assert.ok(error instanceof FileError);
      assert.match(/** @type {Error} */ (error).message, words);
      return true;
    });
  });
}
