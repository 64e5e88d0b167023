import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const folder = new URL("../../py/livecells/web/strings/", import.meta.url);
const names = (await readdir(folder)).filter((name) => name !== "formats.js").map((name) => name.replace(".js", ""));
const en = await import("../../py/livecells/web/strings/en.js");

for (const name of names.filter((one) => one !== "en")) {
  const other = await import(`../../py/livecells/web/strings/${name}.js`);

  test(`${name} has every sentence, and no other`, () => {
    assert.deepEqual(Object.keys(other.strings), Object.keys(en.strings));
  });

  test(`${name} says as much as English: every value that a sentence takes stands in it`, async () => {
    const source = await readFile(new URL(`${name}.js`, folder), "utf8");
    for (const [key, sentence] of Object.entries(en.strings)) {
      const translated = other.strings[key];
      assert.equal(typeof translated, typeof sentence, key);
      if (typeof sentence !== "function") continue;
      assert.equal(translated.length, sentence.length, key);
      const parameters = new RegExp(`^  ${key}: \\(([^)]*)\\)[^]*?(?=^  \\w+:|^};)`, "m").exec(source);
      assert.ok(parameters, key);
      for (const parameter of parameters[1].split(",").map((one) => one.trim()).filter(Boolean)) {
        const uses = parameters[0].split(new RegExp(`\\b${parameter}\\b`)).length - 1;
        assert.ok(uses > 1, `${key} does not use ${parameter}`);
      }
    }
  });

  test(`no sentence of ${name} is English left over`, () => {
    const same = Object.entries(en.strings).filter(([key, text]) => typeof text === "string" && other.strings[key] === text);
    assert.deepEqual(same.map(([key]) => key), ["citeBibtex", "citeCsl"]);
  });
}

test("numbers are written as the language does", async () => {
  const de = await import("../../py/livecells/web/strings/de.js");
  assert.equal(en.number(29649), "29,649");
  assert.equal(de.number(29649), "29.649");
  assert.equal(de.megabytes(1_500_000), "1,5 MB");
  assert.equal(de.strings.tableRows(2, 3, 4), "Zeilen 2 bis 3 von 4");
});
