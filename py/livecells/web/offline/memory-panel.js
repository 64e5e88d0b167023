/**
 * <memory-panel>: shows how much of Python's memory the browser keeps for a quick start; the reader can switch that off.
 */

import { embedded } from "../net/embedded.js";
import { isKeeping, isSlower, setKeeping } from "../client/snapshot-policy.js";
import { SITE_ROOT } from "../root.js";
import { removeStore, storedBytes } from "../storage/large-files.js";
import { megabytes, strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";

export class MemoryPanel extends HTMLElement {
  #text = element("p", { role: "status" });
  #switch = button("", () => void this.#toggle());
  #remove = button(strings.memoryRemove, () => void this.#forget());

  /** Called by the browser when the element enters a page. */
  connectedCallback() {
    if (embedded) {
      this.#text.textContent = strings.memoryOnDisk;
      return this.replaceChildren(this.#text);
    }
    this.replaceChildren(this.#text, this.#switch, this.#remove);
    void this.#show();
  }

  async #toggle() {
    setKeeping(!isKeeping());
    if (!isKeeping()) await removeStore(SITE_ROOT.href);
    await this.#show();
  }

  async #forget() {
    await removeStore(SITE_ROOT.href);
    await this.#show();
  }

  async #show() {
    const size = await storedBytes(SITE_ROOT.href);
    const isOn = isKeeping();
    const off = isSlower() ? strings.memorySlow : strings.memoryOff;
    const none = size === undefined ? strings.memoryRefused : isOn ? strings.memoryEmpty : off;
    this.#text.textContent = size ? strings.memoryKept(megabytes(size)) : none;
    this.#switch.hidden = size === undefined;
    this.#switch.textContent = isOn ? strings.memorySwitchOff : strings.memorySwitchOn;
    this.#remove.hidden = !size;
    this.dataset.state = size ? "kept" : isOn && size === 0 ? "empty" : "off";
  }
}
