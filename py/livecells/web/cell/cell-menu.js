/**
 * The menu of a cell: what is done now and then.
 *
 * @import {CodeCell} from "./cell.js"
 */

import { carried } from "../net/embedded.js";
import { pictureOf } from "../output/chart.js";
import { figureFile, showCitation, showEmbedCode } from "../share/cite.js";
import { kernel } from "../client/kernel.js";
import { toMarkdown } from "../notebook/formats.js";
import { cellsAbove, cellsBelow, cellsOf } from "./page-cells.js";
import { queue } from "../client/queue.js";
import { showShareLinks } from "../share/share.js";
import { VEGALITE } from "../protocol.js";
import { strings } from "../strings.js";
import { download, downloadBlob, downloadBytes, downloadText, menu } from "../ui/controls.js";

/** @param {CodeCell} cell */
export function cellMenu(cell) {
  const figure = () => cell.querySelector("figure.chart");
  const hasChart = () => figure() !== null;
  const published = cell.dataset.figure ?? "";
  // The build published the author's figure: these entries go while the reader's text differs.
  const isPublished = () => Boolean(published) && !cell.isEdited;
  const saveFile = (/** @type {string} */ suffix) => savePublished(`${published}${suffix}`, figureFile(published, suffix));
  const savePicture = async (/** @type {"svg" | "png"} */ type) => {
    const place = figure();
    const address = place && (await pictureOf(place, type));
    if (address) download(`${cell.id}.${type}`, address);
  };
  const hasRows = () => cell.querySelector("figure.chart, table.frame, .table-view") !== null;
  const saveRows = async (/** @type {"csv" | "parquet"} */ form) => {
    if (isPublished()) return saveFile(`.${form}`);
    const file = (await rowsOf(cell, form)) ?? (await ranBefore(cell).then(() => rowsOf(cell, form)));
    if (file) downloadBytes(`${cell.id}.${form}`, file);
  };
  const saveSpec = () => {
    if (isPublished()) return saveFile(".json");
    downloadText(`${cell.id}.json`, `${JSON.stringify(chartOf(cell), null, 1)}\n`, "application/json");
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
    { label: strings.rowsCsv, run: () => void saveRows("csv"), isUseful: hasRows },
    { label: strings.rowsParquet, run: () => void saveRows("parquet"), isUseful: hasRows },
    { label: strings.figureSpec, run: () => void saveSpec(), isUseful: () => isPublished() || chartOf(cell) !== undefined },
    { label: strings.cite, run: () => void showCitation(cell, published), isUseful: isPublished },
    { label: strings.embed, run: () => void showEmbedCode(cell, published), isUseful: isPublished },
  ]);
}

/**
 * The last chart that the cell has shown, as Vega-Lite.
 *
 * @param {CodeCell} cell
 * @returns {unknown}
 */
function chartOf({ outputs }) {
  return outputs.map((output) => ("data" in output ? output.data[VEGALITE] : undefined)).findLast((spec) => spec !== undefined);
}

/**
 * @param {string} name
 * @param {string} address
 */
async function savePublished(name, address) {
  if (carried) downloadBlob(name, await (await fetch(address)).blob()); // on disk a link would open it
  else download(name, address);
}

/** @param {CodeCell} cell */
function addressOf(cell) {
  return new URL(`#${cell.id}`, location.href).href;
}

/**
 * The rows behind the last frame or chart that the cell has shown.
 *
 * @param {CodeCell} cell
 * @param {"csv" | "parquet"} form
 * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>}  nothing where this Python has not run it
 */
async function rowsOf({ page, id, outputs }, form) {
  const names = outputs.map((output) => ("metadata" in output ? output.metadata.shown : undefined));
  const shown = names.findLast((name) => name !== undefined);
  const file = shown && (await kernel.askSoon({ what: "export", page, cell: id, shown, form }));
  return file ? Uint8Array.from(atob(file.base64), (char) => char.charCodeAt(0)) : undefined;
}

/**
 * Run a cell and wait for its end.
 *
 * @param {CodeCell} cell
 * @returns {Promise<void>}
 */
function ranBefore(cell) {
  return new Promise((resolve) => {
    const look = () => {
      if (!["ok", "error", "failed", "static"].includes(cell.state)) return;
      cell.removeEventListener("livecells:state", look);
      resolve();
    };
    cell.run();
    cell.addEventListener("livecells:state", look);
  });
}
