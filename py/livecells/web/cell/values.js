/**
 * Values in the sentences of a page: those that depend on a cell follow what it gives the reader.
 *
 * Python evaluates them after a run of the cell (kernel/expressions.py); for precomputed choices the build has done so.
 *
 * @import {CellPlace} from "../protocol.js"
 * @import {Request, Value} from "../shapes.js"
 */

import { strings } from "../strings.js";

/** What the author's build gave, by the element that shows it. @type {WeakMap<HTMLElement, string>} */
const authored = new WeakMap();

/**
 * Find the values that depend on a cell.
 *
 * @param {CellPlace} place
 * @returns {HTMLElement[]}
 */
export function valuesOf({ cell }) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".cell-value"));
  return [...all].filter((element) => Object.values(namesOf(element)).includes(cell));
}

/**
 * @param {HTMLElement} element
 * @returns {Request}
 */
export function requestOf(element) {
  return { expression: element.dataset.expression ?? "", names: namesOf(element) };
}

/**
 * Show what a run has given, and mark what differs from the author's.
 *
 * @param {HTMLElement[]} elements
 * @param {Value[]} values  of these, in their order
 */
export function showValues(elements, values) {
  for (const [at, element] of elements.entries()) {
    const { text, problem } = values[at] ?? {};
    if (text !== undefined) mark(element, text);
    else if (problem !== undefined) mark(element, authorsOf(element), problem);
  }
}

/**
 * Show values that the build has precomputed.
 *
 * @param {Record<string, Value>} values  by their numbers on the page
 */
export function showPrecomputedValues(values) {
  for (const [number, value] of Object.entries(values)) {
    const element = /** @type {HTMLElement | null} */ (document.querySelector(`.cell-value[data-value="${number}"]`));
    if (element) showValues([element], [value]);
  }
}

/**
 * Bring the author's values back.
 *
 * @param {CellPlace} place
 */
export function resetValues(place) {
  for (const element of valuesOf(place)) mark(element, authorsOf(element));
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 * @param {string} [problem]  why there is no other value
 */
function mark(element, text, problem) {
  const before = authorsOf(element);
  const note = problem ? strings.valueFailed(problem) : text === before ? "" : strings.valueChanged(before);
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("is-changed", text !== before);
  element.classList.toggle("is-failed", problem !== undefined);
  for (const name of ["title", "aria-description"]) {
    if (note) element.setAttribute(name, note);
    else element.removeAttribute(name);
  }
}

/** @param {HTMLElement} element */
function authorsOf(element) {
  const known = authored.get(element) ?? element.textContent ?? "";
  authored.set(element, known);
  return known;
}

/**
 * @param {HTMLElement} element
 * @returns {Record<string, string>}
 */
function namesOf(element) {
  return JSON.parse(element.dataset.names ?? "{}");
}
