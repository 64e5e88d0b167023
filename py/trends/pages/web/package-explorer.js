/**
 * <package-explorer>: chooses packages for the cell below it, and keeps the view in the address.
 *
 * It writes one line, `names = […]`; the cell's own controls write the others. An address may come
 * from anybody: it can name packages and choose what the controls offer, and nothing runs. What the reader chooses runs at once.
 */

const PAGE_OF_NAMES = 8;
const NEAR = 3;

/**
 * @typedef {HTMLElement & {source: string, original: string, shownSource: string, run(): void}} Cell
 * @typedef {HTMLElement & {
 *   choosePlain(values: Record<string, string>, more?: Record<string, string>): Promise<void>,
 *   plain: Record<string, string>,
 * }} Params
 */

export class PackageExplorer extends HTMLElement {
  /** @type {Promise<string[]> | undefined} */
  #all;
  #isWired = false;
  #active = -1;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (!this.#isWired) this.#wire();
    this.#cell?.addEventListener("livecells:edit", this.#follow);
    void this.#start();
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    this.#cell?.removeEventListener("livecells:edit", this.#follow);
  }

  #wire() {
    this.#isWired = true;
    this.#field.addEventListener("focus", () => void this.#names());
    this.#field.addEventListener("input", () => void this.#suggest());
    this.#field.addEventListener("keydown", (event) => void this.#onKey(event));
    this.#field.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus
    this.#list.addEventListener("click", ({ target }) => {
      const option = /** @type {HTMLElement} */ (target).closest("li");
      if (option) void this.#add(option.textContent ?? "");
    });
    const preset = /** @type {HTMLSelectElement} */ (this.querySelector("select"));
    preset.addEventListener("change", () => {
      if (preset.value) void this.#choose(JSON.parse(preset.value));
      preset.value = "";
    });
    this.addEventListener("click", (event) => void this.#onClick(event));
  }

  /** Show what the address asks for, once the cell is alive. */
  async #start() {
    await Promise.all(["code-cell", "cell-params"].map((name) => customElements.whenDefined(name)));
    const asked = Object.fromEntries(new URL(location.href).searchParams);
    const names = asked.names?.split(",").filter(isName).slice(0, this.#most);
    delete asked.names;
    if (names?.length || Object.keys(asked).length) {
      await this.#params?.choosePlain(asked, names?.length ? { names: written(names) } : {});
    }
    this.#follow();
  }

  /** @param {MouseEvent} event */
  async #onClick(event) {
    const clicked = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!clicked) return;
    const { add, remove } = clicked.dataset;
    if (add) await this.#add(add);
    else if (remove) await this.#choose(this.#chosen.filter((name) => name !== remove));
    else {
      await navigator.clipboard.writeText(location.href);
      this.#say("The link is on the clipboard.");
    }
  }

  /** @param {KeyboardEvent} event */
  async #onKey(event) {
    const options = [...this.#list.children];
    if (event.key === "Escape") this.#close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!options.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#mark((this.#active + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const marked = options[this.#active]?.textContent;
      await this.#add(marked ?? normalized(this.#field.value));
    }
  }

  /** @param {string} name */
  async #add(name) {
    this.#close();
    if (!name) return;
    const all = await this.#names();
    if (all.length && !all.includes(name)) {
      const near = nearest(name, all, NEAR);
      return this.#say(`${name} was never among the most downloaded.`, near);
    }
    this.#field.value = "";
    const chosen = this.#chosen;
    if (chosen.includes(name)) return this.#say(`${name} is there already.`);
    if (chosen.length >= this.#most) return this.#say(`${this.#most} at most: remove one first.`);
    await this.#choose([...chosen, name]);
  }

  /** @param {string[]} names */
  async #choose(names) {
    if (!names.length) return this.#say("One package has to stay.");
    this.#say("");
    await this.#params?.choosePlain({}, { names: written(names) });
    const cell = this.#cell;
    if (cell && cell.shownSource !== cell.source) cell.run(); // the reader has asked: no second press
  }

  async #suggest() {
    const typed = normalized(this.#field.value);
    const all = await this.#names();
    const found = typed ? matching(typed, all, PAGE_OF_NAMES) : [];
    this.#list.replaceChildren(
      ...found.map((name, place) => {
        const option = Object.assign(document.createElement("li"), { id: `explore-name-${place}`, textContent: name });
        option.setAttribute("role", "option");
        return option;
      }),
    );
    this.#list.hidden = !found.length;
    this.#field.setAttribute("aria-expanded", String(found.length > 0));
    this.#mark(found.length ? 0 : -1);
  }

  /** @param {number} place */
  #mark(place) {
    this.#active = place;
    [...this.#list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    if (place < 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `explore-name-${place}`);
  }

  #close() {
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#field.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }

  /** All names, fetched once; none when they cannot be had, and then any name is taken. */
  #names() {
    this.#all ??= fetch(new URL(this.dataset.names ?? "", import.meta.url))
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error(String(response.status)))))
      .then((text) => text.trimEnd().split("\n"))
      .catch(() => {
        this.#all = undefined;
        this.#say("The list of names could not be loaded; any name can be typed.");
        return [];
      });
    return this.#all;
  }

  /** Bring chips and address to what the cell says. */
  #follow = () => {
    const chosen = this.#chosen;
    const list = /** @type {HTMLElement} */ (this.querySelector(".explorer-chosen"));
    list.replaceChildren(...chosen.map(chip));
    const address = new URL(location.href);
    const own = this.#cell && namesIn(this.#cell.original).join() !== chosen.join();
    const state = { ...(own ? { names: chosen.join(",") } : {}), ...this.#params?.plain };
    address.search = String(new URLSearchParams(state)).replaceAll("%2C", ",");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };

  get #chosen() {
    return namesIn(this.#cell?.source ?? "");
  }

  get #most() {
    return Number(this.dataset.most);
  }

  get #cell() {
    return /** @type {Cell | null} */ (document.getElementById(this.dataset.cell ?? ""));
  }

  get #params() {
    return /** @type {Params | null} */ (document.querySelector(`cell-params[data-cell="${this.dataset.cell}"]`));
  }

  get #field() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
  }

  /**
   * @param {string} text
   * @param {string[]} [offered]  names to take instead
   */
  #say(text, offered = []) {
    const status = this.querySelector(".explorer-status");
    const buttons = offered.map((name) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.dataset.add = name;
      return button;
    });
    status?.replaceChildren(text, ...(buttons.length ? [" Near it: "] : []), ...buttons);
  }
}

/**
 * The packages that a cell compares; none where the reader has written something else.
 *
 * @param {string} source
 * @returns {string[]}
 */
export function namesIn(source) {
  const line = /^names = (\[.*\])$/m.exec(source);
  try {
    const names = JSON.parse(line?.[1].replaceAll("'", '"') ?? "[]");
    return names.filter((/** @type {unknown} */ name) => typeof name === "string");
  } catch {
    return [];
  }
}

/** @param {string[]} names */
function written(names) {
  return `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
}

/**
 * Write a name as PyPI does.
 *
 * @param {string} name
 */
export function normalized(name) {
  return name.trim().toLowerCase().replaceAll(/[-_.\s]+/g, "-");
}

/** @param {string} name */
function isName(name) {
  return /^[a-z0-9](?:[a-z0-9-]{0,100})$/.test(name);
}

/**
 * Names that begin with a text, then names that have it anywhere.
 *
 * @param {string} text
 * @param {string[]} all
 * @param {number} most
 */
export function matching(text, all, most) {
  const first = all.filter((name) => name.startsWith(text)).sort((a, b) => a.length - b.length);
  if (first.length >= most) return first.slice(0, most);
  return [...first, ...all.filter((name) => name.indexOf(text) > 0)].slice(0, most);
}

/**
 * The names nearest to one by edit distance.
 *
 * @param {string} name
 * @param {string[]} all
 * @param {number} most
 */
export function nearest(name, all, most) {
  const close = all.filter((one) => Math.abs(one.length - name.length) <= 3);
  const ranked = close.map((one) => ({ one, far: distance(name, one) }));
  return ranked
    .sort((a, b) => a.far - b.far || a.one.localeCompare(b.one))
    .slice(0, most)
    .map(({ one }) => one);
}

/**
 * Levenshtein's distance.
 *
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      row.push(Math.min(above[j] + Number(a[i] !== b[j]), above[j + 1] + 1, row[j] + 1));
    }
    above = row;
  }
  return above[b.length];
}

/** @param {string} name */
function chip(name) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  button.setAttribute("aria-label", `Remove ${name}`);
  button.dataset.remove = name;
  item.append(name, " ", button);
  return item;
}
