// Colours of terminals: escape sequences to pieces of text with their styles.
export { default as Anser } from "anser";
