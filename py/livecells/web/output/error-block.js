/**
 * An error as a reader can use it: what Python says, what may help, the calls that led there, and all of it to copy.
 *
 * @import {ErrorDetails, ErrorOutput, Frame, Hint} from "../shapes.js"
 */

import { strings } from "../strings.js";
import { button, copy } from "../ui/controls.js";
import { element } from "../ui/element.js";

/**
 * Draw an error.
 *
 * @param {ErrorOutput & {details?: ErrorDetails}} output  without details it comes from another tool or from the build
 * @returns {HTMLElement}
 */
export function errorBlock({ ename, traceback, details }) {
  const text = traceback.join("\n");
  if (!details) return plainBlock(text);
  if (ename === "KeyboardInterrupt") return stopNote(details.frames);
  const hints = details.hints.map((hint) => element("p", { class: "error-hint" }, sentence(hint)));
  const message = element("p", { class: "error-message" }, details.message);
  const related = details.related.flatMap(({ relation, message, frames }) => [
    element("p", { class: "error-related" }, strings.errorRelated[relation], " ", element("span", { class: "error-message" }, message)),
    calls(frames),
  ]);
  return element("div", { data_part: "error" }, message, ...hints, calls(details.frames), ...related, whole(text));
}

/**
 * Say where a run was stopped: the reader has wanted it, so it is no error.
 *
 * @param {Frame[]} frames
 */
function stopNote(frames) {
  const own = frames.filter(({ cell }) => cell);
  return element("div", { data_part: "stopped" }, element("p", {}, own.length ? strings.stoppedAt : strings.stopped), calls(own));
}

/** @param {string} text */
export function plainBlock(text) {
  return element("pre", { data_part: "error" }, text);
}

/** @param {Hint} hint */
function sentence({ kind, name = "", near = [], known = [], version = "", instead = "" }) {
  switch (kind) {
    case "column":
      return strings.hintColumn(name, near, known);
    case "table":
      return strings.hintTable(name, near, known);
    case "file":
      return strings.hintFile(name, near);
    case "newer":
      return strings.hintNewer(name, version, instead);
    case "module":
      return strings.hintModule(name);
    case "compiled":
      return strings.hintCompiled(name, instead);
    case "write":
      return strings.hintWrite(instead);
    case "samples":
      return strings.hintSamples;
    case "command":
      return strings.hintCommand(name, instead);
    case "deep":
      return strings.hintDeep;
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
 * List the cells' own calls one by one, and those of libraries folded.
 *
 * @param {Frame[]} frames
 */
function calls(frames) {
  const items = grouped(frames).flatMap((group) => {
    const left = group.reduce((count, { more = 0 }) => count + more, 0);
    const item = group[0].cell ? ownCall(group[0]) : libraryCalls(group);
    return left ? [item, element("li", {}, strings.errorMoreCalls(left))] : [item];
  });
  return element("ol", { class: "error-calls" }, ...items);
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
function ownCall({ cell, line, name, code, is_old }) {
  const where = strings.errorPlace(cell, line, name.startsWith("<") ? "" : name);
  if (is_old) return element("li", {}, `${where} (${strings.errorOldText})`, element("code", {}, code));
  const place = button(where, () =>
    place.dispatchEvent(new CustomEvent("livecells:show-line", { bubbles: true, detail: { cell, line } })),
  );
  return element("li", {}, place, element("code", {}, code));
}

/** @param {Frame[]} frames */
function libraryCalls(frames) {
  const lines = frames.map(({ file, line, name }) => `${shortened(file)}, line ${line}, in ${name}`);
  const libraries = [...new Set(frames.map(({ file }) => libraryOf(file)))].join(", ");
  return element("li", {}, folded(strings.errorLibraryCalls(frames.length, libraries), lines.join("\n")));
}

/**
 * @param {string} summary
 * @param {string} text
 */
function folded(summary, text) {
  return element("details", {}, element("summary", {}, summary), element("pre", {}, text));
}

/** @param {string} text */
function whole(text) {
  const copyButton = button(strings.copyError, () => void copy(copyButton, text));
  return element("div", { class: "error-whole" }, folded(strings.errorTraceback, text), copyButton);
}

/** @param {string} file  path of a library's file, or a name such as `<frozen importlib>` */
function shortened(file) {
  return file.replace(/^.*\/(?:site-packages|python3\.\d+)\//, "");
}

/** @param {string} file */
function libraryOf(file) {
  return shortened(file).replace(/^<frozen |>$/g, "").split(/[/.]/)[0];
}
