/**
 * The dialog for the reader's own files: choose or drop them, see their first rows, replace a dataset.
 *
 * @import {UserFile} from "./user-files.js"
 * @import {Point, Rows} from "../shapes.js"
 */

import { showDialog, textBlock } from "../ui/dialog.js";
import { dataFiles } from "../client/manifest.js";
import { userFiles } from "./user-files.js";
import { allCells } from "../cell/page-cells.js";
import { queue } from "../client/queue.js";
import { megabytes, strings } from "../strings.js";
import { columnHead, frameTable, tableRow } from "../output/frame-table.js";
import { button, scroller } from "../ui/controls.js";
import { element } from "../ui/element.js";

const ACCEPTED = ".csv,.tsv,.txt,.ndjson,.jsonl,.json,.parquet,.pq,.arrow,.arrows,.feather,.ipc,.xlsx,.gz,.zst";

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
    void userFiles.add(event.dataTransfer?.files ?? []);
    showUserFiles();
  });
}

/** Show the dialog. */
export function showUserFiles() {
  if (document.querySelector(".own-data")) return;
  const list = element("div");
  const draw = () => void drawList(list);
  const place = document.querySelector("article") ?? document.body;
  const dialog = showDialog(place, strings.ownData, [[strings.ownDataHow], [picker()], [list]]);
  dialog.classList.add("own-data");
  userFiles.addEventListener("change", draw);
  dialog.addEventListener("close", () => userFiles.removeEventListener("change", draw));
  draw();
}

function picker() {
  const input = element("input", { type: "file", multiple: true, accept: ACCEPTED });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = ""; // the same file can be chosen again
    void userFiles.add(files);
  });
  return element("label", { class: "own-picker" }, strings.ownChoose, " ", input);
}

/** @param {HTMLElement} list */
async function drawList(list) {
  const datasets = await dataFiles();
  const focused = list.querySelector("select:focus");
  const entries = userFiles.all.map((own) => entry(own, datasets));
  const place = [...list.children].findIndex((one) => one.contains(focused));
  list.replaceChildren(...entries);
  const name = /** @type {HTMLSelectElement | null} */ (focused)?.name;
  if (name) /** @type {HTMLElement | null | undefined} */ (entries[place]?.querySelector(`select[name=${name}]`))?.focus();
}

/**
 * @param {UserFile} own
 * @param {string[]} datasets  paths
 */
function entry(own, datasets) {
  const remove = button(strings.ownRemove, () => userFiles.remove(own));
  const head = element("p", { class: "dialog-title" }, `${own.path} (${megabytes(own.file.size)}) `, remove);
  return element("section", { class: "own-file", aria_label: own.path }, head, ...about(own, datasets));
}

/**
 * @param {UserFile} own
 * @param {string[]} datasets  paths
 * @returns {Node[]}
 */
function about(own, datasets) {
  if (!own.preview) return [paragraph(strings.ownReading)];
  if ("problem" in own.preview) return [paragraph(own.preview.problem)];
  const { page, code, points } = own.preview;
  const swap = replacement(own, datasets.filter((path) => path.endsWith(".parquet")));
  const how = points.map((point) => control(own, point));
  const read = how.length ? [element("fieldset", { class: "own-points" }, element("legend", {}, strings.ownHow), ...how)] : [];
  return [...read, scroller(strings.ownPreview, table(page)), ...textBlock({ label: strings.ownCode, text: code }), swap];
}

/**
 * Make the control of one point of how a file was read. It changes the lines that are offered.
 *
 * @param {UserFile} own
 * @param {Point} point
 */
function control(own, { name, value, choices, columns }) {
  const texts = /** @type {Record<string, string>} */ (strings.ownChoices);
  const options = choices.map((choice) => new Option(texts[`${name} ${choice}`] ?? choice, choice));
  const choice = element("select", { name }, ...options);
  choice.value = value;
  choice.addEventListener("change", () => void userFiles.choose(own, name, choice.value));
  const about = columns.length ? ` (${columns.join(", ")})` : "";
  return element("label", {}, `${strings.ownPoints[name]}${about} `, choice);
}

/**
 * @param {UserFile} own
 * @param {string[]} datasets
 */
function replacement(own, datasets) {
  const none = new Option(strings.ownReplacesNone, "");
  const choice = element("select", {}, none, ...datasets.map((path) => new Option(path, path)));
  choice.value = own.dataset ?? "";
  choice.addEventListener("change", async () => {
    choice.disabled = true;
    if (await userFiles.replace(own, choice.value)) queue.add(...allCells());
  });
  const label = element("label", {}, strings.ownReplaces, " ", choice);
  const note = own.problem ?? (own.dataset && strings.ownReplaced);
  return element("p", { class: "own-replace" }, label, note !== undefined && paragraph(note));
}

/** @param {Rows} page */
function table({ columns, types, is_numeric, rows, wholes, height }) {
  const heads = columns.map((name, i) => columnHead(name, is_numeric[i], types[i]));
  const caption = strings.ownSize(height, columns.length);
  return frameTable(heads, rows.map((values, i) => tableRow(values, is_numeric, wholes[i])), caption);
}

/** @param {string} text */
function paragraph(text) {
  return element("p", { role: "status" }, text);
}
