/**
 * Reply to a worker that stands still in a request. The service worker, which holds the request, passes the reply on (sw/wait.js).
 *
 * @param {string} name  of the request
 * @param {string | undefined} text  undefined when the reader stops the cell instead
 */
export async function sendSyncReply(name, text) {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: "reply", name, text });
}
