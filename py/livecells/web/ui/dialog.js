/**
 * Dialogs of a cell: a title, some blocks, Close.
 */

import { strings } from "../strings.js";
import { button, copy } from "./controls.js";
import { element } from "./element.js";

/** @typedef {{label: string, text: string, note?: string}} TextBlock  a text to copy, and a remark */

/**
 * Show a dialog; it is removed when it is closed.
 *
 * @param {Element} place  of the page
 * @param {string} title
 * @param {(Node | string)[][]} blocks
 * @returns {HTMLDialogElement}
 */
export function showDialog(place, title, blocks) {
  const head = element("p", { class: "dialog-title" }, title);
  const close = button(strings.close, () => dialog.close());
  const dialog = element("dialog", { class: "cell-dialog", aria_label: title }, head, ...blocks.flat(), close);
  dialog.addEventListener("close", () => dialog.remove());
  place.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Make the elements of a text with a button that copies it.
 *
 * @param {TextBlock} content
 * @returns {Node[]}
 */
export function textBlock({ label, text, note }) {
  const pre = element("pre", { tabindex: 0, role: "region", aria_label: label }, text);
  const copyButton = button(strings.copy, () => void copy(copyButton, text));
  const remark = note ? [element("p", { class: "dialog-note" }, note)] : [];
  return [element("p", {}, label), pre, ...remark, copyButton];
}
