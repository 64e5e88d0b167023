/**
 * The page's side of the service worker: registers it, follows its changes, and removes it with all that it keeps.
 *
 * @import {ToServiceWorker} from "../protocol.js"
 */

import { readManifest } from "../client/manifest.js";
import { SITE_ROOT } from "../root.js";
import { prefixOf } from "../storage/prefix.js";
import { loadSetting, saveSetting } from "../storage/settings.js";

/** `off` when the reader has removed everything. */
const SETTING = "offline";

/** @type {Promise<ServiceWorkerRegistration | undefined> | undefined} */
let registration;

/** Chromium's offer to install the site, kept until the reader accepts it. @type {{prompt(): Promise<unknown>} | undefined} */
export let installOffer;

/** Whether the reader has removed everything, and has not asked for it again. */
export function isRemoved() {
  return loadSetting(SETTING) === "off";
}

/** Whether this browser can keep a site, at this address. */
export function isAble() {
  return "serviceWorker" in navigator && location.protocol !== "file:";
}

/**
 * Register the site's service worker, once.
 *
 * @returns {Promise<ServiceWorkerRegistration | undefined>}  nothing where the browser or the site has none
 */
export function registerOffline() {
  registration ??= register();
  registration.catch(() => (registration = undefined)); // the site works online; the panel reports it
  return registration;
}

/** Let the site be kept again after everything was removed. */
export function allowOffline() {
  saveSetting(SETTING, "on");
  registration = undefined;
}

/** Remove the pages, Python and the data from the browser; the reader's edits stay. */
export async function removeOffline() {
  saveSetting(SETTING, "off");
  await (await ownRegistration())?.unregister();
  const prefix = `${prefixOf(SITE_ROOT)}:`;
  const names = await caches.keys().catch(() => []); // what the browser refuses, it does not keep
  for (const name of names) if (name.startsWith(prefix)) await caches.delete(name);
  registration = undefined;
}

/**
 * Follow changes from outside: another release takes over, the browser offers to install the site.
 *
 * A page never mixes its files with those of another release: it is reloaded.
 */
export function followReleases() {
  addEventListener("beforeinstallprompt", (event) => (installOffer = /** @type {any} */ (event)));
  if (!isAble()) return;
  let isControlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isControlled) location.reload();
    isControlled = true;
    keepFetched(); // a cell may have run before
  });
}

/** Keep what Python has fetched, so that what ran once runs without a network. */
export function keepFetched() {
  const { serviceWorker } = navigator;
  serviceWorker?.controller?.postMessage(/** @type {ToServiceWorker} */ ({ type: "keep" }));
}

/** The service worker's registration; nothing where the browser has none, or blocks this site's data. */
export function ownRegistration() {
  return navigator.serviceWorker.getRegistration(SITE_ROOT.href).catch(() => undefined);
}

/** @param {ToServiceWorker} message */
export async function order(message) {
  (await navigator.serviceWorker.ready).active?.postMessage(message);
}

async function register() {
  if (!isAble()) return undefined;
  const { offline } = await readManifest();
  if (!offline) return undefined; // a worker of an earlier release updates by itself
  // A service worker serves what lies below it, so it lies in the root.
  const own = await navigator.serviceWorker.register(new URL("sw.js", SITE_ROOT), { scope: SITE_ROOT.href });
  if (!navigator.serviceWorker.controller) void order({ type: "claim", build: ownBuild() });
  return own;
}

/** The build that this page is of. */
function ownBuild() {
  return document.querySelector("meta[name=livecells-build]")?.getAttribute("content") ?? "";
}
