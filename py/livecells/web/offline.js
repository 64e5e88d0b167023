/**
 * <offline-panel>: what of this site the browser keeps, and the reader's say in it.
 */

import { readManifest } from "./manifest.js";
import { SITE_ROOT } from "./root.js";
import { megabytes, strings } from "./strings.js";
import { button } from "./toolbar.js";

/**
 * @typedef {{type: "state", release: string, savedAt: string, total: number}
 *   | {type: "saving", saved: number, total: number} | {type: "failed", reason: string}} WorkerMessage
 */

/** @type {Promise<ServiceWorkerRegistration | undefined> | undefined} */
let registration;

/**
 * Register the site's service worker, once.
 *
 * @returns {Promise<ServiceWorkerRegistration | undefined>}  nothing where the browser or the site has none
 */
export function registerOffline() {
  registration ??= register();
  registration.catch(() => {}); // the site works online; the panel tells
  return registration;
}

async function register() {
  if (!("serviceWorker" in navigator)) return undefined;
  const { offline } = await readManifest();
  if (!offline) return undefined; // a worker of an earlier release fetches its successor by itself
  // A service worker serves what lies below it: only from the root all of the site.
  return navigator.serviceWorker.register(new URL("sw.js", SITE_ROOT), { scope: SITE_ROOT.href });
}

/**
 * Reject when the first service worker could not be installed: `ready` would wait for ever.
 *
 * @param {ServiceWorkerRegistration} own
 * @returns {Promise<never>}
 */
function failedInstall(own) {
  const { installing } = own;
  return new Promise((_, reject) => {
    installing?.addEventListener("statechange", () => {
      if (installing.state === "redundant" && !own.active) reject(new Error(strings.offlineNoRoom));
    });
  });
}

export class OfflinePanel extends HTMLElement {
  #text = document.createElement("p");
  #bar = document.createElement("progress");
  #save = button("", () => this.#order("save"));
  #pause = button(strings.offlinePause, () => this.#order("pause"));
  #remove = button(strings.offlineRemove, () => this.#order("remove"));
  #switch = button(strings.offlineSwitch, () => void this.#switchNow());

  /** Called by the browser when the element enters a page. */
  connectedCallback() {
    this.#text.setAttribute("role", "status");
    this.#bar.setAttribute("aria-label", strings.offlineSaving("", ""));
    this.replaceChildren(this.#text, this.#bar, this.#save, this.#pause, this.#remove, this.#switch);
    this.#show("", []);
    navigator.serviceWorker?.addEventListener("message", this.#receive);
    void this.#start();
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    navigator.serviceWorker?.removeEventListener("message", this.#receive);
  }

  async #start() {
    try {
      const own = await registerOffline();
      if (!own) return this.#show(strings.offlineUnable, []);
      this.#show(strings.offlineInstalling, []);
      await Promise.race([navigator.serviceWorker.ready, failedInstall(own)]);
      this.#watchUpdates(own);
      await this.#order("state");
    } catch (error) {
      this.#show(`${strings.offlineFailed} ${error instanceof Error ? error.message : ""}`, []);
    }
  }

  /** @param {ServiceWorkerRegistration} own */
  #watchUpdates(own) {
    const offer = () => (this.#switch.hidden = !own.waiting);
    offer();
    own.addEventListener("updatefound", () => own.installing?.addEventListener("statechange", offer));
  }

  /** @param {string} type */
  async #order(type) {
    (await navigator.serviceWorker.ready).active?.postMessage({ type });
  }

  async #switchNow() {
    const own = await registerOffline();
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    own?.waiting?.postMessage({ type: "activate" });
  }

  #receive = (/** @type {MessageEvent<WorkerMessage>} */ { data }) => {
    switch (data.type) {
      case "saving":
        this.#bar.max = data.total;
        this.#bar.value = data.saved;
        this.#show(strings.offlineSaving(megabytes(data.saved), megabytes(data.total)), [
          this.#bar,
          this.#pause,
        ]);
        return;
      case "failed":
        this.#failure = data.reason ? `${strings.offlineFailed} ${data.reason}. ` : "";
        return;
      case "state":
        this.#showState(data);
    }
  };

  #failure = "";

  /** @param {{release: string, savedAt: string, total: number}} state */
  #showState({ release, savedAt, total }) {
    this.#save.textContent = strings.offlineSave(megabytes(total));
    const day = savedAt && new Date(savedAt).toLocaleDateString();
    const text = savedAt ? strings.offlineSaved(day, release) : strings.offlinePages;
    this.#show(this.#failure + text, [savedAt ? this.#remove : this.#save]);
    this.#failure = "";
    this.dataset.state = savedAt ? "saved" : "pages";
  }

  /**
   * @param {string} text
   * @param {HTMLElement[]} parts  what is shown beside it
   */
  #show(text, parts) {
    this.#text.textContent = text;
    for (const part of [this.#bar, this.#save, this.#pause, this.#remove]) {
      part.hidden = !parts.includes(part);
    }
    if (!text) this.#switch.hidden = true;
  }
}
