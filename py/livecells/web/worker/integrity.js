/**
 * Whether a runtime file is the one that the manifest names, and the error that says what is wrong with it.
 *
 * @import {RuntimeFile} from "../protocol.js"
 */

import { strings } from "../strings.js";
import { sha256 } from "../vendor/sha256.js";

/** A runtime file that cannot be had; the message says which, why, and what to try. */
export class FileError extends Error {}

/**
 * @param {RuntimeFile} file
 * @param {Uint8Array<ArrayBuffer>} bytes  as stored
 * @param {Response} response  that they came in
 * @throws {FileError}
 */
export async function check(file, bytes, response) {
  // Plain http on another machine is no secure context and has no crypto.subtle.
  const digest = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    : sha256(bytes);
  if (hex(digest) !== file.sha256) throw altered(file, response, bytes.length);
}

/**
 * @param {RuntimeFile} file
 * @param {Response} response
 * @param {number} size
 */
export function altered(file, response, size) {
  const type = response.headers.get("content-type") ?? "no type";
  return new FileError(strings.fileAltered(file.path, `${type}, ${size} of ${file.bytes} bytes`));
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
