/**
 * A frame as a table, as `frame_html` of kernel/display/tables.py writes it.
 */

import { element } from "../ui/element.js";

/**
 * @param {HTMLElement[]} heads  of the columns
 * @param {HTMLElement[]} rows
 * @param {string} [caption]
 */
export function frameTable(heads, rows, caption) {
  const table = element(
    "table",
    { class: "frame" },
    caption !== undefined && element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
  stopAtFirst(table);
  return table;
}

/**
 * Let the Tab key stop at the first shortened value of a table.
 *
 * @param {HTMLElement} table
 */
export function stopAtFirst(table) {
  table.querySelector("td[title]")?.setAttribute("tabindex", "0");
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
 * @param {string[]} [wholes]  all of each value, where that is more than what is shown
 */
export function tableRow(values, isNumeric, wholes = []) {
  const cells = values.map((value, i) => {
    const whole = wholes[i] ? { title: wholes[i], tabindex: -1 } : {};
    return element("td", { class: isNumeric[i] && "n", ...whole }, value ?? element("i", {}, "null"));
  });
  return element("tr", {}, ...cells);
}

const STEPS = /** @type {Record<string, [number, number]>} */ ({
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
});

/**
 * Let arrows move among values that are shown cut or rounded: one that has the focus is shown whole.
 *
 * @param {KeyboardEvent} event
 */
export function moveInTable(event) {
  const { target, key } = event;
  const next = target instanceof HTMLTableCellElement ? beside(target, STEPS[key]) : null;
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * Find the next shortened value in a direction.
 *
 * @param {HTMLTableCellElement} target
 * @param {[number, number] | undefined} step  rows down, columns to the right
 */
function beside(target, step) {
  if (!step || !target.title) return null;
  const rows = /** @type {HTMLTableSectionElement} */ (target.closest("tbody")).rows;
  const [down, right] = step;
  let [row, column] = [/** @type {HTMLTableRowElement} */ (target.parentElement).sectionRowIndex, target.cellIndex];
  do [row, column] = [row + down, column + right];
  while (rows[row]?.cells[column] && !rows[row].cells[column].title);
  return rows[row]?.cells[column] ?? null;
}
