/**
 * Draws outputs: one function for each MIME type. HTML made by cells enters the page only here, sanitised.
 *
 * @import {Output} from "../shapes.js"
 * @import {Spec} from "./fit.js"
 */

import { drawChart } from "./chart.js";
import { errorBlock, plainBlock } from "./error-block.js";
import { MIME_ORDER, PROGRESS, VEGALITE } from "../shapes.js";
import { number, strings } from "../strings.js";
import { element } from "../ui/element.js";

/** Of links that cells make. */
const NO_TIES = "noopener noreferrer nofollow";

/** @typedef {(content: unknown, width: number) => HTMLElement | Promise<HTMLElement>} Renderer */

/** @type {Record<string, Renderer>} */
const renderers = {
  [VEGALITE]: chart,
  [PROGRESS]: progress,
  "text/html": (content) => sanitized(String(content)),
  "text/markdown": markdown,
  "image/svg+xml": (content) => sanitized(String(content)),
  "image/png": (content) => picture("image/png", content),
  "image/jpeg": (content) => picture("image/jpeg", content),
  "image/gif": (content) => picture("image/gif", content),
  "image/webp": (content) => picture("image/webp", content),
  "application/json": (content) => pre(JSON.stringify(content, null, 2)),
  "text/plain": (content) => pre(String(content)),
};

/**
 * Draw an output.
 *
 * @param {Output} output
 * @param {number} width  room in pixels
 * @returns {Promise<HTMLElement>}
 */
export async function render(output, width) {
  if (output.output_type === "error") return errorBlock(output);
  if (output.output_type === "stream") return pre(output.text);
  return renderData(output.data, width);
}

/**
 * Draw the best format of a MIME bundle.
 *
 * @param {Record<string, unknown>} data
 * @param {number} width  room in pixels
 * @returns {Promise<HTMLElement>}
 */
export async function renderData(data, width) {
  const mime = preferred(data);
  const box = element("div", { data_mime: mime });
  try {
    box.append(await renderers[mime](data[mime], width));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    box.append(plainBlock(strings.outputBroken(reason)));
  }
  return box;
}

/** @param {Record<string, unknown>} data */
function preferred(data) {
  return MIME_ORDER.find((mime) => mime in data) ?? "text/plain";
}

/**
 * @param {unknown} spec
 * @param {number} width
 */
async function chart(spec, width) {
  const figure = element("figure", { class: "chart" });
  await drawChart(figure, /** @type {Spec} */ (spec), width);
  return figure;
}

/** @param {unknown} state */
function progress(state) {
  const { value, max, label } = /** @type {{value: number, max?: number, label: string}} */ (state);
  const bar = element("progress", { ...(max !== undefined && { max: Math.max(max, 1), value }), ...(label && { "aria-label": label }) });
  const count = `${number(value)}${max === undefined ? "" : ` / ${number(max)}`}`;
  return element("div", { class: "cell-progress" }, label, " ", bar, " ", count);
}

/** @param {string} html */
async function sanitized(html) {
  const { DOMPurify } = await import("../vendor/sanitize.js");
  const clean = DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select"],
    FORBID_ATTR: ["srcset", "poster", "background"],
    ALLOW_DATA_ATTR: false,
    SANITIZE_NAMED_PROPS: true,
  });
  for (const node of clean.querySelectorAll("[src]")) if (isForeign(node.getAttribute("src"))) node.replaceWith(refused(node));
  for (const node of clean.querySelectorAll("[style*='url(' i]")) node.removeAttribute("style");
  for (const link of clean.querySelectorAll("a[href]")) link.setAttribute("rel", NO_TIES);
  return element("div", {}, clean);
}

/**
 * Return whether a picture is on another host: to load it would reveal the reader to that host.
 *
 * @param {string | null} address
 */
function isForeign(address) {
  const { protocol, origin } = new URL(address ?? "", location.href);
  return protocol.startsWith("http") && origin !== location.origin;
}

/** @param {Element} picture */
function refused(picture) {
  const address = picture.getAttribute("src") ?? "";
  return element("a", { href: address, rel: NO_TIES }, strings.pictureElsewhere(address));
}

/** @param {unknown} text */
async function markdown(text) {
  const { MarkdownIt } = await import("../vendor/markdown.js");
  return sanitized(new MarkdownIt({ html: false, linkify: false }).render(String(text)));
}

/**
 * @param {string} type
 * @param {unknown} base64
 */
function picture(type, base64) {
  return element("img", { src: `data:${type};base64,${String(base64)}`, alt: "" });
}

/** @param {string} text */
function pre(text) {
  return element("pre", {}, text);
}
