/**
 * The service worker: keeps one whole, verified release for offline reading, and never mixes two.
 *
 *     install    fetch and check every page and script; copy what did not change; all or nothing
 *     waiting    tabs of the old release keep it; no tab ever changes under its reader
 *     activate   when the last of them is gone, or the reader says so: delete the old cache
 *     keep       when a cell has run: what was fetched for it
 *     save       on the reader's wish: all of Python and the data
 *
 * @import {FromServiceWorker, ToServiceWorker} from "../protocol.js"
 */

import { unknownMessage } from "../protocol.js";
import { respond } from "./respond.js";
import { keepShared } from "./shared.js";
import { forgetEarlier, install, keepFetched, pause, remove, save, state } from "./keep.js";
import { SCOPE, build, changes, openPages, version, worker } from "./release.js";
import { hold, release, waitingFor } from "./wait.js";

/**
 * @typedef {object} PageMessage
 * @property {ToServiceWorker} data
 * @property {{id: string, postMessage(message: FromServiceWorker): void}} source
 */

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(forgetEarlier()));
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(obey(event)));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, url } = event.request;
  const name = waitingFor(url);
  if (name !== undefined) return event.respondWith(hold(name));
  if (method === "POST" && url.startsWith(SCOPE.href)) return event.respondWith(keepShared(event.request));
  if (method === "GET" && url.startsWith(SCOPE.href)) event.respondWith(respond(event.request));
});

/** @param {PageMessage} message */
async function obey({ data, source }) {
  const tell = (/** @type {any} */ message) => source.postMessage(message);
  switch (data.type) {
    case "claim":
      return claim(source.id, data.build);
    case "describe":
      return tell({ type: "release", version, build, changes });
    case "activate":
      return activate(data.isAll ?? false, tell);
    case "keep":
      return keepFetched();
    case "pause":
      return pause();
    case "save":
      await save(tell);
      return tell(await state());
    case "remove":
      await remove();
      return tell(await state());
    case "state":
      return tell(await state());
    case "reply":
      return release(data.name, data.text);
    default:
      return unknownMessage(data);
  }
}

/**
 * Take control of a page that was loaded before this worker, if it is of the same release and no other page is open.
 *
 * @param {string} page  its id
 * @param {string} builtAs
 */
async function claim(page, builtAs) {
  const pages = await openPages();
  if (builtAs === build && pages.length === 1 && pages[0].id === page) await worker.clients.claim();
}

/**
 * Take over from the release before. Every open page changes too, so the reader is asked when there are others.
 *
 * @param {boolean} isAll
 * @param {(message: FromServiceWorker) => void} tell
 */
async function activate(isAll, tell) {
  const others = (await openPages()).length - 1;
  if (others > 0 && !isAll) tell({ type: "others", count: others });
  else await worker.skipWaiting();
}
