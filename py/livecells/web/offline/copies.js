/**
 * <copy-panel>: the whole site as a folder that runs from disk, by one click; and what copies weigh.
 */

import { carried } from "../net/embedded.js";
import { readManifest } from "../client/manifest.js";
import { SITE_ROOT } from "../root.js";
import { megabytes, strings } from "../strings.js";
import { element } from "../ui/element.js";

/**
 * @typedef {{file: string, bytes: number, unpacked: number, page: number}} CopySizes  release/copies.py writes it; `page`: of
 *   one page as a file, without its text
 */

/** @type {Promise<CopySizes | undefined> | undefined} */
let reading;

/** @returns {Promise<CopySizes | undefined>}  nothing where the site offers no copies, or they cannot be had now */
export function copySizes() {
  reading ??= readManifest()
    .then(({ copy }) => (copy ? fetch(new URL("copy/copy.json", SITE_ROOT)) : undefined))
    .then((answer) => (answer?.ok ? answer.json() : undefined))
    .catch(() => (reading = undefined));
  return reading;
}

export class CopyPanel extends HTMLElement {
  #text = element("p");

  /** Called by the browser when the element enters a page. */
  async connectedCallback() {
    this.replaceChildren(this.#text);
    if (carried) return void (this.#text.textContent = strings.offlineOnDisk);
    const sizes = await copySizes();
    if (!sizes) return void (this.#text.textContent = strings.copyNone);
    const href = new URL(sizes.file, SITE_ROOT).href;
    const link = element("a", { href, download: true }, strings.copyDownload(megabytes(sizes.bytes)));
    this.#text.textContent = strings.copyHow(megabytes(sizes.unpacked));
    this.replaceChildren(link, this.#text);
  }
}
