/**
 * The editor: CodeMirror, loaded at the first edit, in the place of the static source.
 *
 * @import {Extension} from "@codemirror/state"
 * @import {Help} from "./editor-help.js"
 *
 * @typedef {typeof import("../vendor/codemirror.js")} CodeMirror
 *
 * @typedef {object} Editor
 * @property {HTMLElement} element
 * @property {string} value
 * @property {() => void} focus
 * @property {(line: number | undefined) => void} markLine  mark a line, from 1, or none
 * @property {(line: number) => void} showLine  put the cursor into a line, from 1
 *
 * @typedef {object} EditorOptions
 * @property {string} label  what is edited, for screen readers
 * @property {Help} help
 * @property {() => void} onInput
 * @property {() => void} onLeave
 */

import { helpers } from "./editor-help.js";
import { isSql } from "./sql.js";
import { strings } from "../strings.js";

const PARSING_MS = 200;

/**
 * Make an editor. Escape leaves it, so Tab can indent without trapping the keyboard.
 *
 * @param {string} source
 * @param {EditorOptions} options
 * @returns {Promise<Editor>}
 */
export async function createEditor(source, { label, help, onInput, onLeave }) {
  const cm = await import("../vendor/codemirror.js");
  const mark = lineMark(cm);
  const language = new cm.Compartment();
  let isOfSql = isSql(source);
  const view = new cm.EditorView({
    doc: source,
    extensions: [
      helpers(cm, help),
      keys(cm, onLeave),
      language.of(await languageOf(cm, isOfSql)),
      appearance(cm),
      mark.field,
      cm.EditorView.contentAttributes.of({
        "aria-label": `${strings.editorLabel}: ${label}`,
        "aria-description": strings.editorKeys,
      }),
      cm.EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        onInput();
        const before = isOfSql;
        isOfSql = isSql(update.state.doc.toString());
        if (isOfSql !== before) void languageOf(cm, isOfSql).then((now) => view.dispatch({ effects: language.reconfigure(now) }));
      }),
    ],
  });
  cm.forceParsing(view, source.length, PARSING_MS); // else its colours come late
  const lineAt = (/** @type {number} */ line) => view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  return {
    element: view.dom,
    get value() {
      return view.state.doc.toString();
    },
    set value(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: "set" }); // undone by itself
    },
    focus: () => view.focus(),
    markLine: (line) => view.dispatch({ effects: mark.effect.of(line) }),
    showLine: (line) => {
      view.dispatch({ selection: { anchor: lineAt(line).from }, scrollIntoView: true });
      view.focus();
    },
  };
}

/**
 * @param {CodeMirror} cm
 * @param {() => void} onLeave
 * @returns {Extension}
 */
function keys(cm, onLeave) {
  return [
    cm.keymap.of([...cm.closeBracketsKeymap, ...cm.completionKeymap, ...cm.lintKeymap]),
    cm.keymap.of([
      ...cm.searchKeymap,
      { key: "Escape", run: () => (onLeave(), true) },
      { key: "Tab", run: cm.indentMore, shift: cm.indentLess },
    ]),
    // Shift+Enter and Ctrl+Enter belong to the cell.
    cm.keymap.of(cm.defaultKeymap.filter(({ key }) => key !== "Mod-Enter" && key !== "Shift-Mod-Enter")),
    cm.keymap.of(cm.historyKeymap),
    cm.history(),
  ];
}

/**
 * @param {CodeMirror} cm
 * @returns {Extension}
 */
function appearance(cm) {
  return [
    cm.syntaxHighlighting(cm.classHighlighter),
    cm.placeholder(strings.emptyHint),
    cm.indentUnit.of("    "),
    cm.indentOnInput(),
    cm.bracketMatching(),
    cm.closeBrackets(),
    cm.Prec.highest(cm.EditorState.languageData.of(() => [{ closeBrackets: { brackets: ["(", "[", "{"] } }])), // no quotes: it doubles them
    cm.search({ top: true }),
    cm.highlightSelectionMatches(),
    cm.EditorState.allowMultipleSelections.of(true),
    cm.drawSelection(),
    cm.rectangularSelection(),
    cm.crosshairCursor(),
  ];
}

/**
 * Choose the language of a text. That of SQL is loaded when the first one is edited; without it such a text has no colours.
 *
 * @param {CodeMirror} cm
 * @param {boolean} isOfSql
 * @returns {Promise<Extension>}
 */
async function languageOf(cm, isOfSql) {
  if (!isOfSql) return python(cm);
  const header = cm.Decoration.set([cm.Decoration.line({ class: "cm-header" }).range(0)]);
  const { StandardSQL } = await import("../vendor/codemirror-sql.js").catch((error) => (console.warn(error), { StandardSQL: undefined }));
  return [StandardSQL?.language ?? [], cm.EditorView.decorations.of(header)];
}

/**
 * Python, with tags as the build's Pygments has them.
 *
 * @param {CodeMirror} cm
 */
function python({ pythonLanguage, styleTags, tags }) {
  const asPygments = styleTags({ '"*" "**"': tags.operator, "FormatConversion FormatSpec": tags.string, async: tags.keyword });
  return pythonLanguage.configure({ props: [asPygments] });
}

/**
 * Make a mark for one line; it disappears when the text changes.
 *
 * @param {CodeMirror} cm
 */
function lineMark(cm) {
  /** @type {import("@codemirror/state").StateEffectType<number | undefined>} */
  const effect = cm.StateEffect.define();
  const line = cm.Decoration.line({ class: "cm-error-line" });
  const field = cm.StateField.define({
    create: () => cm.Decoration.none,
    update(marks, transaction) {
      for (const one of transaction.effects) {
        if (!one.is(effect)) continue;
        const { doc } = transaction.state;
        const isThere = one.value !== undefined && one.value >= 1 && one.value <= doc.lines;
        if (!isThere) return cm.Decoration.none;
        return cm.Decoration.set([line.range(doc.line(/** @type {number} */ (one.value)).from)]);
      }
      return transaction.docChanged ? cm.Decoration.none : marks;
    },
    provide: (self) => cm.EditorView.decorations.from(self),
  });
  return { effect, field };
}
