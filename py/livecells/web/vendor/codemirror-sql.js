export { StandardSQL, keywordCompletionSource } from "@codemirror/lang-sql";
