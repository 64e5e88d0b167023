/**
 * From an output to DOM: one function for each MIME type, and the only place where HTML of cells enters the page.
 *
 * @import {MimeBundle, Output} from "./protocol.js"
 * @import {Spec} from "./fit.js"
 */

import { drawChart } from "./chart.js";
import { MIME_ORDER, VEGALITE } from "./protocol.js";

/** @typedef {(content: unknown, width: number) => HTMLElement | Promise<HTMLElement>} Renderer */

/** @type {Record<string, Renderer>} */
const renderers = {
  [VEGALITE]: chart,
  "text/html": (content) => sanitized(String(content)),
  "text/markdown": markdown,
  "image/svg+xml": (content) => sanitized(String(content)),
  "image/png": (content) => picture("image/png", content),
  "image/jpeg": (content) => picture("image/jpeg", content),
  "application/json": (content) => pre(JSON.stringify(content, null, 2)),
  "text/plain": (content) => pre(String(content)),
};

/**
 * Shows outputs one after the other, in the order in which they were given, however long each takes to draw.
 */
export class OutputArea {
  /** @type {Promise<void>} */
  #last = Promise.resolve();
  /** Counts the runs: what a run of an earlier count draws late is thrown away. */
  #run = 0;
  #isStale = false;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
  }

  /** Begin a run: earlier outputs stay on screen until the first new one, so that the page does not jump. */
  begin() {
    this.#run += 1;
    this.#isStale = true;
  }

  /** @param {Output} output */
  add(output) {
    const run = this.#run;
    this.#last = this.#last.then(async () => {
      if (run !== this.#run) return;
      if (this.#appendText(output)) return;
      const node = await render(output, innerWidth(this.element));
      if (run !== this.#run) return;
      this.#freshen();
      this.element.append(node);
    });
  }

  /** End a run: an earlier output goes also when the run made none. */
  async end() {
    await this.#last;
    this.#freshen();
  }

  /** @param {Node[]} nodes */
  replace(nodes) {
    this.#run += 1;
    this.#isStale = false;
    this.element.replaceChildren(...nodes);
  }

  #freshen() {
    if (this.#isStale) this.element.replaceChildren();
    this.#isStale = false;
  }

  /**
   * Text goes on in the element of its stream.
   *
   * @param {Output} output
   */
  #appendText(output) {
    if (output.output_type !== "stream") return false;
    this.#freshen();
    let last = /** @type {HTMLElement | null} */ (this.element.lastElementChild);
    if (last?.dataset.stream !== output.name) {
      last = Object.assign(document.createElement("pre"), { textContent: "" });
      last.dataset.mime = "text/plain";
      last.dataset.stream = output.name;
      this.element.append(last);
    }
    last.append(output.text);
    return true;
  }
}

/**
 * Measure the room inside an element; what is drawn is not in the page yet and has no width of its own.
 *
 * @param {HTMLElement} element
 */
function innerWidth(element) {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}

/**
 * @param {Output} output
 * @param {number} width  room in pixels
 * @returns {Promise<HTMLElement>}
 */
async function render(output, width) {
  if (output.output_type === "error") return errorBlock(output.traceback);
  if (output.output_type === "stream") return pre(output.text);
  const mime = preferred(output.data);
  const box = document.createElement("div");
  box.dataset.mime = mime;
  try {
    box.append(await renderers[mime](output.data[mime], width));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    box.append(errorBlock([`This output could not be drawn: ${reason}`]));
  }
  return box;
}

/** @param {MimeBundle} data */
function preferred(data) {
  return MIME_ORDER.find((mime) => mime in data) ?? "text/plain";
}

/**
 * @param {unknown} spec
 * @param {number} width
 */
async function chart(spec, width) {
  const figure = document.createElement("figure");
  figure.className = "chart";
  await drawChart(figure, /** @type {Spec} */ (spec), width);
  return figure;
}

/** @param {string} html */
async function sanitized(html) {
  const { DOMPurify } = await import("./vendor/sanitize.js");
  const box = document.createElement("div");
  box.append(
    DOMPurify.sanitize(html, {
      RETURN_DOM_FRAGMENT: true,
      FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select"],
      ALLOW_DATA_ATTR: false,
      SANITIZE_NAMED_PROPS: true,
    }),
  );
  return box;
}

/** @param {unknown} text */
async function markdown(text) {
  const { MarkdownIt } = await import("./vendor/markdown.js");
  return sanitized(new MarkdownIt({ html: false, linkify: false }).render(String(text)));
}

/**
 * @param {string} type
 * @param {unknown} base64
 */
function picture(type, base64) {
  return Object.assign(new Image(), { src: `data:${type};base64,${String(base64)}`, alt: "" });
}

/** @param {string} text */
function pre(text) {
  return Object.assign(document.createElement("pre"), { textContent: text });
}

/** @param {string[]} lines */
function errorBlock(lines) {
  const block = pre(lines.join("\n"));
  block.dataset.part = "error";
  return block;
}
