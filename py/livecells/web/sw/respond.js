/**
 * Responds to requests from the kept release. When anything fails here, the request goes to the network as if there were no
 * service worker.
 */

import { CACHE, SCOPE, address, openPages, runtime, shell, worker } from "./release.js";

/** A new release that has not taken over by then does so at a later navigation. */
const PATIENCE_MS = 5000;

/** The waiting worker that has been offered the change. @type {unknown} */
let offered;

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
export async function respond(request) {
  const isNavigation = request.mode === "navigate";
  const own = await (isNavigation ? page(request) : file(request)).catch(() => undefined); // with a broken cache the network responds
  if (own) return own;
  try {
    const response = await fetch(request);
    if (response.status === 404) lookForNewer(request);
    return response;
  } catch (error) {
    const missing = isNavigation && (await missingPage().catch(() => undefined));
    if (missing) return missing;
    throw error;
  }
}

/** @param {Request} request */
async function page(request) {
  if (await canSwitch()) return switchPage();
  const path = pathOf(request.url);
  if (path && fileOf(path) === `${path}/index.html`) {
    return Response.redirect(`${SCOPE.href}${path}/${new URL(request.url).search}`);
  }
  return file(request);
}

/** @param {Request} request */
async function file(request) {
  const found = fileOf(pathOf(request.url));
  const kept = found && (await caches.match(address(found), { cacheName: CACHE }));
  return kept && ranged(request.headers, kept);
}

/** @param {string} url */
function pathOf(url) {
  return decodeURI(new URL(url).pathname).slice(decodeURI(SCOPE.pathname).length);
}

/**
 * Return the file that a path stands for, if this release has it.
 *
 * @param {string} path
 */
function fileOf(path) {
  const candidates = [path, `${path}index.html`, `${path}/index.html`];
  return candidates.find((one) => Object.hasOwn(shell, one) || Object.hasOwn(runtime, one));
}

/**
 * Look for a newer release when the site no longer has a file of this one.
 *
 * @param {Request} request
 */
function lookForNewer(request) {
  if (fileOf(pathOf(request.url))) worker.registration.update().catch(() => {});
}

async function missingPage() {
  const found = await caches.match(address("404.html"), { cacheName: CACHE });
  return found && new Response(found.body, { status: 404, headers: found.headers });
}

/**
 * Cut the range that a request asks for; caches hold only whole files. A request for several ranges may get the whole file.
 *
 * @param {Headers} asked
 * @param {Response} whole
 */
async function ranged(asked, whole) {
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(asked.get("range") ?? "");
  if (!wanted || (!wanted[1] && !wanted[2]) || !isUnchanged(asked, whole)) return whole;
  const blob = await whole.blob();
  const isSuffix = !wanted[1];
  const start = isSuffix ? Math.max(blob.size - Number(wanted[2]), 0) : Number(wanted[1]);
  const end = isSuffix || !wanted[2] ? blob.size - 1 : Math.min(Number(wanted[2]), blob.size - 1);
  const headers = new Headers(whole.headers);
  headers.delete("Content-Encoding"); // the kept bytes are decoded
  if (start >= blob.size || (isSuffix && !Number(wanted[2]))) {
    headers.set("Content-Range", `bytes */${blob.size}`);
    return new Response("", { status: 416, headers });
  }
  if (start > end) return new Response(blob, { headers }); // such as 9-2, which is not a range
  headers.set("Content-Range", `bytes ${start}-${end}/${blob.size}`);
  headers.set("Content-Length", String(end - start + 1));
  return new Response(blob.slice(start, end + 1), { status: 206, headers });
}

/**
 * Return whether the file is still the one of which the page has other ranges, when the request says so.
 *
 * @param {Headers} asked
 * @param {Response} whole
 */
function isUnchanged(asked, whole) {
  const condition = asked.get("if-range");
  return condition === null || [whole.headers.get("etag"), whole.headers.get("last-modified")].includes(condition);
}

/** Return whether to change to a waiting release: at a navigation with no other tab open, and only once. */
async function canSwitch() {
  const { waiting } = worker.registration;
  if (!waiting || waiting === offered) return false;
  if ((await openPages()).length > 1) return false;
  offered = waiting;
  return true;
}

/**
 * Make an empty page that lets the new release take over and then reloads.
 *
 * It waits for the change before it reloads: in Chromium 156 a navigation during the change never got a response.
 */
function switchPage() {
  const script = `
    const workers = navigator.serviceWorker;
    const again = () => location.reload();
    workers.addEventListener("controllerchange", again);
    workers.getRegistration().then((one) => one?.waiting ? one.waiting.postMessage({ type: "activate" }) : again());
    setTimeout(again, ${PATIENCE_MS});`;
  const html = `<!doctype html><link rel="icon" href="data:,"><script>${script}</script>`;
  return new Response(html, { headers: { "Content-Type": "text/html" } });
}
