/**
 * Ruff in a worker of its own: it is compiled, reads and formats there, so that no key waits for it.
 *
 * @import {FromRuff, ToRuff} from "../protocol.js"
 */

import { PositionEncoding, Workspace, initialise } from "../vendor/ruff.js";
import { Fetcher } from "../worker/fetcher.js";
import { SETTINGS, findings } from "./findings.js";
import { formatted } from "./format.js";

const workspace = (/** @type {object} */ more) => new Workspace({ ...SETTINGS, ...more }, PositionEncoding.Utf16);

/** @type {Workspace} */
let ruff;

addEventListener("message", async ({ data }) => {
  const { id } = /** @type {ToRuff} */ (data);
  try {
    send({ id, reply: await reply(data) });
  } catch (error) {
    send({ id, problem: String(error) });
  }
});

/** @param {ToRuff} message */
async function reply(message) {
  switch (message.what) {
    case "load":
      await initialise({ module_or_path: await new Fetcher(message.site, () => {}).compile(message.file) });
      ruff = workspace({});
      return true;
    case "find":
      return findings((text) => ruff.check(text), message.text, message.neighbours);
    case "format":
      return formatted(workspace, message.text);
  }
}

/** @param {FromRuff} message */
function send(message) {
  postMessage(message);
}
