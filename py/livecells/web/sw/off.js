/**
 * The kill switch: with `offline: false` in mkdocs.yml the build writes this text as `sw.js`. Every browser that has our
 * service worker fetches it, deletes what we kept, and goes on without us.
 */

const retired = /** @type {any} */ (self);
const OWN = `livecells:${new URL("./", retired.location.href).pathname}:`;

retired.addEventListener("install", () => retired.skipWaiting());
retired.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(retire()));

async function retire() {
  for (const name of await caches.keys()) if (name.startsWith(OWN)) await caches.delete(name);
  await retired.registration.unregister();
}
