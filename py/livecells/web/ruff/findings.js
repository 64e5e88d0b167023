/**
 * What Ruff finds in the text of a cell that is a mistake for certain: names that no cell of the page defines, imports that nothing uses.
 *
 * A false alarm is worse than none. So nothing is said of names while a cell of the page cannot be read, or makes names as it runs.
 *
 * @import {Diagnostic} from "@astral-sh/ruff-wasm-web"
 * @import {Finding, Neighbours} from "../protocol.js"
 */

import { GIVEN } from "../shapes.js";

const RULES = /** @type {const} */ ({ F821: "undefined", F401: "unused" });

/** `_` is the value of the last line that ran. */
export const SETTINGS = { "target-version": "py314", builtins: [...GIVEN, "_"], lint: { select: Object.keys(RULES) } };

/** Lines that install a package; Python reads them as a call (kernel/remote/packages.py). */
export const INSTALLING = /^([ \t]*)(?:[%!][ \t]*)?(?:uv[ \t]+)?pip3?[ \t]+install[ \t][^\n]*$/gm;

/** Code that can give a value to a name without naming it. */
const MAKES_NAMES = /\b(?:globals|locals|vars|exec|setattr|builtins|modules|__dict__|__main__)\b/;

/**
 * @param {(text: string) => Diagnostic[]} check  Ruff's own
 * @param {string} text
 * @param {Neighbours} neighbours
 * @returns {Finding[]}
 */
export function findings(check, text, { others, readers }) {
  const found = named(check, text);
  if (!found) return [];
  const isRead = (/** @type {string} */ name) => [...others, ...readers].some((one) => one.match(/[\p{ID_Continue}]+/gu)?.includes(name));
  const undefinedNames = found.filter(({ kind }) => kind === "undefined").map(({ name }) => name);
  const unknown = unknownOf(check, new Set(undefinedNames), [text, ...others]);
  return found.filter(({ kind, name }) => (kind === "undefined" ? unknown.has(name) : !isRead(name)));
}

/**
 * Leave out the names that one of the texts defines.
 *
 * @param {(text: string) => Diagnostic[]} check
 * @param {Set<string>} names
 * @param {string[]} texts
 * @returns {Set<string>}
 */
function unknownOf(check, names, texts) {
  if (texts.some((text) => MAKES_NAMES.test(text))) return new Set();
  let unknown = names;
  for (const text of texts) {
    if (!unknown.size) break;
    const found = named(check, `${text}\n${[...unknown].join("\n")}\n`);
    if (!found) return new Set();
    const asked = found.filter(({ kind, from }) => kind === "undefined" && from > text.length);
    unknown = new Set(asked.map(({ name }) => name));
  }
  return unknown;
}

/**
 * Check a text.
 *
 * @param {(text: string) => Diagnostic[]} check
 * @param {string} text
 * @returns {Finding[] | undefined}  undefined where it is not Python
 */
function named(check, text) {
  const lines = text.replace(INSTALLING, "$1micropip = None").split("\n");
  const starts = text.split("\n").reduce((places, line) => [...places, /** @type {number} */ (places.at(-1)) + line.length + 1], [0]);
  const found = check(lines.join("\n"));
  if (!found.every(({ code }) => code && code in RULES)) return undefined;
  return found.map(({ code, start_location: { row, column }, end_location }) => {
    const written = lines[row - 1].slice(column - 1, end_location.column - 1);
    const from = starts[row - 1] + column - 1;
    const kind = RULES[/** @type {keyof typeof RULES} */ (code)];
    return { kind, name: written.split(".")[0], from, to: from + written.length };
  });
}
