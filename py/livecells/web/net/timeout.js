/**
 * Wait for a promise, but not for ever.
 *
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @param {() => Error} late  called when the time is up; makes the error
 * @returns {Promise<T>}
 */
export function within(ms, promise, late) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    promise.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
