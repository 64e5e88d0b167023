/**
 * What a copy of the site on disk carries in itself, for a Python that has no server to ask.
 */

/**
 * @typedef {object} Carried  disk/embedded-files.js makes it, before anything else of the page runs
 * @property {(paths: string[]) => Promise<Record<string, Blob>>} files  those that are there, by path
 * @property {(link: string) => string} address  what a link to a page leads to
 */

/** Nothing where the page came from a server. */
export const carried = /** @type {{livecellsCarried?: Carried}} */ (globalThis).livecellsCarried;
