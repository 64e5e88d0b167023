/**
 * Controls: buttons, menus, places that scroll.
 */

import { strings } from "../strings.js";
import { element } from "./element.js";

/**
 * @typedef {object} MenuItem  or a button beside the menu
 * @property {string} label
 * @property {() => void} run
 * @property {() => boolean} [isUseful]  whether it can be chosen now
 * @property {() => string} [whyNot]  a few words; without any, an entry that cannot be chosen is not shown
 * @property {() => boolean} [isOn]  of a switch
 * @property {boolean} [isBeside]
 */

/**
 * Make a button.
 *
 * @param {string} label
 * @param {() => void} onClick
 * @param {Record<string, string>} [attributes]
 */
export function button(label, onClick, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", onClick);
  return made;
}

/**
 * Make a box that scrolls; it can have the focus, so that keys scroll it too.
 *
 * @param {string} label
 * @param {Node} content
 * @param {string} [className]
 */
export function scroller(label, content, className = "table-scroller") {
  return element("div", { class: className, tabindex: 0, role: "region", aria_label: label }, content);
}

/**
 * Make a menu with its button. Arrow keys move, Escape closes the menu and returns the focus.
 *
 * @param {string} label
 * @param {MenuItem[][]} groups
 * @returns {HTMLElement}
 */
export function menu(label, groups) {
  const items = groups.flat();
  const entries = items.map(({ label, run, isOn }) => {
    const role = isOn ? "menuitemcheckbox" : "menuitem";
    const entry = button(label, () => entry.ariaDisabled === "true" || (toggle(false), run()), { role });
    return entry;
  });
  const unplaced = [...entries];
  const parts = groups.map(({ length }) => element("div", { role: "group" }, ...unplaced.splice(0, length)));
  const list = element("div", { role: "menu", hidden: true }, ...parts);
  const opener = button(label, () => toggle(Boolean(list.hidden)), { aria_haspopup: "menu", aria_expanded: "false" });
  const box = element("div", { class: "cell-menu" }, opener, list);

  /** @param {boolean} isOpen */
  function toggle(isOpen) {
    list.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    items.forEach(({ label, isUseful, whyNot, isOn }, i) => {
      const isOff = isUseful?.() === false;
      const reason = isOff ? (whyNot?.() ?? "") : "";
      entries[i].hidden = isOff && !reason;
      entries[i].ariaDisabled = String(isOff);
      if (isOn) entries[i].ariaChecked = String(isOn());
      entries[i].replaceChildren(label, ...(reason ? [element("small", {}, ` ${reason}`)] : []));
    });
    if (isOpen) entries.find((one) => !one.hidden)?.focus();
  }

  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      toggle(false);
      opener.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(entries, event.key === "ArrowDown" ? 1 : -1);
    }
  });
  box.addEventListener("focusout", (event) => {
    if (!box.contains(/** @type {Node | null} */ (event.relatedTarget))) toggle(false);
  });
  return box;
}

/**
 * @param {HTMLButtonElement[]} entries
 * @param {number} by
 */
function step(entries, by) {
  const shown = entries.filter((one) => !one.hidden);
  const at = shown.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  shown[(at + by + shown.length) % shown.length]?.focus();
}

/**
 * Put text on the clipboard and say so on the button for a moment.
 *
 * @param {HTMLButtonElement} clicked
 * @param {string} text
 */
export async function copy(clicked, text) {
  const label = clicked.textContent;
  if (label === strings.copied) return;
  await navigator.clipboard.writeText(text);
  clicked.textContent = strings.copied;
  setTimeout(() => (clicked.textContent = label), 1500);
}
