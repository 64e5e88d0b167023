/**
 * Stands in for the server in a copy of the site on disk, where a page can load scripts and no other files.
 *
 * In a copy that is a folder, each file is a script, loaded at the first request. A copy that is one file holds all of them, the page
 * too, which takes the place of what the browser has read. `fetch`, `Worker` and download links get the files from there, for
 * everything below the site's root.
 *
 * @import {Embedded, Packing} from "../net/embedded.js"
 */

import { fromText } from "../net/as-text.js";
import { PAGE } from "../net/embedded.js";
import { decoder } from "../net/zstd.js";
import { SITE_ROOT } from "../root.js";
import { downloadBlob } from "../ui/download.js";
import { element } from "../ui/element.js";

/** @typedef {{packing: Packing, bytes: () => Uint8Array<ArrayBuffer>}} Arrived */

/** Where the scripts lie in a copy that is a folder. */
const FOLDER = new URL("embedded/", SITE_ROOT);

const isFolder = location.href.startsWith(SITE_ROOT.href);

/** Where a single page came from. */
const original = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? SITE_ROOT.href;

/** Files that were not read yet. @type {Map<string, Arrived>} */
const arrived = new Map();

/** @type {Map<string, Promise<Blob | undefined>>} */
const asked = new Map();

/**
 * Receive a file; its script calls this.
 *
 * @param {string} path
 * @param {Packing} packing
 * @param {string} base64
 */
function embed(path, packing, base64) {
  arrived.set(path, { packing, bytes: () => fromBase64(base64) });
}

/** Show the page that this file holds. Its scripts are unpacked ahead: they run, or start as workers, without a wait. */
async function unwrap() {
  for (const { dataset, textContent } of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-embedded]"))) {
    const packing = /** @type {Packing} */ (dataset.packing);
    arrived.set(dataset.embedded ?? "", { packing, bytes: () => fromText(textContent ?? "") });
  }
  for (const [path, file] of arrived) {
    if (!path.endsWith(".js") && path !== PAGE) continue;
    const bytes = await unpacked(file);
    arrived.set(path, { packing: "", bytes: () => bytes });
  }
  const textOf = (/** @type {string} */ path) => new TextDecoder().decode(arrived.get(path)?.bytes());
  document.documentElement.replaceWith(new DOMParser().parseFromString(textOf(PAGE), "text/html").documentElement);
  for (const parsed of document.querySelectorAll("script")) {
    const script = element("script"); // one that is parsed apart never runs
    for (const { name, value } of parsed.attributes) script.setAttribute(name, value);
    const { src } = parsed.dataset;
    script.textContent = src ? textOf(pathOf(src) ?? src) : parsed.textContent;
    parsed.replaceWith(script);
  }
  document.dispatchEvent(new Event("DOMContentLoaded")); // the theme waits for it
  if (location.hash) location.replace(location.hash); // to the place that is there only now
}

/**
 * @param {string} path  below the site's root
 * @returns {Promise<Blob | undefined>}  undefined where the copy does not have it
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
  if (isFolder && !arrived.has(path)) await runScript(new URL(`${path}.js`, FOLDER).href);
  const found = arrived.get(path);
  arrived.delete(path); // megabytes of text
  return found && new Blob([await unpacked(found)]);
}

/** @param {Arrived} file */
async function unpacked({ packing, bytes }) {
  if (!packing) return bytes();
  if (packing === "zstd") return /** @type {Uint8Array<ArrayBuffer>} */ ((await decoder()).decode(bytes()));
  const stream = new Blob([bytes()]).stream().pipeThrough(new DecompressionStream(packing));
  return new Uint8Array(await new Response(stream).arrayBuffer());
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
function fromBase64(base64) {
  const bytes = /** @type {any} */ (Uint8Array).fromBase64; // some browsers that open such copies do not have it
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

/** Starts workers from embedded scripts, which the pages of a copy load ahead or have in them. */
globalThis.Worker = class extends Worker {
  /**
   * @param {string | URL} address
   * @param {WorkerOptions} [options]
   */
  constructor(address, options) {
    const path = pathOf(address);
    const source = path && arrived.get(path);
    if (!source) super(address, options);
    // On disk a module worker cannot start from a Blob: the embedded script is a classic one.
    else super(URL.createObjectURL(new Blob([source.bytes()], { type: "text/javascript" })));
  }
};

/** Save files to which a link with `download` leads; on disk it would open them. */
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
 * Return where a link leads. In a folder on disk the index has to be named; a single page links to the site.
 *
 * @param {string} link
 */
function addressOf(link) {
  if (link.startsWith("#")) return link;
  const { href } = new URL(link, isFolder ? location.href : original);
  return isFolder ? href.replace(/\/(?=[?#]|$)/, "/index.html") : href;
}

/** @type {Embedded} */
const embedded = {
  page: isFolder ? "" : original,
  address: addressOf,
  async files(paths) {
    const found = await Promise.all(paths.map(async (path) => /** @type {const} */ ([path, await (await read(path))?.arrayBuffer()])));
    return /** @type {Record<string, ArrayBuffer>} */ (Object.fromEntries(found.filter(([, bytes]) => bytes)));
  },
};

Object.assign(globalThis, { livecellsEmbed: embed, livecellsEmbedded: embedded });
if (!isFolder) document.addEventListener("DOMContentLoaded", () => void unwrap(), { once: true });
