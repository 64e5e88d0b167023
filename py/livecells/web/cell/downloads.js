/**
 * What the menu of a cell hands out as files: its code, its chart, and the rows behind what it shows.
 *
 * @import {CodeCell} from "./cell.js"
 * @import {MenuItem} from "../ui/controls.js"
 */

import { kernel } from "../client/kernel.js";
import { dataFiles } from "../client/manifest.js";
import { embedded } from "../net/embedded.js";
import { pictureOf } from "../output/chart.js";
import { VEGALITE } from "../shapes.js";
import { figureFile } from "../root.js";
import { strings } from "../strings.js";
import { asPython } from "./sql.js";
import { download, downloadBlob, downloadText } from "../ui/download.js";

/**
 * @param {CodeCell} cell
 * @returns {MenuItem[]}
 */
export function downloadItems(cell) {
  const figure = () => cell.querySelector("figure.chart");
  const hasChart = () => figure() !== null;
  const hasRows = () => cell.querySelector("figure.chart, table.frame, .table-view") !== null;
  const hasSpec = () => cell.publishedFigure !== "" || chartOf(cell) !== undefined;
  const savePicture = async (/** @type {"svg" | "png"} */ type) => {
    const place = figure();
    const address = place && (await pictureOf(place, type));
    if (address) download(`${cell.id}.${type}`, address);
  };
  const saveRows = async (/** @type {"csv" | "parquet"} */ form) => {
    if (cell.publishedFigure) return savePublished(cell.publishedFigure, `.${form}`);
    const file = (await rowsOf(cell, form)) ?? (await whenRun(cell).then(() => rowsOf(cell, form)));
    if (file) downloadBlob(`${cell.id}.${form}`, new Blob([file]));
  };
  const saveSpec = () => {
    if (cell.publishedFigure) return savePublished(cell.publishedFigure, ".json");
    downloadText(`${cell.id}.json`, `${JSON.stringify(chartOf(cell), null, 1)}\n`, "application/json");
  };
  return [
    { label: strings.downloadCode, run: () => void saveCode(cell) },
    { label: strings.downloadSvg, run: () => void savePicture("svg"), isUseful: hasChart },
    { label: strings.downloadPng, run: () => void savePicture("png"), isUseful: hasChart },
    { label: strings.rowsCsv, run: () => void saveRows("csv"), isUseful: hasRows },
    { label: strings.rowsParquet, run: () => void saveRows("parquet"), isUseful: hasRows },
    { label: strings.figureSpec, run: () => void saveSpec(), isUseful: hasSpec, whyNot: () => cell.whyNoFigure },
  ];
}

/** @param {CodeCell} cell */
async function saveCode({ id, source }) {
  downloadText(`${id}.py`, `${asPython(source, await dataFiles())}\n`);
}

/**
 * Return the last chart that the cell has shown, as Vega-Lite.
 *
 * @param {CodeCell} cell
 * @returns {unknown}
 */
function chartOf({ outputs }) {
  return outputs.map((output) => ("data" in output ? output.data[VEGALITE] : undefined)).findLast((spec) => spec !== undefined);
}

/**
 * @param {string} figure
 * @param {string} suffix
 */
async function savePublished(figure, suffix) {
  const [name, address] = [`${figure}${suffix}`, figureFile(figure, suffix)];
  if (embedded) downloadBlob(name, await (await fetch(address)).blob()); // on disk a link would open it
  else download(name, address);
}

/**
 * Return the rows behind the last frame or chart that the cell has shown.
 *
 * @param {CodeCell} cell
 * @param {"csv" | "parquet"} form
 * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>}  nothing where this Python has not run it
 */
async function rowsOf({ page, id, outputs }, form) {
  const names = outputs.map((output) => ("metadata" in output ? output.metadata.shown : undefined));
  const shown = names.findLast((name) => typeof name === "string");
  const file = shown && (await kernel.requestSoon({ what: "export", page, cell: id, shown, form }));
  return file ? Uint8Array.from(atob(file.base64), (char) => char.charCodeAt(0)) : undefined;
}

/**
 * Run a cell and wait for its end.
 *
 * @param {CodeCell} cell
 * @returns {Promise<void>}
 */
function whenRun(cell) {
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
