/**
 * What the editor shows while the reader types: completions, explanations, mistakes. They come from the running Python where it
 * is up and idle, else from the text alone; once the reader has edited for a while, Ruff looks at the names.
 *
 * @import {CompletionContext, CompletionResult} from "@codemirror/autocomplete"
 * @import {Diagnostic} from "@codemirror/lint"
 * @import {EditorState, Extension, Transaction} from "@codemirror/state"
 * @import {EditorView, Tooltip} from "@codemirror/view"
 * @import {CodeMirror} from "./editor.js"
 * @import {CellPlace, Finding} from "../protocol.js"
 * @import {Completion, Explanation, Mistake} from "../shapes.js"
 */

import { kernel } from "../client/kernel.js";
import { dataFiles } from "../client/manifest.js";
import { neighboursOf } from "./page-cells.js";
import { ruff } from "../ruff/ruff.js";
import { isSql } from "./sql.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/**
 * Asks the running Python; undefined while it is not up, or busy. `find` asks Ruff.
 *
 * @typedef {object} Help
 * @property {(source: string, cursor: number) => Promise<Completion | undefined>} complete  `cursor` in characters
 * @property {(source: string, cursor: number) => Promise<Explanation | undefined>} explain
 * @property {(source: string) => Promise<Mistake | null | undefined>} check  null where there is no mistake
 * @property {(source: string) => Promise<Finding[]>} find
 * @property {() => Promise<string[]>} dataFiles  paths that cells can open
 */

/**
 * Connect the editor of a cell to the running Python.
 *
 * @param {CellPlace} place
 * @returns {Help}
 */
export function helpOf(place) {
  return {
    complete: (source, cursor) => kernel.request({ what: "complete", ...place, source, cursor }),
    explain: (source, cursor) => kernel.request({ what: "explain", ...place, source, cursor }),
    check: (source) => kernel.request({ what: "check", ...place, source }),
    find: async (source) => (isSql(source) ? [] : ruff.find(source, neighboursOf(place))),
    dataFiles,
  };
}

const CHECK_AFTER_MS = 500;

/** Python's kinds in CodeMirror's words, which choose the symbols beside the options. */
const TYPES = new Map([
  ["module", "namespace"],
  ["argument", "property"],
  ["column", "property"],
  ["value", "constant"],
]);

/**
 * @param {CodeMirror} cm
 * @param {Help} help
 * @returns {Extension}
 */
export function helpers(cm, help) {
  return [completion(cm, help), explanation(cm, help), mistakes(cm, help), names(cm, help)];
}

/**
 * @param {CodeMirror} cm
 * @param {Help} help
 * @returns {Extension}
 */
function completion(cm, help) {
  /** @param {CompletionContext} context */
  const suggest = async (context) => {
    const text = context.state.doc.toString();
    const before = text.slice(0, context.pos);
    if (!context.explicit && !/[\w.'"(]$/.test(before)) return null;
    const live = await help.complete(text, length(before));
    if (live) return fromPython(live, text);
    if (isSql(text)) return forStatement(help, context);
    return (await fileNames(help, before)) ?? fromText(cm, context);
  };
  return cm.autocompletion({ override: [suggest], icons: true, defaultKeymap: false });
}

/**
 * @param {Completion} live
 * @param {string} text
 * @returns {CompletionResult | null}
 */
function fromPython({ start, options }, text) {
  if (!options.length) return null;
  return {
    from: place(text, start),
    options: options.map(({ label, kind, detail }, rank) => ({
      label,
      detail,
      type: TYPES.get(kind) ?? kind,
      boost: -Math.min(rank, 99), // keep Python's order: arguments and own names first
    })),
    validFor: /^[\w ]*$/,
  };
}

/**
 * Complete, inside a string, the paths of data files and their names without folder and ending.
 *
 * @param {Help} help
 * @param {string} before
 * @returns {Promise<CompletionResult | undefined>}
 */
async function fileNames(help, before) {
  const typed = /["']([\w./-]*)$/.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const paths = await help.dataFiles();
  const names = paths.map((path) => path.replace(/^.*\/|\.\w+$/g, ""));
  const options = [...new Set([...names, ...paths])].map((label) => ({ label, type: "constant" }));
  return { from: before.length - typed.length, options, validFor: /^[\w./-]*$/ };
}

/**
 * Complete SQL without Python: words of the language, and the datasets that are its tables.
 *
 * @param {Help} help
 * @param {CompletionContext} context
 * @returns {Promise<CompletionResult | null>}
 */
async function forStatement(help, context) {
  const { StandardSQL, keywordCompletionSource } = await import("../vendor/codemirror-sql.js");
  const found = /** @type {CompletionResult | null} */ (await keywordCompletionSource(StandardSQL, true)(context));
  const tables = (await help.dataFiles()).flatMap((path) => /([^/]+)\.parquet$/.exec(path)?.[1] ?? []);
  return found && { ...found, options: [...tables.map((label) => ({ label, type: "variable", boost: 1 })), ...found.options] };
}

/**
 * @param {CodeMirror} cm
 * @param {CompletionContext} context
 * @returns {CompletionResult | null}
 */
function fromText(cm, context) {
  if (/\.\w*$/.test(context.state.doc.sliceString(0, context.pos))) return null; // only Python knows the attributes of an object
  const found = [cm.localCompletionSource(context), cm.globalCompletion(context)].filter((one) => one !== null);
  const [first] = /** @type {CompletionResult[]} */ (found);
  return first ? { ...first, options: found.flatMap((one) => /** @type {CompletionResult} */ (one).options) } : null;
}

/**
 * Explain a name on hover, and on Shift+Tab where there is text before the cursor; at the start of a line that key unindents.
 *
 * @param {CodeMirror} cm
 * @param {Help} help
 * @returns {Extension}
 */
function explanation(cm, help) {
  /** @type {import("@codemirror/state").StateEffectType<Tooltip | null>} */
  const show = cm.StateEffect.define();
  const shown = cm.StateField.define({
    create: () => /** @type {Tooltip | null} */ (null),
    update(tooltip, transaction) {
      for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
      return transaction.docChanged || transaction.selection ? null : tooltip;
    },
    provide: (field) => cm.showTooltip.from(field),
  });
  /** @param {EditorView} view */
  const ask = (view) => {
    const { main } = view.state.selection;
    const line = view.state.doc.lineAt(main.head);
    if (!main.empty || !line.text.slice(0, main.head - line.from).trim()) return false;
    void explain(view.state, main.head, help).then((tooltip) => view.dispatch({ effects: show.of(tooltip) }));
    return true;
  };
  /** @param {EditorView} view */
  const close = (view) => {
    if (!view.state.field(shown)) return false;
    view.dispatch({ effects: show.of(null) });
    return true;
  };
  return [
    shown,
    cm.Prec.high(cm.keymap.of([{ key: "Shift-Tab", run: ask }, { key: "Escape", run: close }])),
    cm.hoverTooltip((view, at) => explain(view.state, at, help)),
  ];
}

/**
 * @param {EditorState} state
 * @param {number} at
 * @param {Help} help
 * @returns {Promise<Tooltip | null>}
 */
async function explain(state, at, help) {
  const text = state.doc.toString();
  const found = await help.explain(text, length(text.slice(0, at)));
  if (!found) return null;
  return { pos: at, above: true, create: () => ({ dom: explanationBox(found) }) };
}

/** @param {Explanation} found */
function explanationBox({ signature, text }) {
  const parts = [element("code", {}, signature), text !== "" && element("p", {}, text)];
  return element("div", { class: "cm-explanation", role: "status" }, ...parts);
}

/**
 * Underline mistakes in the syntax, without running the text. Only Python judges: the editor's own parser does not know all of it.
 *
 * @param {CodeMirror} cm
 * @param {Help} help
 * @returns {Extension}
 */
function mistakes(cm, help) {
  return cm.linter(
    async ({ state }) => {
      const found = await help.check(state.doc.toString());
      return found ? [fromMistake(state, found)] : [];
    },
    { delay: CHECK_AFTER_MS },
  );
}

/** Asks an editor to look at its names again. */
const LOOK_AGAIN = "livecells:look-again";

/** @param {Event} event  Ruff is there, or a cell has changed, whose own editor looks again by itself */
function lookAgain({ target }) {
  for (const text of ruff.isReady ? document.querySelectorAll(".cm-content") : []) {
    if (!(target instanceof Element && target.contains(text))) text.dispatchEvent(new Event(LOOK_AGAIN));
  }
}

ruff.addEventListener("ready", lookAgain);
document.addEventListener("livecells:edit", lookAgain); // another cell may define them now

/**
 * Underline names that no cell defines, and imports that nothing uses.
 *
 * @param {CodeMirror} cm
 * @param {Help} help
 * @returns {Extension}
 */
function names(cm, help) {
  /** @type {import("@codemirror/state").StateEffectType<null>} */
  const again = cm.StateEffect.define();
  const isTyped = (/** @type {Transaction} */ one) => one.isUserEvent("input") || one.isUserEvent("delete");
  return [
    cm.linter(async ({ state }) => (await help.find(state.doc.toString())).map(fromFinding), {
      needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((one) => one.is(again))),
    }),
    cm.EditorView.domEventHandlers({ [LOOK_AGAIN]: (_, view) => view.dispatch({ effects: again.of(null) }) }),
    cm.EditorView.updateListener.of(({ docChanged, transactions }) => {
      if (docChanged && transactions.some(isTyped)) ruff.noteChange();
    }),
  ];
}

/**
 * @param {Finding} finding
 * @returns {Diagnostic}
 */
function fromFinding({ kind, name, from, to }) {
  if (kind === "unused") return { from, to, severity: "info", message: strings.importUnused(name) };
  return { from, to, severity: "warning", message: strings.nameUndefined(name) };
}

/**
 * @param {EditorState} state
 * @param {Mistake} mistake
 * @returns {Diagnostic}
 */
function fromMistake(state, { line: number, column, message }) {
  const line = state.doc.line(Math.min(number, state.doc.lines));
  const from = Math.min(line.from + place(line.text, column - 1), line.to);
  const to = Math.max(from, line.to);
  return { from, to, severity: "error", message };
}

/**
 * Count characters as Python does; JavaScript counts some of them twice.
 *
 * @param {string} text
 */
function length(text) {
  return [...text].length;
}

/**
 * Return the place in JavaScript's count.
 *
 * @param {string} text
 * @param {number} characters
 */
function place(text, characters) {
  return [...text].slice(0, characters).join("").length;
}
