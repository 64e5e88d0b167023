/**
 * What Python and the page exchange, written by `python -m livecells.release.shapes`: the
 * docstrings of the types in Python say what each field means.
 *
 * @typedef {{output_type: "stream", name: "stdout" | "stderr", text: string}} StreamOutput
 * @typedef {{output_type: "display_data", data: Record<string, unknown>, metadata: Record<string, unknown>}} DisplayOutput
 * @typedef {{output_type: "execute_result", execution_count: number, data: Record<string, unknown>, metadata: Record<string, unknown>}} ResultOutput
 * @typedef {{output_type: "error", ename: string, evalue: string, traceback: string[]}} ErrorOutput
 * @typedef {{output_type: "update_display_data", data: Record<string, unknown>, metadata: Record<string, unknown>}} UpdateOutput
 * @typedef {{output_type: "clear_output", wait: boolean}} ClearOutput
 * @typedef {{cell: string, file: string, line: number, name: string, code: string, more?: number, is_old?: boolean}} Frame
 * @typedef {{kind: "column" | "table" | "file" | "newer" | "module" | "compiled" | "panic" | "memory" | "background" | "rows" | "write" | "samples" | "command" | "deep", name?: string, near?: string[], known?: string[], version?: string, instead?: string}} Hint
 * @typedef {{relation: "cause" | "context" | "member", message: string, frames: Frame[]}} Related
 * @typedef {{message: string, frames: Frame[], hints: Hint[], related: Related[]}} ErrorDetails
 * @typedef {{output_type: "error", ename: string, evalue: string, traceback: string[], details: ErrorDetails}} DetailedError
 * @typedef {{expression: string, names: Record<string, string>}} Request
 * @typedef {{text?: string, problem?: string}} Value
 * @typedef {{status: "ok" | "error", execution_count: number, values?: Value[], line?: number, column?: number, failed?: number}} ExecuteReply
 * @typedef {{field: string, kind: "range" | "among", values: unknown[]}} Condition
 * @typedef {{what: "complete" | "explain" | "check" | "dependencies" | "rows" | "export" | "select" | "preview" | "replace" | "givers" | "forget", page: string, cell: string, source?: string, cursor?: number, shown?: string, start?: number, count?: number, by?: string, is_descending?: boolean, form?: "csv" | "parquet", selection?: string, clauses?: Condition[][], path?: string, chosen?: Record<string, string>, dataset?: string, name?: string}} PageRequest
 * @typedef {{line: number, column: number, message: string}} Mistake
 * @typedef {{label: string, kind: "variable" | "function" | "class" | "module" | "property" | "argument" | "column" | "value" | "keyword", detail: string}} Suggestion
 * @typedef {{start: number, options: Suggestion[]}} Completion
 * @typedef {{name: string, signature: string, text: string}} Explanation
 * @typedef {{defines: string[], uses: string[]}} Dependencies
 * @typedef {{height: number, columns: string[], types: string[], is_numeric: boolean[], rows: ((string | null)[])[], wholes: string[][]}} Rows
 * @typedef {{problem: string}} Problem
 * @typedef {{name: "encoding" | "separator" | "decimal" | "dates" | "zeros" | "missing" | "sheet", value: string, choices: string[], columns: string[]}} Point
 * @typedef {{page: Rows, code: string, points: Point[]}} Preview
 * @typedef {{size: number, sha256: string[]}} Blocks
 * @typedef {{path: string, kind: "core" | "pack" | "module" | "rest" | "data" | "tool", stage: "boot" | "later" | "asked", name: string, target: string, sha256: string, bytes: number, wire: number, unpacked: number, licence: string, blocks?: Blocks}} RuntimeFile
 * @typedef {{name: string, version: string, licence: string}} Package
 * @typedef {{schema: 1, python: string, pyodide: string, abi: string, platform: string, preload: string[], warm_up: string, packages: Package[], files: RuntimeFile[]}} Runtime
 * @typedef {{wheel: string, setup: string}} LocalWheel
 * @typedef {{version: string, date: string, notes: string[]}} Change
 * @typedef {{path: string, file: string, packing: string}} PackedFile
 * @typedef {{bytes: number, most: number, left_out: string, figure_files: string[], files: PackedFile[]}} PageFile
 * @typedef {{file: string, bytes: number, unpacked: number, page: PageFile}} Copies
 * @typedef {StreamOutput | DisplayOutput | ResultOutput | ErrorOutput} Output
 * @typedef {StreamOutput | DisplayOutput | ResultOutput | ErrorOutput | DetailedError | UpdateOutput | ClearOutput} Emitted
 */

export const PROGRESS = "application/vnd.livecells.progress+json";
export const VEGALITE = "application/vnd.vegalite.v6+json";
export const MIME_ORDER = ["application/vnd.vegalite.v6+json", "application/vnd.livecells.progress+json", "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "application/json", "text/plain"];
export const GIVEN = ["display", "progress", "selected", "selection", "sql"];
