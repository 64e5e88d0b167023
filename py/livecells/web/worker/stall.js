/**
 * A watch over one request: whatever makes no progress is given up.
 *
 * @import {RuntimeFile} from "../protocol.js"
 */

import { FileError } from "./integrity.js";
import { strings } from "../strings.js";

/** A connection that gives nothing for this long is given up; with the retry an error shows within 15 s. */
const STALL_MS = 6_000;

export class Stall {
  /** @param {RuntimeFile} file */
  constructor(file) {
    this.file = file;
    this.controller = new AbortController();
  }

  get signal() {
    return this.controller.signal;
  }

  /**
   * @template T
   * @param {Promise<T>} step
   * @returns {Promise<T>}
   */
  guard(step) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new FileError(strings.fileStalled(this.file.path, STALL_MS / 1000)));
        this.controller.abort();
      }, STALL_MS);
      step.finally(() => clearTimeout(timer)).then(resolve, reject); // whoever reads the bytes may take his time
    });
  }

  /** End the request, if it has not ended by itself. */
  end() {
    this.controller.abort();
  }
}
