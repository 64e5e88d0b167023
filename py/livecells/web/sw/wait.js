/**
 * Holds requests of a worker that has to stand still until the page has a reply: Python in a browser without JSPI.
 */

import { WAIT } from "../protocol.js";
import { SCOPE } from "./release.js";

/** Requests without a reply, by name. @type {Map<string, (response: Response) => void>} */
const held = new Map();

/** Replies without a request: this worker was ended in between, and the request will come again. @type {Map<string, Response>} */
const early = new Map();

/**
 * @param {string} address
 * @returns {string | undefined}  name of the request to hold; empty when a worker asks whether this service worker is there
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
  const reply = early.get(name);
  early.delete(name);
  return reply ?? new Promise((resolve) => held.set(name, resolve));
}

/**
 * @param {string} name
 * @param {string | undefined} text  undefined when the reader has stopped the cell
 */
export function release(name, text) {
  const reply = new Response(text ?? "", { status: text === undefined ? 410 : 200 });
  const resolve = held.get(name);
  held.delete(name);
  if (resolve) resolve(reply);
  else early.set(name, reply);
}
