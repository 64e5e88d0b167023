/** The sentences of the page. For another language the build replaces this file (release/assets.py). */
export * from "./strings/en.js";
