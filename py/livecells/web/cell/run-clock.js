/** Shows how long a cell has been running: a run has no time limit, so the reader must be able to judge. */

import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/** Most runs end sooner, and a number that only flashes up is of no use. */
const SILENT_MS = 2000;

const TICK_MS = 1000;

export class RunClock {
  /** Screen readers read a timer only on request. */
  element = element("span", { class: "cell-clock", role: "timer", hidden: true });
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  #startedAt = 0;

  /**
   * Begin or end the time of a run.
   *
   * @param {boolean} isRunning
   */
  follow(isRunning) {
    this.rest();
    this.element.hidden = true;
    this.#startedAt = performance.now(); // changes of the system's clock do not move it
    if (isRunning) this.tick();
  }

  /** Show the time from now on. */
  tick() {
    this.rest();
    this.#ticking = setInterval(() => {
      const passed = performance.now() - this.#startedAt;
      this.element.hidden = passed < SILENT_MS;
      this.element.textContent = strings.runningFor(passed / 1000);
    }, TICK_MS);
  }

  /** Stop showing the time. */
  rest() {
    clearInterval(this.#ticking);
  }
}
