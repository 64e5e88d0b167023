/**
 * The site's root, found from where this module lies: `livecells/<release>/` below it, whatever the path of the project.
 */
export const SITE_ROOT = new URL("../../", import.meta.url);

/**
 * The folder of this release, below the root. Other modules start from here: once several are bundled into one script,
 * `import.meta.url` is right only for modules of this folder (release/scripts.py).
 */
export const RELEASE = new URL("./", import.meta.url).href.slice(SITE_ROOT.href.length);

/**
 * Return the address of a published file of a figure (figures/publish.py).
 *
 * @param {string} figure
 * @param {string} suffix  such as `.csv`
 */
export function figureFile(figure, suffix) {
  return new URL(`figures/${figure}${suffix}`, SITE_ROOT).href;
}
