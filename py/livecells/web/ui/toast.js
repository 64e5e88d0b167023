/** One short note at the foot of the window: what has happened, and the way back where there is one. */

import { strings } from "../strings.js";
import { button } from "./controls.js";
import { element } from "./element.js";

const SHOWN_MS = 4000;

/** Work must not be lost to a clock: what can be undone stays for half a minute, and while the reader is at it. */
const UNDO_MS = 30_000;

/** Stays in the page, so that screen readers announce what comes into it. */
const place = element("div", { class: "cell-toast", role: "status" });

/** @type {ReturnType<typeof setTimeout> | undefined} */
let leaving;

/**
 * Show a note, in the place of an earlier one.
 *
 * @param {string} text
 * @param {() => void} [undo]
 * @returns {HTMLButtonElement | undefined}  Undo
 */
export function toast(text, undo) {
  clearTimeout(leaving);
  const back = undo && button(strings.undo, () => (endToast(), undo()));
  const close = button("×", endToast, { aria_label: strings.close });
  place.replaceChildren(element("span", {}, text), ...(back ? [back, close] : []));
  document.body.append(place);
  const leave = () => {
    if (place.matches(":hover, :focus-within")) leaving = setTimeout(leave, SHOWN_MS);
    else endToast();
  };
  leaving = setTimeout(leave, undo ? UNDO_MS : SHOWN_MS);
  return back;
}

/** Remove the note. */
export function endToast() {
  clearTimeout(leaving);
  place.replaceChildren();
}
