/**
 * <page-file>: saves the page as one file that runs from disk, Python and data inside.
 *
 * @import {PageFile as PageFileList} from "../shapes.js"
 */

import { embedded } from "../net/embedded.js";
import { readCopies } from "./copies.js";
import { megabytes, strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { downloadBlob } from "../ui/download.js";
import { element } from "../ui/element.js";

export class PageFile extends HTMLElement {
  #text = element("span", { role: "status" });

  /** Called by the browser when the element enters a page. */
  async connectedCallback() {
    if (embedded || !document.querySelector("code-cell")) return;
    const copies = await readCopies();
    if (!copies) return; // the site offers no copies
    const start = button(strings.pageFile(megabytes(copies.page.bytes)), () => void this.#save(start, copies.page));
    this.replaceChildren(start, " ", this.#text);
  }

  /**
   * @param {HTMLButtonElement} start
   * @param {PageFileList} list
   */
  async #save(start, list) {
    start.disabled = true;
    try {
      const { composePage } = await import("./page-composer.js");
      const { name, blob, leftOut } = await composePage(list, (done) => {
        this.#text.textContent = strings.pageFileGathering(megabytes(done), megabytes(Math.max(done, list.bytes)));
      });
      downloadBlob(name, blob);
      this.#text.textContent = strings.pageFileSaved(name, megabytes(blob.size), leftOut);
    } catch (error) {
      this.#text.textContent = strings.pageFileFailed(error instanceof Error ? error.message : String(error));
    } finally {
      start.disabled = false;
    }
  }
}
