/**
 * An error as a reader can use it: what Python says, what may help, the calls that led there, and all of it to copy.
 *
 * @import {ErrorDetails, ErrorOutput, Frame, Hint} from "../protocol.js"
 */

import { strings } from "../strings.js";
import { button, copy } from "../ui/controls.js";

/**
 * Draw an error.
 *
 * @param {ErrorOutput & {details?: ErrorDetails}} output  without details it is of another tool or of the build
 * @returns {HTMLElement}
 */
export function errorBlock({ traceback, details }) {
  const text = traceback.join("\n");
  if (!details) return plainBlock(text);
  const block = document.createElement("div");
  block.dataset.part = "error";
  block.append(
    paragraph("error-message", details.message),
    ...details.hints.map((hint) => paragraph("error-hint", sentence(hint))),
    calls(details.frames),
    whole(text),
  );
  return block;
}

/** @param {string} text */
export function plainBlock(text) {
  const block = Object.assign(document.createElement("pre"), { textContent: text });
  block.dataset.part = "error";
  return block;
}

/**
 * @param {string} className
 * @param {string} text
 */
function paragraph(className, text) {
  return Object.assign(document.createElement("p"), { className, textContent: text });
}

/** @param {Hint} hint */
function sentence(hint) {
  const { kind } = hint;
  switch (kind) {
    case "column":
      return strings.hintColumn(hint.name, hint.near, hint.known);
    case "file":
      return strings.hintFile(hint.name, hint.near);
    case "newer":
      return strings.hintNewer(hint.name, hint.version, hint.instead);
    case "module":
      return strings.hintModule(hint.name);
    case "panic":
      return strings.hintPanic;
    case "memory":
      return strings.hintMemory;
    case "background":
      return strings.hintBackground;
    case "rows":
      return strings.hintRows;
  }
}

/**
 * The reader's own calls one by one, those of libraries folded.
 *
 * @param {Frame[]} frames
 */
function calls(frames) {
  const list = document.createElement("ol");
  list.className = "error-calls";
  for (const group of grouped(frames)) list.append(group[0].cell ? ownCall(group[0]) : libraryCalls(group));
  return list;
}

/**
 * @param {Frame[]} frames
 * @returns {Frame[][]}  each a call of a cell, or the library calls between two of them
 */
function grouped(frames) {
  /** @type {Frame[][]} */
  const groups = [];
  for (const frame of frames) {
    const last = groups.at(-1);
    if (last && !frame.cell && !last[0].cell) last.push(frame);
    else groups.push([frame]);
  }
  return groups;
}

/** @param {Frame} frame */
function ownCall({ cell, line, name, code }) {
  const item = document.createElement("li");
  const place = button(strings.errorPlace(cell, line, name.startsWith("<") ? "" : name), () =>
    place.dispatchEvent(new CustomEvent("livecells:show-line", { bubbles: true, detail: { cell, line } })),
  );
  item.append(place, Object.assign(document.createElement("code"), { textContent: code }));
  return item;
}

/** @param {Frame[]} frames */
function libraryCalls(frames) {
  const item = document.createElement("li");
  const lines = frames.map(({ file, line, name }) => `${shortened(file)}, line ${line}, in ${name}`);
  const libraries = [...new Set(frames.map(({ file }) => libraryOf(file)))].join(", ");
  item.append(folded(strings.errorLibraryCalls(frames.length, libraries), lines.join("\n")));
  return item;
}

/**
 * @param {string} summary
 * @param {string} text
 * @param {HTMLElement[]} more
 */
function folded(summary, text, ...more) {
  const details = document.createElement("details");
  details.append(Object.assign(document.createElement("summary"), { textContent: summary }));
  details.append(Object.assign(document.createElement("pre"), { textContent: text }), ...more);
  return details;
}

/** @param {string} text */
function whole(text) {
  const copyButton = button(strings.copyError, () => void copy(copyButton, text));
  const box = document.createElement("div");
  box.className = "error-whole";
  box.append(folded(strings.errorTraceback, text), copyButton);
  return box;
}

/** @param {string} file  path of a library's file, or a name such as `<frozen importlib>` */
function shortened(file) {
  return file.replace(/^.*\/(?:site-packages|python3\.\d+)\//, "");
}

/** @param {string} file */
function libraryOf(file) {
  return shortened(file).replace(/^<frozen |>$/g, "").split(/[/.]/)[0];
}
