/** Makes the decoder of zstd, which no browser has of its own. */

import { ZSTDDecoder } from "../vendor/zstd.js";

/** @type {Promise<ZSTDDecoder> | undefined} */
let decoding;

/**
 * Load the decoder, once for each page or worker.
 *
 * @returns {Promise<ZSTDDecoder>}
 */
export function decoder() {
  decoding ??= (async () => {
    const made = new ZSTDDecoder();
    await made.init();
    return made;
  })();
  return decoding;
}
