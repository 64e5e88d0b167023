/**
 * Exports a page's cells: as a notebook with outputs, as one Python file, with the lines that run them on the reader's machine.
 *
 * @import {CodeCell} from "../cell/cell.js"
 * @import {Manifest} from "../protocol.js"
 * @import {Output} from "../shapes.js"
 */

import { VEGALITE } from "../shapes.js";
import { asPython } from "../cell/sql.js";
import { dataFiles, readManifest } from "../client/manifest.js";
import { SITE_ROOT, figureFile } from "../root.js";
import { strings } from "../strings.js";
import { showDialog, textBlock } from "../ui/dialog.js";
import { toIpynb, toPercent } from "./formats.js";
import { button } from "../ui/controls.js";
import { downloadText } from "../ui/download.js";

const SETUP = "setup";

/**
 * @param {CodeCell[]} cells  of one page
 */
export async function savePython(cells) {
  const { native } = await readManifest();
  const setup = native ? [{ id: SETUP, source: `# ${installLine(native)}\n${native.setup}` }] : [];
  const files = await dataFiles();
  const own = cells.map(({ id, source }) => ({ id, source: asPython(source, files) }));
  downloadText(`${nameOf(cells)}.py`, toPercent([...setup, ...own]));
}

/**
 * @param {CodeCell[]} cells  of one page
 */
export async function saveNotebook(cells) {
  const { native, python } = await readManifest();
  const setup = native ? [{ id: SETUP, source: `%${installLine(native)}\n${native.setup}`, outputs: [], executionCount: null }] : [];
  const files = await dataFiles();
  const own = await Promise.all(
    cells.map(async (cell) => ({
      id: cell.id,
      source: asPython(cell.source, files),
      outputs: cell.outputs.length ? cell.outputs.map(asStored) : await authored(cell),
      executionCount: cell.executionCount,
    })),
  );
  downloadText(`${nameOf(cells)}.ipynb`, toIpynb([...setup, ...own], python), "application/x-ipynb+json");
}

/**
 * Show how to run the page outside of a browser.
 *
 * @param {HTMLElement} place
 * @param {CodeCell[]} cells  of one page
 */
export async function showNative(place, cells) {
  const { native } = await readManifest();
  if (!native) return;
  const file = `${nameOf(cells)}.ipynb`;
  const lines = `${installLine(native)} jupyterlab\njupyter lab ${file}`;
  showDialog(place, strings.openLocally, [
    [strings.openLocallyHow],
    textBlock({ label: strings.openLocallyLines, text: lines, note: strings.openLocallyNote }),
    [button(strings.notebookIpynb, () => void saveNotebook(cells)), button(strings.notebookPy, () => void savePython(cells))],
  ]);
}

/** @returns {Promise<boolean>}  whether the site offers to run natively */
export async function isNativeOffered() {
  return readManifest().then(({ native }) => native !== undefined, () => false);
}

/** @param {NonNullable<Manifest["native"]>} native */
function installLine(native) {
  return `pip install ${new URL(native.wheel, SITE_ROOT).href}`;
}

/** @param {CodeCell[]} cells */
function nameOf(cells) {
  return cells[0]?.page.replace(/\/$/, "").split("/").at(-1) || "notebook";
}

/**
 * Remove the metadata that only this page understands.
 *
 * @param {Output} output
 * @returns {Output}
 */
function asStored(output) {
  return "metadata" in output ? { ...output, metadata: {} } : output;
}

/**
 * Return the author's outputs, from the page that the build has made.
 *
 * @param {CodeCell} cell
 * @returns {Promise<Output[]>}
 */
async function authored(cell) {
  const shown = [...cell.querySelectorAll(":scope > [data-part=outputs] > *")];
  const outputs = await Promise.all(
    shown.map(async (node) => {
      const chart = node.matches("figure.chart") || node.querySelector("figure.chart");
      const spec = chart && cell.dataset.figure ? await published(cell.dataset.figure) : undefined;
      return spec ? { [VEGALITE]: spec } : node.matches("pre") ? { "text/plain": node.textContent } : { "text/html": node.outerHTML };
    }),
  );
  return outputs.map((data) => ({ output_type: "display_data", data, metadata: {} }));
}

/** @param {string} figure */
function published(figure) {
  return fetch(figureFile(figure, ".json")).then((response) => (response.ok ? response.json() : undefined), () => undefined);
}
