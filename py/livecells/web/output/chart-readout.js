/**
 * Reads a drawn chart out by keys and by touch: Vega shows its tooltips to a moving pointer only.
 *
 * A stop is a mark with a tooltip. Where bands of the plot's whole height have tooltips, such as one a month, they are the stops.
 */

import { element } from "../ui/element.js";

/** @typedef {SVGElement & {__data__?: {tooltip?: unknown, mark?: {marktype: string}}}} Mark */

/** One shape for a whole series: its middle lies nowhere near its values. */
const WHOLE_SERIES = ["line", "area", "trail"];

/** @type {Record<string, (at: number, count: number) => number>} */
const STEPS = {
  ArrowRight: (at, count) => Math.min(at + 1, count - 1),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/**
 * Let arrow keys and taps move through a chart.
 *
 * @param {HTMLElement} stage  holds the chart's svg
 */
export function readOut(stage) {
  const svg = stage.querySelector("svg");
  if (!svg || !told(svg).length) return;
  const spoken = element("p", { class: "chart-spoken", aria_live: "polite" });
  /** @type {Mark | undefined} */
  let here;
  const leave = () => {
    if (here) point(here, "pointerout", "mouseout"); // Vega hides its tooltip at the latter
    here = undefined;
  };
  svg.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    const all = stops(svg);
    const at = here ? all.indexOf(here) : -1;
    if (event.key === "Escape") leave();
    if (!STEPS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    leave();
    here = all[at < 0 && event.key === "ArrowLeft" ? all.length - 1 : STEPS[event.key](at, all.length)];
    point(here, "pointerover", "pointermove");
    spoken.textContent = sentence(here);
  });
  svg.addEventListener("blur", leave);
  svg.addEventListener("click", (event) => {
    const { target, clientX, clientY, pointerType } = /** @type {PointerEvent} */ (event);
    if (pointerType === "touch") tell(/** @type {Element} */ (target), clientX, clientY, ["pointerover", "pointermove"]);
  });
  stage.append(spoken);
}

/**
 * Return the marks with a tooltip of their own.
 *
 * @param {Element} svg
 */
function told(svg) {
  const all = /** @type {Mark[]} */ ([...svg.querySelectorAll(".mark-group :is(path, rect, text)")]);
  return all.filter(({ __data__: item }) => item?.tooltip && !WHOLE_SERIES.includes(item.mark?.marktype ?? ""));
}

/**
 * Return the marks to stop at, from left to right.
 *
 * @param {Element} svg
 * @returns {Mark[]}
 */
function stops(svg) {
  const places = told(svg).map((mark) => ({ mark, box: mark.getBoundingClientRect() }));
  const plot = svg.querySelector(".background")?.getBoundingClientRect();
  const bands = places.filter(({ box }) => plot && box.height >= plot.height - 1);
  const chosen = bands.length ? bands : places;
  return chosen.sort(({ box: a }, { box: b }) => a.left - b.left || a.top - b.top).map(({ mark }) => mark);
}

/**
 * @param {Mark} mark
 * @param {string[]} types  of events
 */
function point(mark, ...types) {
  const { left, top, width, height } = mark.getBoundingClientRect();
  tell(mark, left + width / 2, top + height / 2, types);
}

/**
 * @param {Element} target
 * @param {number} clientX
 * @param {number} clientY
 * @param {string[]} types
 */
function tell(target, clientX, clientY, types) {
  for (const type of types) target.dispatchEvent(new PointerEvent(type, { clientX, clientY, bubbles: true }));
}

/** @param {Mark} mark */
function sentence(mark) {
  const values = mark.__data__?.tooltip;
  if (typeof values !== "object" || !values) return String(values);
  return Object.entries(values).map(([name, value]) => `${name}: ${value}`).join(", ");
}
