import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { ShareLinkError, fromFragment, isShared, toFragment } from "../../py/livecells/web/share/share-link.js";

const IDS = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const CELLS = fc.dictionary(IDS, fc.string({ unit: "grapheme", maxLength: 400 }), { minKeys: 1, maxKeys: 4, noNullPrototype: true });

test("any text comes back as it went", async () => {
  await fc.assert(
    fc.asyncProperty(CELLS, async (cells) => {
      const fragment = await toFragment(cells);
      assert.match(fragment, /^share=1\.[\w-]+$/);
      assert.ok(isShared(fragment));
      assert.deepEqual(await fromFragment(`#${fragment}`), cells);
    }),
  );
});

test("a link comes back from programs that escape what they pass on", async () => {
  const ways = [encodeURI, encodeURIComponent, (/** @type {string} */ text) => new URL(`https://a.example/#${text}`).hash];
  const everything = (/** @type {string} */ text) => text.replace(/./g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  await fc.assert(
    fc.asyncProperty(CELLS, fc.constantFrom(...ways, everything), async (cells, escape) => {
      const fragment = escape(await toFragment(cells));
      assert.ok(isShared(fragment));
      assert.deepEqual(await fromFragment(fragment), cells);
    }),
  );
});

test("two hundred lines of any script stay short", async () => {
  const text = Array.from({ length: 200 }, (_, i) => `värde_${i} = "${"数据🐍".repeat(3)}"  # ${i}`).join("\r\n");
  const fragment = await toFragment({ cell: text });
  assert.deepEqual(await fromFragment(fragment), { cell: text });
  assert.ok(fragment.length < text.length / 3);
});

test("a damaged link is told in a sentence, whatever it holds", async () => {
  const whole = await toFragment({ cell: "x = 1\n".repeat(50) });
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.string(), fc.nat(8), async (at, insert, cut) => {
      const damaged = `#${whole.slice(0, at)}${insert}${whole.slice(at + cut)}`;
      try {
        const cells = await fromFragment(damaged);
        assert.ok(Object.values(cells).every((text) => typeof text === "string"));
      } catch (error) {
        assert.ok(error instanceof ShareLinkError, String(error));
        assert.match(error.message, /^[a-z][a-z ]+$/);
      }
    }),
    { numRuns: 500 },
  );
});

test("what is no text of cells is refused", async () => {
  const pack = async (/** @type {string} */ json) => {
    const packed = new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = Buffer.from(await new Response(packed).arrayBuffer());
    return `share=1.${bytes.toString("base64url")}`;
  };
  for (const json of ["[]", "{}", "null", "3", '{"a": 1}', '{"A b": "x"}', '{"<img>": "x"}', '{"a": ["x"]}']) {
    await assert.rejects(fromFragment(await pack(json)), ShareLinkError, json);
  }
  await assert.rejects(fromFragment(await pack(JSON.stringify({ a: "x".repeat(3e6) }))), /larger than any page/);
  await assert.rejects(fromFragment("share=2.abc"), /another release/);
});
