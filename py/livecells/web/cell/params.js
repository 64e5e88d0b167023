/**
 * <cell-params>: controls that rewrite single lines of a cell, and show the result of the choice.
 *
 * The quickest of three ways is taken: the drawn chart changes by itself, if it has a Vega-Lite parameter of that name; the build
 * has precomputed the outputs; Python in the page runs the cell. The page says which one it was.
 *
 * @import {CodeCell} from "./cell.js"
 * @import {Field, Place} from "./param-fields.js"
 * @import {Output, Value} from "../shapes.js"
 */

import { kernel } from "../client/kernel.js";
import { SITE_ROOT } from "../root.js";
import { strings } from "../strings.js";
import { showPrecomputedValues } from "./values.js";
import { button } from "../ui/controls.js";
import { choiceIn, hold, literalIn, literalOf, plainIn, show, valueOf, withLiteral } from "./param-fields.js";

export class CellParams extends HTMLElement {
  /** The cell, while this element is in a page. @type {CodeCell | undefined} */
  #cell;
  /** Counts the choices; the result of an earlier one is dropped. */
  #choice = 0;
  /** Whether the text lacks the line of a control. */
  #hasLost = false;
  #run = button(strings.run, () => this.#cell?.run());

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    this.#cell = /** @type {CodeCell | null} */ (document.getElementById(this.dataset.cell ?? "")) ?? undefined;
    if (!this.#cell) return;
    this.addEventListener("input", this.#onInput);
    this.addEventListener("change", this.#onChange);
    this.#cell.addEventListener("livecells:edit", this.#follow);
    this.#cell.addEventListener("livecells:state", this.#onState);
    this.#follow();
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    this.removeEventListener("input", this.#onInput);
    this.removeEventListener("change", this.#onChange);
    this.#cell?.removeEventListener("livecells:edit", this.#follow);
    this.#cell?.removeEventListener("livecells:state", this.#onState);
  }

  /**
   * Write values into the cell's lines, as if the reader had chosen them, and show the result.
   *
   * @param {Record<string, string>} values  Python text by name
   */
  async choose(values) {
    const cell = this.#cell;
    if (!cell) return;
    const choice = ++this.#choice;
    const lost = Object.keys(values).filter((name) => literalOf(cell.source, this.#placeOf(name)) === undefined);
    if (lost.length) return this.#say(strings.paramLost(lost[0]));
    const text = this.#with(cell.source, values);
    if (text !== cell.source) await cell.edit(text);
    if (choice === this.#choice) await this.#showResult(cell, values, choice);
  }

  /**
   * Do as `choose` does, with values as they are in an address: `rank`, `2023-07`, `true`. What a control does not allow is left out.
   *
   * @param {Record<string, string>} values  plain text by name
   * @param {Record<string, string>} [more]  Python text by name, for lines without a control
   */
  async choosePlain(values, more = {}) {
    const valid = this.#fields.filter((field) => field.name in values && hold(field, values[field.name]));
    await this.choose({ ...Object.fromEntries(valid.map((field) => [field.name, literalIn(field)])), ...more });
  }

  /** The values that differ from the author's, as plain text by name. @returns {Record<string, string>} */
  get plain() {
    const original = this.#cell?.original ?? "";
    const own = this.#fields.filter((field) => literalIn(field) !== literalOf(original, this.#placeOf(field.name)));
    return Object.fromEntries(own.map((field) => [field.name, plainIn(field)]));
  }

  /** `plain`, where the cell's text differs from the author's in nothing else; else undefined. */
  get onlyChoice() {
    const literals = Object.fromEntries(this.#fields.map((field) => [field.name, literalIn(field)]));
    return this.#with(this.#cell?.original ?? "", literals) === this.#cell?.source ? this.plain : undefined;
  }

  /**
   * @param {CodeCell} cell
   * @param {Record<string, string>} values
   * @param {number} choice  its count
   */
  async #showResult(cell, values, choice) {
    if (cell.source === cell.original) {
      cell.reset();
      return this.#say("");
    }
    const isOnlyChange = this.#with(cell.shownSource, values) === cell.source;
    const isInChart = isOnlyChange && cell.setInChart(this.#valuesOf(values));
    const address = this.#published(cell);
    const found = address && (await fetchPrecomputed(address));
    if (choice !== this.#choice) return;
    if (isInChart) {
      if (found) showPrecomputedValues(found.values);
      return this.#say(strings.answeredByChart);
    }
    if (found) {
      await cell.showPrecomputed(found.outputs, found.values);
      return this.#say(strings.answeredByBuild);
    }
    if (kernel.state === "off" || kernel.state === "failed") return this.#say(strings.paramNeedsPython, this.#run);
    cell.run();
    return this.#say(strings.answeredByPython);
  }

  /**
   * Find the file with the outputs of the cell's text as it is now, if the build has computed them.
   *
   * @param {CodeCell} cell
   */
  #published(cell) {
    /** @type {Record<string, Record<string, string>>} */
    const precomputed = JSON.parse(this.dataset.precomputed ?? "{}");
    for (const [name, files] of Object.entries(precomputed)) {
      const literal = literalOf(cell.source, this.#placeOf(name));
      if (literal === undefined || !(literal in files)) continue;
      if (this.#with(cell.original, { [name]: literal }) === cell.source) return files[literal];
    }
    return undefined;
  }

  /**
   * @param {string} name
   * @returns {Place}
   */
  #placeOf(name) {
    const { before = `${name} = `, after = "" } = this.#fields.find((field) => field.name === name)?.dataset ?? {};
    return { before, after };
  }

  /**
   * @param {string} source
   * @param {Record<string, string>} values  Python text by name
   */
  #with(source, values) {
    return Object.entries(values).reduce((text, [name, literal]) => withLiteral(text, this.#placeOf(name), literal), source);
  }

  /**
   * Return the values that literals stand for; those of a list the build has written beside its choices.
   *
   * @param {Record<string, string>} literals  by name
   * @returns {Record<string, unknown>}
   */
  #valuesOf(literals) {
    const valueIn = (/** @type {string} */ name, /** @type {string} */ literal) => {
      const field = this.#fields.find((one) => one.name === name);
      return field instanceof HTMLSelectElement ? choiceIn(field.selectedOptions[0]) : valueOf(literal);
    };
    return Object.fromEntries(Object.entries(literals).map(([name, literal]) => [name, valueIn(name, literal)]));
  }

  #onInput = (/** @type {Event} */ event) => {
    const field = /** @type {Field} */ (event.target);
    const shown = field.parentElement?.querySelector("output");
    if (shown) shown.textContent = field.value;
  };

  #onChange = (/** @type {Event} */ event) => {
    const field = /** @type {Field} */ (event.target);
    if (!field.name) return;
    if (!field.checkValidity()) return void field.reportValidity();
    this.choose({ [field.name]: literalIn(field) }).catch(console.warn);
  };

  #onState = () => {
    this.#follow();
    const state = this.#cell?.state;
    if (state === "ok" && this.#run.isConnected) this.#say(strings.answeredByPython);
    else if (state !== "static" && state !== "ok") this.#say("");
  };

  /** Set the controls to what the cell's text says: the reader may have typed, a button may have changed it. */
  #follow = () => {
    const source = this.#cell?.source ?? "";
    for (const field of this.#fields) {
      const literal = literalOf(source, this.#placeOf(field.name));
      field.disabled = literal === undefined;
      if (literal !== undefined) show(field, literal);
    }
    const lost = this.#fields.find((field) => field.disabled);
    if (lost) this.#say(strings.paramLost(lost.name));
    else if (this.#hasLost) this.#say("");
    this.#hasLost = lost !== undefined;
  };

  /** @returns {Field[]} */
  get #fields() {
    return [...this.querySelectorAll(/** @type {"select"} */ ("select, input"))];
  }

  /**
   * @param {string} text
   * @param {HTMLElement[]} parts
   */
  #say(text, ...parts) {
    const status = this.querySelector(".params-status");
    status?.replaceChildren(text, ...parts);
  }
}

/**
 * @param {string} name
 * @returns {Promise<{outputs: Output[], values: Record<string, Value>} | undefined>}  undefined where it cannot be loaded: Python has to run then
 */
async function fetchPrecomputed(name) {
  try {
    const response = await fetch(new URL(`precomputed/${name}`, SITE_ROOT));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
