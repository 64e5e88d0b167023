/** The files inside a copy of the site on disk, where there is no server to ask. */

/**
 * @typedef {object} Embedded  made by disk/embedded-files.js before anything else of the page runs
 * @property {(paths: string[]) => Promise<Record<string, ArrayBuffer>>} files  those that are there, by path
 * @property {(link: string) => string} address  where a link leads in the copy
 */

/** Undefined where the page came from a server. */
export const embedded = /** @type {{livecellsEmbedded?: Embedded}} */ (globalThis).livecellsEmbedded;
