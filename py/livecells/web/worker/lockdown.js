/**
 * Takes from a worker what code from elsewhere has no business with: the storage of the origin, and ways around its limits.
 *
 * The network is closed by the browser: such a worker starts from a blob, under the policy of the page (release/policy.py).
 */

const TAKEN = ["indexedDB", "caches", "BroadcastChannel", "Worker", "SharedWorker", "webkitRequestFileSystemSync"];

/** Take it for good; whatever needs it must have had it before. */
export function confine() {
  for (const name of TAKEN) {
    for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) delete (/** @type {any} */ (owner)[name]);
  }
  for (const name of ["storage", "locks", "serviceWorker"]) {
    for (let owner = navigator; owner; owner = Object.getPrototypeOf(owner)) delete (/** @type {any} */ (owner)[name]);
  }
}
