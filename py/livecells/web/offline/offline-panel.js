/**
 * <offline-panel>: shows what the browser keeps of this site, and of which release; the reader decides about both.
 *
 *     online ─▶ pages ─▶ saving ⇄ paused        at any time: a newer release is ready, or could not be fetched
 *        ▲        ▲         └────▶ saved
 *     removed ◀───┴──────────────────┘
 *
 * @import {FileFault, FromServiceWorker, OfflineState} from "../protocol.js"
 */

import { isLineDear } from "../net/data-saver.js";
import {
  allowOffline,
  installOffer,
  isAble,
  isRemoved,
  order,
  ownRegistration,
  registerOffline,
  removeOffline,
} from "./offline.js";
import { unknownMessage } from "../protocol.js";
import { megabytes, strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";
import { UpdateNote } from "./update-note.js";

/** A save without a message for this long is started again: browsers end a worker that takes long. */
const SILENCE_MS = 20_000;

export class OfflinePanel extends HTMLElement {
  #text = element("p", { role: "status" });
  #bar = element("progress", { aria_label: strings.offlineSaving("", "") });
  #keep = button(strings.offlineKeep, () => void this.#keepPages());
  #save = button("", () => void this.#startSaving());
  #pause = button(strings.offlinePause, () => void this.#pauseSaving());
  #remove = button(strings.offlineRemove, () => void order({ type: "remove" }));
  #removeAll = button(strings.offlineRemoveAll, () => void this.#removeEverything());
  #look = button(strings.offlineLook, () => void this.#lookForUpdate());
  #install = button(strings.offlineInstall, () => void installOffer?.prompt());
  #note = new UpdateNote();
  #failure = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /** Called by the browser when the element enters a page. */
  connectedCallback() {
    this.replaceChildren(this.#text, this.#bar, ...this.#buttons, this.#note.element);
    if (!isAble()) return this.#show("unable", location.protocol === "file:" ? strings.offlineOnDisk : strings.offlineUnable);
    navigator.serviceWorker.addEventListener("message", this.#receive);
    addEventListener("beforeinstallprompt", this.#offerInstall);
    if (isRemoved()) this.#show("removed", strings.offlineRemoved, this.#keep);
    else if (isLineDear() && !navigator.serviceWorker.controller) this.#show("online", strings.offlineOnline, this.#keep);
    else void this.#start();
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    clearTimeout(this.#silence);
    removeEventListener("beforeinstallprompt", this.#offerInstall);
    if (isAble()) navigator.serviceWorker.removeEventListener("message", this.#receive);
  }

  get #buttons() {
    return [this.#keep, this.#save, this.#pause, this.#remove, this.#removeAll, this.#look, this.#install];
  }

  async #start() {
    this.#show("online", strings.offlineInstalling);
    try {
      const own = await registerOffline();
      if (!own) return this.#show("unable", strings.offlineUnable);
      await Promise.race([navigator.serviceWorker.ready, this.#failedInstall(own)]);
      this.#note.watch(own);
      await order({ type: "state" });
    } catch (error) {
      this.#showBroken(this.#failure || strings.faultBrowser(error instanceof Error ? error.message : String(error)));
    }
  }

  /** @param {string} reason */
  #showBroken(reason) {
    this.#show("online", strings.offlineBroken(reason), this.#keep);
  }

  /**
   * Reject when the first service worker cannot be installed: `ready` would never settle.
   *
   * @param {ServiceWorkerRegistration} own
   * @returns {Promise<never>}
   */
  #failedInstall(own) {
    const { installing } = own;
    return new Promise((_, reject) => {
      installing?.addEventListener("statechange", () => {
        if (installing.state === "redundant" && !own.active) reject(new Error("install"));
      });
    });
  }

  async #keepPages() {
    this.#failure = "";
    allowOffline();
    await this.#start();
  }

  async #startSaving() {
    this.#failure = "";
    void navigator.storage?.persist?.(); // some browsers grant it without a question, others refuse it
    await order({ type: "save" });
    this.#listenForSilence();
  }

  async #pauseSaving() {
    clearTimeout(this.#silence);
    await order({ type: "pause" });
  }

  async #removeEverything() {
    await removeOffline();
    this.#note.hide();
    this.#show("removed", strings.offlineRemoved, this.#keep);
  }

  async #lookForUpdate() {
    const own = await registerOffline();
    this.#text.textContent = strings.offlineLooking;
    await own?.update().catch(() => {}); // offline; the worker reports an update that fails
    await order({ type: "state" });
    if (own && !own.waiting && !own.installing) this.#note.say(strings.offlineNewest);
  }

  #receive = (/** @type {MessageEvent<FromServiceWorker>} */ { data }) => {
    switch (data.type) {
      case "saving":
        this.#listenForSilence();
        return this.#showProgress(data);
      case "save-failed":
        this.#failure = strings.offlineFailed(describe(data.fault));
        return;
      case "state":
        return this.#showState(data);
      case "update-failed":
        return void this.#updateFailed(data.failed.fault);
      case "release":
        return this.#note.offer(data);
      case "others":
        return this.#note.askForOthers(data.count);
      default:
        return unknownMessage(data);
    }
  };

  /** @param {FileFault} fault  may arrive before or after the browser has dropped the worker */
  async #updateFailed(fault) {
    const own = await ownRegistration();
    if (own?.active) return order({ type: "state" });
    this.#failure = describe(fault);
    this.#showBroken(this.#failure);
  }

  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#startSaving(), SILENCE_MS);
  }

  /** @param {{saved: number, total: number}} progress */
  #showProgress({ saved, total }) {
    this.#bar.max = total;
    this.#bar.value = saved;
    this.#show("saving", strings.offlineSaving(megabytes(saved), megabytes(total)), this.#bar, this.#pause);
  }

  /** @param {OfflineState} state */
  #showState(state) {
    const { savedAt, keptAt, saved, total, isSaving, failed } = state;
    const release = strings.release(state.version, state.build);
    this.#note.setOwn(state.version);
    if (failed) this.#note.say(strings.updateFailed(strings.release(failed.version, failed.build), describe(failed.fault), release));
    if (isSaving) return this.#showProgress(state);
    clearTimeout(this.#silence);
    const failure = this.#failure && `${this.#failure} `;
    const size = megabytes(state.bytes);
    const more = [this.#look, this.#removeAll, ...(installOffer ? [this.#install] : [])];
    if (savedAt) {
      this.#show("saved", failure + strings.offlineSaved(release, day(savedAt), size), this.#remove, ...more);
    } else if (saved > 0) {
      this.#save.textContent = strings.offlineResume;
      this.#show("paused", failure + strings.offlinePaused(megabytes(saved), megabytes(total)), this.#save, this.#remove, ...more);
    } else {
      this.#save.textContent = strings.offlineSave(megabytes(total));
      this.#show("pages", failure + strings.offlinePages(release, day(keptAt), size), this.#save, ...more);
    }
  }

  #offerInstall = () => {
    if (["pages", "saved"].includes(this.dataset.state ?? "")) this.#install.hidden = false;
  };

  /**
   * @param {string} state
   * @param {string} text
   * @param {HTMLElement[]} parts  what is shown beside it
   */
  #show(state, text, ...parts) {
    this.dataset.state = state;
    if (this.#text.textContent !== text) this.#text.textContent = text;
    for (const part of [this.#bar, ...this.#buttons]) part.hidden = !parts.includes(part);
  }
}

/** @param {FileFault} fault */
export function describe({ path, cause, detail }) {
  switch (cause) {
    case "status":
      return strings.faultStatus(path, detail);
    case "network":
      return strings.faultNetwork(path);
    case "stalled":
      return strings.faultStalled(path, detail);
    case "page":
      return strings.faultPage(path);
    case "cut":
      return strings.faultCut(path, detail);
    case "altered":
      return strings.faultAltered(path);
    case "full":
      return strings.faultFull;
    default:
      return strings.faultBrowser(detail);
  }
}

/** @param {string} iso */
function day(iso) {
  return iso ? new Date(iso).toLocaleDateString(undefined, { dateStyle: "long" }) : "";
}
