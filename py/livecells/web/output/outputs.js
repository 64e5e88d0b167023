/**
 * The outputs of a cell on the page: in the order in which they were made, however long each takes to draw.
 *
 * @import {CellPlace} from "../protocol.js"
 * @import {Emitted, Output, UpdateOutput} from "../shapes.js"
 * @import {Spec} from "./fit.js"
 */

import { releaseChart, updateChart } from "./chart.js";
import { keep } from "./coalesce.js";
import { consentQuestion, isAllowed } from "./consents.js";
import { VEGALITE } from "../shapes.js";
import { render, renderData } from "./render.js";
import { strings } from "../strings.js";
import { tableView } from "./table-view.js";
import { Terminal } from "./terminal.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";

export class OutputArea {
  /** What the author's build has written. @type {Node[]} */
  #authored;
  /** The outputs of the run, as a notebook keeps them. @type {Output[]} */
  kept = [];
  /** @type {Promise<void>} */
  #last = Promise.resolve();
  /** Counts the runs; what an earlier one draws late is dropped. */
  #run = 0;
  #isStale = false;
  /** @type {Terminal | undefined} */
  #terminal;
  /** Displays that may be updated, by their ids. @type {Map<unknown, HTMLElement>} */
  #displays = new Map();
  /** Charts of the previous run, kept where only their data changes. @type {HTMLElement[]} */
  #charts = [];

  /**
   * @param {HTMLElement} element
   * @param {CellPlace} place  names the cell to Python
   */
  constructor(element, place) {
    this.element = element;
    this.place = place;
    this.#authored = [...element.childNodes].map((node) => node.cloneNode(true));
  }

  /** Begin a run. Earlier outputs stay until the first new one, so that the page does not jump. */
  begin() {
    this.#run += 1;
    this.#isStale = true;
    this.#terminal = undefined;
    this.#displays.clear();
    this.#charts = [...this.element.querySelectorAll(/** @type {"figure"} */ ("figure.chart"))];
    this.kept = [];
  }

  /** @param {Emitted} output */
  add(output) {
    keep(this.kept, output);
    this.#then(async (isCurrent) => {
      if (output.output_type === "stream") return this.#print(output.name, output.text);
      if (output.output_type === "update_display_data") return this.#update(output, isCurrent);
      if (output.output_type === "clear_output") return this.#clear(output.wait);
      const node = (await this.#redrawn(output)) ?? (await render(output, innerWidth(this.element)));
      if (!isCurrent()) return;
      const id = output.output_type === "display_data" ? output.metadata.display_id : undefined;
      if (id) this.#displays.set(id, node);
      this.#append(node);
      const shown = output.output_type === "error" ? undefined : output.metadata.shown;
      if (typeof shown === "string" && node.querySelector("table.is-cut")) node.append(this.#browser(node, shown));
    });
  }

  /**
   * Update the chart of the previous run, if only its data has changed.
   *
   * @param {Output} output
   * @returns {Promise<HTMLElement | undefined>}
   */
  async #redrawn(output) {
    const spec = /** @type {Spec | undefined} */ ("data" in output ? output.data[VEGALITE] : undefined);
    const figure = spec ? this.#charts.shift() : undefined;
    if (!spec || !figure) return undefined;
    if (await updateChart(figure, spec, innerWidth(this.element))) return figure.parentElement ?? figure;
    releaseChart(figure);
    return undefined;
  }

  /**
   * Make the button that shows all rows of a shortened table.
   *
   * @param {HTMLElement} node
   * @param {string} shown  names the frame to Python
   */
  #browser(node, shown) {
    const show = async () => {
      const view = await tableView({ ...this.place, shown });
      if (view) {
        node.replaceChildren(view);
        view.querySelector("div")?.focus({ preventScroll: true });
        view.scrollIntoView({ block: "nearest" });
      } else browse.replaceWith(strings.tableGone);
    };
    const browse = button(strings.tableBrowse, () => void show(), { class: "unfold" });
    return browse;
  }

  /**
   * Ask the reader for a line, at this point of the output.
   *
   * @param {string} prompt
   * @param {boolean} isSecret
   * @returns {Promise<string>}
   */
  ask(prompt, isSecret) {
    return new Promise((resolve) => {
      this.#then(async () => {
        const form = question(prompt, isSecret, (text) => {
          form.remove();
          resolve(text);
        });
        this.#append(form);
        form.querySelector("input")?.focus();
      });
    });
  }

  /**
   * Ask the reader whether the cell may contact another host. The question stays when the cell could not wait for the reply.
   *
   * @param {string} origin
   * @returns {Promise<boolean>}
   */
  askConsent(origin) {
    return new Promise((resolve) => {
      if (isAllowed(origin)) return resolve(true);
      this.#then(() => {
        const question = consentQuestion(origin, resolve);
        this.#append(question);
        question.querySelector("p")?.focus(); // never a button: the reader may be typing
      });
    });
  }

  /** @param {boolean} wait  whether what is there stays until the next output */
  #clear(wait) {
    this.#isStale = true;
    this.#terminal = undefined;
    this.#displays.clear();
    if (!wait) this.#freshen();
  }

  /** End a run. Earlier outputs are removed even when it made none, and open questions too. */
  async end() {
    await this.#last;
    this.#freshen();
    for (const figure of this.#charts) releaseChart(figure);
    this.#charts = [];
    for (const form of this.element.querySelectorAll("form.cell-input")) form.remove();
  }

  /** End a run during which Python ended. Earlier outputs stay when it made none. */
  async abandon() {
    await this.#last;
    if (this.#isStale) this.#charts = [];
    this.#isStale = false;
    await this.end();
  }

  /** @param {Output[]} outputs  that no run has made now */
  async show(outputs) {
    this.begin();
    for (const output of outputs) this.add(output);
    await this.end();
  }

  /** Bring the author's outputs back. */
  restore() {
    this.begin();
    this.#isStale = false;
    this.element.replaceChildren(...this.#authored.map((node) => node.cloneNode(true)));
  }

  /** @param {(isCurrent: () => boolean) => void | Promise<void>} step */
  #then(step) {
    const run = this.#run;
    const isCurrent = () => run === this.#run;
    this.#last = this.#last.then(() => (isCurrent() ? step(isCurrent) : undefined));
  }

  /**
   * @param {"stdout" | "stderr"} name
   * @param {string} text
   */
  #print(name, text) {
    if (this.#terminal?.name !== name) {
      const terminal = new Terminal(name);
      this.#append(terminal.element);
      this.#terminal = terminal;
    }
    this.#terminal?.append(text);
  }

  /**
   * @param {UpdateOutput} output
   * @param {() => boolean} isCurrent
   */
  async #update({ data, metadata }, isCurrent) {
    const shown = this.#displays.get(metadata.display_id);
    const node = shown && (await renderData(data, innerWidth(this.element)));
    if (!node || !isCurrent()) return;
    shown.replaceWith(node);
    this.#displays.set(metadata.display_id, node);
  }

  /** @param {HTMLElement} node */
  #append(node) {
    this.#freshen();
    this.#terminal = undefined;
    this.element.append(node);
  }

  #freshen() {
    if (this.#isStale) this.element.replaceChildren();
    this.#isStale = false;
  }
}

/**
 * @param {string} prompt
 * @param {boolean} isSecret
 * @param {(text: string) => void} onAnswer
 */
function question(prompt, isSecret, onAnswer) {
  const field = element("input", {
    type: isSecret ? "password" : "text",
    autocomplete: "off",
    spellcheck: "false",
    aria_label: prompt.trim() ? undefined : strings.inputLabel,
  });
  const label = element("label", {}, prompt, " ", field);
  const form = element("form", { class: "cell-input" }, label, element("button", {}, strings.inputSend));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onAnswer(field.value);
  });
  form.addEventListener("keydown", (event) => event.stopPropagation()); // Ctrl+Enter must not run the cell here
  return form;
}

/**
 * Measure the room inside an element, for outputs that are drawn before they are in the page.
 *
 * @param {HTMLElement} element
 */
function innerWidth(element) {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}
