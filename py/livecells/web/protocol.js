/**
 * The messages between page and worker, defined nowhere else. Names follow Jupyter's where Jupyter has one.
 *
 * What Python says in them is defined in Python: shapes.js.
 *
 * @import {Change, Emitted, ExecuteReply, LocalWheel, PageRequest, Request, Runtime, RuntimeFile} from "./shapes.js"
 *
 * @typedef {Runtime & {offline?: boolean, copy?: boolean, native?: LocalWheel, wording?: string}} Manifest  `offline`: the
 *   site has a service worker; `copy`: it can be downloaded whole; `native`: how to run a page outside of a browser; `wording`:
 *   module with the formatters of values in sentences
 *
 * @typedef {Record<string, WebAssembly.Module>} Modules  compiled ones by the names of their files
 * @typedef {"use" | "make" | "none"} SnapshotUse  whether to start from the kept memory snapshot, or to make one and end
 *
 * @typedef {{type: "init", site: string, manifest: Manifest, modules: Modules, snapshot: SnapshotUse, isConfined: boolean,
 *   interrupt: SharedArrayBuffer | undefined, embedded: Record<string, ArrayBuffer> | undefined}} InitMessage  `embedded`: the runtime's
 *   files by path, in a copy of the site on disk
 * @typedef {{type: "execute_request", id: number, page: string, cell: string, source: string,
 *   expressions: Request[], checks: string[], flag: string}} ExecuteMessage  `expressions`: of the page's sentences, `checks`: of an exercise, to evaluate afterwards; `flag`:
 *   address of the run's stop flag (interrupt.js)
 * @typedef {{type: "interrupt"}} InterruptMessage  for a cell that waits in an await
 * @typedef {{page: string, cell: string}} CellPlace
 * @typedef {{complete: "source" | "cursor", explain: "source" | "cursor", check: "source", dependencies: "source",
 *   rows: "shown" | "start" | "count" | "by" | "is_descending", export: "shown" | "form", select: "selection" | "clauses",
 *   preview: "path" | "chosen", replace: "path" | "dataset", givers: never, forget: "name"}} Needs  the fields of each request of
 *   kernel/requests.py
 * @typedef {{[What in PageRequest["what"]]: {what: What} & CellPlace & Required<Pick<PageRequest, Needs[What]>>}[PageRequest["what"]]} Requested
 * @typedef {{type: "request", id: number, request: Requested}} RequestMessage
 * @typedef {{type: "input_reply", text: string}} InputReplyMessage
 * @typedef {{type: "consent_reply", origin: string, isAllowed: boolean}} ConsentReplyMessage
 * @typedef {{type: "reset", page: string}} ResetMessage
 * @typedef {{type: "user_file", path: string, file: File | ArrayBuffer | undefined}} UserFileMessage  without a file it is removed
 * @typedef {InitMessage | ExecuteMessage | InterruptMessage | RequestMessage | InputReplyMessage | ConsentReplyMessage
 *   | ResetMessage | UserFileMessage} ToWorker
 *
 * @typedef {{type: "progress", loaded: number, total: number, waitsFor: string}} ProgressMessage  bytes on the wire;
 *   `waitsFor`: path of a file of which nothing comes
 * @typedef {{type: "status", state: "starting", detail: string}
 *   | {type: "status", state: "idle", isRestored: boolean}
 *   | {type: "status", state: "whole", startMs: number}} StatusMessage  a cell may make Python `starting` again, when it needs
 *   what is not there yet; `whole`: nothing is missing any more, and how long that took
 * @typedef {{type: "failed", detail: string, fault?: FileFault}} FailedMessage  terminal: the first cause stays
 * @typedef {{type: "modules", modules: Modules}} ModulesMessage  for the workers after this one
 * @typedef {{type: "snapshot", state: "kept" | "unusable", detail: string}} SnapshotMessage  `unusable` is terminal too: start
 *   another worker, without it
 * @typedef {{type: "warning", fault: FileFault}} WarningMessage  a file that a cell needed
 * @typedef {{type: "output", id: number, output: Emitted}} OutputMessage
 * @typedef {{type: "execute_reply", id: number, reply: ExecuteReply}} ExecuteReplyMessage
 * @typedef {{type: "input_request", id: number, prompt: string, isSecret: boolean, held?: string}} InputMessage  `id` of the run; `held`:
 *   Python stands still in a request of that name, which the service worker answers (sw/wait.js)
 * @typedef {{type: "consent_request", id: number, origin: string, held?: string}} ConsentMessage  a cell wants something of another host
 * @typedef {{type: "interrupted"}} InterruptedMessage  Python has heard that the cell shall end
 * @typedef {{type: "reply", id: number, reply: any}} ReplyMessage  to a request
 * @typedef {ProgressMessage | StatusMessage | FailedMessage | ModulesMessage | SnapshotMessage | WarningMessage
 *   | OutputMessage | InputMessage | ConsentMessage | InterruptedMessage | ExecuteReplyMessage | ReplyMessage} FromWorker
 *
 * Page, worker and service worker:
 *
 * @typedef {"status" | "network" | "stalled" | "page" | "cut" | "altered" | "unusable" | "absent" | "full" | "browser"} Cause
 *   `page`: HTML in the place of something else; `unusable`: the right file, and no good; `absent`: from a copy on disk;
 *   `full`: no room; `browser`: anything of the browser's own
 * @typedef {{path: string, cause: Cause, detail: string, got?: string}} FileFault  `detail`: the status, seconds, bytes or reason;
 *   `got`: what came instead, for those who look into it
 *
 * Page and service worker:
 *
 * @typedef {Record<string, [sha256: string, bytes: number, wire?: number]>} FileList  by path below the site's root; `wire` is
 *   what travels where that is less
 * @typedef {{key: string, version: string, build: string, changes: Change[], shell: FileList, runtime: FileList}} Precache
 * @typedef {{files: FileList, keptAt: string, savedAt?: string}} Kept  what a cache holds, kept in the cache itself; `savedAt`:
 *   Python and the data too; ISO, UTC
 *
 * @typedef {{version: string, build: string, fault: FileFault}} FailedUpdate
 * @typedef {{type: "state", version: string, build: string, keptAt: string, savedAt: string, bytes: number, saved: number,
 *   total: number, isSaving: boolean, failed?: FailedUpdate}} OfflineState  `bytes` on the device; `saved` and `total` are
 *   Python and the data, on the wire
 *
 * @typedef {{type: "claim", build: string} | {type: "describe"} | {type: "activate", isAll?: boolean} | {type: "pause"}
 *   | {type: "keep"} | {type: "save"} | {type: "remove"} | {type: "state"} | {type: "reply", name: string, text?: string}} ToServiceWorker  `reply`:
 *   to a request that is held, without a text when the cell is stopped
 * @typedef {OfflineState | {type: "release", version: string, build: string, changes: Change[]}
 *   | {type: "saving", saved: number, total: number} | {type: "save-failed", fault: FileFault}
 *   | {type: "update-failed", failed: FailedUpdate} | {type: "others", count: number}} FromServiceWorker
 *   `others`: tabs that would change too
 */

/**
 * Page and Ruff's worker:
 *
 * @typedef {{kind: "undefined" | "unused", name: string, from: number, to: number}} Finding  a name, and its place in the text
 * @typedef {{others: string[], readers: string[]}} Neighbours  of a cell: the texts of the page's other cells, SQL as what it defines;
 *   `readers`: other code that may use what the cell imports
 * @typedef {{what: "load", site: string, file: RuntimeFile} | {what: "find", text: string, neighbours: Neighbours}
 *   | {what: "format", text: string}} Asked
 * @typedef {Asked & {id: number}} ToRuff
 * @typedef {{id: number, reply: any} | {id: number, problem: string}} FromRuff  a problem is the worker's end
 */

/** Below the site's root: a worker's requests that the service worker holds until the page has a reply. */
export const WAIT = "__wait__/";

/**
 * End a `switch` over message types. The type checker reports a forgotten case; a wrong sender is an error when it happens.
 *
 * @param {never} message
 * @returns {never}
 */
export function unknownMessage(message) {
  throw new TypeError(`unknown message ${JSON.stringify(message)}`);
}
