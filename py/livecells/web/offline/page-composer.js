/**
 * Puts a page with all that it needs into one file that runs from disk: the page as it was published, without the reader's edits.
 *
 * What is in it and what is left out says release/copies.py. The files that the page would fetch are embedded in it as text, which disk/embedded-files.js reads. Modules are replaced by classic
 * scripts (release/scripts.py). Links to other pages lead to the site.
 *
 * @import {PageFile, RuntimeFile} from "../shapes.js"
 */

import { readManifest } from "../client/manifest.js";
import { RELEASE, SITE_ROOT } from "../root.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

const WORKER = `${RELEASE}worker/worker.js`;
const PLACE = "livecells script ";
/** @typedef {(done: number, all: number) => void} OnProgress  bytes on the wire */

/**
 * @param {PageFile} list
 * @param {OnProgress} onProgress
 * @returns {Promise<{name: string, blob: Blob}>}
 * @throws {Error}  a file cannot be loaded; the message names it
 */
export async function composePage(list, onProgress) {
  const address = location.href.replace(/[?#].*/, "");
  const page = new DOMParser().parseFromString(await textOf(address), "text/html");
  const inside = await makeAlone(page, address, list);
  const { files } = await readManifest();
  const others = [`${RELEASE}manifest.json`, ...askedBy(page, list)].map((path) => ({ path, bytes: 0, wire: 0 }));
  const scripts = await embed([...files, ...others], list, onProgress);
  const [before, after] = split(`<!doctype html>\n${filled(page.documentElement.outerHTML, inside)}\n`);
  const name = `${address.split("/").filter(Boolean).at(-1)?.replace(/\.html$/, "") ?? "page"}.html`;
  return { name, blob: new Blob([before, ...scripts, after], { type: "text/html" }) };
}

/**
 * @param {Document} page
 * @param {string} address
 * @param {PageFile} list
 * @returns {Promise<string[]>}  scripts; numbered comments mark their places, since Trusted Types do not let text become a script
 */
async function makeAlone(page, address, list) {
  /** @type {string[]} */
  const scripts = [];
  const place = (/** @type {string} */ script) => page.createComment(`${PLACE}${scripts.push(script) - 1}`);
  for (const useless of page.querySelectorAll(list.left_out)) useless.remove();
  const at = (/** @type {string} */ link) => new URL(link, address).href;
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    sheet.replaceWith(element("style", {}, await textOf(at(sheet.getAttribute("href") ?? ""))));
  }
  for (const script of page.querySelectorAll("script[src]")) {
    const source = at(script.getAttribute("src") ?? "");
    const classic = script.getAttribute("type") === "module" ? source.replace(/\.js$/, ".classic.js") : source;
    script.replaceWith(place(await inlined(classic)));
  }
  for (const link of page.querySelectorAll("a[href]")) {
    const target = link.getAttribute("href") ?? "";
    if (!target.startsWith("#")) link.setAttribute("href", at(target));
  }
  canonical(page).setAttribute("href", address);
  page.head.append(place(await inlined(new URL(`${RELEASE}embedded-files.classic.js`, SITE_ROOT).href)));
  const worker = await textOf(new URL(`${RELEASE}worker.classic.js`, SITE_ROOT).href);
  page.head.append(place(embeddedScript(WORKER, await base64(new Blob([worker])))));
  return scripts;
}

/**
 * @param {string} html
 * @param {string[]} scripts
 */
function filled(html, scripts) {
  return html.replaceAll(new RegExp(`<!--${PLACE}(\\d+)-->`, "g"), (_, number) => scripts[number] ?? "");
}

/** @param {Document} page */
function canonical(page) {
  const found = page.querySelector("link[rel=canonical]");
  if (found) return found;
  const made = element("link", { rel: "canonical" });
  page.head.append(made);
  return made;
}

/** @param {string} source */
async function inlined(source) {
  return scriptTag({ "data-src": source }, (await textOf(source)).replaceAll("</script", "<\\/script"));
}

/**
 * Write a script's tag; nothing else here writes HTML.
 *
 * @param {Record<string, string>} attributes
 * @param {string} text  without a `</script`
 */
function scriptTag(attributes, text) {
  return element("script", attributes).outerHTML.replace("></", () => `>${text}</`);
}

/**
 * List the files that the page fetches beside the runtime: precomputed outputs, files of its figures.
 *
 * @param {Document} page
 * @param {PageFile} list
 */
function askedBy(page, list) {
  const precomputed = [...page.querySelectorAll("[data-precomputed]")].flatMap((form) =>
    Object.values(JSON.parse(/** @type {HTMLElement} */ (form).dataset.precomputed ?? "{}")).flatMap(Object.values),
  );
  const figures = [...page.querySelectorAll("code-cell[data-figure]")].map((cell) => /** @type {HTMLElement} */ (cell).dataset.figure);
  return [
    ...new Set(precomputed.map((name) => `precomputed/${name}`)),
    ...figures.flatMap((figure) => list.figure_files.map((ending) => `figures/${figure}${ending}`)),
  ];
}

/**
 * @param {Pick<RuntimeFile, "path" | "bytes" | "wire">[]} files
 * @param {PageFile} list
 * @param {OnProgress} onProgress
 * @returns {Promise<string[]>}
 */
async function embed(files, list, onProgress) {
  const all = files.reduce((sum, { wire }) => sum + wire, 0);
  let done = 0;
  const scripts = [];
  for (const { path, bytes, wire } of files) {
    onProgress(done, all);
    const blob = await blobOf(new URL(path, SITE_ROOT).href);
    if (bytes && blob.size !== bytes) throw new Error(strings.fileAltered(path, `${blob.size} of ${bytes} bytes`));
    const packing = list.packings[path] ?? "gzip";
    scripts.push(embeddedScript(path, await base64(packing ? await gzipped(blob) : blob), packing));
    done += wire;
  }
  return scripts;
}

/**
 * @param {string} path
 * @param {string} text  base64
 * @param {string} packing
 */
function embeddedScript(path, text, packing = "") {
  return scriptTag({ type: "text/plain", "data-embedded": path, "data-packing": packing }, text);
}

/** @param {Blob} blob */
function gzipped(blob) {
  return new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,/, "")));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}

/**
 * Split a page where the embedded files go: after everything that a reader sees.
 *
 * @param {string} html
 */
function split(html) {
  const end = html.lastIndexOf("</body>");
  return [html.slice(0, end), html.slice(end)];
}

/** @param {string} address */
async function textOf(address) {
  return (await blobOf(address)).text();
}

/** @param {string} address */
async function blobOf(address) {
  const path = address.startsWith(SITE_ROOT.href) ? address.slice(SITE_ROOT.href.length) : address;
  const response = await fetch(address).catch(() => {
    throw new Error(strings.fileBlocked(path));
  });
  if (!response.ok) throw new Error(strings.fileMissing(path, String(response.status)));
  return response.blob();
}
