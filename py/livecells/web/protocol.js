/**
 * The messages between page and worker, defined nowhere else. Names follow Jupyter's where Jupyter has one.
 *
 * @typedef {{kind: "core" | "pack" | "module" | "data", stage: "boot" | "later" | "asked", path: string, name: string,
 *   target: string, sha256: string, bytes: number, wire: number, unpacked: number, licence: string, blocks?: Blocks}} RuntimeFile
 *   One file of the runtime; `path` is relative to the site's root, `bytes` as stored, `wire` as hosts send it.
 * @typedef {{size: number, sha256: string[]}} Blocks  by which parts of a large file are checked: the beginnings of their hashes
 * @typedef {{schema: 1, python: string, pyodide: string, abi: string, platform: string, preload: string[], warm_up: string,
 *   packages: {name: string, version: string, licence: string}[], files: RuntimeFile[],
 *   offline?: boolean, copy?: boolean, native?: {wheel: string, setup: string}}} Manifest  `offline`: the site has a service worker;
 *   `copy`: it can be downloaded whole;
 *   `native`: how to run a page outside of a browser
 *
 * @typedef {Record<string, unknown>} MimeBundle
 * @typedef {{output_type: "stream", name: "stdout" | "stderr", text: string}} StreamOutput
 * @typedef {{output_type: "display_data", data: MimeBundle, metadata: {display_id?: string, shown?: string}}} DisplayOutput
 * @typedef {{output_type: "execute_result", execution_count: number, data: MimeBundle, metadata: {shown?: string}}} ResultOutput
 * @typedef {{output_type: "error", ename: string, evalue: string, traceback: string[]}} ErrorOutput
 * @typedef {{cell: string, file: string, line: number, name: string, code: string}} Frame  kernel/outputs.py says what these are
 * @typedef {{kind: "column", name: string, near: string[], known: string[]} | {kind: "file", name: string, near: string[]}
 *   | {kind: "newer", name: string, version: string, instead: string} | {kind: "module", name: string}
 *   | {kind: "panic" | "memory" | "background" | "rows"}} Hint  kernel/hints.py
 * @typedef {{message: string, frames: Frame[], hints: Hint[]}} ErrorDetails
 * @typedef {StreamOutput | DisplayOutput | ResultOutput | ErrorOutput} Output  Jupyter's notebook format 4.5; `shown` names a
 *   frame or chart whose rows Python can give
 * @typedef {{output_type: "update_display_data", data: MimeBundle, metadata: {display_id: string}}} UpdateOutput
 * @typedef {Output | UpdateOutput | (ErrorOutput & {details: ErrorDetails})} Emitted  what a running cell sends: a notebook
 *   keeps no updates and no details
 * @typedef {{status: "ok" | "error", execution_count: number, line?: number, column?: number}} ExecuteReply
 *
 * @typedef {Record<string, WebAssembly.Module>} Modules  compiled ones by the names of their files
 * @typedef {"use" | "make" | "none"} SnapshotUse  whether to start from the kept memory snapshot, or to make one and end
 *
 * @typedef {{type: "init", site: string, manifest: Manifest, modules: Modules, snapshot: SnapshotUse, isConfined: boolean,
 *   interrupt: SharedArrayBuffer | undefined, carried: Record<string, Blob> | undefined}} InitMessage  `carried`: the runtime's
 *   files by path, in a copy of the site on disk
 * @typedef {{type: "execute_request", id: number, page: string, cell: string, source: string, flag: string}} ExecuteMessage
 *   `flag`: address of the run's stop flag (interrupt.js)
 * @typedef {{type: "interrupt"}} InterruptMessage  for a cell that waits in an await
 * @typedef {{page: string, cell: string}} CellPlace
 * @typedef {{field: string, kind: "range" | "among", values: unknown[]}[]} SelectionClause  kernel/selections.py
 * @typedef {CellPlace & ({what: "complete" | "explain", source: string, cursor: number} | {what: "check" | "flow", source: string}
 *   | {what: "rows", shown: string, start: number, count: number, by: string, is_descending: boolean}
 *   | {what: "export", shown: string, form: "csv" | "parquet"}
 *   | {what: "select", selection: string, clauses: SelectionClause[]}
 *   | {what: "preview", path: string} | {what: "replace", path: string, dataset: string})} Question  kernel/questions.py answers; `cursor` in characters
 * @typedef {{type: "ask", id: number, question: Question}} AskMessage
 * @typedef {{type: "input_reply", text: string}} InputReplyMessage
 * @typedef {{type: "consent_reply", origin: string, isAllowed: boolean}} ConsentReplyMessage
 * @typedef {{type: "reset", page: string}} ResetMessage
 * @typedef {{type: "own_file", path: string, file: File | undefined}} OwnFileMessage  none: it goes
 * @typedef {InitMessage | ExecuteMessage | InterruptMessage | AskMessage | InputReplyMessage | ConsentReplyMessage
 *   | ResetMessage | OwnFileMessage} ToWorker
 *
 * @typedef {{type: "progress", loaded: number, total: number}} ProgressMessage  bytes on the wire
 * @typedef {{type: "status", state: "starting", detail: string}
 *   | {type: "status", state: "idle", isRestored: boolean}} StatusMessage
 * @typedef {{type: "failed", detail: string, fault?: FileFault}} FailedMessage  terminal: the first cause stays
 * @typedef {{type: "modules", modules: Modules}} ModulesMessage  for the workers after this one
 * @typedef {{type: "snapshot", state: "kept" | "unusable", detail: string}} SnapshotMessage  `unusable` is terminal too: start
 *   another worker, without it
 * @typedef {{type: "warning", fault: FileFault}} WarningMessage  a file that a cell needed
 * @typedef {{type: "output", id: number, output: Emitted}} OutputMessage
 * @typedef {{type: "execute_reply", id: number, reply: ExecuteReply}} ReplyMessage
 * @typedef {{type: "input_request", id: number, prompt: string, isSecret: boolean, held?: string}} InputMessage  `id` of the run; `held`:
 *   Python stands still in a request of that name, which the service worker answers (sw/wait.js)
 * @typedef {{type: "consent_request", id: number, origin: string, held?: string}} ConsentMessage  a cell wants something of another host
 * @typedef {{type: "answer", id: number, answer: any}} AnswerMessage
 * @typedef {ProgressMessage | StatusMessage | FailedMessage | ModulesMessage | SnapshotMessage | WarningMessage
 *   | OutputMessage | InputMessage | ConsentMessage | ReplyMessage | AnswerMessage} FromWorker
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
 * @typedef {{version: string, date: string, notes: string[]}} Change  what a version changed; `date` is ISO
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
 *   | {type: "save"} | {type: "remove"} | {type: "state"} | {type: "answer", name: string, text?: string}} ToServiceWorker  `answer`:
 *   to a request that is held, without a text when the cell is stopped
 * @typedef {OfflineState | {type: "release", version: string, build: string, changes: Change[]}
 *   | {type: "saving", saved: number, total: number} | {type: "save-failed", fault: FileFault}
 *   | {type: "update-failed", failed: FailedUpdate} | {type: "others", count: number}} FromServiceWorker
 *   `others`: tabs that would change too
 */

/** Where a worker's requests go, below the site's root, that the service worker holds until the page has an answer. */
export const WAIT = "__wait__/";

/** A bar that fills: `{value, max, label}`. */
export const PROGRESS = "application/vnd.livecells.progress+json";

/** Altair's charts; the kernel normalises the type to this form. */
export const VEGALITE = "application/vnd.vegalite.v6+json";

/** The first of these that an output offers is shown; `author/static.py` has the same order. */
export const MIME_ORDER = [
  VEGALITE,
  PROGRESS,
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
