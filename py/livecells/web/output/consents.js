/** Which other hosts the reader has let cells ask, while this tab lives: a restart of Python does not ask again. */

import { button } from "../page/toolbar.js";
import { strings } from "../strings.js";

/** @type {Set<string>} */
const allowed = new Set();

/**
 * @param {string} origin
 * @returns {boolean}
 */
export function isAllowed(origin) {
  return allowed.has(origin);
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
  text.textContent = strings.networkQuestion(origin);
  box.setAttribute("aria-label", strings.networkQuestion(origin));
  const answer = (/** @type {boolean} */ isYes) => {
    if (isYes) allowed.add(origin);
    box.remove();
    onAnswer(isYes);
  };
  const buttons = document.createElement("div");
  buttons.append(
    button(strings.networkAllow, () => answer(true)),
    button(strings.networkRefuse, () => answer(false)),
  );
  box.append(text, buttons);
  return box;
}
