/**
 * <claim-check>: checks all computed claims anew in the reader's own Python, marks each row of the ledger as its result comes,
 * and ends in a receipt. A receipt of somebody else's is compared with this page's, without Python.
 *
 * The Python is that of the cell in the element, which runs as when its own Run is pressed.
 */

import { ReceiptError, compare, read } from "./receipts.js";

const SAME = "same here";
const MIME = "application/vnd.livecells.recheck+json";

/**
 * @typedef {HTMLElement & {run(): void, state: string, runs: {stop(): void}}} Cell
 * @typedef {{claim_id: string, place: number, total: number, verdict: string, value: string, reason: string}} Result
 * @typedef {{text: string, sha256: string, said: string, results: Result[]}} Receipt  `results`: all, for a later
 *   update takes the place of an earlier one
 */

export class ClaimCheck extends HTMLElement {
  #isWired = false;
  #isStopped = false;
  /** How many results have come, and of how many. */
  #count = 0;
  #total = 0;
  /** Ids of claims. @type {Set<string>} */
  #differing = new Set();
  /** What the reader can take away. */
  #file = "";

  /** Called by the browser when the element enters a page, also after instant navigation. */
  connectedCallback() {
    if (this.#isWired) return;
    this.#isWired = true;
    this.#start.addEventListener("click", () => this.#run());
    this.#stop.addEventListener("click", () => ((this.#isStopped = true), this.#cell.runs.stop()));
    this.#take.addEventListener("click", () => this.#save());
    this.#chooser.addEventListener("change", () => {
      const [file] = this.#chooser.files ?? [];
      this.#chooser.value = ""; // the same file can be chosen again
      if (file) void this.#compare(file);
    });
    this.addEventListener("livecells:state", () => this.#onState());
    this.addEventListener("livecells:output", (event) => this.#onOutput(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation(); // elsewhere on the page a file is one for cells
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void this.#compare(file);
    });
  }

  get #cell() {
    return /** @type {Cell} */ (this.querySelector("code-cell"));
  }

  get #start() {
    return this.#button("start");
  }

  get #stop() {
    return this.#button("stop");
  }

  get #take() {
    return this.#button("take");
  }

  get #chooser() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=file]"));
  }

  /** @param {string} name */
  #button(name) {
    return /** @type {HTMLButtonElement} */ (this.querySelector(`[data-part=${name}]`));
  }

  #run() {
    [this.#isStopped, this.#count, this.#total, this.#file] = [false, 0, 0, ""];
    this.#differing.clear();
    for (const body of document.querySelectorAll(".ledger > tbody")) mark(body, "");
    this.#take.hidden = true;
    this.#cell.run();
  }

  /** The cell has begun or ended, by this element's button or by its own. */
  #onState() {
    const { state } = this.#cell;
    const isRunning = ["queued", "starting", "busy"].includes(state);
    this.#start.disabled = isRunning;
    this.#stop.hidden = this.#progress.hidden = !isRunning;
    if (state === "starting") this.#say("Python is starting.");
    else if (this.#isStopped && !isRunning) this.#say(`Stopped after ${this.#count} of ${this.#total || "all"} claims.`);
    else if (state === "error" || state === "failed") {
      this.#say(`The check ended with an error after ${this.#count} claims. It stands below.`);
      const details = this.querySelector("details");
      if (details) details.open = true;
    }
  }

  get #progress() {
    return /** @type {HTMLProgressElement} */ (this.querySelector("progress"));
  }

  /** @param {{data?: Record<string, unknown>}} output */
  #onOutput({ data }) {
    const told = /** @type {Result | Receipt | undefined} */ (data?.[MIME]);
    if (told && "claim_id" in told) this.#onResult(told);
    else if (told) this.#onReceipt(told);
  }

  /** @param {Result} result */
  #onResult(result) {
    const { place, total } = result;
    this.#marks(result);
    this.#progress.max = total;
    this.#progress.value = place;
    this.#say(`${place} of ${total} checked, ${this.#differing.size ? `${this.#differing.size} do not agree` : "all agree"}.`);
  }

  /** @param {Result} result */
  #marks({ claim_id, place, total, reason }) {
    [this.#count, this.#total] = [place, total];
    if (reason) this.#differing.add(claim_id);
    const body = document.getElementById(`claim-${claim_id}`);
    if (body) mark(body, reason || SAME);
  }

  /** @param {Receipt} receipt */
  #onReceipt({ text, sha256, said, results }) {
    for (const result of results) this.#marks(result);
    this.#say(said);
    const made = { on: new Date().toISOString().replace(/\.\d+/, ""), with: navigator.userAgent };
    this.#file = `{"receipt":${text},"sha256":"${sha256}","made":${JSON.stringify(made)}}\n`;
    this.#take.hidden = false;
  }

  #save() {
    const address = URL.createObjectURL(new Blob([this.#file], { type: "application/json" }));
    const link = document.createElement("a");
    Object.assign(link, { href: address, download: "claims-receipt.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  /** @param {File} file */
  async #compare(file) {
    const ours = JSON.parse(this.querySelector("template")?.content.textContent ?? "");
    try {
      this.#say(compare(await read(await file.text()), ours));
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error;
      this.#say(error.message);
    }
  }

  /** @param {string} text */
  #say(text) {
    const status = this.querySelector("[data-part=said]");
    if (status) status.textContent = text;
  }
}

/**
 * Write into a row of the ledger what the reader's own check has found; nothing takes it away.
 *
 * @param {Element} body
 * @param {string} found
 */
function mark(body, found) {
  body.querySelector(".ledger-own")?.remove();
  if (!found) return;
  const note = document.createElement("small");
  note.className = "ledger-own";
  note.textContent = `${found === SAME ? "✔" : "≠"} ${found}`;
  body.querySelector("td")?.append(note);
}
