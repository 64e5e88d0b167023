/**
 * Lets a reader walk through a drawn chart by keys and hear it: Vega shows its tooltips to a moving pointer only.
 *
 * @import {Point, Series, View} from "./chart-series.js"
 */

import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";
import { seriesOf } from "./chart-series.js";

/** Most series that the description tells of. */
const MOST_TOLD = 8;

/** Least share of the axis between first and last value that counts as a trend. */
const TREND = 0.03;

/** @type {Record<string, (at: number, count: number) => number>} */
const STEPS = {
  ArrowRight: (at, count) => Math.min(at + 1, count - 1),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/**
 * Let keys and taps move through a chart, and describe its values to those who cannot see it.
 *
 * @param {HTMLElement} stage  holds the chart's svg
 * @param {View} view
 * @returns {HTMLButtonElement | undefined}  plays the chart; none where there is nothing to play, or no sound
 */
export function readOut(stage, view) {
  const svg = stage.querySelector("svg");
  const drawn = seriesOf(view);
  if (!svg || !drawn.length) return undefined;
  const spoken = element("p", { class: "chart-spoken", aria_live: "polite" });
  const about = element("p", { class: "chart-about", id: `chart-about-${crypto.randomUUID()}` }, description(drawn));
  stage.append(spoken, about);
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-describedby", about.id);

  /** @type {{line: Series, at: number} | undefined} */
  let here;
  /** @type {AbortController | undefined} */
  let playing;

  const leave = () => {
    if (here) point(svg, here.line.points[here.at], "pointerout", "mouseout"); // Vega hides its tooltip at the latter
  };
  const goTo = (/** @type {Series} */ line, /** @type {number} */ at) => {
    leave();
    here = { line, at };
    point(svg, line.points[at], "pointerover", "pointermove");
  };
  const current = (/** @type {Series[]} */ all) => all.find(({ name, isAll }) => name === here?.line.name && isAll === here.line.isAll);
  const stop = () => playing?.abort();

  const play = async () => {
    if (playing) return stop();
    if (!("AudioContext" in window)) return void (spoken.textContent = strings.noSound);
    playing = new AbortController();
    const { signal } = playing;
    listen.textContent = strings.stopListening;
    try {
      const { playLine } = await import("./chart-sound.js");
      const all = seriesOf(view);
      const line = current(all);
      const chosen = line && !line.isAll ? [line] : single(all);
      for (const [place, one] of chosen.entries()) {
        if (signal.aborted) break;
        spoken.textContent = one.name && strings.chartSeries(one.name, place + 1, chosen.length);
        await playLine(one.points, (at) => goTo(one, at), signal);
      }
      if (here && !signal.aborted) spoken.textContent = sentence(here.line, here.at);
    } finally {
      playing = undefined;
      listen.textContent = strings.listen;
    }
  };
  const listen = button(strings.listen, () => void play(), { class: "chart-button" });

  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = seriesOf(view);
    const now = here && { line: current(all) ?? all[0], at: here.at };
    if (event.key === "Escape") {
      stop();
      leave();
      here = undefined;
    } else if (event.key === " ") void play();
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      stop();
      const [line, at] = now ? beside(all, now.line, now.at, event.key === "ArrowDown") : /** @type {const} */ ([all[0], 0]);
      goTo(line, at);
      spoken.textContent = entering(all, line) + sentence(line, at);
    } else if (STEPS[event.key]) {
      stop();
      const line = now?.line ?? all[0];
      const count = line.points.length;
      goTo(line, now ? STEPS[event.key](Math.min(now.at, count - 1), count) : event.key === "ArrowLeft" || event.key === "End" ? count - 1 : 0);
      spoken.textContent = sentence(line, here?.at ?? 0);
    } else return;
    event.preventDefault();
  });
  svg.addEventListener("blur", leave);
  svg.addEventListener("click", (event) => {
    const { target, clientX, clientY, pointerType } = /** @type {PointerEvent} */ (event);
    if (pointerType === "touch") tell(/** @type {Element} */ (target), clientX, clientY, ["pointerover", "pointermove"]);
  });
  const hasLevels = drawn.some(({ points }) => points.some(({ level }) => level !== undefined));
  return "AudioContext" in window && hasLevels ? listen : undefined;
}

/**
 * Write the description of a chart anew that has got other data.
 *
 * @param {Element} place  holds the chart
 * @param {View} view
 */
export function renewDescription(place, view) {
  const about = place.querySelector(".chart-about");
  if (about) about.textContent = description(seriesOf(view));
}

/** @param {Series[]} all */
function single(all) {
  return all.filter(({ isAll }) => !isAll);
}

/**
 * Say how each series runs, or which values are the largest and the smallest.
 *
 * @param {Series[]} all
 */
function description(all) {
  const told = single(all);
  const runs = told.filter(({ isOrdered, points }) => isOrdered && points.length > 1);
  const lines = runs.length ? runs.slice(0, MOST_TOLD).map(run) : extremes(told);
  return [strings.chartKeys, ...lines].join(" ");
}

/**
 * @param {Series} line
 * @returns {string}
 */
function run({ name, unit, points }) {
  const valued = points.filter(({ level }) => level !== undefined);
  const [first, last] = [valued[0], valued.at(-1)];
  if (!first || !last) return "";
  const rise = (last.level ?? 0) - (first.level ?? 0);
  const trend = Math.abs(rise) < TREND ? "level" : rise > 0 ? "up" : "down";
  const [low, high] = ends(valued);
  const title = [name, unit].filter(Boolean).join(", ");
  const value = (/** @type {Point} */ point) => (unit ? `${point.entries[1][1]} (${point.entries[0][1]})` : listed(point));
  if (first === last) return `${title}: ${value(first)}.`;
  const say = (/** @type {Point} */ point) =>
    point.level === high.level ? strings.chartHighest(value(point)) : point.level === low.level ? strings.chartLowest(value(point)) : value(point);
  const between = [high, low].filter(({ level }) => level !== first.level && level !== last.level);
  return strings.chartRun(title, trend, say(first), say(last), between.map(say));
}

/**
 * @param {Series[]} all
 * @returns {string[]}
 */
function extremes(all) {
  const owned = all.flatMap((line) => line.points.map((point) => ({ line, point, level: point.level })));
  if (owned.every(({ level }) => level === undefined)) return [];
  const [low, high] = ends(owned);
  const say = (/** @type {{line: Series, point: Point}} */ { line, point }) => [line.name, listed(point)].filter(Boolean).join(", ");
  return [strings.chartExtremes(owned.length, say(low), say(high))];
}

/**
 * @template {{level: number | undefined}} Valued
 * @param {Valued[]} all
 * @returns {[low: Valued, high: Valued]}
 */
function ends(all) {
  const level = (/** @type {Valued} */ one) => one.level ?? 0;
  return [all.reduce((low, one) => (level(one) < level(low) ? one : low)), all.reduce((high, one) => (level(one) > level(high) ? one : high))];
}

/**
 * Find the series below or above, at the place nearest to the present one; in a chart of one series, the next mark that is lower or
 * higher.
 *
 * @param {Series[]} all
 * @param {Series} line
 * @param {number} at
 * @param {boolean} isDown
 * @returns {[Series, number]}
 */
function beside(all, line, at, isDown) {
  const { x } = line.points[at] ?? line.points[0];
  if (all.length > 1) {
    const next = all[Math.min(Math.max(all.indexOf(line) + (isDown ? 1 : -1), 0), all.length - 1)];
    const away = next.points.map((point) => Math.abs(point.x - x));
    return [next, away.indexOf(Math.min(...away))];
  }
  const order = line.points.map((_point, place) => place).sort((a, b) => line.points[a].y - line.points[b].y || a - b);
  const place = order.indexOf(at) + (isDown ? 1 : -1);
  return [line, order[Math.min(Math.max(place, 0), order.length - 1)]];
}

/**
 * @param {Series[]} all
 * @param {Series} line
 */
function entering(all, line) {
  if (line.isAll) return `${[line.name, strings.chartAllSeries].filter(Boolean).join(", ")}. `;
  const lines = single(all);
  return line.name ? `${strings.chartSeries(line.name, lines.indexOf(line) + 1, lines.length)}. ` : "";
}

/**
 * @param {Series} line
 * @param {number} at
 */
function sentence({ unit, isAll, points }, at) {
  const point = points[at];
  if (!unit) return listed(point);
  if (isAll) return `${listed(point)} (${unit})`;
  const [[, when], [, value]] = point.entries;
  return `${when}, ${unit}: ${value}`;
}

/** @param {Point} point */
function listed({ entries }) {
  return entries.map(([name, text]) => (name ? `${name}: ${text}` : text)).join(", ");
}

/**
 * Move the pointer's tooltip to a value.
 *
 * @param {Element} svg
 * @param {Point | undefined} value
 * @param {string[]} types  of events
 */
function point(svg, value, ...types) {
  const marks = /** @type {(Element & {__data__?: unknown})[]} */ ([...svg.querySelectorAll(".mark-group :is(path, rect, text)")]);
  const mark = value && marks.find((one) => one.__data__ === value.item);
  if (!mark) return;
  const { left, top, width, height } = mark.getBoundingClientRect();
  tell(mark, left + width / 2, top + height / 2, types);
}

/**
 * @param {Element} target
 * @param {number} clientX
 * @param {number} clientY
 * @param {string[]} types
 */
function tell(target, clientX, clientY, types) {
  for (const type of types) target.dispatchEvent(new PointerEvent(type, { clientX, clientY, bubbles: true }));
}
