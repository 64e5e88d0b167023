/**
 * The flag that stops running Python from outside, on hosts without special headers too.
 *
 * Where the page is isolated, page and worker share memory. Elsewhere the flag is a Blob's address: the worker asks for it with
 * a synchronous request now and then, and when the page has revoked it the request fails. Both ends stand here.
 */

/** Interrupts Python as Ctrl+C does. */
const SIGINT = 2;

/** A look costs a few ms; at this interval that is not noticeable. */
const LOOK_EVERY_MS = 250;

/** The page's end. */
export class InterruptFlag {
  /** Memory that both ends see, where the page is isolated. @type {SharedArrayBuffer | undefined} */
  shared = globalThis.crossOriginIsolated ? new SharedArrayBuffer(4) : undefined;
  #address = "";

  /**
   * Lower the flag for a new run.
   *
   * @returns {string}  its address, empty where memory is shared
   */
  lower() {
    if (this.shared) {
      new Int32Array(this.shared)[0] = 0; // left up, it would stop the next cell
      return "";
    }
    URL.revokeObjectURL(this.#address);
    return (this.#address = URL.createObjectURL(new Blob(["1"], { type: "text/plain" })));
  }

  /** Raise it. */
  raise() {
    if (this.shared) new Int32Array(this.shared)[0] = SIGINT;
    else URL.revokeObjectURL(this.#address);
  }

  /** Whether Python has taken note of the raised flag in shared memory; elsewhere the worker says so. */
  get isSeen() {
    return this.shared !== undefined && new Int32Array(this.shared)[0] === 0;
  }
}

/** The worker's end: what Pyodide takes for an interrupt buffer, of which it reads and writes element 0. */
export class FlagReader {
  #address = "";
  #nextLook = 0;
  #isUp = false;
  /** Whether this browser can request a Blob that is there; tried with the first. @type {boolean | undefined} */
  #isWorking;

  /** @param {() => void} onSeen  called when Python has seen that the flag is up */
  constructor(onSeen) {
    this.onSeen = onSeen;
  }

  /**
   * Watch another flag.
   *
   * @param {string} address  empty for none
   */
  watch(address) {
    this.#isWorking ??= address !== "" && isThere(address);
    this.#address = this.#isWorking ? address : "";
    this.#isUp = false;
    this.#nextLook = performance.now() + LOOK_EVERY_MS;
  }

  get 0() {
    if (!this.#isUp && this.#address && performance.now() >= this.#nextLook) this.#look();
    return this.#isUp ? SIGINT : 0;
  }

  /** Pyodide writes 0 after each look. Once it has seen the signal, this address has no other to give. */
  set 0(_value) {
    if (!this.#isUp) return;
    this.#address = "";
    this.#isUp = false;
    this.onSeen();
  }

  #look() {
    this.#nextLook = performance.now() + LOOK_EVERY_MS;
    this.#isUp = !isThere(this.#address); // a failed request also writes a line to the console
  }
}

/** @param {string} address */
function isThere(address) {
  const request = new XMLHttpRequest();
  try {
    request.open("GET", address, false);
    request.send();
    return request.status === 200;
  } catch {
    return false;
  }
}
