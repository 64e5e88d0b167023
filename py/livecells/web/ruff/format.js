/**
 * Formats the text of a cell as Ruff does, and keeps what only cells have.
 *
 * @import {Workspace} from "@astral-sh/ruff-wasm-web"
 */

import { INSTALLING } from "./findings.js";

/** Ruff's own width; a text that is wider keeps its width, up to the second. */
const WIDTHS = [88, 100];

/**
 * @param {(settings: object) => Workspace} workspace
 * @param {string} text
 * @returns {string | null}  null where it is not Python
 */
export function formatted(workspace, text) {
  /** @type {string[]} */
  const installing = [];
  const plain = text.replace(INSTALLING, (line, indent) => `${indent}__install_${installing.push(line.trim()) - 1}__`);
  const widest = Math.max(...plain.split("\n").map((line) => line.length));
  const ruff = workspace({ "line-length": Math.min(Math.max(widest, WIDTHS[0]), WIDTHS[1]) });
  if (ruff.check(plain).some((/** @type {{code: string}} */ { code }) => code === "invalid-syntax")) return null;
  const made = ruff.format(plain).trimEnd().replace(/__install_(\d+)__/g, (_, number) => installing[number] ?? "");
  const isSilenced = text.trimEnd().endsWith(";") && !made.endsWith(";");
  return isSilenced ? `${made};` : made;
}
