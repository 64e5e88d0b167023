/**
 * A frame as a table, as `frame_html` of kernel/tables.py writes it.
 */

import { element } from "../ui/element.js";

/**
 * @param {HTMLElement[]} heads  of the columns
 * @param {HTMLElement[]} rows
 * @param {string} [caption]
 */
export function frameTable(heads, rows, caption) {
  return element(
    "table",
    { class: "frame" },
    caption !== undefined && element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
}

/**
 * @param {Node | string} name
 * @param {boolean} [isNumeric]
 * @param {string} [type]
 */
export function columnHead(name, isNumeric = false, type) {
  return element("th", { scope: "col", class: isNumeric && "n" }, name, type !== undefined && element("small", {}, type));
}

/**
 * @param {(string | null)[]} values  null where one is missing
 * @param {boolean[]} isNumeric  for each of them
 */
export function tableRow(values, isNumeric) {
  const cells = values.map((value, i) => element("td", { class: isNumeric[i] && "n" }, value ?? element("i", {}, "null")));
  return element("tr", {}, ...cells);
}
