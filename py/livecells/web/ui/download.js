/** Hands files to the reader. */

import { element } from "./element.js";

/**
 * Hand a file to the reader.
 *
 * @param {string} name
 * @param {string} address  a blob or data address
 */
export function download(name, address) {
  element("a", { href: address, download: name }).click();
}

/**
 * Hand text to the reader as a file.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function downloadText(name, text, type = "text/x-python") {
  downloadBlob(name, new Blob([text], { type }));
}

/**
 * Hand bytes to the reader as a file.
 *
 * @param {string} name
 * @param {Blob} blob
 */
export function downloadBlob(name, blob) {
  const address = URL.createObjectURL(blob);
  download(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
