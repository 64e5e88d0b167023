/**
 * <cite-this>: a button that shows how to cite a part of the page which is no cell, and how to put it into another page. Its
 * attributes say what it is: `data-id` names the element to link to, `data-embed` a card that the build has published.
 */

import { showDialog, textBlock } from "../ui/dialog.js";
import { strings } from "../strings.js";
import { addressOf, citations, embedCodes } from "./cite.js";

export class CiteThis extends HTMLElement {
  #isWired = false;

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (!this.#isWired) this.querySelector("button")?.addEventListener("click", () => this.#show());
    this.#isWired = true;
  }

  #show() {
    const { id = "", title = "", asOf = "", source = "", sentence, quote, embed } = this.dataset;
    const site = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[property="og:site_name"]'))?.content ?? "";
    const page = document.querySelector("h1")?.firstChild?.textContent?.trim() ?? "";
    const blocks = citations({ id, title, source, as_of: asOf, site, page, sentence, quote }, addressOf(id));
    showDialog(this, strings.cite, [...blocks, ...(embed ? embedCodes(embed, title) : [])].map(textBlock));
  }
}
