/**
 * Links that carry the reader's texts: makes them, and offers the texts of a link with which a page is opened.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {CellParams} from "../cell/params.js"
 * @import {MenuItem} from "../ui/controls.js"
 */

import { offerShared } from "../cell/edit-conflict.js";
import { cellsOf } from "../cell/page-cells.js";
import { showDialog, textBlock } from "../ui/dialog.js";
import { SAFE_LENGTH, fromFragment, isShared, ShareLinkError, toFragment } from "./share-link.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";
import { toast } from "../ui/toast.js";
import { toMarkdown } from "./markdown.js";

/**
 * @param {CodeCell} cell
 * @returns {MenuItem[]}
 */
export function shareItems(cell) {
  const address = () => new URL(`#${cell.id}`, location.href).href;
  const changed = () => cellsOf(cell.page).filter((one) => one.isEdited);
  return [
    { label: strings.share, run: () => void share([cell]), isBeside: true },
    { label: strings.shareChanged, run: () => void share(changed()), isUseful: () => changed().length > 1 },
    { label: strings.copyLink, run: () => void handOver(address()) },
    { label: strings.copyMarkdown, run: () => void handOver(toMarkdown(cell, address()), strings.copied) },
  ];
}

/**
 * Put a link to cells as they are now on the clipboard.
 *
 * @param {CodeCell[]} cells
 */
async function share(cells) {
  const text = await linkTo(cells);
  await handOver(text, text.length > SAFE_LENGTH ? strings.shareLong(text.length) : undefined);
}

/**
 * Put a text on the clipboard, or show it where the browser does not allow that.
 *
 * @param {string} text
 * @param {string} [said]
 */
async function handOver(text, said = strings.linkCopied) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    showDialog(document.body, strings.share, [textBlock({ label: strings.share, text })]);
  }
}

/**
 * Return the address of a cell as it is now: plain where the text is the author's but for the choice of its controls.
 *
 * @param {CodeCell[]} cells
 * @returns {Promise<string>}
 */
async function linkTo(cells) {
  const [first] = cells;
  const choice = first.isEdited ? /** @type {CellParams | null} */ (first.querySelector("cell-params"))?.onlyChoice : {};
  const address = new URL(location.pathname, location.href);
  if (cells.length === 1 && choice) {
    address.search = String(new URLSearchParams(choice));
    address.hash = first.id;
  } else address.hash = await toFragment(Object.fromEntries(cells.map(({ id, source }) => [id, source])));
  return address.href;
}

/** Set the controls of a cell to what the page's address says: what they do not offer is left out. */
function chooseShared() {
  const asked = Object.fromEntries(new URL(location.href).searchParams);
  const offers = (/** @type {Element} */ one) => Object.keys(asked).every((name) => one.querySelector(`[name="${CSS.escape(name)}"]`));
  const all = /** @type {CellParams[]} */ ([...document.querySelectorAll("cell-params")]);
  const params = Object.keys(asked).length && all.find((one) => ["", `#${one.dataset.cell}`].includes(location.hash) && offers(one));
  if (params) void params.choosePlain(asked);
}

/** Offer the reader the texts in the page's address, if there are any. */
export async function openShared() {
  if (!isShared(location.hash)) return chooseShared();
  let shared;
  try {
    shared = await fromFragment(location.hash);
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error;
    return tell(strings.shareBroken(error.message));
  }
  const places = await Promise.all(Object.entries(shared).map(([id, text]) => place(id, text)));
  const sentence = places.find((cell) => cell !== undefined)?.querySelector("p");
  sentence?.scrollIntoView({ block: "start" });
  sentence?.focus({ preventScroll: true });
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
