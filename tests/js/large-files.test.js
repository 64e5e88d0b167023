/** Where a browser refuses storage, or clears it in the middle, nothing is there; nothing raises. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

const { openStore, removeStore, storedBytes } = await import("../../py/livecells/web/storage/large-files.js");
const SITE = "https://example.invalid/site/";
const refuse = () => Promise.reject(new DOMException("refused", "SecurityError"));
const refusing = { open: refuse, keys: refuse, delete: refuse, has: refuse };

/** @param {object} given */
function offer(given) {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, ...given });
}

afterEach(() => Reflect.deleteProperty(globalThis, "caches"));

for (const [name, storage, caches] of /** @type {[string, object | undefined, object | undefined][]} */ ([
  ["none has", undefined, undefined],
  ["all are refused", { getDirectory: refuse }, refusing],
  ["only caches are, and files are absent", undefined, refusing],
])) {
  test(`a browser in which ${name} keeps nothing, and says so`, async () => {
    offer({ value: { storage } });
    if (caches) Object.assign(globalThis, { caches });
    assert.equal(await openStore(SITE), undefined);
    assert.equal(await storedBytes(SITE), undefined);
    await removeStore(SITE);
  });
}

test("what is refused after the store was opened counts as not there; a write says why", async () => {
  offer({ value: {} });
  Object.assign(globalThis, { caches: { ...refusing, keys: async () => [] } });
  const store = await openStore(SITE);
  assert.ok(store);
  assert.equal(await store.open("one"), undefined);
  assert.deepEqual(await store.names(), []);
  await store.remove("one");
  await assert.rejects(store.write("one", [new Uint8Array(1)]), /refused/);
});

test("files that lie in the origin's own file system are closed to a page whose folder is cleared", async () => {
  const gone = () => Promise.reject(new DOMException("gone", "NotFoundError"));
  async function* cleared() {
    yield await gone();
  }
  const folder = { getFileHandle: gone, removeEntry: gone, keys: cleared };
  offer({ value: { storage: { getDirectory: async () => ({ getDirectoryHandle: async () => folder }) } } });
  const store = await openStore(SITE);
  assert.equal(await store?.open("one"), undefined);
  assert.deepEqual(await store?.names(), []);
});
