/**
 * Return the beginning of all names under which a browser keeps something of this site.
 *
 * All Pages sites of a user share one origin, so the project's path is in it. sw/off.js repeats it: that file is published alone.
 *
 * @param {string | URL} site  its root
 */
export function prefixOf(site) {
  return `livecells:${new URL(site).pathname}`;
}
