/**
 * <open-table>: puts a table into the page's first cell, as an edit that the reader runs.
 *
 * The table comes from the list in the element, or from the address: `playground/?open=peps`.
 * Nothing runs unasked, and what the reader has written is never replaced.
 */

/** @typedef {HTMLElement & {source: string, edit(text: string): Promise<void>}} Cell */

export class OpenTable extends HTMLElement {
  #isWired = false;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (!this.#isWired) this.querySelector("button")?.addEventListener("click", () => this.#add());
    this.#isWired = true;
    const asked = new URL(location.href).searchParams.get("open");
    if (asked !== null) void this.#openAsked(asked);
  }

  get #select() {
    return /** @type {HTMLSelectElement} */ (this.querySelector("select"));
  }

  /** @param {string} name */
  async #openAsked(name) {
    const names = [...this.#select.options].map((option) => option.value);
    if (!names.includes(name)) return this.#say(unknown(name, names));
    this.#select.value = name;
    await customElements.whenDefined("code-cell");
    const cell = firstCell();
    if (cell.source.includes(loadLine(name))) return this.#say(ready(name));
    if (cell.source.trim()) return this.#say(`The cell has your text. Press the button to add ${name} below it.`);
    await this.#put(name);
  }

  async #add() {
    await this.#put(this.#select.value);
  }

  /** @param {string} name */
  async #put(name) {
    const cell = firstCell();
    await cell.edit(withTable(cell.source, name));
    cell.scrollIntoView({ block: "nearest" });
    this.#say(ready(name));
  }

  /** @param {string} text */
  #say(text) {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = text;
  }
}

/**
 * Add a table to the text of a cell; its last line is what the cell shows.
 *
 * @param {string} source
 * @param {string} name
 */
export function withTable(source, name) {
  const text = source.trimEnd();
  const importLine = "from trends import data";
  const head = text.split("\n").includes(importLine) ? "" : `${importLine}\n\n`;
  return `${text}${text ? "\n\n" : ""}${head}${loadLine(name)}`;
}

/** @param {string} name */
function loadLine(name) {
  return `data.load("${name}")`;
}

/** @param {string} name */
function ready(name) {
  return `${name} is in the cell. Run shows it.`;
}

/**
 * @param {string} name
 * @param {string[]} names
 */
export function unknown(name, names) {
  const stem = name.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 2);
  const near = names.filter((one) => stem.some((word) => one.includes(word))).slice(0, 3);
  const hint = near.length ? ` Did you mean ${near.join(" or ")}?` : "";
  return `There is no table called “${name.slice(0, 60)}”.${hint}`;
}

function firstCell() {
  return /** @type {Cell} */ (document.querySelector("code-cell"));
}
