/**
 * The dialog for the reader's own files: choose or drop, look, load, put in the place of a dataset.
 *
 * @import {OwnFile} from "./user-files.js"
 * @import {Page} from "../output/table-view.js"
 */

import { showDialog, textBlock } from "../ui/dialog.js";
import { dataFiles } from "../client/manifest.js";
import { ownFiles } from "./user-files.js";
import { allCells } from "../cell/page-cells.js";
import { queue } from "../client/queue.js";
import { megabytes, strings } from "../strings.js";
import { button } from "../ui/controls.js";

const ACCEPTED = ".csv,.tsv,.txt,.ndjson,.jsonl,.json,.parquet,.pq,.arrow,.feather,.ipc,.xlsx";

/** Let files be dropped anywhere on a page with cells. */
export function acceptDrops() {
  const isWanted = (/** @type {DragEvent} */ { dataTransfer }) =>
    dataTransfer?.types.includes("Files") && allCells().length > 0;
  document.addEventListener("dragover", (event) => {
    if (isWanted(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!isWanted(event)) return;
    event.preventDefault();
    void ownFiles.add(event.dataTransfer?.files ?? []);
    showOwnData();
  });
}

/** Show the dialog. */
export function showOwnData() {
  if (document.querySelector(".own-data")) return;
  const list = document.createElement("div");
  const draw = () => void drawList(list);
  const place = document.querySelector("article") ?? document.body;
  const dialog = showDialog(place, strings.ownData, [[strings.ownDataHow], [picker()], [list]]);
  dialog.classList.add("own-data");
  ownFiles.addEventListener("change", draw);
  dialog.addEventListener("close", () => ownFiles.removeEventListener("change", draw));
  draw();
}

function picker() {
  const label = Object.assign(document.createElement("label"), { className: "own-picker" });
  const input = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept: ACCEPTED });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = ""; // the same file can be chosen again
    void ownFiles.add(files);
  });
  label.append(strings.ownChoose, " ", input);
  return label;
}

/** @param {HTMLElement} list */
async function drawList(list) {
  const datasets = await dataFiles();
  list.replaceChildren(...ownFiles.all.map((own) => entry(own, datasets)));
}

/**
 * @param {OwnFile} own
 * @param {string[]} datasets  paths
 */
function entry(own, datasets) {
  const box = Object.assign(document.createElement("section"), { className: "own-file" });
  box.setAttribute("aria-label", own.path);
  const head = Object.assign(document.createElement("p"), { className: "dialog-title" });
  head.append(`${own.path} (${megabytes(own.file.size)}) `, button(strings.ownRemove, () => ownFiles.remove(own)));
  box.append(head);
  if (!own.preview) box.append(paragraph(strings.ownReading));
  else if ("problem" in own.preview) box.append(paragraph(own.preview.problem));
  else {
    const { page, code } = own.preview;
    const swap = replacement(own, datasets.filter((path) => path.endsWith(".parquet")));
    box.append(table(page), ...textBlock({ label: strings.ownCode, text: code }), swap);
  }
  return box;
}

/**
 * @param {OwnFile} own
 * @param {string[]} datasets
 */
function replacement(own, datasets) {
  const line = Object.assign(document.createElement("p"), { className: "own-replace" });
  const choice = document.createElement("select");
  const none = new Option(strings.ownReplacesNone, "");
  choice.append(none, ...datasets.map((path) => new Option(path, path)));
  choice.value = own.dataset ?? "";
  const label = document.createElement("label");
  label.append(strings.ownReplaces, " ", choice);
  choice.addEventListener("change", async () => {
    choice.disabled = true;
    if (await ownFiles.replace(own, choice.value)) queue.add(...allCells());
  });
  line.append(label);
  if (own.problem) line.append(paragraph(own.problem));
  else if (own.dataset) line.append(paragraph(strings.ownReplaced));
  return line;
}

/** @param {Page} page */
function table({ columns, types, is_numeric, rows, height }) {
  const drawn = document.createElement("table");
  drawn.className = "frame";
  drawn.createCaption().textContent = strings.ownSize(height, columns.length);
  const head = drawn.createTHead().insertRow();
  columns.forEach((name, at) => {
    const cell = Object.assign(document.createElement("th"), { scope: "col", className: is_numeric[at] ? "n" : "" });
    cell.append(name, Object.assign(document.createElement("small"), { textContent: types[at] }));
    head.append(cell);
  });
  const body = drawn.createTBody();
  for (const values of rows) {
    const row = body.insertRow();
    values.forEach((value, at) => {
      const cell = row.insertCell();
      cell.textContent = value ?? "null";
      cell.className = is_numeric[at] ? "n" : "";
    });
  }
  const scroller = Object.assign(document.createElement("div"), { className: "table-scroller", tabIndex: 0 });
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", strings.ownPreview);
  scroller.append(drawn);
  return scroller;
}

/** @param {string} text */
function paragraph(text) {
  const made = Object.assign(document.createElement("p"), { textContent: text });
  made.setAttribute("role", "status");
  return made;
}
