/**
 * <copy-panel>: a link to the whole site as a folder that runs from disk; and the sizes of all copies.
 *
 * @import {Copies} from "../shapes.js"
 */

import { embedded } from "../net/embedded.js";
import { readManifest } from "../client/manifest.js";
import { SITE_ROOT } from "../root.js";
import { megabytes, strings } from "../strings.js";
import { element } from "../ui/element.js";

/** @type {Promise<Copies | undefined> | undefined} */
let reading;

/** @returns {Promise<Copies | undefined>}  undefined where the site offers no copies, or there is no network */
export function readCopies() {
  reading ??= readManifest()
    .then(({ copy }) => (copy ? fetch(new URL("copy/copy.json", SITE_ROOT)) : undefined))
    .then((response) => (response?.ok ? response.json() : undefined))
    .catch(() => (reading = undefined));
  return reading;
}

export class CopyPanel extends HTMLElement {
  #text = element("p");

  /** Called by the browser when the element enters a page. */
  async connectedCallback() {
    this.replaceChildren(this.#text);
    if (embedded) return void (this.#text.textContent = strings.offlineOnDisk);
    const copies = await readCopies();
    if (!copies) return void (this.#text.textContent = strings.copyNone);
    const href = new URL(copies.file, SITE_ROOT).href;
    const link = element("a", { href, download: true }, strings.copyDownload(megabytes(copies.bytes)));
    this.#text.textContent = strings.copyHow(megabytes(copies.unpacked));
    this.replaceChildren(link, this.#text);
  }
}
