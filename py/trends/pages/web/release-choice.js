/**
 * <release-choice>: draws a chapter with an earlier release of the data. It writes a line above the first cell, as an edit that
 * the reader sees and can reset, and runs the cells.
 */

/** @typedef {HTMLElement & {original: string, edit(text: string): Promise<void>, run(): void}} Cell */

export class ReleaseChoice extends HTMLElement {
  #isWired = false;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    const select = this.querySelector("select");
    if (!this.#isWired) select?.addEventListener("change", () => void draw(select.value));
    this.#isWired = true;
  }
}

/** @param {string} day  empty for the data as they are */
async function draw(day) {
  const all = /** @type {Cell[]} */ ([...document.querySelectorAll("code-cell")]);
  const cells = all.filter((cell) => !cell.closest("details")); // checks of claims are opened one by one
  await cells[0]?.edit(withRelease(cells[0].original, day));
  for (const cell of cells) cell.run();
}

/**
 * @param {string} source
 * @param {string} day
 */
export function withRelease(source, day) {
  return `from trends import releases\n\nreleases.use(${day ? JSON.stringify(day) : ""})\n${source}`;
}
