/**
 * The rows that a chart draws, as a table below it: for readers who cannot see the chart, and for those who want the figures.
 *
 * @import {Spec} from "./fit.js"
 */

import { strings } from "../strings.js";

/** Rows in the page at most; the menu of the cell hands out all of them. */
const MOST = 500;

/** Digits of a fraction: what is drawn cannot be read more finely. */
const DIGITS = 6;

/** @typedef {Record<string, unknown>} Row */

/**
 * Make the place for the rows of a chart; it is filled when the reader opens it.
 *
 * @param {Spec} spec
 */
export function rowsPlace(spec) {
  const place = document.createElement("details");
  place.className = "chart-rows";
  place.append(Object.assign(document.createElement("summary"), { textContent: strings.chartRows }));
  place.addEventListener("toggle", () => {
    if (place.open && place.childElementCount === 1) place.append(box(chartRows(spec)));
  });
  return place;
}

/**
 * Say that a chart has other rows now.
 *
 * @param {Element} figure
 * @param {Spec} spec
 */
export function renewRows(figure, spec) {
  const before = figure.querySelector("details.chart-rows");
  const place = rowsPlace(spec);
  place.open = before instanceof HTMLDetailsElement && before.open;
  before?.replaceWith(place);
}

/** @param {Row[]} rows */
function box(rows) {
  const found = Object.assign(document.createElement("div"), { className: "table-scroller", tabIndex: 0 });
  found.setAttribute("role", "region");
  found.setAttribute("aria-label", strings.chartRows);
  found.append(table(rows));
  return found;
}

/** @param {Row[]} rows */
function table(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const all = document.createElement("table");
  all.className = "frame";
  all.createCaption().textContent = strings.chartRowCount(rows.length, Math.min(rows.length, MOST));
  const head = all.createTHead().insertRow();
  for (const column of columns) {
    const cell = Object.assign(document.createElement("th"), { textContent: column, scope: "col" });
    head.append(cell);
  }
  const body = all.createTBody();
  for (const row of rows.slice(0, MOST)) {
    const line = body.insertRow();
    for (const column of columns) {
      const cell = line.insertCell();
      cell.textContent = shown(row[column]);
      if (typeof row[column] === "number") cell.className = "n";
    }
  }
  return all;
}

/** @param {unknown} value */
function shown(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS)));
  return String(value).replace(/^(\d{4}-\d\d-\d\d)T00:00:00(\.0+)?$/, "$1");
}

const PANELS = ["hconcat", "vconcat", "concat"];

/**
 * Give the rows that a chart draws, as `chart_rows` in kernel/rows.py does: each panel its largest table.
 *
 * @param {Spec} spec
 * @returns {Row[]}
 */
export function chartRows(spec) {
  const kind = PANELS.find((name) => name in spec);
  const views = kind ? /** @type {Spec[]} */ (spec[kind]) : [spec];
  /** @type {Row[][]} */
  const panels = [];
  for (const view of views) {
    const largest = tables(view, spec).reduce((best, one) => (one.length > best.length ? one : best), []);
    if (largest.length && !panels.some((panel) => JSON.stringify(panel) === JSON.stringify(largest))) panels.push(largest);
  }
  if (panels.length < 2) return panels.flat();
  return panels.flatMap((rows, place) => rows.map((row) => ({ panel: place + 1, ...row })));
}

/**
 * @param {unknown} view
 * @param {Spec} spec
 * @returns {Row[][]}
 */
function tables(view, spec) {
  if (Array.isArray(view)) return view.flatMap((item) => tables(item, spec));
  if (typeof view !== "object" || view === null) return [];
  const { data, ...parts } = /** @type {Record<string, unknown> & {data?: {name?: string, values?: unknown}}} */ (view);
  const named = /** @type {Record<string, Row[]>} */ (spec.datasets ?? {})[data?.name ?? ""];
  const own = Array.isArray(data?.values) ? data.values : named;
  return [...(own ? [own] : []), ...["layer", "spec", ...PANELS].flatMap((part) => tables(parts[part], spec))];
}
