/** Remembers, for this tab, which other hosts the reader has allowed; a restart of Python does not ask again. */

import { kernel } from "../client/kernel.js";
import { button } from "../ui/controls.js";
import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/** @type {Set<string>} */
const allowed = new Set();

/**
 * @param {string} origin
 * @returns {boolean}
 */
export function isAllowed(origin) {
  return !kernel.isConfined && allowed.has(origin);
}

/**
 * Make a question with two buttons; it is removed when one is pressed.
 *
 * @param {string} origin
 * @param {(isAllowed: boolean) => void} onAnswer
 * @returns {HTMLElement}
 */
export function consentQuestion(origin, onAnswer) {
  const text = kernel.isConfined ? strings.networkConfined(origin) : strings.networkQuestion(origin);
  const answer = (/** @type {boolean} */ isYes) => {
    if (isYes) allowed.add(origin);
    box.remove();
    onAnswer(isYes);
  };
  const trust = () => {
    answer(false);
    kernel.trust();
  };
  const yes = kernel.isConfined ? button(strings.networkTrust, trust) : button(strings.networkAllow, () => answer(true));
  const buttons = element("div", {}, yes, button(strings.networkRefuse, () => answer(false)));
  const box = element("div", { class: "cell-consent", role: "group", aria_label: text }, element("p", { tabindex: -1 }, text), buttons);
  return box;
}
