/**
 * Removes from a worker what code from elsewhere must not use: the origin's storage, and other workers.
 *
 * The browser itself closes the network: such a worker starts from a Blob, under the page's policy (release/policy.py).
 */

const REMOVED = ["indexedDB", "caches", "BroadcastChannel", "Worker", "SharedWorker", "webkitRequestFileSystemSync"];

/** Remove it for good; call this when nothing here needs it any more. */
export function lockDown() {
  for (const name of REMOVED) {
    for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) delete (/** @type {any} */ (owner)[name]);
  }
  for (const name of ["storage", "locks", "serviceWorker"]) {
    for (let owner = navigator; owner; owner = Object.getPrototypeOf(owner)) delete (/** @type {any} */ (owner)[name]);
  }
}
