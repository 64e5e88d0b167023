/**
 * Two texts of a cell side by side, line by line; on a phone one below the other.
 */

/** @typedef {{text: string, isChanged: boolean} | undefined} Side  nothing where the other text has a line more */

/**
 * Draw the differences between two texts.
 *
 * @param {{label: string, text: string}} before
 * @param {{label: string, text: string}} after
 * @returns {Promise<HTMLElement>}
 */
export async function diffView(before, after) {
  const rows = await rowsOf(before.text, after.text);
  const table = document.createElement("table");
  table.className = "diff";
  const head = table.createTHead().insertRow();
  for (const { label } of [before, after]) {
    head.append(Object.assign(document.createElement("th"), { textContent: label, scope: "col" }));
  }
  const body = table.createTBody();
  for (const [left, right] of rows) {
    const row = body.insertRow();
    if (left === right) row.className = "diff-same";
    row.append(side(left, "del"), side(right, "ins"));
  }
  const scroller = document.createElement("div");
  scroller.className = "diff-scroller";
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", `${before.label}, ${after.label}`);
  scroller.append(table);
  return scroller;
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
  /** Lines that went, to stand beside those that came. @type {string[]} */
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
  const cell = document.createElement("td");
  if (!line) cell.className = "diff-nothing";
  else if (!line.isChanged) cell.textContent = line.text;
  else cell.append(Object.assign(document.createElement(tag), { textContent: line.text }));
  return cell;
}
