/**
 * Puts a page with what it needs into one file that runs from disk: the page as it was published, without the reader's edits.
 *
 * What is in it and what is left out says release/copies.py. Every file in it is packed and written as text, the page too; the one
 * script that is not, disk/embedded-files.js, reads them. Modules are replaced by classic scripts (release/scripts.py). Links to
 * other pages lead to the site.
 *
 * @import {PageFile, RuntimeFile} from "../shapes.js"
 * @import {Packing} from "../net/embedded.js"
 */

import { readManifest } from "../client/manifest.js";
import { asText } from "../net/as-text.js";
import { PAGE } from "../net/embedded.js";
import { RELEASE, SITE_ROOT } from "../root.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

const LOADER = `${RELEASE}embedded-files.classic.js`;

/**
 * @param {PageFile} list
 * @param {(done: number) => void} onProgress  bytes of the file so far
 * @returns {Promise<{name: string, blob: Blob, leftOut: string[]}>}  `leftOut` are data files
 * @throws {Error}  a file cannot be loaded; the message names it
 */
export async function composePage(list, onProgress) {
  const address = location.href.replace(/[?#].*/, "");
  const published = await textOf(address);
  const page = new DOMParser().parseFromString(published, "text/html");
  const scripts = await makeAlone(page, address, list);
  const html = `<!doctype html>\n${page.documentElement.outerHTML}`;
  const parts = [head(page, address), scriptTag({ data_src: urlOf(LOADER) }, await textOf(urlOf(LOADER))), await packed(PAGE, new Blob([html]))];
  let size = new Blob(parts).size;
  const add = (/** @type {Blob} */ part) => onProgress((size += parts[parts.push(part) - 1].size));
  for (const { path, file, packing } of list.files) {
    add(embedded(path, /** @type {Packing} */ (packing), new Uint8Array(await (await blobOf(urlOf(file))).arrayBuffer())));
  }
  const here = new Set(list.files.map(({ path }) => path));
  const others = [`${RELEASE}manifest.json`, ...scripts, ...askedBy(page, list)].filter((path) => !here.has(path));
  for (const path of others) add(await packed(path, await blobOf(urlOf(path))));
  const leftOut = [];
  for (const { path } of await dataFor(published)) {
    const part = await packed(path, await blobOf(urlOf(path)));
    if (size + part.size <= list.most) add(part);
    else leftOut.push(path);
  }
  const name = `${address.split("/").filter(Boolean).at(-1)?.replace(/\.html$/, "") ?? "page"}.html`;
  return { name, blob: new Blob(parts, { type: "text/html" }), leftOut };
}

/**
 * Write what a browser reads before it can show the page: the encoding of the files, and where the page is from.
 *
 * @param {Document} page
 * @param {string} address
 */
function head({ title, documentElement: { lang } }, address) {
  const made = element("html", { lang },
    element("meta", { charset: "windows-1252" }),
    element("meta", { name: "color-scheme", content: "light dark" }),
    element("title", {}, title),
    element("link", { rel: "canonical", href: address }),
    element("p", {}, `${strings.pageFileOpens} `, element("a", { href: address }, address)),
  );
  const text = made.outerHTML.replace("</html>", "").replaceAll(/[^\0-\x7f]/gu, (sign) => `&#${sign.codePointAt(0)};`);
  return new Blob([`<!doctype html>\n${text}`]);
}

/**
 * Make the page one that needs no server.
 *
 * @param {Document} page
 * @param {string} address
 * @param {PageFile} list
 * @returns {Promise<string[]>}  the paths of its scripts, which the loader puts into their places
 */
async function makeAlone(page, address, list) {
  const scripts = [];
  for (const useless of page.querySelectorAll(list.left_out)) useless.remove();
  const at = (/** @type {string} */ link) => new URL(link, address).href;
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    sheet.replaceWith(element("style", {}, await textOf(at(sheet.getAttribute("href") ?? ""))));
  }
  for (const script of page.querySelectorAll("script[src]")) {
    const source = at(script.getAttribute("src") ?? "");
    const classic = script.getAttribute("type") === "module" ? source.replace(/\.js$/, ".classic.js") : source;
    script.replaceWith(element("script", { data_src: classic }));
    scripts.push(pathOf(classic));
  }
  for (const link of page.querySelectorAll("a[href]")) {
    const target = link.getAttribute("href") ?? "";
    if (!target.startsWith("#")) link.setAttribute("href", at(target));
  }
  return scripts;
}

/**
 * Write a script's tag; nothing else here writes HTML.
 *
 * @param {Record<string, string>} attributes
 * @param {BlobPart} text  without a `</script`
 */
function scriptTag(attributes, text) {
  const [before, after] = element("script", attributes).outerHTML.split("><");
  return new Blob([`${before}>`, text, `<${after}\n`]);
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
 * List the data files: first those of which the page has the name, small ones before large ones.
 *
 * @param {string} published
 */
async function dataFor(published) {
  const isNamed = (/** @type {RuntimeFile} */ { name }) => published.includes(name.replace(/\.\w+$/, ""));
  const data = (await readManifest()).files.filter(({ kind }) => kind === "data");
  return data.sort((one, other) => Number(isNamed(other)) - Number(isNamed(one)) || one.bytes - other.bytes);
}

/**
 * @param {string} path
 * @param {Blob} blob
 * @returns {Promise<Blob>}
 */
async function packed(path, blob) {
  const [plain, gzip] = await Promise.all([blob, new Response(blob.stream().pipeThrough(new CompressionStream("gzip")))].map((one) => one.arrayBuffer()));
  const isWorth = gzip.byteLength < plain.byteLength;
  return embedded(path, isWorth ? "gzip" : "", new Uint8Array(isWorth ? gzip : plain));
}

/**
 * @param {string} path
 * @param {Packing} packing
 * @param {Uint8Array} bytes
 */
function embedded(path, packing, bytes) {
  return scriptTag({ type: "text/plain", data_embedded: path, data_packing: packing }, asText(bytes));
}

/** @param {string} path */
function urlOf(path) {
  return new URL(path, SITE_ROOT).href;
}

/** @param {string} address */
function pathOf(address) {
  return address.startsWith(SITE_ROOT.href) ? address.slice(SITE_ROOT.href.length) : address;
}

/** @param {string} address */
async function textOf(address) {
  return (await blobOf(address)).text();
}

/** @param {string} address */
async function blobOf(address) {
  const response = await fetch(address).catch(() => {
    throw new Error(strings.fileBlocked(pathOf(address)));
  });
  if (!response.ok) throw new Error(strings.fileMissing(pathOf(address), String(response.status)));
  return response.blob();
}
