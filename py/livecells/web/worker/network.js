/**
 * Keeps a worker within its site: what a cell asks of another host goes out when the reader has said yes.
 *
 * The gate stands around everything with which code in a worker reaches a network. It keeps an honest cell from asking
 * strangers unnoticed; against hostile code stands the browser's own policy, which the page sets.
 */

/** @import {Questions} from "./prompts.js" */

/** Of a worker that starts from a blob too. */
const HERE = self.origin;

export class NetworkRefused extends Error {
  /** @param {string} origin */
  constructor(origin) {
    super(`the reader has not allowed ${origin}`);
    this.name = "NetworkRefused";
  }
}

export class Network {
  /** @type {Set<string>} */
  #allowed = new Set();
  /** Questions that wait for the reader. @type {Map<string, Promise<boolean>>} */
  #asked = new Map();
  #questions;
  #fetch = self.fetch.bind(self);

  /** @param {Questions} questions  to the reader */
  constructor(questions) {
    this.#questions = questions;
  }

  /** Put the gate around this worker's ways out. */
  guard() {
    self.fetch = async (input, init) => {
      const address = input instanceof Request ? input.url : String(input);
      if (!(await this.consent(address))) throw new NetworkRefused(originOf(address));
      return this.#fetch(input, init);
    };
    const pass = (/** @type {string | URL} */ address) => this.#pass(String(address));
    const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...all) {
      pass(all[1]);
      return open.apply(this, /** @type {any} */ (all));
    };
    for (const name of ["WebSocket", "EventSource", "WebTransport"]) {
      const Way = /** @type {any} */ (self)[name];
      if (Way) Object.assign(self, { [name]: gated(Way, pass) });
    }
  }

  /**
   * Ask the reader, unless it is clear.
   *
   * @param {string} address
   * @returns {Promise<boolean>}  whether a request may go there
   */
  async consent(address) {
    if (this.isAllowed(address)) return true;
    const origin = originOf(address);
    const asked = this.#asked.get(origin) ?? this.#questions.consent(origin);
    this.#asked.set(origin, asked);
    try {
      if (await asked) this.#allowed.add(origin);
    } finally {
      this.#asked.delete(origin);
    }
    return this.isAllowed(address);
  }

  /**
   * As `consent`, while nothing else happens here.
   *
   * @param {string} address
   * @returns {boolean | undefined}  nothing where that is not possible
   */
  consentNow(address) {
    if (this.isAllowed(address)) return true;
    const origin = originOf(address);
    const isAllowed = this.#questions.consentNow(origin);
    if (isAllowed) this.#allowed.add(origin);
    return isAllowed;
  }

  /** @param {string} address */
  isAllowed(address) {
    const { protocol, origin } = new URL(address, import.meta.url);
    return protocol === "data:" || protocol === "blob:" || origin === HERE || this.#allowed.has(origin);
  }

  /**
   * Find out whether a host answers at all: if it does, it was its rules that kept an answer from us.
   *
   * @param {string} address  allowed
   * @returns {Promise<boolean>}
   */
  async isThere(address) {
    return this.#fetch(address, { method: "HEAD", mode: "no-cors", cache: "no-store" }).then(() => true, () => false);
  }

  /** @param {string} address */
  #pass(address) {
    if (!this.isAllowed(address)) throw new NetworkRefused(originOf(address));
  }
}

/** @param {string} address */
function originOf(address) {
  return new URL(address, import.meta.url).origin;
}

/**
 * @param {any} Way  a class whose first argument is an address
 * @param {(address: string) => void} pass
 */
function gated(Way, pass) {
  return class extends Way {
    /** @param {any[]} all */
    constructor(...all) {
      pass(all[0]);
      super(...all);
    }
  };
}
