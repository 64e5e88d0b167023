/**
 * What a chart could not draw as it was asked to, in sentences below it: Vega says it in the browser's console at most.
 *
 * @import {Spec} from "./fit.js"
 */

import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/** @typedef {Record<string, unknown>} Row */

/** Rows looked at to know the fields. */
const LOOKED_AT = 200;

const VIEWS = ["layer", "concat", "hconcat", "vconcat"];

/**
 * Make a logger for Vega-Lite and Vega, which call its functions without it.
 *
 * @param {string[]} messages  gets what they warn of
 */
export function warningsLogger(messages) {
  const warn = (/** @type {unknown[]} */ ...parts) => {
    messages.push(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" "));
    return logger;
  };
  const silent = () => logger;
  /** @type {Record<"level" | "error" | "warn" | "info" | "debug", any>} */
  const logger = { level: silent, error: warn, warn, info: silent, debug: silent };
  return logger;
}

/**
 * Write the notes of a chart.
 *
 * @param {Spec} spec
 * @param {string[]} warnings
 */
export function notesPlace(spec, warnings) {
  const notes = [...new Set([...fieldNotes(spec, spec, []), ...warnings.flatMap(sentence), ...zoneNotes(spec)])];
  return element("ul", { class: "chart-notes", hidden: !notes.length }, ...notes.map((note) => element("li", {}, note)));
}

/**
 * @param {string} warning
 * @returns {string[]}
 */
function sentence(warning) {
  if (/charts load no files|Loading failed/.test(warning)) return [strings.chartLoadsNothing];
  if (/^Infinite extent/.test(warning)) return []; // a field that is not there, or an empty table: said otherwise
  if (/^Dropping "fit-[xy]"/.test(warning)) return []; // we fit the chart, and Vega fits what it can
  return [strings.chartWarning(warning)];
}

/**
 * Find fields that the data does not have. Fields that a transformation may make are not judged.
 *
 * @param {Spec} view
 * @param {Spec} spec
 * @param {Row[]} inherited  rows of the view around it
 * @returns {string[]}
 */
function fieldNotes(view, spec, inherited) {
  const makesFields = /** @type {Row[]} */ (view.transform ?? []).some((step) => !("filter" in step));
  if (makesFields) return [];
  const rows = rowsOf(view, spec) ?? inherited;
  const known = new Set(rows.slice(0, LOOKED_AT).flatMap((row) => Object.keys(row)));
  const own = known.size ? fieldsOf(view).flatMap((field) => fieldNote(field, known)) : [];
  const views = VIEWS.flatMap((name) => /** @type {Spec[]} */ (view[name] ?? []));
  return [...own, ...[...views, ...(view.spec ? [view.spec] : [])].flatMap((inner) => fieldNotes(inner, spec, rows))];
}

/**
 * @param {Spec} view
 * @param {Spec} spec
 * @returns {Row[] | undefined}
 */
function rowsOf(view, spec) {
  const data = /** @type {{values?: unknown, name?: string, url?: string} | undefined} */ (view.data);
  if (!data) return undefined;
  const rows = data.values ?? /** @type {Record<string, unknown>} */ (spec.datasets ?? {})[data.name ?? ""];
  return Array.isArray(rows) && rows.slice(0, LOOKED_AT).every((row) => typeof row === "object" && row) ? rows : [];
}

/** @param {Spec} view */
function fieldsOf(view) {
  return Object.values(view.encoding ?? {})
    .flat()
    .map((channel) => channel?.field)
    .filter((field) => typeof field === "string");
}

/**
 * @param {string} field  as Vega-Lite reads it: dots and brackets lead into records, unless a backslash stands before them
 * @param {Set<string>} known
 */
function fieldNote(field, known) {
  const [root] = field.split(/(?<!\\)[.[]/);
  if (known.has(root.replace(/\\(.)/g, "$1"))) return [];
  if (known.has(field)) return [strings.chartFieldEscaped(field, field.replace(/[.[\]]/g, "\\\\$&"))];
  return [strings.chartFieldMissing(field, [...known])];
}

/**
 * Name the time zone of an axis whose times have one: Vega draws them in the reader's.
 *
 * @param {Spec} spec
 */
function zoneNotes(spec) {
  const text = JSON.stringify(spec.encoding ?? spec, (key, value) => (key === "datasets" || key === "values" ? undefined : value));
  if (!text.includes('"temporal"') || text.includes('"utc"')) return [];
  const tables = [rowsOf(spec, spec) ?? [], ...Object.values(/** @type {Record<string, Row[]>} */ (spec.datasets ?? {}))];
  const hasZone = tables.some((rows) => Object.values(rows[0] ?? {}).some((value) => /^\d{4}-\d\d-\d\dT.*([+-]\d\d:?\d\d|Z)$/.test(String(value))));
  return hasZone ? [strings.chartZone(Intl.DateTimeFormat().resolvedOptions().timeZone)] : [];
}
