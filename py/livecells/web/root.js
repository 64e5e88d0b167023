/**
 * The site's root, found from where this module lies: `livecells/<release>/` below it, whatever the path of the project.
 */
export const SITE_ROOT = new URL("../../", import.meta.url);
