import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

const { Fetcher } = await import("../../py/livecells/web/worker/fetcher.js");
const { fileProblem } = await import("../../py/livecells/web/client/file-faults.js");
const { FileError } = await import("../../py/livecells/web/net/file-error.js");
const { unpackStream } = await import("../../py/livecells/web/worker/packs.js");
const { decoder } = await import("../../py/livecells/web/net/zstd.js");
const body = Buffer.from("the bytes of a pack");
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });

/**
 * @param {Buffer} content
 * @param {number} unpacked
 * @returns {import("../../py/livecells/web/shapes.js").RuntimeFile}
 */
function entry(content, unpacked) {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const sizes = { bytes: content.length, wire: 10, unpacked };
  return { kind: "module", stage: "boot", path: "runtime/one.pack", name: "one", target: "", sha256, licence: "MIT", ...sizes };
}

const file = entry(body, body.length);

/** @type {((response: import("node:http").ServerResponse) => void)[]} */
let answers = [];
let requests = 0;
/** What was asked for, where it was not the whole. @type {string[]} */
let ranges = [];
const server = createServer((request, response) => {
  requests += 1;
  const { range } = request.headers;
  if (range) ranges.push(range);
  const answer = answers.shift();
  if (answer) return answer(response);
  const start = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
  if (range) response.writeHead(206, { "Content-Range": `bytes ${start}-${body.length - 1}/${body.length}` });
  response.end(body.subarray(start));
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

test("a slow answer is waited for as long as something comes", async () => {
  requests = 0;
  answers = [
    (response) => {
      let sent = 0;
      const trickle = setInterval(() => {
        response.write(body.subarray(sent, (sent += 5)));
        if (sent < body.length) return;
        clearInterval(trickle);
        response.end();
      }, 2_000); // more than a stall in all, less than one each
    },
  ];
  assert.equal((await new Fetcher(site, () => {}).read(file)).length, body.length);
  assert.equal(requests, 1);
});

/**
 * Begin a file and never end it.
 *
 * @param {number} size
 * @param {(response: import("node:http").ServerResponse) => void} end
 */
const begins = (size, end) => (/** @type {import("node:http").ServerResponse} */ response) => {
  response.writeHead(200, { "Content-Length": body.length });
  response.write(body.subarray(0, size), () => end(response));
};

test("a connection that breaks is followed by one that goes on from the byte where it broke", async () => {
  [ranges, answers] = [[], [begins(7, (response) => setTimeout(() => response.destroy(), 100))]];
  assert.deepEqual(Buffer.from(await new Fetcher(site, () => {}).read(file)), body);
  assert.deepEqual(ranges, ["bytes=7-"]);
});

test("a host without ranges begins anew, and no byte is taken twice", async () => {
  const broken = begins(7, (response) => setTimeout(() => response.destroy(), 100));
  answers = [broken, (response) => response.end(body)];
  assert.deepEqual(Buffer.from(await new Fetcher(site, () => {}).read(file)), body);
});

test("a connection that falls silent is told of, then followed by another", async () => {
  /** @type {string[]} */
  const waits = [];
  [ranges, answers] = [[], [begins(7, () => {})]];
  const fetcher = new Fetcher(site, (_, /** @type {string} */ waitsFor) => waits.push(waitsFor));
  assert.deepEqual(Buffer.from(await fetcher.read(file)), body);
  assert.deepEqual([waits, ranges], [["", file.path, ""], ["bytes=7-"]]);
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
      assert.match(fileProblem(error.fault), words);
      return true;
    });
  });
}

/** The smallest module, `(module)`, and the same in zstd: frame head with its size, one raw block. */
const wasm = Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
const packed = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 8, 0x41, 0x00, 0x00]), wasm]);

/**
 * @param {Buffer} content
 * @param {string} [type]
 */
const gives = (content, type) => (/** @type {import("node:http").ServerResponse} */ response) => {
  if (type) response.setHeader("Content-Type", type);
  response.end(content);
};

test("a module compiles while it is unpacked", async () => {
  answers = [gives(packed)];
  const module = await new Fetcher(site, () => {}).compile(entry(packed, wasm.length));
  assert.ok(module instanceof WebAssembly.Module);
});

test("WebKit, whose requests share no answer, asks for the core once", async () => {
  const userAgent = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/604.1";
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true, userAgent }, configurable: true });
  const anew = "../../py/livecells/web/worker/fetcher.js?WebKit"; // it asks for the engine when it is loaded
  const { Fetcher: OfWebKit } = await import(anew);
  answers = [gives(wasm)];
  requests = 0;
  const module = await new OfWebKit(site, () => {}).compile({ ...entry(wasm, wasm.length), kind: "core" });
  assert.ok(module instanceof WebAssembly.Module);
  assert.equal(requests, 1);
});

test("a page in the place of a module is named, not compiled", async () => {
  const page = Buffer.from("<!doctype html>");
  answers = [gives(page), gives(page), gives(page), gives(page)];
  await assert.rejects(new Fetcher(site, () => {}).compile(entry(packed, wasm.length)), FileError);
});

test("a module that is the right file and no WebAssembly is told from a wrong file", async () => {
  const junk = Buffer.alloc(packed.length, 7);
  answers = [gives(junk), gives(junk)];
  await assert.rejects(new Fetcher(site, () => {}).compile(entry(junk, 8)), { fault: { path: "runtime/one.pack", cause: "unusable", detail: "it is not zstd" } });
});

/** The hashes of the numbers 0 to 7 as text: one block, of which nothing comes out before all of it is in. */
const hashes = [...Array(8).keys()].map((number) => createHash("sha256").update(String(number)).digest("hex")).join("");
const packedHashes = Buffer.from(
  "KLUv/WAAAdUIAAagRQvAD7BWxVrYyv+uBEEAQQBBAEtbh7fdUh7ASR0vouqkrUdXP1r/ToBrneH8NP9zsoZr6Vf7JzrXKWe0kU7dOcLbwnlsaW" +
  "1seFLZOG/I/2br7F8Bzp+0KUd+C2Qf4H2WMCK3Fq3jz97BBc5gi9u+YoVAB041qxPsbmY62pAfxbbYB5wBA12bi3FZP+DuFl4mOl5z1AGd469k" +
  "VY/Hvs+7LnsyIh+aYQxL5UVh0KorlHvjfRIt74q/2qz8MVWLsIwy/dMh0bQCHWRIT4hvHMYf3dR3dyJLAVEkGwhJ2qYldp8YasUia+gXZXIBRb" +
  "v7Ro6KLOSbaQJ5g5aR8OaB+/xfejgSthYCfW/XTxdUCzPNt41udxHA9ucBAA==",
  "base64",
);

test("a file that comes in very small pieces unpacks", async () => {
  async function* pieces() {
    for (let at = 0; at < packedHashes.length; at += 20) yield new Uint8Array(packedHashes.subarray(at, at + 20));
  }
  const unpacked = [];
  for await (const part of unpackStream(pieces(), await decoder())) unpacked.push(Buffer.from(part));
  assert.equal(Buffer.concat(unpacked).toString(), hashes);
});
