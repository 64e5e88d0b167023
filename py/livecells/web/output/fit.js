/**
 * Fits a Vega-Lite specification to a width. `figures/fit.py` does the same for the pictures of the build;
 * both read the cases of `tests/golden/fit.json`, so that they cannot drift apart.
 */

/** Pixels; the text column of a desktop page. */
export const WIDE_WIDTH = 672;

/** Pixels of a panel of facets that can be read, and between two of them. */
const LEAST_PANEL = 100;
const PANEL_GAP = 20;

/** Pixels of a height that holds a plot beside title and axes; less is the plot's own height. */
const LEAST_HEIGHT = 150;

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
 * @typedef {Record<string, unknown> & {width?: unknown, hconcat?: Spec[], vconcat?: Spec[], concat?: Spec[], layer?: Spec[],
 *   spec?: Spec, columns?: number, encoding?: Record<string, Spec>}} Spec
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
  } else if (!fitPanels(fitted, width)) {
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
    if (!isObject(view.width) && !(Number.isInteger(view.width) && Number(view.width) <= width)) view.width = width;
  }
}

/**
 * Fit a specification of several panels of one kind.
 *
 * @param {Spec} spec
 * @param {number} width
 * @returns {boolean}  false for any other
 */
function fitPanels(spec, width) {
  const encoding = spec.encoding ?? {};
  const room = width - AXIS_ALLOWANCE;
  const by = /** @type {any} */ (spec.facet ?? spec.repeat);
  if (spec.concat) {
    const columns = columnsOf(spec.concat.length, spec, width, LEAST_PANEL + AXIS_ALLOWANCE);
    setWidths(spec.concat, Math.floor(width / columns) - AXIS_ALLOWANCE);
  } else if (by) {
    setWidths([/** @type {Spec} */ (spec.spec)], Math.floor(room / across(spec, by, room)) - PANEL_GAP);
  } else if (encoding.column || encoding.facet) {
    let name = encoding.column ? "column" : "facet";
    const count = countOf(spec, encoding[name]);
    if (name === "column" && !encoding.row && !(count > 0 && count <= mostOf(room))) {
      encoding.facet = encoding.column;
      delete encoding.column;
      name = "facet";
    }
    const columns = name === "facet" ? columnsOf(count, encoding.facet, room) : count || mostOf(room);
    setWidths([spec], Math.floor(room / columns) - PANEL_GAP);
  } else if (encoding.row) {
    setWidths([spec], room - PANEL_GAP);
  } else {
    return false;
  }
  return true;
}

/**
 * Count the panels side by side of a facet or repeat.
 *
 * @param {Spec} spec
 * @param {any} by
 * @param {number} room
 * @returns {number}
 */
function across(spec, by, room) {
  if (Array.isArray(by)) return columnsOf(by.length, spec, room);
  if (by.field !== undefined) return columnsOf(countOf(spec, by), spec, room);
  const column = by.column ?? [0];
  return (Array.isArray(column) ? column.length : countOf(spec, column)) || mostOf(room);
}

/**
 * Choose how many panels stand side by side, and write it where the panels wrap.
 *
 * @param {number} count  panels; 0 where only the drawing can tell
 * @param {Spec} owner  of the property `columns`
 * @param {number} room  in pixels
 * @param {number} [panel]  pixels that one needs
 */
function columnsOf(count, owner, room, panel = LEAST_PANEL + PANEL_GAP) {
  const most = Math.max(Math.floor(room / panel), 1);
  const chosen = Math.min(...[most, count, owner.columns ?? 0].filter(Boolean));
  if ((owner.columns ?? count) !== chosen) owner.columns = chosen;
  return chosen;
}

/** @param {number} room */
function mostOf(room) {
  return Math.max(Math.floor(room / (LEAST_PANEL + PANEL_GAP)), 1);
}

/**
 * Count the values of a field; 0 where only the drawing can tell.
 *
 * @param {Spec} spec
 * @param {Spec} by
 */
function countOf(spec, by) {
  const data = /** @type {{values?: unknown, name?: string}} */ (spec.data ?? {});
  const named = /** @type {Record<string, unknown>} */ (spec.datasets ?? {})[data.name ?? ""];
  const rows = /** @type {Record<string, unknown>[]} */ (data.values ?? named ?? []);
  const field = String(by.field);
  if (!Array.isArray(rows) || "bin" in by || "timeUnit" in by) return 0;
  return new Set(rows.filter((row) => field in row).map((row) => String(row[field]))).size;
}

/**
 * @param {Spec} spec
 * @param {number} width
 */
function fitSingle(spec, width) {
  const { width: wanted, height } = spec;
  if (Number.isInteger(wanted) && Number(wanted) + AXIS_ALLOWANCE <= width) return;
  if (isObject(wanted)) return; // a width per step: the chart knows its size
  const [x, y] = [channels(spec, "x"), channels(spec, "y")];
  if (y.length && !x.length && wanted === undefined) return; // one axis: its other side has the size of a step
  spec.width = width;
  // What has no room for a plot is the height of the plot alone: only the width is fitted.
  const isStepped = height === undefined && y.some(({ type }) => type === "nominal" || type === "ordinal");
  const isLow = isObject(height) || (Number.isInteger(height) && Number(height) < LEAST_HEIGHT);
  const isOne = x.length > 0 && !y.length;
  spec.autosize = { type: isStepped || isLow || isOne ? "fit-x" : "fit", contains: "padding" };
}

/**
 * Find a channel in a view and in its layers.
 *
 * @param {Spec} view
 * @param {string} name
 * @returns {Spec[]}
 */
function channels(view, name) {
  const own = view.encoding?.[name];
  return [...(own ? [own] : []), ...(view.layer ?? []).flatMap((layer) => channels(layer, name))];
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null;
}
