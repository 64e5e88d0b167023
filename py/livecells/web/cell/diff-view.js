/**
 * Two texts of a cell side by side, line by line; on a phone one below the other.
 */

import { button, scroller } from "../ui/controls.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/** A shorter run of unchanged lines is shown: to fold it would save nothing. */
const LEAST_FOLDED = 4;

/** @typedef {{text: string, isChanged: boolean} | undefined} Side  undefined where only the other text has a line */

/**
 * Draw the differences between two texts.
 *
 * @param {{label: string, text: string}} before
 * @param {{label: string, text: string}} after
 * @returns {Promise<HTMLElement>}
 */
export async function diffView(before, after) {
  const rows = await rowsOf(before.text, after.text);
  const heads = [before, after].map(({ label }) => element("th", { scope: "col" }, label));
  const lines = rows.map(([left, right]) =>
    element("tr", { class: left === right ? "diff-same" : "" }, side(left, "del"), side(right, "ins")),
  );
  const parts = [element("thead", {}, element("tr", {}, ...heads)), ...folded(lines)];
  return scroller(`${before.label}, ${after.label}`, element("table", { class: "diff" }, ...parts), "diff-scroller");
}

/**
 * Fold the runs of lines that are the same in both texts.
 *
 * @param {HTMLTableRowElement[]} lines
 * @returns {HTMLElement[]}  bodies of the table
 */
function folded(lines) {
  const starts = lines.flatMap((line, i) => (i === 0 || line.className !== lines[i - 1].className ? [i] : []));
  return starts.map((start, i) => {
    const body = element("tbody", {}, ...lines.slice(start, starts[i + 1]));
    const run = [...body.rows];
    if (run[0].className && run.length >= LEAST_FOLDED) {
      const open = button(strings.diffSame(run.length), () => body.replaceChildren(...run), { class: "unfold" });
      body.replaceChildren(element("tr", {}, element("td", { colspan: 2 }, open)));
    }
    return body;
  });
}

/**
 * @param {string} before
 * @param {string} after
 * @returns {Promise<[Side, Side][]>}
 */
async function rowsOf(before, after) {
  const { diffLines } = await import("../vendor/diff.js");
  /** @type {[Side, Side][]} */
  const rows = [];
  /** Removed lines, to be shown beside the added ones. @type {string[]} */
  let removed = [];
  const flush = (/** @type {string[]} */ added) => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) rows.push([changed(removed[i]), changed(added[i])]);
    removed = [];
  };
  for (const part of diffLines(`${before}\n`, `${after}\n`)) {
    const lines = part.value.replace(/\n$/, "").split("\n");
    if (part.removed) removed = lines;
    else if (part.added) flush(lines);
    else {
      flush([]);
      for (const text of lines) {
        const both = { text, isChanged: false };
        rows.push([both, both]);
      }
    }
  }
  flush([]);
  return rows;
}

/**
 * @param {string | undefined} text
 * @returns {Side}
 */
function changed(text) {
  return text === undefined ? undefined : { text, isChanged: true };
}

/**
 * @param {Side} line
 * @param {"del" | "ins"} tag
 */
function side(line, tag) {
  if (!line) return element("td", { class: "diff-nothing" });
  return element("td", {}, line.isChanged ? element(tag, {}, line.text) : line.text);
}
