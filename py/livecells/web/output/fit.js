/**
 * Fits a Vega-Lite specification to a width. `figures/fit.py` does the same for the pictures of the build;
 * both read the cases of `tests/golden/fit.json`, so that they cannot drift apart.
 */

/** Pixels; the text column of a desktop page. */
export const WIDE_WIDTH = 672;

/** Pixels; side-by-side views stand below each other in less. */
const STACK_BELOW = 480;

/** Pixels that axis labels and titles of a joined view take; only single views can be fitted exactly. */
const AXIS_ALLOWANCE = 72;

/** Pixels of an em of a bold heading of 16 pixels, and of a plain one of 13, which runs narrower. */
const TITLE_SIZE = 16;
const SUBTITLE_SIZE = 11.6;

/** Pixels that a title is set in; Vega draws it in one line and cuts what is too long. */
const TITLE_MARGIN = 8;

/**
 * Width of characters in a bold Verdana or DejaVu Sans, the widest faces that a reader may have.
 *
 * @type {[string, number][]}
 */
const EMS = [
  ["ijlI|'.,:;! ", 0.38],
  ['ftr-()[]/"', 0.48],
  ["mwMW@%", 1.02],
];
const OTHER_EM = 0.7;

/**
 * @typedef {Record<string, unknown> & {width?: unknown, hconcat?: Spec[], vconcat?: Spec[]}} Spec
 */

/**
 * Return a copy of `spec` that is at most `width` pixels wide.
 *
 * @param {Spec} spec  any top-level specification; a width that the author set and that has room is kept
 * @param {number} width  room in pixels, axes and legends included
 * @returns {Spec}
 */
export function fit(spec, width) {
  const fitted = structuredClone(spec);
  if (fitted.hconcat && width < STACK_BELOW) {
    fitted.vconcat = fitted.hconcat;
    delete fitted.hconcat;
  }
  if (fitted.hconcat) {
    const share = Math.floor(width / Math.max(fitted.hconcat.length, 1));
    setWidths(fitted.hconcat, share - AXIS_ALLOWANCE);
  } else if (fitted.vconcat) {
    setWidths(fitted.vconcat, width - AXIS_ALLOWANCE);
  } else if (!("facet" in fitted || "repeat" in fitted || "concat" in fitted)) {
    fitSingle(fitted, width);
  }
  wrapTitle(fitted, width);
  return fitted;
}

/**
 * @param {Spec} spec
 * @param {number} width
 */
function wrapTitle(spec, width) {
  const title = /** @type {Record<string, unknown> | undefined} */ (spec.title);
  if (typeof title !== "object" || title === null || Array.isArray(title)) return;
  const { text, subtitle } = title;
  const room = width - TITLE_MARGIN;
  if (typeof text === "string") title.text = wrapped(text, room / TITLE_SIZE);
  if (typeof subtitle === "string") title.subtitle = wrapped(subtitle, room / SUBTITLE_SIZE);
}

/**
 * Break text at spaces into lines of at most so many ems; longer words stay whole.
 *
 * @param {string} text
 * @param {number} ems
 * @returns {string[]}
 */
export function wrapped(text, ems) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    const longer = last ? `${last} ${word}` : word;
    if (measure(longer) <= ems || !last) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Estimate the width of a line of bold text in ems: to measure it the browser would have to lay it out.
 *
 * @param {string} text
 */
function measure(text) {
  const em = (/** @type {string} */ character) => EMS.find(([letters]) => letters.includes(character))?.[1] ?? OTHER_EM;
  return [...text].reduce((sum, character) => sum + em(character), 0);
}

/**
 * @param {Spec[]} views
 * @param {number} width
 */
function setWidths(views, width) {
  for (const view of views) {
    if (!Number.isInteger(view.width) || /** @type {number} */ (view.width) > width) view.width = width;
  }
}

/**
 * @param {Spec} spec
 * @param {number} width
 */
function fitSingle(spec, width) {
  const wanted = spec.width;
  if (Number.isInteger(wanted) && /** @type {number} */ (wanted) + AXIS_ALLOWANCE <= width) return;
  if (typeof wanted === "object" && wanted) return; // a width per step: the chart knows its size
  spec.width = width;
  // a height per step of a discrete axis is the chart's own business: only the width is fitted
  const isStepped = typeof spec.height === "object" && spec.height;
  spec.autosize = { type: isStepped ? "fit-x" : "fit", contains: "padding" };
}
