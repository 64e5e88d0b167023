/**
 * A page as slides, which its headings and the cells of a notebook begin. Nothing is moved, so cells stay live, with their outputs
 * and edits. Loaded when a reader asks for it; css/notebook.css has the look, for print too.
 */

import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";

const STARTS = "h1, h2, h3";
const NOTEBOOK_CELL = "cell-notebook .cell-block";

/** Where keys belong to something else. */
const OWN_KEYS = "input, select, textarea, td, [contenteditable], [role=menu], [role=application]";

const MOVES = /** @type {Record<string, number>} */ ({
  ArrowRight: 1,
  PageDown: 1,
  ArrowLeft: -1,
  PageUp: -1,
  Home: -Infinity,
  End: Infinity,
});

/** @type {AbortController | undefined} */
let showing;

/**
 * Show a page as slides, from the first one on; Escape or a button ends it.
 *
 * @param {HTMLElement} article
 */
export function showSlides(article) {
  showing?.abort();
  const ending = (showing = new AbortController());
  const { signal } = ending;
  const slides = slidesOf(article);
  let place = 0;
  const said = element("span", { role: "status" });
  const [back, on] = [
    button(strings.slideBack, () => go(place - 1)),
    button(strings.slideOn, () => go(place + 1)),
  ];
  const bar = element("div", { class: "slides-bar", role: "group", aria_label: strings.slides });
  bar.append(back, said, on, button(strings.slidesEnd, () => ending.abort()));

  /** @param {number} to */
  function go(to) {
    place = Math.min(Math.max(to, 0), slides.length - 1);
    for (const block of slides.flat()) block.setAttribute("data-off-slide", "");
    for (const block of slides[place]) block.removeAttribute("data-off-slide");
    said.textContent = strings.slideOf(place + 1, slides.length);
    [back.disabled, on.disabled] = [place === 0, place === slides.length - 1];
    article.scrollTop = 0;
    const [first] = slides[place];
    first.tabIndex = -1; // screen readers go on from here
    first.focus({ preventScroll: true });
    dispatchEvent(new Event("resize")); // charts have been without a width
  }

  document.addEventListener(
    "keydown",
    (event) => {
      const isPlain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!article.isConnected || !isPlain || /** @type {Element} */ (event.target).closest(OWN_KEYS)) return;
      if (event.key === "Escape") ending.abort();
      if (!(event.key in MOVES)) return;
      event.preventDefault();
      go(place + MOVES[event.key]);
    },
    { signal },
  );
  signal.addEventListener("abort", () => {
    bar.remove();
    article.classList.remove("has-slides");
    for (const block of slides.flat()) block.removeAttribute("data-off-slide");
    for (const [first] of slides) first.removeAttribute("data-slide");
    dispatchEvent(new Event("resize"));
    slides[place][0].scrollIntoView();
  });
  for (const [first] of slides) first.dataset.slide = "";
  article.classList.add("has-slides");
  article.prepend(bar);
  go(0);
}

/**
 * Return the blocks of each slide; its first one begins it. A notebook is on the slides of all its cells.
 *
 * @param {HTMLElement} article
 * @returns {HTMLElement[][]}
 */
function slidesOf(article) {
  /** @type {HTMLElement[][]} */
  const slides = [];
  for (const block of /** @type {HTMLElement[]} */ ([...article.children])) {
    if (block.matches("runtime-bar, .slides-bar, script, style")) continue;
    const cells = /** @type {NodeListOf<HTMLElement>} */ (block.querySelectorAll(NOTEBOOK_CELL));
    if (cells.length > 0) slides.push(...[...cells].map((cell) => [cell, block]));
    else if (slides.length === 0 || block.matches(STARTS)) slides.push([block]);
    else slides[slides.length - 1].push(block);
  }
  return slides;
}
