/**
 * Keeps a worker's requests within its site; a cell reaches another host only with the reader's consent.
 *
 * The gate covers every way by which code in a worker can use the network. It keeps an honest cell from contacting strangers
 * unnoticed. Against hostile code the page has the browser's own content policy.
 */

/** @import {Prompts} from "./prompts.js" */

/** Right in a worker that starts from a Blob, too. */
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
  /** Questions to the reader that are open, by origin. @type {Map<string, Promise<boolean>>} */
  #asked = new Map();
  #prompts;
  #fetch = self.fetch.bind(self);

  /** @param {Prompts} prompts  to the reader */
  constructor(prompts) {
    this.#prompts = prompts;
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
   * Ask the reader, unless the answer is known.
   *
   * @param {string} address
   * @returns {Promise<boolean>}  whether a request may go there
   */
  async consent(address) {
    if (this.isAllowed(address)) return true;
    const origin = originOf(address);
    const asked = this.#asked.get(origin) ?? this.#prompts.consent(origin);
    this.#asked.set(origin, asked);
    try {
      if (await asked) this.#allowed.add(origin);
    } finally {
      this.#asked.delete(origin);
    }
    return this.isAllowed(address);
  }

  /**
   * Ask as `consent` does, while the whole worker waits.
   *
   * @param {string} address
   * @returns {boolean | undefined}  undefined where that is not possible
   */
  consentNow(address) {
    if (this.isAllowed(address)) return true;
    const origin = originOf(address);
    const isAllowed = this.#prompts.consentNow(origin);
    if (isAllowed) this.#allowed.add(origin);
    return isAllowed;
  }

  /** @param {string} address */
  isAllowed(address) {
    const { protocol, origin } = new URL(address, import.meta.url);
    return protocol === "data:" || protocol === "blob:" || origin === HERE || this.#allowed.has(origin);
  }

  /**
   * Return whether a host responds at all. If it does, its own rules (CORS) have hidden the response.
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
