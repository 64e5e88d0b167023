import assert from "node:assert/strict";
import { test } from "node:test";

import { bibtexCitation, cslCitation, plainCitation, quoteLink } from "../../py/livecells/web/share/cite.js";

const about = {
  id: "web-crossings",
  title: "FastAPI & Flask: 50% more",
  source: "Source: somebody",
  licence: "MIT",
  as_of: "2026-03-01",
  site: "A site",
  page: "A page",
  height: 320,
};
const released = { version: "", date: "" };
const address = "https://example.org/a_b/#web-crossings";

test("plain text names figure, page, source, date and address", () => {
  assert.equal(
    plainCitation(about, address, "2026-11-23", released),
    "“FastAPI & Flask: 50% more”, A site: A page, web-crossings, data to 2026-03-01. " +
      "Source: somebody. https://example.org/a_b/#web-crossings (accessed 2026-11-23).",
  );
});

test("what is not known is left out", () => {
  const bare = { ...about, page: "", source: "", as_of: "" };
  assert.equal(
    plainCitation(bare, address, "2026-11-23", released),
    `“FastAPI & Flask: 50% more”, A site, web-crossings. ${address} (accessed 2026-11-23).`,
  );
  assert.match(bibtexCitation(bare, address, "2026-11-23", released), /note = \{Accessed 2026-11-23\.\}/);
});

test("BibTeX is escaped, but not its address", () => {
  const entry = bibtexCitation(about, address, "2026-11-23", released);
  assert.match(entry, /^@misc\{web-crossings,\n/);
  assert.match(entry, /title = \{\{FastAPI \\& Flask: 50\\% more\}\}/);
  assert.match(entry, /url = \{https:\/\/example.org\/a_b\/#web-crossings\}/);
  assert.match(entry, /note = \{Source: somebody\. Data to 2026-03-01\. Accessed 2026-11-23\.\}/);
});

test("a release has a version and a date in every form", () => {
  const own = { version: "1.2", date: "2026-02-03" };
  assert.match(plainCitation(about, address, "2026-11-23", own), /, version 1\.2 of 2026-02-03, data to/);
  assert.match(bibtexCitation(about, address, "2026-11-23", own), /year = \{2026\},\n {2}version = \{1\.2\}/);
  const [item] = JSON.parse(cslCitation(about, address, "2026-11-23", own));
  assert.deepEqual(item.issued, { "date-parts": [[2026, 2, 3]] });
  assert.equal(item.version, "1.2");
  assert.equal(item.URL, address);
  assert.ok(!("issued" in JSON.parse(cslCitation(about, address, "2026-11-23", released))[0]));
});

test("a quotation has a sentence of its own, and a link that finds it", () => {
  const quoted = { ...about, sentence: "“A - b” Partly: because", quote: "A text-based claim, with & without, that is longer" };
  assert.match(plainCitation(quoted, address, "2026-11-23", released), /^“A - b” Partly: because, A site/);
  const link = quoteLink(quoted, address);
  assert.equal(link, `${address}:~:text=A%20text%2Dbased%20claim%2C%20with,without%2C%20that%20is%20longer`);
  assert.equal(quoteLink({ ...about, quote: "two words" }, address), `${address}:~:text=two%20words`);
  assert.equal(quoteLink(about, address), address);
});
