/**
 * <page-file>: saves the page as one file that runs from disk, Python and the data inside.
 */

import { embedded } from "../net/embedded.js";
import { copySizes } from "./copies.js";
import { megabytes, strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { downloadBlob } from "../ui/download.js";
import { element } from "../ui/element.js";

export class PageFile extends HTMLElement {
  #button = button("", () => void this.#save());
  #text = element("span", { role: "status" });

  /** Called by the browser when the element enters a page. */
  async connectedCallback() {
    if (embedded || !document.querySelector("code-cell")) return;
    const sizes = await copySizes();
    if (!sizes) return; // the site offers no copies
    this.#button.textContent = strings.pageFile(megabytes(sizes.page));
    this.replaceChildren(this.#button, " ", this.#text);
  }

  async #save() {
    this.#button.disabled = true;
    try {
      const { composePage } = await import("./page-composer.js");
      const { name, blob } = await composePage((done, all) => {
        this.#text.textContent = strings.pageFileGathering(megabytes(done), megabytes(all));
      });
      downloadBlob(name, blob);
      this.#text.textContent = strings.pageFileSaved(name, megabytes(blob.size));
    } catch (error) {
      this.#text.textContent = strings.pageFileFailed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#button.disabled = false;
    }
  }
}
