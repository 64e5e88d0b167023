/**
 * What the offline panel says about a newer release: that it is ready and what it changed, or why it could not be fetched.
 *
 * @import {Change} from "../shapes.js"
 */

import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";

export class UpdateNote {
  /** The version of this page. */
  #own = "";
  /** Changes of the waiting release and of those before it. @type {Change[]} */
  #changes = [];
  #text = element("p", { role: "status" });
  #list = element("ul");
  #switch = button(strings.updateSwitch, () => this.#activate(false));
  #switchAll = button(strings.updateSwitchAll, () => this.#activate(true));
  #later = button(strings.updateLater, () => this.hide());
  element = element("div", { data_part: "update", hidden: true }, this.#text, this.#list, this.#switch, this.#switchAll, this.#later);
  /** @type {ServiceWorkerRegistration | undefined} */
  #registration;

  /**
   * Offer every release that comes to wait.
   *
   * @param {ServiceWorkerRegistration} registration
   */
  watch(registration) {
    if (this.#registration === registration) return this.#ask();
    this.#registration = registration;
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => this.#ask());
    });
    this.#ask();
  }

  /**
   * Set the version of this page: of a newer one only what is new is shown.
   *
   * @param {string} version
   */
  setOwn(version) {
    this.#own = version;
    this.#list.replaceChildren(...this.#news().map((note) => element("li", {}, note)));
  }

  /** @param {{version: string, build: string, changes: Change[]}} release */
  offer({ version, build, changes }) {
    this.#changes = changes;
    this.#say(strings.updateReady(strings.release(version, build)), this.#switch, this.#later);
    this.setOwn(this.#own);
    this.#list.hidden = false;
  }

  #news() {
    const known = this.#changes.findIndex(({ version }) => version === this.#own);
    if (known === 0) return [strings.updateSameVersion];
    return this.#changes.slice(0, known < 0 ? undefined : known).flatMap(({ notes }) => notes);
  }

  /** @param {number} count */
  askForOthers(count) {
    this.#say(strings.updateOthers(count), this.#switchAll, this.#later);
  }

  /** @param {string} text */
  say(text) {
    this.#say(text);
  }

  hide() {
    this.element.hidden = true;
  }

  #ask() {
    this.#registration?.waiting?.postMessage({ type: "describe" });
  }

  /** @param {boolean} isAll */
  #activate(isAll) {
    this.#registration?.waiting?.postMessage({ type: "activate", isAll });
  }

  /**
   * @param {string} text
   * @param {HTMLElement[]} buttons
   */
  #say(text, ...buttons) {
    this.element.hidden = false;
    this.#text.textContent = text;
    this.#list.hidden = true;
    for (const one of [this.#switch, this.#switchAll, this.#later]) one.hidden = !buttons.includes(one);
  }
}
