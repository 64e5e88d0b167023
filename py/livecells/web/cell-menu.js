/**
 * The menu of a cell: what is done now and then.
 *
 * @import {CodeCell} from "./cell.js"
 */

import { pictureOf } from "./chart.js";
import { figureFile, showCitation, showEmbedCode } from "./cite.js";
import { toMarkdown } from "./notebook-formats.js";
import { cellsAbove, cellsBelow, cellsOf } from "./page-cells.js";
import { queue } from "./queue.js";
import { showShareLinks } from "./share.js";
import { strings } from "./strings.js";
import { download, downloadText, menu } from "./toolbar.js";

/** @param {CodeCell} cell */
export function cellMenu(cell) {
  const figure = () => cell.querySelector("figure.chart");
  const hasChart = () => figure() !== null;
  const published = cell.dataset.figure ?? "";
  // The build published the author's figure: these entries go while the reader's text differs.
  const isPublished = () => Boolean(published) && !cell.isEdited;
  const saveFile = (/** @type {string} */ suffix) => download(`${published}${suffix}`, figureFile(published, suffix));
  const savePicture = async (/** @type {"svg" | "png"} */ type) => {
    const place = figure();
    const address = place && (await pictureOf(place, type));
    if (address) download(`${cell.id}.${type}`, address);
  };
  const copyText = (/** @type {string} */ text) => void navigator.clipboard.writeText(text);
  return menu(strings.more, [
    { label: strings.runAbove, run: () => queue.add(...cellsAbove(cell)) },
    { label: strings.runBelow, run: () => queue.addWithAbove([cell, ...cellsBelow(cell)], cellsAbove(cell)) },
    { label: strings.share, run: () => void showShareLinks(cell, cellsOf(cell.page)) },
    { label: strings.copyLink, run: () => copyText(addressOf(cell)) },
    { label: strings.copyMarkdown, run: () => copyText(toMarkdown(cell, addressOf(cell))) },
    { label: strings.downloadCode, run: () => downloadText(`${cell.id}.py`, `${cell.source}\n`) },
    { label: strings.downloadSvg, run: () => void savePicture("svg"), isUseful: hasChart },
    { label: strings.downloadPng, run: () => void savePicture("png"), isUseful: hasChart },
    { label: strings.figureData, run: () => saveFile(".csv"), isUseful: isPublished },
    { label: strings.figureSpec, run: () => saveFile(".json"), isUseful: isPublished },
    { label: strings.cite, run: () => void showCitation(cell, published), isUseful: isPublished },
    { label: strings.embed, run: () => void showEmbedCode(cell, published), isUseful: isPublished },
  ]);
}

/** @param {CodeCell} cell */
function addressOf(cell) {
  return new URL(`#${cell.id}`, location.href).href;
}
