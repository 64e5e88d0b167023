/**
 * How to cite and how to embed: the figure of a cell that the build has published, and what a page marks with <cite-this>.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {MenuItem} from "../ui/controls.js"
 * @import {TextBlock} from "../ui/dialog.js"
 */

import { showDialog, textBlock } from "../ui/dialog.js";
import { figureFile } from "../root.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/**
 * What is cited. That of a figure stands in `figures/<id>.metadata.json`, which `figures/publish.py` writes.
 *
 * @typedef {object} Cited
 * @property {string} id
 * @property {string} title
 * @property {string} source
 * @property {string} as_of
 * @property {string} site
 * @property {string} page
 * @property {string} [sentence]  what to quote, where that is more than the title
 * @property {string} [quote]  words of the page itself
 */

const BIBTEX_SPECIAL = /[&%$#_{}]/g;

/** Words at each end of a long quotation by which a browser finds it. */
const ENDS = 4;

/**
 * @param {CodeCell} cell
 * @returns {MenuItem[]}
 */
export function citeItems(cell) {
  const isUseful = () => cell.publishedFigure !== "";
  const whyNot = () => cell.whyNoFigure;
  return [
    { label: strings.cite, run: () => void showCitation(cell, cell.publishedFigure), isUseful, whyNot },
    { label: strings.embed, run: () => void showEmbedCode(cell, cell.publishedFigure), isUseful, whyNot },
  ];
}

/**
 * Show how to cite a figure.
 *
 * @param {HTMLElement} cell
 * @param {string} figure
 */
async function showCitation(cell, figure) {
  await showAbout(cell, strings.cite, figure, (about) => citations({ ...about, quote: about.source }, addressOf(cell.id)));
}

/**
 * Show the code that puts a figure into another page.
 *
 * @param {HTMLElement} cell
 * @param {string} figure
 */
async function showEmbedCode(cell, figure) {
  await showAbout(cell, strings.embed, figure, (about) => embedCodes(figure, about.title));
}

/** @param {string} id  of an element of this page */
export function addressOf(id) {
  return new URL(`#${id}`, location.href.replace(/[?#].*/, "")).href;
}

/**
 * Return all ways to cite something, to copy.
 *
 * @param {Cited} about
 * @param {string} address
 * @param {string} [today]  as 2026-11-23
 * @param {Released} [released]
 * @returns {TextBlock[]}
 */
export function citations(about, address, today = new Date().toISOString().slice(0, 10), released = release()) {
  return [
    { label: strings.citePlain, text: plainCitation(about, address, today, released) },
    { label: strings.citeBibtex, text: bibtexCitation(about, address, today, released) },
    { label: strings.citeCsl, text: cslCitation(about, address, today, released) },
    { label: strings.citeLink, text: quoteLink(about, address) },
  ];
}

/**
 * Return what puts a figure, or a card of the page, into another page.
 *
 * @param {string} figure
 * @param {string} title
 * @returns {TextBlock[]}
 */
export function embedCodes(figure, title) {
  const host = new URL("embed.js", figureFile(figure, ""));
  const script = element("script", { async: true, src: host.href, data_figure: figure, data_title: title }).outerHTML;
  return [
    { label: strings.embedCode, text: script },
    { label: strings.embedAddress, text: figureFile(figure, ".html") },
  ];
}

/**
 * The release of the site, as its pages say it; both are empty where it keeps no changelog.
 *
 * @typedef {{version: string, date: string}} Released
 *
 * @returns {Released}
 */
function release() {
  const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="livecells-release"]'));
  const [version = "", date = ""] = meta?.content.split(", ") ?? [];
  return { version, date };
}

/**
 * @param {Cited} about
 * @param {string} address
 * @param {string} today
 * @param {Released} released
 */
export function plainCitation(about, address, today, released) {
  const place = [about.site, about.page].filter(Boolean).join(": ");
  const parts = [about.sentence ?? `“${about.title}”`, place, about.id];
  if (released.version) parts.push(strings.citeVersion(released.version, released.date));
  if (about.as_of) parts.push(strings.citeDataTo(about.as_of));
  const sources = about.source ? ` ${sentence(about.source)}` : "";
  return `${parts.filter(Boolean).join(", ")}.${sources} ${address} (${strings.citeAccessed(today)}).`;
}

/**
 * @param {Cited} about
 * @param {string} address
 * @param {string} today
 * @param {Released} released
 */
export function bibtexCitation(about, address, today, released) {
  const note = [
    about.source && sentence(about.source),
    about.as_of && `${sentence(strings.citeDataTo(about.as_of))}`,
    `${sentence(strings.citeAccessed(today))}`,
  ];
  const fields = [
    `  title = {{${bibtexText(about.title)}}}`,
    `  author = {{${bibtexText(about.site)}}}`,
    `  year = {${(released.date || today).slice(0, 4)}}`,
    ...(released.version ? [`  version = {${released.version}}`] : []),
    `  url = {${address}}`,
    `  urldate = {${today}}`,
    `  note = {${bibtexText(note.filter(Boolean).join(" "))}}`,
  ];
  return `@misc{${about.id},\n${fields.join(",\n")}\n}`;
}

/**
 * Write an item of CSL-JSON, which programs for references import.
 *
 * @param {Cited} about
 * @param {string} address
 * @param {string} today
 * @param {Released} released
 */
export function cslCitation(about, address, today, released) {
  const day = (/** @type {string} */ iso) => ({ "date-parts": [iso.split("-").map(Number)] });
  const item = {
    id: about.id,
    type: "webpage",
    title: about.title,
    author: [{ literal: about.site }],
    "container-title": about.site,
    version: released.version || undefined,
    issued: released.date ? day(released.date) : undefined,
    accessed: day(today),
    URL: address,
    note: about.source || undefined,
  };
  return JSON.stringify([item], null, 1);
}

/**
 * Return a link that marks the words themselves, where a browser can find them.
 *
 * @param {Cited} about
 * @param {string} address
 */
export function quoteLink({ quote }, address) {
  const words = quote?.split(/\s+/).filter(Boolean) ?? [];
  if (!words.length) return address;
  const ends = words.length > 2 * ENDS ? [words.slice(0, ENDS), words.slice(-ENDS)] : [words];
  // A hyphen would part a text from its context.
  const written = ends.map((end) => encodeURIComponent(end.join(" ")).replaceAll("-", "%2D"));
  return `${address}:~:text=${written.join(",")}`;
}

/** @param {string} text */
function sentence(text) {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return upper.endsWith(".") ? upper : `${upper}.`;
}

/** @param {string} text */
function bibtexText(text) {
  return text.replaceAll(BIBTEX_SPECIAL, (sign) => `\\${sign}`);
}

/**
 * @param {HTMLElement} cell
 * @param {string} title
 * @param {string} figure
 * @param {(about: Cited) => TextBlock[]} write
 */
async function showAbout(cell, title, figure, write) {
  const about = await readMetadata(figure);
  showDialog(cell, title, about ? write(about).map(textBlock) : [[strings.figureMissing]]);
}

/**
 * @param {string} figure
 * @returns {Promise<Cited | undefined>}
 */
async function readMetadata(figure) {
  try {
    const response = await fetch(figureFile(figure, ".metadata.json"));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
