/**
 * What names begin with under which a browser keeps things of one site.
 *
 * All Pages sites of a user share one origin: the prefix carries the project's path. sw/off.js has it once more, since it stands alone.
 *
 * @param {string | URL} site  its root
 */
export function prefixOf(site) {
  return `livecells:${new URL(site).pathname}`;
}
