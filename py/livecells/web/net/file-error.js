/**
 * Why a file of the site cannot be had or used. Workers say it in data; the page makes a sentence of it in its own language.
 *
 * @import {FileFault} from "../protocol.js"
 */
export class FileError extends Error {
  /**
   * @param {FileFault} fault
   * @param {unknown} [cause]
   */
  constructor(fault, cause) {
    super(`${fault.path}: ${fault.cause} ${fault.got ?? fault.detail}`, { cause });
    this.fault = fault;
  }
}

/**
 * Make the error of a file that is the right one and still of no use.
 *
 * @param {{path: string}} file
 * @param {unknown} cause
 */
export function unusable({ path }, cause) {
  return new FileError({ path, cause: "unusable", detail: cause instanceof Error ? cause.message : String(cause) }, cause);
}
