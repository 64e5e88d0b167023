/**
 * Asks the reader for a running cell: for a line (`input()`), or whether another host may be asked.
 *
 * Where Python can wait for a promise, the answer comes as a message. Where it cannot (a browser without JSPI), Python stands still in
 * a request that the service worker answers when the page has (sw/wait.js).
 *
 * @import {FromWorker} from "../protocol.js"
 */

import { WAIT } from "../protocol.js";

/** Requests in a row that end without an answer before it is given up: the browser ends an idle service worker now and then. */
const MOST_FAILURES = 5;

/** @typedef {{resolve: (answer: any) => void, reject: (error: Error) => void}} Waiting */

export class Questions {
  /** Id of the run under way. */
  running = 0;

  /** By the origin that it is about; `input()` by the empty text. @type {Map<string, Waiting>} */
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
    return this.#answered("");
  }

  /**
   * As `ask`, while nothing else happens here.
   *
   * @param {string} prompt
   * @param {boolean} isSecret
   * @returns {string | undefined}  nothing where that is not possible
   */
  askNow(prompt, isSecret) {
    return this.#held((held) => this.send({ type: "input_request", id: this.running, prompt, isSecret, held }));
  }

  /**
   * @param {string} origin
   * @returns {Promise<boolean>}  rejects when the reader stops the cell instead
   */
  consent(origin) {
    this.send({ type: "consent_request", id: this.running, origin });
    return this.#answered(origin);
  }

  /**
   * As `consent`, while nothing else happens here.
   *
   * @param {string} origin
   * @returns {boolean | undefined}  nothing where that is not possible
   */
  consentNow(origin) {
    const answer = this.#held((held) => this.send({ type: "consent_request", id: this.running, origin, held }));
    return answer === undefined ? undefined : answer === "true";
  }

  /**
   * Take an answer.
   *
   * @param {string} about  an origin, or nothing for `input()`
   * @param {string | boolean} answer
   */
  answer(about, answer) {
    this.#waiting.get(about)?.resolve(answer);
  }

  /** The reader stops the cell instead of an answer. */
  stop() {
    for (const { reject } of this.#waiting.values()) reject(new Error("stopped"));
  }

  /**
   * @param {string} about
   * @returns {Promise<any>}
   */
  #answered(about) {
    const answered = new Promise((resolve, reject) => this.#waiting.set(about, { resolve, reject }));
    return answered.finally(() => this.#waiting.delete(about));
  }

  /**
   * @param {(held: string) => void} ask
   * @returns {string | undefined}
   */
  #held(ask) {
    if (request(this.site, "") !== 204) return undefined;
    const name = crypto.randomUUID();
    ask(name);
    for (let failures = 0; failures < MOST_FAILURES; failures++) {
      const answer = request(this.site, name);
      if (typeof answer === "string") return answer;
      if (answer === 410) break;
    }
    throw new Error("stopped");
  }
}

/**
 * @param {string} site
 * @param {string} name
 * @returns {string | number}  the text of an answer; else the status, 0 for none
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
