/** The sentences of the page, in the site's language: the build puts another file in this one's place (release/assets.py). */
export * from "./strings/en.js";
