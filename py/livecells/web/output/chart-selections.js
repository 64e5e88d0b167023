/**
 * Reads what the reader selects in a chart.
 *
 * @import {View} from "./chart.js"
 * @import {Spec} from "./fit.js"
 * @import {Condition} from "../shapes.js"
 */

/**
 * Names of the parameters that the reader sets by dragging or clicking in the chart.
 *
 * @param {Spec} view
 * @returns {string[]}
 */
export function selectionsOf(view) {
  const own = /** @type {{name: string, select?: unknown}[] | undefined} */ (view.params) ?? [];
  const parts = ["layer", "concat", "hconcat", "vconcat"].flatMap((kind) => /** @type {Spec[]} */ (view[kind] ?? []));
  const inner = [...parts, ...(view.spec ? [/** @type {Spec} */ (view.spec)] : [])];
  return [...own.filter(({ select }) => select && !isHover(select)).map(({ name }) => name), ...inner.flatMap(selectionsOf)];
}

/**
 * Whether a selection only follows the pointer: nothing is chosen by it.
 *
 * @param {unknown} select
 */
function isHover(select) {
  return /^(pointer|mouse)over/.test(String(/** @type {{on?: unknown}} */ (select).on ?? ""));
}

/**
 * Dispatch `livecells:select` whenever a selection changes.
 *
 * @param {HTMLElement} place
 * @param {View} view
 * @param {string[]} names  of signals that it has
 */
export function tellSelections(place, view, names) {
  for (const name of names) {
    view.addSignalListener(name, () => {
      const detail = { name, clauses: clausesOf(view, name) };
      place.dispatchEvent(new CustomEvent("livecells:select", { bubbles: true, detail }));
    });
  }
}

/**
 * Return what is selected, from the table in which Vega-Lite keeps it.
 *
 * @param {View} view
 * @param {string} name
 * @returns {Condition[][]}
 */
export function clausesOf(view, name) {
  /** @type {{fields?: {field: string, type: string}[], values?: unknown[], _vgsid_?: number}[]} */
  const tuples = view.data(`${name}_store`);
  return tuples.map(({ fields, values = [], _vgsid_ }) => {
    if (!fields) return [{ field: "_vgsid_", kind: "among", values: [_vgsid_] }];
    return fields.map(({ field, type }, at) => {
      const chosen = Array.isArray(values[at]) ? values[at] : [values[at]];
      return { field, kind: type.startsWith("R") ? "range" : "among", values: chosen.map(plain) };
    });
  });
}

/**
 * Return times as Python has them. Altair writes times without a zone, which Vega reads in the reader's zone.
 *
 * @param {unknown} value
 */
function plain(value) {
  return value instanceof Date ? value.getTime() - value.getTimezoneOffset() * 60_000 : value;
}
