/**
 * The editor: CodeMirror, loaded at the first edit, in the place of the static source.
 *
 * @typedef {object} Editor
 * @property {HTMLElement} element
 * @property {string} value
 * @property {() => void} focus
 * @property {(line: number | undefined) => void} markLine  mark a line, from 1, or none
 */

import { strings } from "./strings.js";

/**
 * Make an editor.
 *
 * Escape leaves it, and Tab moves on until the reader has typed Enter or text, so that the keyboard is never trapped.
 *
 * @param {string} source
 * @param {{label: string, onInput: () => void, onLeave: () => void}} options
 * @returns {Promise<Editor>}
 */
export async function createEditor(source, { label, onInput, onLeave }) {
  const cm = await import("./vendor/codemirror.js");
  const mark = lineMark(cm);
  const leave = { key: "Escape", run: () => (onLeave(), true) };
  const view = new cm.EditorView({
    doc: source,
    extensions: [
      cm.keymap.of([...cm.closeBracketsKeymap, ...cm.completionKeymap]),
      cm.keymap.of([...cm.searchKeymap, leave, cm.indentWithTab]),
      // Shift+Enter and Ctrl+Enter belong to the cell.
      cm.keymap.of(cm.defaultKeymap.filter(({ key }) => key !== "Mod-Enter" && key !== "Shift-Mod-Enter")),
      cm.keymap.of(cm.historyKeymap),
      cm.history(),
      cm.drawSelection(),
      cm.python(),
      cm.indentUnit.of("    "),
      cm.indentOnInput(),
      cm.bracketMatching(),
      cm.closeBrackets(),
      cm.highlightSelectionMatches(),
      cm.syntaxHighlighting(cm.classHighlighter),
      mark.field,
      cm.EditorView.contentAttributes.of({ "aria-label": `${strings.editorLabel}: ${label}` }),
      cm.EditorView.updateListener.of((update) => {
        if (update.docChanged) onInput();
      }),
    ],
  });
  return {
    element: view.dom,
    get value() {
      return view.state.doc.toString();
    },
    set value(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    focus: () => view.focus(),
    markLine: (line) => view.dispatch({ effects: mark.effect.of(line) }),
  };
}

/**
 * A mark on one line that goes when the text changes.
 *
 * @param {typeof import("./vendor/codemirror.js")} cm
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
