export { autocompletion, closeBrackets, closeBracketsKeymap, completeFromList, completionKeymap, ifNotIn } from "@codemirror/autocomplete";
export { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
export { globalCompletion, localCompletionSource, pythonLanguage } from "@codemirror/lang-python";
export {
  LRLanguage,
  LanguageSupport,
  bracketMatching,
  continuedIndent,
  foldNodeProp,
  forceParsing,
  indentNodeProp,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
  syntaxTree,
} from "@codemirror/language";
export { lintKeymap, linter } from "@codemirror/lint";
export { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
export { Compartment, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
export {
  Decoration,
  EditorView,
  crosshairCursor,
  drawSelection,
  hoverTooltip,
  keymap,
  placeholder,
  rectangularSelection,
  showTooltip,
} from "@codemirror/view";
export { classHighlighter, styleTags, tags } from "@lezer/highlight";
export { ExternalTokenizer, LRParser } from "@lezer/lr";
