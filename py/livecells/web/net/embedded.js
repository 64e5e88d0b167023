/** The files inside a copy of the site on disk, where there is no server to ask. */

/**
 * How a file is packed inside a copy: the build writes zstd, a page that makes one file of itself gzip.
 *
 * @typedef {"" | "gzip" | "zstd"} Packing
 */

/** The name that a page has inside the one file. */
export const PAGE = "page.html";

/**
 * @typedef {object} Embedded  made by disk/embedded-files.js before anything else of the page runs
 * @property {string} page  where the page is on its site, in a copy that is one file; empty in a folder
 * @property {(paths: string[]) => Promise<Record<string, ArrayBuffer>>} files  those that are there, by path
 * @property {(link: string) => string} address  where a link leads in the copy
 */

/** Undefined where the page came from a server. */
export const embedded = /** @type {{livecellsEmbedded?: Embedded}} */ (globalThis).livecellsEmbedded;
