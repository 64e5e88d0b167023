/** Which other hosts the reader has let cells ask, while this tab lives: a restart of Python does not ask again. */

import { kernel } from "../client/kernel.js";
import { button } from "../ui/controls.js";
import { strings } from "../strings.js";

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
 * A question with two answers; it goes when it is answered.
 *
 * @param {string} origin
 * @param {(isAllowed: boolean) => void} onAnswer
 * @returns {HTMLElement}
 */
export function consentQuestion(origin, onAnswer) {
  const box = document.createElement("div");
  box.className = "cell-consent";
  box.setAttribute("role", "group");
  const text = document.createElement("p");
  text.textContent = kernel.isConfined ? strings.networkConfined(origin) : strings.networkQuestion(origin);
  box.setAttribute("aria-label", text.textContent);
  const answer = (/** @type {boolean} */ isYes) => {
    if (isYes) allowed.add(origin);
    box.remove();
    onAnswer(isYes);
  };
  const buttons = document.createElement("div");
  const trust = () => {
    answer(false);
    kernel.trust();
  };
  buttons.append(
    kernel.isConfined ? button(strings.networkTrust, trust) : button(strings.networkAllow, () => answer(true)),
    button(strings.networkRefuse, () => answer(false)),
  );
  box.append(text, buttons);
  return box;
}
