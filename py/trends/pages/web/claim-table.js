/**
 * <claim-table>: filters and sorts the table of all claims, and keeps the choice in the address.
 * The table is whole without it; each claim is a <tbody> of its own.
 */

const TYPING_PAUSE_MS = 250;
const VERDICTS = ["supported", "partly", "contradicted", "untestable"];

/** @typedef {{column: number, descending: boolean}} Order */

export class ClaimTable extends HTMLElement {
  /** In the article's order. @type {HTMLTableSectionElement[]} */
  #bodies = [];
  /** What a text filter reads of each claim. @type {Map<HTMLElement, string>} */
  #words = new Map();
  /** @type {Order | undefined} */
  #order;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (!this.#bodies.length) this.#takeOver();
    this.#readAddress();
    this.#apply();
    this.#openTarget();
    addEventListener("hashchange", this.#openTarget);
    addEventListener("popstate", this.#onHistory);
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    clearTimeout(this.#typing);
    removeEventListener("hashchange", this.#openTarget);
    removeEventListener("popstate", this.#onHistory);
  }

  #takeOver() {
    this.#bodies = [...this.#table.tBodies];
    for (const body of this.#bodies) this.#words.set(body, wordsOf(body));
    this.#heads.forEach((head, column) => this.#makeSortable(head, column));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("change", () => this.#choose());
    this.#form.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#choose(), TYPING_PAUSE_MS);
    });
    this.#form.addEventListener("reset", () => setTimeout(() => this.#choose()));
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get #table() {
    return /** @type {HTMLTableElement} */ (this.querySelector("table"));
  }

  /** @returns {HTMLTableCellElement[]} */
  get #heads() {
    return [...(this.#table.tHead?.rows[0]?.cells ?? [])];
  }

  /**
   * @param {HTMLTableCellElement} head
   * @param {number} column
   */
  #makeSortable(head, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => this.#sortBy(column));
    head.replaceChildren(button);
  }

  /** First ascending, then descending, then the article's order again. @param {number} column */
  #sortBy(column) {
    if (this.#order?.column !== column) this.#order = { column, descending: false };
    else this.#order = this.#order.descending ? undefined : { column, descending: true };
    this.#choose();
  }

  #choose() {
    clearTimeout(this.#typing);
    this.#writeAddress();
    this.#apply();
  }

  #apply() {
    const chosen = new FormData(this.#form);
    const query = parseQuery(String(chosen.get("q") ?? ""));
    for (const body of this.#bodies) {
      body.hidden = !(
        matches(body.dataset.verdict, chosen.get("verdict")) &&
        matches(body.dataset.kind, chosen.get("kind")) &&
        isWithin(body.dataset.chapter ?? "", String(chosen.get("chapter") ?? "")) &&
        says(body, this.#words.get(body) ?? "", query)
      );
    }
    this.#sort();
    this.#say();
  }

  #sort() {
    const order = this.#order;
    this.#heads.forEach((head, column) => {
      if (order?.column !== column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", order.descending ? "descending" : "ascending");
    });
    const sorted = order ? [...this.#bodies].sort((a, b) => compare(a, b, order)) : this.#bodies;
    const isSame = sorted.every((body, place) => this.#table.tBodies[place] === body);
    if (!isSame) this.#table.append(...sorted);
  }

  /** Say what is left, politely: the element is a status. */
  #say() {
    const left = this.#bodies.filter((body) => !body.hidden);
    const parts = VERDICTS.map((name) => [left.filter((body) => body.dataset.verdict === name).length, name])
      .filter(([count]) => count)
      .map(([count, name]) => `${count} ${name}`);
    const of = left.length === this.#bodies.length ? "" : ` of ${this.#bodies.length}`;
    const text = `${left.length}${of} claims${parts.length ? `: ${parts.join(", ")}` : ""}`;
    const status = this.querySelector("[role=status]");
    if (status && status.textContent !== text) status.textContent = text;
  }

  #readAddress() {
    const given = new URL(location.href).searchParams;
    for (const name of ["verdict", "chapter", "kind", "q"]) {
      const field = this.#form.elements.namedItem(name);
      const value = given.get(name) ?? "";
      if (field instanceof HTMLInputElement) field.value = value;
      else if (field instanceof HTMLSelectElement) {
        field.value = value;
        if (field.selectedIndex < 0) field.value = ""; // a link to what does not exist shows all
      }
    }
    const column = this.#heads.findIndex((head) => slug(head) === given.get("sort"));
    this.#order = column < 0 ? undefined : { column, descending: given.get("order") === "descending" };
  }

  #writeAddress() {
    const address = new URL(location.href);
    const order = this.#order;
    const state = new Map(/** @type {Iterable<[string, string]>} */ (new FormData(this.#form).entries()));
    state.set("sort", order ? slug(this.#heads[order.column]) : "");
    state.set("order", order?.descending ? "descending" : "");
    for (const [name, value] of state) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  #onHistory = () => {
    this.#readAddress();
    this.#apply();
  };

  /** A link to a claim opens its check; filters that hide it are lifted. */
  #openTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const body = this.#bodies.find((one) => one.id === id);
    if (!body) return;
    if (body.hidden) {
      for (const field of this.#form.elements) if ("value" in field) field.value = "";
      this.#choose();
    }
    const details = body.querySelector("details");
    if (details) details.open = true;
    body.scrollIntoView({ block: "start" });
  };
}

/**
 * Part a query into words that must all occur and packages that must be named.
 *
 * @param {string} query  such as `rust package:polars`
 */
export function parseQuery(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const prefix = "package:";
  return {
    words: words.filter((word) => !word.startsWith(prefix)),
    packages: words.filter((word) => word.startsWith(prefix)).map((word) => word.slice(prefix.length)),
  };
}

/**
 * @param {string | undefined} value
 * @param {FormDataEntryValue | null} wanted
 */
function matches(value, wanted) {
  return !wanted || value === wanted;
}

/**
 * @param {string} chapter
 * @param {string} wanted  a chapter, or the part it belongs to
 */
function isWithin(chapter, wanted) {
  return !wanted || chapter === wanted || chapter.startsWith(`${wanted}/`);
}

/**
 * @param {HTMLElement} body
 * @param {string} text
 * @param {{words: string[], packages: string[]}} query
 */
function says(body, text, { words, packages }) {
  const named = (body.dataset.packages ?? "").split(" ");
  return words.every((word) => text.includes(word)) && packages.every((name) => named.includes(name));
}

/**
 * What can be searched: the row, the reason, the packages and the id; not the code of the check.
 *
 * @param {HTMLTableSectionElement} body
 */
function wordsOf(body) {
  const why = body.querySelector(".ledger-why")?.textContent ?? "";
  return [body.rows[0].textContent, why, body.dataset.packages, body.id].join(" ").toLowerCase();
}

/**
 * Numbers before words, what has no value last in either direction.
 *
 * @param {HTMLTableSectionElement} a
 * @param {HTMLTableSectionElement} b
 * @param {Order} order
 */
function compare(a, b, { column, descending }) {
  const [first, second] = [a, b].map((body) => sortKey(body.rows[0].cells[column]));
  if (first === "" || second === "") return Number(first === "") - Number(second === "");
  const [x, y] = [Number(first), Number(second)];
  const direction = descending ? -1 : 1;
  if (!Number.isNaN(x) && !Number.isNaN(y)) return direction * (x - y);
  if (Number.isNaN(x) !== Number.isNaN(y)) return direction * (Number.isNaN(x) ? 1 : -1);
  return direction * first.localeCompare(second);
}

/** @param {HTMLTableCellElement} cell */
function sortKey(cell) {
  return (cell.dataset.value ?? cell.textContent ?? "").trim();
}

/** @param {HTMLElement} head */
function slug(head) {
  return (head.textContent ?? "").trim().toLowerCase();
}
