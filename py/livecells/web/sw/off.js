/**
 * The kill switch: with `offline: false` in mkdocs.yml the build publishes this file as `sw.js`. Every browser that has the site's
 * service worker fetches it in its place, deletes the caches, and goes on without one.
 */

const retired = /** @type {any} */ (self);
const OWN = `livecells:${new URL("./", retired.location.href).pathname}:`;

retired.addEventListener("install", () => retired.skipWaiting());
retired.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(retire()));

async function retire() {
  for (const name of await caches.keys()) if (name.startsWith(OWN)) await caches.delete(name);
  await retired.registration.unregister();
}
