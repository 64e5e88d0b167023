import assert from "node:assert/strict";
import { test } from "node:test";

import { bibtexCitation, plainCitation } from "../../py/livecells/web/share/cite.js";

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
const address = "https://example.org/a_b/#web-crossings";

test("plain text names figure, page, source, date and address", () => {
  assert.equal(
    plainCitation(about, address, "2026-11-23"),
    "“FastAPI & Flask: 50% more”, A site: A page, figure web-crossings, data to 2026-03-01. " +
      "Source: somebody. https://example.org/a_b/#web-crossings (accessed 2026-11-23).",
  );
});

test("what is not known is left out", () => {
  const bare = { ...about, page: "", source: "", as_of: "" };
  assert.equal(
    plainCitation(bare, address, "2026-11-23"),
    `“FastAPI & Flask: 50% more”, A site, figure web-crossings. ${address} (accessed 2026-11-23).`,
  );
  assert.match(bibtexCitation(bare, address, "2026-11-23"), /note = \{Accessed 2026-11-23\.\}/);
});

test("BibTeX is escaped, but not its address", () => {
  const entry = bibtexCitation(about, address, "2026-11-23");
  assert.match(entry, /^@misc\{web-crossings,\n/);
  assert.match(entry, /title = \{\{FastAPI \\& Flask: 50\\% more\}\}/);
  assert.match(entry, /url = \{https:\/\/example.org\/a_b\/#web-crossings\}/);
  assert.match(entry, /note = \{Source: somebody\. Data to 2026-03-01\. Accessed 2026-11-23\.\}/);
});
