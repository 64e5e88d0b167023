/**
 * Answers a worker that stands still in a request: by way of the service worker, which holds it (sw/wait.js).
 *
 * @param {string} name  of the request
 * @param {string | undefined} text  nothing when the reader stops the cell instead
 */
export async function answerHeld(name, text) {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: "answer", name, text });
}
