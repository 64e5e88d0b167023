/**
 * Stands in for the server in a copy of the site on disk, where a page can read no file but a script.
 *
 * What a copy carries lies in scripts of its own, each loaded when it is first asked for; or in the page, when the copy is one
 * page. Here `fetch`, `Worker` and links to downloads get it from there, for everything below the site's root.
 *
 * @import {Carried} from "../net/embedded.js"
 */

import { SITE_ROOT } from "../root.js";
import { downloadBlob } from "../ui/download.js";
import { element } from "../ui/element.js";

/** @typedef {"" | "gzip"} Packing */

/** Where the scripts lie, in a copy that is a folder. */
const FOLDER = new URL("carried/", SITE_ROOT);

const isFolder = location.href.startsWith(SITE_ROOT.href);

/** Where the page came from, when it is alone. */
const original = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? SITE_ROOT.href;

/** What has come and was not asked for yet. @type {Map<string, {packing: Packing, base64: string}>} */
const arrived = new Map();

/** @type {Map<string, Promise<Blob | undefined>>} */
const asked = new Map();

/**
 * Called by the scripts.
 *
 * @param {string} path
 * @param {Packing} packing
 * @param {string} base64
 */
function carry(path, packing, base64) {
  arrived.set(path, { packing, base64 });
}

/**
 * @param {string} path  below the site's root
 * @returns {Promise<Blob | undefined>}  nothing where the copy does not carry it
 */
function read(path) {
  const known = asked.get(path);
  if (known) return known;
  const reading = load(path);
  asked.set(path, reading);
  return reading;
}

/** @param {string} path */
async function load(path) {
  if (document.readyState === "loading") await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  if (isFolder && !arrived.has(path)) await runScript(new URL(`${path}.js`, FOLDER).href);
  const found = take(path);
  if (!found) return undefined;
  const blob = new Blob([decode(found.base64)]);
  if (!found.packing) return blob;
  return new Response(blob.stream().pipeThrough(new DecompressionStream(found.packing))).blob();
}

/** @param {string} path */
function take(path) {
  const found = arrived.get(path) ?? inPage(path);
  arrived.delete(path); // tens of megabytes of text
  return found;
}

/** @param {string} path */
function inPage(path) {
  const element = /** @type {HTMLElement | null} */ (document.querySelector(`script[data-carried=${CSS.escape(path)}]`));
  if (!element) return undefined;
  return { packing: /** @type {Packing} */ (element.dataset.packing ?? ""), base64: element.textContent ?? "" };
}

/** @param {string} address */
function runScript(address) {
  return new Promise((resolve) => {
    const script = element("script", { src: address });
    for (const end of ["load", "error"]) script.addEventListener(end, resolve);
    document.head.append(script);
  });
}

/** @param {string} base64 */
function decode(base64) {
  const bytes = /** @type {any} */ (Uint8Array).fromBase64; // newer than some browsers that open such copies
  return bytes ? bytes.call(Uint8Array, base64) : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/**
 * @param {string | URL} address
 * @returns {string | undefined}  path below the site's root
 */
function pathOf(address) {
  const { href } = new URL(address, document.baseURI);
  return href.startsWith(SITE_ROOT.href) ? decodeURI(href.slice(SITE_ROOT.href.length).replace(/[?#].*/, "")) : undefined;
}

const { fetch, Worker } = globalThis;

globalThis.fetch = async (input, init) => {
  const path = pathOf(input instanceof Request ? input.url : input);
  if (path === undefined) return fetch(input, init);
  const blob = await read(path);
  return blob ? new Response(blob) : new Response(null, { status: 404, statusText: "not in this copy" });
};

/** A worker's script must be here when it is asked for: pages of a copy load it ahead, or have it in them. */
globalThis.Worker = class extends Worker {
  /**
   * @param {string | URL} address
   * @param {WorkerOptions} [options]
   */
  constructor(address, options) {
    const path = pathOf(address);
    const source = path && (arrived.get(path) ?? inPage(path));
    if (!source) super(address, options);
    // A module worker from a Blob has no rights on disk: what is carried is a classic script.
    else super(URL.createObjectURL(new Blob([decode(source.base64)], { type: "text/javascript" })));
  }
};

/** On disk `download` opens a file instead of saving it. */
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const path = link?.href && pathOf(link.href);
  if (!link || !path || /(\/|\.html)$/.test(path)) return;
  event.preventDefault();
  void save(link, path);
});

/**
 * @param {HTMLAnchorElement} link
 * @param {string} path
 */
async function save(link, path) {
  const blob = await read(path);
  if (!blob) return void (location.href = link.href);
  downloadBlob(link.download || path.slice(path.lastIndexOf("/") + 1), blob);
}

/**
 * In a folder nobody picks the index of another folder; one page leads to the others where it came from.
 *
 * @param {string} link
 */
function addressOf(link) {
  if (link.startsWith("#")) return link;
  const { href } = new URL(link, isFolder ? location.href : original);
  return isFolder ? href.replace(/\/(?=[?#]|$)/, "/index.html") : href;
}

/** @type {Carried} */
const carried = {
  address: addressOf,
  async files(paths) {
    const blobs = await Promise.all(paths.map(async (path) => /** @type {const} */ ([path, await read(path)])));
    return /** @type {Record<string, Blob>} */ (Object.fromEntries(blobs.filter(([, blob]) => blob)));
  },
};

Object.assign(globalThis, { livecellsCarry: carry, livecellsCarried: carried });
