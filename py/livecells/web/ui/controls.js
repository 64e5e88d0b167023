/**
 * The controls of a cell: real buttons with the names of the page contract, and a menu.
 */

import { strings } from "../strings.js";

/**
 * @typedef {{label: string, run: () => void, isUseful?: () => boolean}} MenuItem
 */

/**
 * Make a button.
 *
 * @param {string} label
 * @param {() => void} onClick
 * @returns {HTMLButtonElement}
 */
export function button(label, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", onClick);
  return made;
}

/**
 * Make a menu button with its menu: arrow keys move, Escape closes and gives the focus back.
 *
 * @param {string} label
 * @param {MenuItem[]} items
 * @returns {HTMLElement}
 */
export function menu(label, items) {
  const box = document.createElement("div");
  box.className = "cell-menu";
  const list = document.createElement("div");
  list.setAttribute("role", "menu");
  list.hidden = true;
  const opener = button(label, () => toggle(Boolean(list.hidden)));
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  const entries = items.map((item) => entry(item, () => toggle(false)));
  list.append(...entries);
  box.append(opener, list);

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
 * @param {MenuItem} item
 * @param {() => void} close
 */
function entry({ label, run }, close) {
  const made = button(label, () => {
    close();
    run();
  });
  made.setAttribute("role", "menuitem");
  return made;
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

/**
 * Hand a file to the reader.
 *
 * @param {string} name
 * @param {string} address  a blob or data address
 */
export function download(name, address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/**
 * Hand text to the reader as a file.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function downloadText(name, text, type = "text/x-python") {
  downloadBlob(name, new Blob([text], { type }));
}

/**
 * Hand bytes to the reader as a file.
 *
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export function downloadBytes(name, bytes) {
  downloadBlob(name, new Blob([bytes]));
}

/**
 * Hand a file to the reader.
 *
 * @param {string} name
 * @param {Blob} blob
 */
export function downloadBlob(name, blob) {
  const address = URL.createObjectURL(blob);
  download(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
