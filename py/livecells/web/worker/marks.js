/**
 * Marks the stages of a start in the browser's own timeline (User Timing): its developer tools show them, `make bench` reads them.
 *
 * @typedef {"compile" | "unpack" | "core" | "imports" | "run" | "rest"} Stage  `core`: from the compiled core to a Python that
 *   answers, its memory restored if there is any; `rest`: Python waits for the rest of a module
 */

const PREFIX = "livecells:";

/**
 * Do something and mark how long it took, even when it fails.
 *
 * @template T
 * @param {Stage} stage
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function marked(stage, work) {
  const start = performance.now();
  try {
    return await work();
  } finally {
    mark(stage, start);
  }
}

/**
 * @template T
 * @param {Stage} stage
 * @param {() => T} work  synchronous
 * @returns {T}
 */
export function markedSync(stage, work) {
  const start = performance.now();
  const result = work();
  mark(stage, start);
  return result;
}

/**
 * @param {Stage} stage
 * @param {number} start  by `performance.now()`; it ends now
 */
export function mark(stage, start) {
  performance.measure(PREFIX + stage, { start });
}
