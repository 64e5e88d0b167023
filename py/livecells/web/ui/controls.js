/**
 * Controls: buttons, menus, places that scroll.
 */

import { strings } from "../strings.js";
import { element } from "./element.js";

/**
 * @typedef {{label: string, run: () => void, isUseful?: () => boolean, isBeside?: boolean}} MenuItem  or a button beside the menu
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
 * @param {MenuItem[]} items
 * @returns {HTMLElement}
 */
export function menu(label, items) {
  const entries = items.map(({ label, run }) => button(label, () => (toggle(false), run()), { role: "menuitem" }));
  const list = element("div", { role: "menu", hidden: true }, ...entries);
  const opener = button(label, () => toggle(Boolean(list.hidden)), { aria_haspopup: "menu", aria_expanded: "false" });
  const box = element("div", { class: "cell-menu" }, opener, list);

  /** @param {boolean} isOpen */
  function toggle(isOpen) {
    list.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    items.forEach(({ isUseful }, i) => (entries[i].hidden = isUseful ? !isUseful() : false));
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
