/**
 * Links that carry the reader's texts: makes them, and offers the texts of a link with which a page is opened.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {MenuItem} from "../ui/controls.js"
 */

import { offerShared } from "../cell/edit-conflict.js";
import { cellsOf } from "../cell/page-cells.js";
import { showDialog, textBlock } from "../ui/dialog.js";
import { SAFE_LENGTH, fromFragment, isShared, ShareLinkError, toFragment } from "./share-link.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";
import { toMarkdown } from "./markdown.js";

/**
 * @param {CodeCell} cell
 * @returns {MenuItem[]}
 */
export function shareButtons(cell) {
  return [{ label: strings.share, run: () => void showShareLinks(cell, cellsOf(cell.page)) }];
}

/**
 * @param {CodeCell} cell
 * @returns {MenuItem[]}
 */
export function shareItems(cell) {
  const address = () => new URL(`#${cell.id}`, location.href).href;
  const copy = (/** @type {string} */ text) => void navigator.clipboard.writeText(text);
  return [
    { label: strings.copyLink, run: () => copy(address()) },
    { label: strings.copyMarkdown, run: () => copy(toMarkdown(cell, address())) },
  ];
}

/**
 * Show a link to the cell as it is now, and one to all that the reader has changed on the page.
 *
 * @param {CodeCell} cell
 * @param {CodeCell[]} cells  all of the page
 */
async function showShareLinks(cell, cells) {
  const changed = cells.filter((one) => one === cell || one.isEdited);
  const blocks = [await linkBlock(strings.shareCell, [cell])];
  if (changed.length > 1) blocks.push(await linkBlock(strings.shareChanged(changed.length), changed));
  showDialog(cell, strings.share, [[strings.shareHow], ...blocks.map(textBlock)]);
}

/**
 * @param {string} label
 * @param {CodeCell[]} cells
 */
async function linkBlock(label, cells) {
  const text = await linkTo(cells);
  return { label, text, note: text.length > SAFE_LENGTH ? strings.shareLong(text.length) : "" };
}

/**
 * @param {CodeCell[]} cells
 * @returns {Promise<string>}
 */
async function linkTo(cells) {
  const fragment = await toFragment(Object.fromEntries(cells.map(({ id, source }) => [id, source])));
  return new URL(`#${fragment}`, location.href).href;
}

/** Offer the reader the texts in the page's address, if there are any. */
export async function openShared() {
  if (!isShared(location.hash)) return;
  let shared;
  try {
    shared = await fromFragment(location.hash);
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error;
    return tell(strings.shareBroken(error.message));
  }
  const places = await Promise.all(Object.entries(shared).map(([id, text]) => place(id, text)));
  places.find((cell) => cell !== undefined)?.scrollIntoView({ block: "start" });
}

/**
 * @param {string} id
 * @param {string} text
 * @returns {Promise<CodeCell | undefined>}
 */
async function place(id, text) {
  const cell = /** @type {CodeCell | null} */ (document.querySelector(`code-cell#${id}`)) ?? (await addedCell());
  if (cell) await offerShared(cell, text, forget);
  else tell(strings.shareNoCell(id), text);
  return cell;
}

/** A notebook has room for any cell. @returns {Promise<CodeCell | undefined>} */
async function addedCell() {
  const notebook = /** @type {{add(source: string): Promise<CodeCell>} | null} */ (document.querySelector("cell-notebook"));
  return notebook?.add("");
}

/** Remove the texts from the address, so that a reload does not offer them again. */
function forget() {
  if (isShared(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
}

/**
 * @param {string} text
 * @param {string} [code]
 */
function tell(text, code) {
  const article = document.querySelector("article") ?? document.querySelector("main") ?? document.body;
  article.querySelector(".share-note")?.remove();
  article.prepend(element("p", { class: "share-note", role: "status" }, text, code !== undefined && element("pre", {}, code)));
}
