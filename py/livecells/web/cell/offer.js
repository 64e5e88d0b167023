/**
 * Another text for a cell, shown beside the author's for the reader to choose; nothing of it runs before.
 */

import { diffView } from "./diff-view.js";
import { button } from "../page/toolbar.js";

/**
 * Make an offer; it goes with the choice.
 *
 * @param {string} title
 * @param {{label: string, text: string}} authors
 * @param {{label: string, text: string}} other
 * @param {{label: string, run: () => void}[]} choices
 * @returns {Promise<HTMLElement>}
 */
export async function offer(title, authors, other, choices) {
  const box = document.createElement("section");
  box.className = "cell-offer";
  box.setAttribute("aria-label", title);
  const head = Object.assign(document.createElement("p"), { textContent: title });
  head.setAttribute("role", "status");
  const buttons = choices.map(({ label, run }) =>
    button(label, () => {
      box.remove();
      run();
    }),
  );
  const bar = document.createElement("div");
  bar.className = "cell-toolbar";
  bar.append(...buttons);
  const difference = await diffView(authors, other).catch(() => plain(other.text));
  box.append(head, difference, bar);
  return box;
}

/** @param {string} text  where the difference could not be loaded */
function plain(text) {
  return Object.assign(document.createElement("pre"), { textContent: text });
}
