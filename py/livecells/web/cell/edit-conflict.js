/**
 * Shows another text for a cell beside the author's, for the reader to choose. Nothing of it runs before that.
 *
 * @import {CodeCell} from "./cell.js"
 * @import {CellText} from "./cell-text.js"
 */

import { diffView } from "./diff-view.js";
import { button } from "../ui/controls.js";
import { toast } from "../ui/toast.js";
import { markUntrusted } from "../client/untrusted.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/**
 * Show a text that came with a link; the reader decides whether to take it, and whether it runs.
 *
 * @param {CodeCell} cell
 * @param {string} text
 * @param {() => void} onChoice
 */
export async function offerShared(cell, text, onChoice) {
  const take = async () => {
    const undo = cell.keep();
    markUntrusted(cell.page);
    onChoice();
    await cell.edit(text);
    toast(strings.shareTaken, undo);
  };
  const title = cell.isEdited ? strings.shareOfferOverEdit : strings.shareOffer;
  await place(cell, title, strings.textShared, text, [
    { label: strings.shareTakeAndRun, run: () => void take().then(() => cell.run()) },
    { label: strings.shareTake, run: () => void take() },
    { label: strings.shareLeave, run: onChoice },
  ]);
}

/**
 * Show the reader's edit of a text that the author has changed since.
 *
 * @param {CodeCell} cell
 * @param {CellText} cellText
 * @param {string} outdated
 */
export async function offerOutdated(cell, cellText, outdated) {
  const undo = cell.keep();
  const again = () => {
    cellText.setOutdated(outdated);
    undo();
    void offerOutdated(cell, cellText, outdated);
  };
  const drop = () => {
    cellText.setOutdated(undefined);
    toast(strings.outdatedDropped, again);
  };
  const take = async () => {
    cellText.setOutdated(undefined);
    await cellText.edit(outdated);
    toast(strings.outdatedTaken, again);
  };
  await place(cell, strings.outdatedOffer, strings.textOutdated, outdated, [
    { label: strings.outdatedTake, run: () => void take() },
    { label: strings.outdatedDrop, run: drop },
  ]);
}

/**
 * Put an offer above a cell, in the place of an earlier one.
 *
 * @param {CodeCell} cell
 * @param {string} title
 * @param {string} label
 * @param {string} text
 * @param {{label: string, run: () => void}[]} choices
 */
async function place(cell, title, label, text, choices) {
  const box = await offer(title, { label: strings.textAuthors, text: cell.original }, { label, text }, choices);
  cell.querySelector(":scope > .cell-offer")?.remove();
  cell.prepend(box);
}

/**
 * Make an offer; it disappears with the choice.
 *
 * @param {string} title
 * @param {{label: string, text: string}} authors
 * @param {{label: string, text: string}} other
 * @param {{label: string, run: () => void}[]} choices
 * @returns {Promise<HTMLElement>}
 */
async function offer(title, authors, other, choices) {
  const buttons = choices.map(({ label, run }, i) => button(label, () => (box.remove(), run()), i ? {} : { class: "is-primary" }));
  const difference = await diffView(authors, other).catch(() => element("pre", {}, other.text)); // its script is missing
  const parts = [element("p", { role: "status", tabindex: -1 }, title), difference, element("div", { class: "cell-toolbar" }, ...buttons)];
  const box = element("section", { class: "cell-offer", aria_label: title }, ...parts);
  return box;
}
