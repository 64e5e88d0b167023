/**
 * Holds the request of a worker that has to stand still until the page has an answer: Python in a browser that lacks JSPI.
 */

import { WAIT } from "../protocol.js";
import { SCOPE } from "./release.js";

/** Requests without an answer, by name. @type {Map<string, (response: Response) => void>} */
const held = new Map();

/** Answers without a request: this worker was ended in between, and the request will come again. @type {Map<string, Response>} */
const early = new Map();

/**
 * @param {string} address
 * @returns {string | undefined}  name of what is waited for, if the address is of such a request; empty for a question whether we are here
 */
export function waitingFor(address) {
  const start = SCOPE.href + WAIT;
  return address.startsWith(start) ? address.slice(start.length) : undefined;
}

/**
 * @param {string} name
 * @returns {Response | Promise<Response>}
 */
export function hold(name) {
  if (!name) return new Response(null, { status: 204 });
  const answer = early.get(name);
  early.delete(name);
  return answer ?? new Promise((resolve) => held.set(name, resolve));
}

/**
 * @param {string} name
 * @param {string | undefined} text  nothing when the reader has stopped the cell
 */
export function release(name, text) {
  const answer = new Response(text ?? "", { status: text === undefined ? 410 : 200 });
  const resolve = held.get(name);
  held.delete(name);
  if (resolve) resolve(answer);
  else early.set(name, answer);
}
