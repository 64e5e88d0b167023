/**
 * Draws Vega-Lite charts with Vega-Embed, loaded when the first chart comes near the view.
 *
 * @import {Spec} from "./fit.js"
 */

import { embedded } from "../net/embedded.js";
import { selectionsOf, tellSelections } from "./chart-selections.js";
import { notesPlace, warningsLogger } from "./chart-notes.js";
import { readOut, renewDescription } from "./chart-readout.js";
import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { showDialog } from "../ui/dialog.js";
import { renewRows, rowsPlace } from "./chart-rows.js";
import { element } from "../ui/element.js";
import { WIDE_WIDTH, fit } from "./fit.js";

/**
 * @import {View as Scene} from "./chart-series.js"
 *
 * @typedef {Scene & Own} View  what is used of a Vega view
 *
 * @typedef {object} Own
 * @property {(type: string, scale?: number) => Promise<string>} toImageURL
 * @property {(name: string, value?: unknown) => unknown} signal  throws where there is none of that name
 * @property {() => Promise<unknown>} runAsync
 * @property {(name: string, rows?: unknown[]) => any} data
 * @property {(name: string, listener: () => void) => unknown} addSignalListener
 *
 * @typedef {object} Drawn
 * @property {View} view
 * @property {{data?: {name: string, format?: object}[]}} vgSpec
 * @property {() => void} finalize
 * @property {Spec} fitted  what was drawn
 * @property {string[]} warnings  of Vega-Lite and Vega, so far
 */

/** @type {WeakMap<Element, Drawn>} */
const drawn = new WeakMap();

/** Vega announces each of these as a symbol without a name; points, bars and axes have theirs. */
const NAMELESS_MARKS = ["line", "area", "rule", "trail", "text"];

/** A chart draws only the data in its specification; no address in it is ever fetched. */
const closedLoader = {
  load: (/** @type {string} */ uri) => Promise.reject(new Error(`charts load no files: ${uri}`)),
  sanitize: (/** @type {string} */ uri, /** @type {{context?: string}} */ { context } = {}) =>
    Promise.resolve({ href: context === "image" ? onlyOwnImage(uri) : onlyWebLink(uri) }),
  http: () => Promise.reject(new Error("charts load no files")),
  file: () => Promise.reject(new Error("charts load no files")),
};

/**
 * Draw a chart in `place`, as wide as there is room. The old content is replaced once the chart is drawn. A specification may have
 * a caption in `usermeta.caption`.
 *
 * @param {HTMLElement} place
 * @param {Spec} spec
 * @param {number} [width]  room in pixels; that of `place` when it is in the page
 */
export async function drawChart(place, spec, width = place.clientWidth) {
  const { embed, expressionInterpreter } = await import("../vendor/vega.js");
  const room = Math.min(width || WIDE_WIDTH, WIDE_WIDTH);
  const stage = element("div", { class: "chart-live" });
  const fitted = fit(ownOptionsOnly(spec), room);
  /** @type {string[]} */
  const warnings = [];
  const result = await embed(stage, /** @type {import("vega-embed").VisualizationSpec} */ (fitted), {
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    renderer: "svg",
    loader: closedLoader,
    logger: warningsLogger(warnings),
    patch: (compiled) => quieted(compiled),
    tooltip: { theme: "custom" },
  });
  drawn.get(place)?.finalize();
  drawn.set(place, { view: result.view, vgSpec: result.vgSpec, finalize: () => result.finalize(), fitted, warnings });
  tellSelections(place, result.view, selectionsOf(spec).filter((name) => hasSignal(result.view, name)));
  label(stage, spec);
  const isFull = place.closest("dialog") !== null;
  const full = isFull ? [] : [button(strings.fullWindow, () => void drawFull(place, spec), { class: "chart-button chart-full" })];
  const listen = readOut(stage, result.view);
  place.replaceChildren(stage, notesPlace(spec, warnings), ...full, ...(listen ? [listen] : []), rowsPlace(spec), ...caption(spec));
}

/**
 * Draw a chart once more, as large as the window.
 *
 * @param {HTMLElement} place  where it is drawn already
 * @param {Spec} spec
 */
async function drawFull(place, spec) {
  const figure = element("figure", { class: "chart" });
  const dialog = showDialog(place.parentElement ?? place, strings.fullWindow, [[figure]]);
  dialog.classList.add("is-full");
  dialog.addEventListener("close", () => releaseChart(figure));
  await drawChart(figure, spec);
}

/**
 * Put other data into a drawn chart, if nothing else differs; the reader's zoom and selections stay.
 *
 * @param {Element} place
 * @param {Spec} spec
 * @param {number} width  room in pixels
 * @returns {Promise<boolean>}  false where it is another chart, which must be drawn
 */
export async function updateChart(place, spec, width) {
  const before = drawn.get(place);
  if (!before) return false;
  const fitted = fit(ownOptionsOnly(spec), Math.min(width || WIDE_WIDTH, WIDE_WIDTH));
  if (withoutRows(fitted) !== withoutRows(before.fitted)) return false;
  const names = Object.keys(before.fitted.datasets ?? {});
  const { read } = await import("../vendor/vega.js");
  for (const [at, rows] of Object.values(fitted.datasets ?? {}).entries()) {
    const source = before.vgSpec.data?.find(({ name }) => name === names[at]);
    if (!source) return false;
    before.view.data(names[at], read(/** @type {any} */ (structuredClone(rows)), /** @type {any} */ (source.format)));
  }
  await before.view.runAsync();
  place.querySelector(".chart-notes")?.replaceWith(notesPlace(spec, before.warnings));
  renewRows(place, spec);
  renewDescription(place, before.view);
  return true;
}

/**
 * Write the specification without rows. Tables get numbers as names, since Altair names them by their content.
 *
 * @param {Spec} spec
 */
function withoutRows(spec) {
  const names = Object.keys(spec.datasets ?? {});
  return JSON.stringify({ ...spec, datasets: undefined }, (key, value) =>
    key === "name" && names.includes(value) ? names.indexOf(value) : value,
  );
}

/**
 * Free the resources of a chart that has left the page.
 *
 * @param {Element} place
 */
export function releaseChart(place) {
  drawn.get(place)?.finalize();
  drawn.delete(place);
}

/**
 * Return a drawn chart as a picture.
 *
 * @param {Element} place
 * @param {"svg" | "png"} type
 * @returns {Promise<string> | undefined}  a data or blob address
 */
export function pictureOf(place, type) {
  return drawn.get(place)?.view.toImageURL(type, 2);
}

/**
 * Set parameters of a drawn chart, which then redraws itself.
 *
 * @param {Element} place
 * @param {Record<string, unknown>} values  by the names of the parameters
 * @returns {boolean}  false, and nothing is changed, when it is not drawn or lacks one of them
 */
export function setParams(place, values) {
  const view = drawn.get(place)?.view;
  if (!view || !Object.keys(values).every((name) => hasSignal(view, name))) return false;
  for (const [name, value] of Object.entries(values)) view.signal(name, value);
  view.runAsync().catch(console.warn);
  return true;
}

/**
 * @param {View} view
 * @param {string} name
 */
function hasSignal(view, name) {
  try {
    view.signal(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Draw charts of finished pages when they come near the view.
 *
 * @param {HTMLElement} root
 * @returns {IntersectionObserver}
 */
export function watchCharts(root) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        drawFinished(/** @type {HTMLElement} */ (target));
      }
    },
    { rootMargin: "400px" },
  );
  for (const place of root.querySelectorAll("figure.chart")) observer.observe(place);
  return observer;
}

/** @param {HTMLElement} figure  a finished one, with its specification beside it */
function drawFinished(figure) {
  const template = figure.parentElement?.querySelector("template[data-part=spec]");
  const spec = /** @type {HTMLTemplateElement | null | undefined} */ (template)?.content.textContent;
  if (spec) drawChart(figure, JSON.parse(spec)).catch(console.warn); // its picture stays
}

/**
 * Leave out what a specification may tell Vega-Embed: that would reach every chart of the page.
 *
 * @param {Spec} spec
 */
function ownOptionsOnly(spec) {
  const { embedOptions, ...usermeta } = /** @type {Record<string, unknown>} */ (spec.usermeta ?? {});
  return embedOptions ? { ...spec, usermeta } : spec;
}

/** @param {Spec} spec */
function caption(spec) {
  const text = /** @type {{caption?: unknown} | undefined} */ (spec.usermeta)?.caption;
  return text ? [element("figcaption", { class: "chart-caption" }, String(text))] : [];
}

/**
 * @param {HTMLElement} stage
 * @param {Spec} spec
 */
function label(stage, spec) {
  const svg = stage.querySelector("svg");
  if (svg && typeof spec.description === "string") {
    svg.setAttribute("role", "graphics-document");
    svg.setAttribute("aria-label", spec.description);
  }
}

/**
 * Hide marks from screen readers that have no name there; Vega-Lite still describes each of their points, which the keys read out.
 *
 * @template {{marks?: any[]}} Group
 * @param {Group} group  of a compiled specification
 * @returns {Group}
 */
function quieted(group) {
  for (const mark of group.marks ?? []) {
    if (NAMELESS_MARKS.includes(mark.type)) mark.aria = false;
    quieted(mark);
  }
  return group;
}

/** @param {string} uri */
function onlyWebLink(uri) {
  return /^(https?:|#|[./])/.test(uri) ? (embedded?.address(uri) ?? uri) : "#";
}

/**
 * Refuse pictures of other hosts: to load one would reveal the reader to that host.
 *
 * @param {string} uri
 */
function onlyOwnImage(uri) {
  const isOwn = /^(data:image\/|blob:)/.test(uri) || new URL(uri, location.href).origin === location.origin;
  return isOwn ? (embedded?.address(uri) ?? uri) : "data:,";
}
