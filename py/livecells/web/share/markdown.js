/**
 * A cell as Markdown, for a chat or an issue.
 *
 * @import {Output} from "../shapes.js"
 */

import { isSql } from "../cell/sql.js";

/**
 * Write the code of a cell, what it printed or showed as text, and where it stands.
 *
 * @param {{source: string, outputs: Output[]}} cell
 * @param {string} address
 */
export function toMarkdown({ source, outputs }, address) {
  const text = outputs.map(plainText).join("").trimEnd();
  return [fenced(source, isSql(source) ? "sql" : "python"), text && fenced(text), `<${address}>`].filter(Boolean).join("\n\n");
}

/** @param {Output} output */
function plainText(output) {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return `${output.traceback.join("\n")}\n`;
  const text = output.data["text/plain"];
  return typeof text === "string" ? `${text}\n` : "";
}

/**
 * @param {string} text
 * @param {string} [language]
 */
function fenced(text, language = "") {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
