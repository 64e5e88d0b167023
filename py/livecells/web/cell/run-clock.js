/** Says how long a cell has been running: a run has no limit, so the reader must be able to judge. */

import { strings } from "../strings.js";
import { element } from "../ui/element.js";

/** Most runs end before; a number that flashes up tells nothing. */
const SILENT_MS = 2000;

const TICK_MS = 1000;

export class RunClock {
  /** A timer is read to nobody who does not ask for it. */
  element = element("span", { class: "cell-clock", role: "timer", hidden: true });
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  #startedAt = 0;

  /**
   * A run begins or ends.
   *
   * @param {boolean} isRunning
   */
  follow(isRunning) {
    this.rest();
    this.element.hidden = true;
    this.#startedAt = performance.now(); // which no change of the clock moves
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

  /** Let the time go on unseen. */
  rest() {
    clearInterval(this.#ticking);
  }
}
