/**
 * Dialogs of a cell: a title, some blocks, Close.
 */

import { strings } from "../strings.js";
import { button, copy } from "./controls.js";

/** @typedef {{label: string, text: string, note?: string}} TextBlock  a text to take along, and what to know of it */

/**
 * Show a dialog; it goes when it is closed.
 *
 * @param {Element} place  of the page
 * @param {string} title
 * @param {(Node | string)[][]} blocks
 * @returns {HTMLDialogElement}
 */
export function showDialog(place, title, blocks) {
  const dialog = document.createElement("dialog");
  dialog.className = "cell-dialog";
  dialog.setAttribute("aria-label", title);
  const head = Object.assign(document.createElement("p"), { textContent: title, className: "dialog-title" });
  dialog.append(
    head,
    ...blocks.flat(),
    button(strings.close, () => dialog.close()),
  );
  dialog.addEventListener("close", () => dialog.remove());
  place.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * A text with a button that copies it.
 *
 * @param {TextBlock} content
 * @returns {Node[]}
 */
export function textBlock({ label, text, note }) {
  const name = Object.assign(document.createElement("p"), { textContent: label });
  const pre = Object.assign(document.createElement("pre"), { textContent: text, tabIndex: 0 });
  pre.setAttribute("aria-label", label);
  pre.setAttribute("role", "region");
  const copyButton = button(strings.copy, () => void copy(copyButton, text));
  const remark = note ? [Object.assign(document.createElement("p"), { textContent: note, className: "dialog-note" })] : [];
  return [name, pre, ...remark, copyButton];
}
