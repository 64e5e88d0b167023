/**
 * The service worker: keeps one whole, verified release for offline reading, and never mixes two.
 *
 * The build writes this text to `sw.js` in the site's root, behind `const PRECACHE = …` (build/precache.py). A browser
 * installs a new one only when its bytes change: the list of files has to stand in the script itself.
 *
 *     install    fetch and check every page and script; copy what did not change; all or nothing
 *     waiting    tabs of the old release keep it; no tab ever changes under its reader
 *     activate   when the last of them is gone, or the reader says so: delete the old cache
 *     save       on the reader's wish: Python and the data too
 */

/**
 * @typedef {Record<string, [sha256: string, bytes: number]>} FileList  by path below the site's root
 * @typedef {{release: string, shell: FileList, runtime: FileList}} Precache
 * @typedef {{files: FileList, savedAt?: string}} Kept  what a cache holds, kept in the cache itself
 */

/* global PRECACHE -- the build's line above */
const worker = /** @type {any} */ (self); // tsc has either the types of pages or those of workers
const { release, shell, runtime } = /** @type {Precache} */ (worker.PRECACHE);
const SCOPE = new URL("./", worker.location.href);

/** All Pages sites of a user share one origin: only names with our path are ours. */
const PREFIX = `livecells:${SCOPE.pathname}:`;
const CACHE = PREFIX + release;
const KEPT = new URL("__kept__", SCOPE).href;

const PARALLEL = 4;
const PAUSES_MS = [400, 2000];

/** A new release that has not taken over by then does so another time. */
const PATIENCE_MS = 5000;

let isPaused = false;

/** The waiting worker that has been offered the change. @type {unknown} */
let offered;

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(obey(event)));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(SCOPE.href)) event.respondWith(answer(event.request));
});

/** Get a whole release or leave no trace of it; the old one stays in place until then. */
async function install() {
  try {
    const old = await newestOther();
    const wanted = old?.kept.savedAt ? { ...shell, ...runtime } : shell;
    await keep(wanted, old, () => {});
    await writeKept({ files: wanted, savedAt: old?.kept.savedAt });
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await worker.clients.claim();
}

/** @param {{data: {type: string}, source: {postMessage(message: object): void} | null}} event */
async function obey({ data, source }) {
  switch (data.type) {
    case "activate":
      return worker.skipWaiting();
    case "pause":
      isPaused = true;
      return;
    case "save":
      return save((message) => source?.postMessage(message));
    case "remove":
      await remove();
      return source?.postMessage(await state());
    case "state":
      return source?.postMessage(await state());
    default:
      throw new TypeError(`unknown message ${data.type}`);
  }
}

/** @param {(message: object) => void} tell */
async function save(tell) {
  isPaused = false;
  try {
    await keep(runtime, undefined, (saved) => tell({ type: "saving", saved, total: size(runtime) }));
    await writeKept({ files: { ...shell, ...runtime }, savedAt: new Date().toISOString() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell({ type: "failed", reason: isPaused ? "" : reason });
  }
  tell(await state());
}

async function remove() {
  const cache = await caches.open(CACHE);
  for (const path of Object.keys(runtime)) await cache.delete(address(path));
  await writeKept({ files: shell });
}

async function state() {
  const kept = await readKept(CACHE);
  return { type: "state", release, savedAt: kept?.savedAt ?? "", total: size(runtime) };
}

/**
 * Put files into this release's cache, each checked by its hash.
 *
 * @param {FileList} files
 * @param {{name: string, kept: Kept} | undefined} old  a release whose unchanged files are copied
 * @param {(bytes: number) => void} onProgress
 */
async function keep(files, old, onProgress) {
  const cache = await caches.open(CACHE);
  const before = old && (await caches.open(old.name));
  const waiting = Object.entries(files);
  let done = 0;
  const lane = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      if (isPaused) throw new Error("paused");
      const [path, [sha256, bytes]] = entry;
      if (!(await cache.match(address(path)))) {
        const same = old?.kept.files[path]?.[0] === sha256 && (await before?.match(address(path)));
        await cache.put(address(path), same || (await fetchChecked(path, sha256)));
      }
      onProgress((done += bytes));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
}

/**
 * Fetch a file and check it: first as the browser has it, then around a stale copy of a cache on the way.
 *
 * @param {string} path
 * @param {string} sha256
 * @returns {Promise<Response>}
 */
async function fetchChecked(path, sha256) {
  let reason = "";
  for (const pause of [0, ...PAUSES_MS]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const response = await fetch(address(path), { cache: pause ? "reload" : "default" });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const copy = response.clone();
      if ((await digest(await response.arrayBuffer())) === sha256) return copy;
      reason = "it is not the file of this release";
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  throw new Error(`${path}: ${reason}`);
}

/**
 * Answer from this release; what is not kept comes from the network as if we were not here.
 *
 * @param {Request} request
 */
async function answer(request) {
  if (request.mode === "navigate" && (await canSwitch())) return switchPage();
  const path = decodeURI(new URL(request.url).pathname.slice(SCOPE.pathname.length));
  const file = fileOf(path);
  if (file && !path.endsWith("/") && file === `${path}/index.html`) {
    return Response.redirect(`${SCOPE.href}${path}/${new URL(request.url).search}`);
  }
  const kept = file && (await (await caches.open(CACHE)).match(address(file)));
  if (kept) return ranged(request, kept);
  try {
    return await fetch(request);
  } catch (error) {
    const missing = request.mode === "navigate" && (await caches.match(address("404.html")));
    if (missing) return missing;
    throw error;
  }
}

/**
 * Give the file that an address means, if it belongs to this release.
 *
 * @param {string} path
 */
function fileOf(path) {
  const candidates = [path, `${path}index.html`, `${path}/index.html`];
  return candidates.find((one) => one in shell || one in runtime);
}

/** With a new release waiting and no other tab open, a navigation is the moment to change; tried once. */
async function canSwitch() {
  const { waiting } = worker.registration;
  if (!waiting || waiting === offered) return false;
  const tabs = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.length > 1) return false;
  offered = waiting;
  return true;
}

/**
 * An empty page that lets the new release take over and then asks again.
 *
 * It waits for the change: a navigation that meets a worker on its way out is never answered (seen in Chromium 156 when this page
 * reloaded at once).
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

/**
 * Cut the part that a Range request asks for; caches only hold whole files.
 *
 * @param {Request} request
 * @param {Response} whole
 */
async function ranged(request, whole) {
  const wanted = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!wanted) return whole;
  const blob = await whole.blob();
  const start = Number(wanted[1]);
  const end = Math.min(wanted[2] ? Number(wanted[2]) : Infinity, blob.size - 1);
  if (start > end) {
    return new Response("", { status: 416, headers: { "Content-Range": `bytes */${blob.size}` } });
  }
  const headers = { "Content-Range": `bytes ${start}-${end}/${blob.size}`, "Content-Type": blob.type };
  return new Response(blob.slice(start, end + 1), { status: 206, headers });
}

/** @returns {Promise<{name: string, kept: Kept} | undefined>} */
async function newestOther() {
  for (const name of (await caches.keys()).reverse()) {
    const kept = name.startsWith(PREFIX) && name !== CACHE && (await readKept(name));
    if (kept) return { name, kept };
  }
  return undefined;
}

/**
 * @param {string} name
 * @returns {Promise<Kept | undefined>}
 */
async function readKept(name) {
  return (await (await caches.open(name)).match(KEPT))?.json();
}

/** @param {Kept} kept */
async function writeKept(kept) {
  await (await caches.open(CACHE)).put(KEPT, new Response(JSON.stringify(kept)));
}

/** @param {string} path */
function address(path) {
  return new URL(path, SCOPE).href;
}

/** @param {FileList} files */
function size(files) {
  return Object.values(files).reduce((sum, [, bytes]) => sum + bytes, 0);
}

/** @param {ArrayBuffer} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
