/**
 * The messages between page and worker, defined nowhere else. Names follow Jupyter's where Jupyter has one.
 *
 * @typedef {{kind: "core" | "stdlib" | "pack" | "data", path: string, name: string, target: string,
 *   sha256: string, bytes: number, wire: number, unpacked: number, licence: string}} RuntimeFile
 *   One file of the runtime; `path` is relative to the site's root, `bytes` as stored, `wire` as hosts send it.
 * @typedef {{schema: 1, python: string, pyodide: string, abi: string, platform: string,
 *   packages: {name: string, version: string, licence: string}[], files: RuntimeFile[],
 *   offline?: boolean}} Manifest  `offline`: the site has a service worker
 *
 * @typedef {Record<string, unknown>} MimeBundle
 * @typedef {{output_type: "stream", name: "stdout" | "stderr", text: string}} StreamOutput
 * @typedef {{output_type: "display_data", data: MimeBundle, metadata: object}} DisplayOutput
 * @typedef {{output_type: "execute_result", execution_count: number, data: MimeBundle, metadata: object}} ResultOutput
 * @typedef {{output_type: "error", ename: string, evalue: string, traceback: string[]}} ErrorOutput
 * @typedef {StreamOutput | DisplayOutput | ResultOutput | ErrorOutput} Output  Jupyter's notebook format 4.5
 * @typedef {{status: "ok" | "error", execution_count: number, line?: number, column?: number}} ExecuteReply
 *
 * @typedef {{type: "init", site: string, manifest: Manifest}} InitMessage
 * @typedef {{type: "execute_request", id: number, page: string, cell: string, source: string}} ExecuteMessage
 * @typedef {{type: "reset", page: string}} ResetMessage
 * @typedef {InitMessage | ExecuteMessage | ResetMessage} ToWorker
 *
 * @typedef {{type: "progress", loaded: number, total: number}} ProgressMessage  bytes on the wire
 * @typedef {{type: "status", state: "starting" | "idle", detail: string}} StatusMessage
 * @typedef {{type: "failed", detail: string}} FailedMessage  terminal: the first cause stays
 * @typedef {{type: "warning", detail: string}} WarningMessage
 * @typedef {{type: "output", id: number, output: Output}} OutputMessage
 * @typedef {{type: "execute_reply", id: number, reply: ExecuteReply}} ReplyMessage
 * @typedef {ProgressMessage | StatusMessage | FailedMessage | WarningMessage | OutputMessage | ReplyMessage} FromWorker
 */

/** Altair's charts; the kernel normalises the type to this form. */
export const VEGALITE = "application/vnd.vegalite.v6+json";

/** The first of these that an output offers is shown; `build/static.py` has the same order. */
export const MIME_ORDER = [
  VEGALITE,
  "text/html",
  "text/markdown",
  "image/svg+xml",
  "image/png",
  "image/jpeg",
  "application/json",
  "text/plain",
];

/**
 * End a `switch` over message types: the type checker sees a forgotten case, the browser a wrong sender.
 *
 * @param {never} message
 * @returns {never}
 */
export function unknownMessage(message) {
  throw new TypeError(`unknown message ${JSON.stringify(message)}`);
}
