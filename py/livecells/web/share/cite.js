/**
 * How to cite and how to embed the figure of a cell that the build has published.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {MenuItem} from "../ui/controls.js"
 */

import { showDialog, textBlock } from "../ui/dialog.js";
import { figureFile } from "../root.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/**
 * The content of `figures/<id>.metadata.json`, which `figures/publish.py` writes.
 *
 * @typedef {object} FigureMetadata
 * @property {string} id
 * @property {string} title
 * @property {string} source
 * @property {string} licence
 * @property {string} as_of
 * @property {string} site
 * @property {string} page
 * @property {number} height
 */

const BIBTEX_SPECIAL = /[&%$#_{}]/g;
const BELOW_CHART = 120;

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
  const address = new URL(`#${cell.id}`, location.href.replace(/[?#].*/, "")).href;
  const today = new Date().toISOString().slice(0, 10);
  await showAbout(cell, strings.cite, figure, (about) => [
    { label: strings.citePlain, text: plainCitation(about, address, today) },
    { label: strings.citeBibtex, text: bibtexCitation(about, address, today) },
  ]);
}

/**
 * Show the code that puts a figure into another page.
 *
 * @param {HTMLElement} cell
 * @param {string} figure
 */
async function showEmbedCode(cell, figure) {
  const address = figureFile(figure, ".html");
  await showAbout(cell, strings.embed, figure, (about) => [
    { label: strings.embedCode, text: embedCode(about, address) },
    { label: strings.embedAddress, text: address },
  ]);
}

/**
 * @param {FigureMetadata} about
 * @param {string} address
 * @param {string} today  as 2026-11-23
 */
export function plainCitation(about, address, today) {
  const place = [about.site, about.page].filter(Boolean).join(": ");
  const parts = [`“${about.title}”`, place, `figure ${about.id}`];
  if (about.as_of) parts.push(strings.citeDataTo(about.as_of));
  const sources = about.source ? ` ${sentence(about.source)}` : "";
  return `${parts.join(", ")}.${sources} ${address} (${strings.citeAccessed(today)}).`;
}

/**
 * @param {FigureMetadata} about
 * @param {string} address
 * @param {string} today
 */
export function bibtexCitation(about, address, today) {
  const note = [
    about.source && sentence(about.source),
    about.as_of && `${sentence(strings.citeDataTo(about.as_of))}`,
    `${sentence(strings.citeAccessed(today))}`,
  ];
  const fields = [
    `  title = {{${bibtexText(about.title)}}}`,
    `  author = {{${bibtexText(about.site)}}}`,
    `  year = {${today.slice(0, 4)}}`,
    `  url = {${address}}`,
    `  urldate = {${today}}`,
    `  note = {${bibtexText(note.filter(Boolean).join(" "))}}`,
  ];
  return `@misc{${about.id},\n${fields.join(",\n")}\n}`;
}

/**
 * @param {FigureMetadata} about
 * @param {string} address
 */
function embedCode(about, address) {
  const height = Math.round(about.height) + BELOW_CHART;
  const size = { width: "100%", height, loading: "lazy", style: "border: 0" };
  return element("iframe", { src: address, title: about.title, ...size }).outerHTML;
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
 * @param {(about: FigureMetadata) => import("../ui/dialog.js").TextBlock[]} write
 */
async function showAbout(cell, title, figure, write) {
  const about = await readMetadata(figure);
  showDialog(cell, title, about ? write(about).map(textBlock) : [[strings.figureMissing]]);
}

/**
 * @param {string} figure
 * @returns {Promise<FigureMetadata | undefined>}
 */
async function readMetadata(figure) {
  try {
    const response = await fetch(figureFile(figure, ".metadata.json"));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
