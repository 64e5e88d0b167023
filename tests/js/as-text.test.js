import assert from "node:assert/strict";
import { test } from "node:test";

import { asText, fromText } from "../../py/livecells/web/net/as-text.js";

/** What a browser reads at 0x80 to 0x9f in windows-1252: https://encoding.spec.whatwg.org/index-windows-1252.txt */
const HIGH = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** @param {Uint8Array} text */
const read = (text) => [...text].map((code) => HIGH[code - 0x80] ?? String.fromCharCode(code)).join("");

test("every byte comes back, beside every other", () => {
  const pairs = Uint8Array.from({ length: 2 * 256 * 256 }, (_, place) => (place % 2 ? place >> 1 : place >> 9));
  const text = read(asText(pairs));
  assert.doesNotMatch(text, /[\0\r<]/, "HTML changes these, or ends a script at them");
  assert.ok(Buffer.from(fromText(text)).equals(pairs));
  assert.ok(text.length < 1.02 * pairs.length);
});
