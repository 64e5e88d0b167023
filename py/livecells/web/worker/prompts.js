/**
 * Asks the reader on behalf of a running cell: for a line (`input()`), or whether another host may be contacted.
 *
 * Where Python can wait for a promise, the reply comes as a message. In a browser without JSPI it cannot: there Python stands still
 * in a request that the service worker holds until the page has the reply (sw/wait.js).
 *
 * @import {FromWorker} from "../protocol.js"
 */

import { WAIT } from "../protocol.js";

/** Requests in a row that may fail: the browser ends an idle service worker now and then. */
const MOST_FAILURES = 5;

/** @typedef {{resolve: (reply: any) => void, reject: (error: Error) => void}} Waiting */

export class Prompts {
  /** Id of the current run. */
  running = 0;

  /** Open questions by the origin that they are about; the empty text stands for `input()`. @type {Map<string, Waiting>} */
  #waiting = new Map();

  /** The site's root, once it is known. */
  site = "";

  /** @param {(message: FromWorker) => void} send */
  constructor(send) {
    this.send = send;
  }

  /**
   * @param {string} prompt
   * @param {boolean} isSecret
   * @returns {Promise<string>}  rejects when the reader stops the cell instead
   */
  ask(prompt, isSecret) {
    this.send({ type: "input_request", id: this.running, prompt, isSecret });
    return this.#replied("");
  }

  /**
   * Ask as `ask` does, while the whole worker waits.
   *
   * @param {string} prompt
   * @param {boolean} isSecret
   * @returns {string | undefined}  undefined where that is not possible
   */
  askNow(prompt, isSecret) {
    return this.#standStill((held) => this.send({ type: "input_request", id: this.running, prompt, isSecret, held }));
  }

  /**
   * @param {string} origin
   * @returns {Promise<boolean>}  rejects when the reader stops the cell instead
   */
  consent(origin) {
    this.send({ type: "consent_request", id: this.running, origin });
    return this.#replied(origin);
  }

  /**
   * Ask as `consent` does, while the whole worker waits.
   *
   * @param {string} origin
   * @returns {boolean | undefined}  undefined where that is not possible
   */
  consentNow(origin) {
    const text = this.#standStill((held) => this.send({ type: "consent_request", id: this.running, origin, held }));
    return text === undefined ? undefined : text === "true";
  }

  /**
   * Pass on the reader's reply.
   *
   * @param {string} about  an origin, or the empty text for `input()`
   * @param {string | boolean} reply
   */
  reply(about, reply) {
    this.#waiting.get(about)?.resolve(reply);
  }

  /** End all questions: the reader has stopped the cell. */
  stop() {
    for (const { reject } of this.#waiting.values()) reject(new Error("stopped"));
  }

  /**
   * @param {string} about
   * @returns {Promise<any>}
   */
  #replied(about) {
    const reply = new Promise((resolve, reject) => this.#waiting.set(about, { resolve, reject }));
    return reply.finally(() => this.#waiting.delete(about));
  }

  /**
   * @param {(held: string) => void} ask
   * @returns {string | undefined}
   */
  #standStill(ask) {
    if (request(this.site, "") !== 204) return undefined;
    const name = crypto.randomUUID();
    ask(name);
    for (let failures = 0; failures < MOST_FAILURES; failures++) {
      const reply = request(this.site, name);
      if (typeof reply === "string") return reply;
      if (reply === 410) break;
    }
    throw new Error("stopped");
  }
}

/**
 * @param {string} site
 * @param {string} name
 * @returns {string | number}  the text of a reply; else the status, 0 for none
 */
function request(site, name) {
  const asking = new XMLHttpRequest();
  asking.open("GET", `${site}${WAIT}${name}`, false);
  try {
    asking.send();
  } catch {
    return 0;
  }
  return asking.status === 200 ? asking.responseText : asking.status;
}
