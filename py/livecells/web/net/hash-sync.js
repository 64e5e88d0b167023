/** SHA-256 without `crypto.subtle`, which is asynchronous, and missing on plain http on another machine: no secure context. */

import { hex, sha256 } from "./hash.js";
import { sha256 as digest } from "../vendor/sha256.js";

/** @param {Uint8Array} bytes */
export function sha256Sync(bytes) {
  return hex(digest(bytes));
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function sha256Anywhere(bytes) {
  return crypto.subtle ? sha256(bytes) : sha256Sync(bytes);
}
