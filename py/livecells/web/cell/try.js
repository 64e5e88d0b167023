/**
 * <cell-try>: a suggested edit that the reader can make with one click.
 *
 * @import {CodeCell} from "./cell.js"
 */

import { strings } from "../strings.js";
import { button } from "../ui/controls.js";

export class CellTry extends HTMLElement {
  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (this.querySelector("button")) return;
    this.append(button(strings.tryIt, () => void this.#apply()));
  }

  async #apply() {
    const { cell, old = "", new: replacement = "" } = this.dataset;
    const target = /** @type {CodeCell | null} */ (document.querySelector(`code-cell#${cell}`));
    if (!target) return;
    await target.edit(replaceLine(target, old, replacement));
    target.scrollIntoView({ block: "nearest" });
    target.run();
  }
}

/**
 * Make the change in the reader's text, or in the author's where the reader's has no such line.
 *
 * @param {CodeCell} cell
 * @param {string} old
 * @param {string} replacement
 */
function replaceLine(cell, old, replacement) {
  const own = cell.source.split("\n");
  const lines = own.includes(old) ? own : cell.original.split("\n");
  return lines.map((line) => (line === old ? replacement : line)).join("\n");
}
