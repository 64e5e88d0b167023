/**
 * Decides what runs when: one cell after the other, the cells above first, a newer run before an older one.
 *
 * @import {ExecuteReply, Request} from "../shapes.js"
 * @import {RunListener} from "./python.js"
 */

import { kernel } from "./kernel.js";
import { PythonEndedError } from "./python.js";

/**
 * What the queue needs of a cell.
 *
 * @typedef {object} Runnable
 * @property {string} id
 * @property {string} page
 * @property {string} source
 * @property {boolean} [isMeantToRaise]  so that the cells below run all the same
 * @property {RunListener & RunTeller} runs
 *
 * @typedef {object} RunTeller
 * @property {Request[]} expressions  of the page's sentences that depend on the cell
 * @property {string[]} checks  of an exercise
 * @property {(ahead: number) => void} onQueued  called again when fewer are ahead
 * @property {() => void} onStart
 * @property {(reply: ExecuteReply) => void} onReply
 * @property {(error: PythonEndedError) => void} onEnded
 * @property {(cause: string) => void} onSkipped
 * @property {() => void} onOvertaken
 */

/** @typedef {{cell: Runnable, run: number}} Entry */

/** @typedef {{generation: number, source: string}} Run  in which Python, and of which text */

export class Queue {
  /** @type {Entry[]} */
  #waiting = [];
  #isDraining = false;
  /** What runs now, with its text. @type {{cell: Runnable, source: string} | undefined} */
  #running;
  /** The cell that runs and has been told to end for a newer run of others. @type {Runnable | undefined} */
  #overtaken;
  /** Of the cell that runs, among those that were to run together; from 1. */
  place = 0;
  /** The newest run of each cell; outputs of older ones are dropped. @type {WeakMap<Runnable, number>} */
  #newest = new WeakMap();
  /** The last run of each cell that ended well. @type {WeakMap<Runnable, Run>} */
  #done = new WeakMap();
  /** The text of each cell with which Python was ended. @type {WeakMap<Runnable, string>} */
  #stopped = new WeakMap();

  /**
   * Run cells in the given order.
   *
   * @param {Runnable[]} cells
   */
  add(...cells) {
    for (const cell of cells) {
      this.#waiting = this.#waiting.filter((entry) => entry.cell !== cell);
      const run = (this.#newest.get(cell) ?? 0) + 1;
      this.#newest.set(cell, run);
      this.#waiting.push({ cell, run });
    }
    this.#tellOrder();
    void this.#drain();
  }

  /**
   * Run cells after those of `above` that have not run in this Python as they are now.
   *
   * @param {Runnable[]} cells
   * @param {Runnable[]} above  the page's cells before them, in page order
   */
  addWithAbove(cells, above) {
    const isComing = (/** @type {Runnable} */ one) => this.isWaiting(one) || (this.#running?.cell === one && this.#running.source === one.source);
    const missing = above.filter((one) => !this.hasRun(one) && !isComing(one) && !cells.includes(one));
    this.add(...missing, ...cells);
  }

  /**
   * Drop a cell: it no longer waits, and further outputs of its run are ignored.
   *
   * @param {Runnable} cell
   */
  drop(cell) {
    this.#waiting = this.#waiting.filter((entry) => entry.cell !== cell);
    this.#newest.set(cell, (this.#newest.get(cell) ?? 0) + 1);
    this.#tellOrder();
  }

  /**
   * Let go of a run for which nobody waits any more: what still waits is dropped, what runs is told to end, and no other is skipped
   * for that.
   *
   * @param {Runnable} cell
   */
  overtake(cell) {
    if (this.#running?.cell === cell) {
      this.#overtaken = cell;
      kernel.interrupt();
    } else if (this.isWaiting(cell)) {
      this.drop(cell);
      cell.runs.onOvertaken();
    }
  }

  /**
   * Forget that a cell has run: what it had defined is gone.
   *
   * @param {Runnable} cell
   */
  forget(cell) {
    this.#done.delete(cell);
  }

  /**
   * Return whether this Python has run the text of a cell as it is now.
   *
   * @param {Runnable} cell
   */
  hasRun(cell) {
    return this.hasRunOnce(cell) && this.#done.get(cell)?.source === cell.source;
  }

  /**
   * Return whether this Python has run a cell, with the text it has now or an earlier one.
   *
   * @param {Runnable} cell
   */
  hasRunOnce(cell) {
    return kernel.state !== "off" && this.#done.get(cell)?.generation === kernel.generation;
  }

  /**
   * Return whether only an earlier Python has run a cell, so that its variables are gone.
   *
   * @param {Runnable} cell
   */
  isLost(cell) {
    const done = this.#done.get(cell);
    return done !== undefined && done.generation !== kernel.generation;
  }

  /**
   * Return whether the reader has ended Python because this text of a cell did not end.
   *
   * @param {Runnable} cell
   */
  isStopped(cell) {
    return this.#stopped.get(cell) === cell.source;
  }

  /** How many cells run together, those that have run included. */
  get total() {
    return this.place + this.#waiting.length;
  }

  /** @param {Runnable} cell */
  isWaiting(cell) {
    return this.#waiting.some((entry) => entry.cell === cell);
  }

  /**
   * Take everything out of the queue.
   *
   * @param {(cell: Runnable) => void} tell
   */
  clear(tell) {
    const dropped = this.#waiting;
    this.#waiting = [];
    for (const { cell } of dropped) tell(cell);
  }

  #tellOrder() {
    for (const [ahead, { cell }] of this.#waiting.entries()) cell.runs.onQueued(ahead + Number(this.#isDraining));
  }

  async #drain() {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.place = 0;
    for (let entry = this.#waiting.shift(); entry; entry = this.#waiting.shift()) {
      this.place++;
      this.#tellOrder();
      await this.#run(entry);
    }
    this.#isDraining = false;
  }

  /** @param {Entry} entry */
  async #run({ cell, run }) {
    const isNewest = () => this.#newest.get(cell) === run;
    const { id, page, source } = cell;
    const { expressions, checks } = cell.runs;
    this.#running = { cell, source };
    cell.runs.onStart();
    try {
      const reply = await kernel.execute(
        { page, cell: id, source, expressions, checks },
        {
          onOutput: (output) => isNewest() && cell.runs.onOutput(output),
          onInput: (prompt, isSecret) => cell.runs.onInput(prompt, isSecret),
          onConsent: (origin) => cell.runs.onConsent(origin),
        },
      );
      if (reply.status === "ok" || cell.isMeantToRaise) this.#done.set(cell, { generation: kernel.generation, source });
      else this.#done.delete(cell); // what it has left half done is no basis for the cells below
      if (isNewest()) cell.runs.onReply(reply);
      if (reply.status === "error" && !cell.isMeantToRaise && this.#overtaken !== cell) this.clear((one) => one.runs.onSkipped(id));
    } catch (error) {
      if (!(error instanceof PythonEndedError)) throw error;
      if (error.reason === "stopped" && error.wasUp) this.#stopped.set(cell, source);
      if (isNewest()) cell.runs.onEnded(error);
      this.clear((one) => one.runs.onEnded(error));
    } finally {
      this.#running = this.#overtaken = undefined;
    }
  }
}

/** The one queue of this tab. */
export const queue = new Queue();
