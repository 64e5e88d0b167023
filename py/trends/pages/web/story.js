/**
 * Entry of the story's own scripts. Each page loads only the scripts of the elements that it has. Elements connect by
 * themselves; after instant navigation, those that no earlier page had are still to be defined.
 */

/** @type {Record<string, () => Promise<CustomElementConstructor>>} */
const ELEMENTS = {
  "claim-check": async () => (await import("./claim-check.js")).ClaimCheck,
  "claim-table": async () => (await import("./claim-table.js")).ClaimTable,
  "open-table": async () => (await import("./open-table.js")).OpenTable,
  "package-explorer": async () => (await import("./package-explorer.js")).PackageExplorer,
  "release-choice": async () => (await import("./release-choice.js")).ReleaseChoice,
};

async function define() {
  for (const [name, load] of Object.entries(ELEMENTS)) {
    if (!document.querySelector(`${name}:not(:defined)`)) continue;
    const element = await load();
    if (!customElements.get(name)) customElements.define(name, element); // two visits in a row may both have loaded it
  }
}

/** @type {{subscribe(listener: () => void): void} | undefined} */
const pages = Reflect.get(self, "document$");
if (pages) pages.subscribe(define); // at once for this page, and for each that instant navigation brings
else void define();
