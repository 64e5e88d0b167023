/**
 * The rows that a chart draws, as a table below it: for readers who cannot see the chart, and for those who want the figures.
 *
 * @import {Spec} from "./fit.js"
 */

import { strings } from "../strings.js";
import { scroller } from "../ui/controls.js";
import { element } from "../ui/element.js";
import { columnHead, frameTable, tableRow } from "./frame-table.js";

/** Rows shown at most; the menu of the cell exports all of them. */
const MOST = 500;

/** @typedef {Record<string, unknown>} Row */

/**
 * Make the fold-out for the rows of a chart; it is filled when the reader opens it.
 *
 * @param {Spec} spec
 */
export function rowsPlace(spec) {
  const place = element("details", { class: "chart-rows" }, element("summary", {}, strings.chartRows));
  place.addEventListener("toggle", () => {
    if (place.open && place.childElementCount === 1) place.append(scroller(strings.chartRows, table(chartRows(spec))));
  });
  return place;
}

/**
 * Replace the rows of a chart that has got other data.
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
function table(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.slice(0, MOST).map((row) => {
    const values = columns.map((column) => row[column]);
    return tableRow(values.map(shown), values.map((value) => typeof value === "number"));
  });
  const caption = strings.chartRowCount(rows.length, lines.length);
  return frameTable(columns.map((column) => columnHead(column)), lines, caption);
}

/** @param {unknown} value */
function shown(value) {
  if (value === null || value === undefined) return "";
  return String(value).replace(/^(\d{4}-\d\d-\d\d)T00:00:00(\.0+)?$/, "$1");
}

const PANELS = ["hconcat", "vconcat", "concat"];

/**
 * Return the rows that a chart draws, as `chart_rows` in kernel/display/rows.py does: the largest table of each panel. Both read
 * the cases of tests/golden/chart_rows.json.
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
