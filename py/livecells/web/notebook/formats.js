/**
 * Cells as files: Jupyter's notebook format 4.5 and Python in the percent format (Jupytext, VS Code, Spyder).
 *
 * @import {Output} from "../shapes.js"
 */

/**
 * @typedef {{id: string, source: string, outputs: Output[], executionCount: number | null}} NotebookCell
 */

/** Lines that begin a cell: VS Code and Spyder, Jupytext, nbconvert, and older IPython. */
const MARK = /^(?:#[ \t]*%%.*|# In ?\[[\d ]*\]:?[ \t]*|# <(?:code|markdown)cell>[ \t]*)$/;

/** What Jupytext writes above the cells. */
const HEADER = /^# ---\n(?:#.*\n)*?# ---\n/;

/** What a notebook runs and Python does not; in a Python file it stands behind a `#`, as Jupytext writes it. */
const MAGIC = /^(?=[%!])/gm;
const WRITTEN_MAGIC = /^# (?=[%!](?!%))/gm;

const LARGEST = 20_000_000;

/** The file is not a notebook; the message is a sentence for the reader. */
export class NotebookError extends Error {}

/**
 * Write cells as a notebook that Jupyter opens.
 *
 * @param {NotebookCell[]} cells
 * @param {string} python  version, such as `3.14.2`
 */
export function toIpynb(cells, python) {
  const notebook = {
    cells: cells.map(({ id, source, outputs, executionCount }) => ({
      cell_type: "code",
      execution_count: executionCount,
      id,
      metadata: {},
      outputs,
      source: lines(source),
    })),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { file_extension: ".py", mimetype: "text/x-python", name: "python", version: python },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/**
 * Write cells as one Python file.
 *
 * @param {Pick<NotebookCell, "id" | "source">[]} cells
 */
export function toPercent(cells) {
  return `${cells.map(({ id, source }) => `# %% ${id}\n${source.trimEnd().replaceAll(MAGIC, "# ")}\n`).join("\n")}`;
}

/**
 * Read the texts of a file's cells; its ending tells the format.
 *
 * @param {string} name
 * @param {string} text
 * @returns {string[]}
 * @throws {NotebookError}
 */
export function readNotebook(name, text) {
  if (text.length > LARGEST) throw new NotebookError(`${name} is larger than a notebook should be.`);
  const sources = name.toLowerCase().endsWith(".ipynb") ? fromIpynb(name, text) : fromPercent(name, text);
  const kept = sources.map((source) => source.trimEnd()).filter(Boolean);
  if (!kept.length) throw new NotebookError(`${name} has no cells.`);
  return kept;
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {string[]}
 */
function fromIpynb(name, text) {
  const notebook = parse(text) ?? parse(text.replaceAll(NO_JSON, (found) => (found.startsWith('"') ? found : "null")));
  if (notebook === undefined) throw new NotebookError(`${name} is not a notebook: it is not JSON.`);
  if (!Array.isArray(notebook?.cells)) throw new NotebookError(`${name} is not a notebook of format 4: it has no cells.`);
  return notebook.cells.map((/** @type {unknown} */ cell) => sourceOf(cell));
}

/** What Python writes into JSON and JSON does not know, and texts, which may hold the same words. */
const NO_JSON = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Return the text of a cell; text that is not code becomes comments, so that nothing is lost.
 *
 * @param {any} cell
 */
function sourceOf(cell) {
  const parts = Array.isArray(cell?.source) ? cell.source : [cell?.source];
  if (!parts.every((/** @type {unknown} */ part) => typeof part === "string")) return "";
  const source = parts.join("");
  return cell.cell_type === "code" ? source : source.replaceAll(/^/gm, "# ");
}

/**
 * @param {string} name
 * @param {string} text
 */
function fromPercent(name, text) {
  if (text.includes("\0")) throw new NotebookError(`${name} is not a text file.`);
  const body = text.replaceAll(/\r\n?/g, "\n").replace(HEADER, "");
  /** @type {string[][]} */
  const cells = [[]];
  let quote = "";
  for (const line of body.split("\n")) {
    if (!quote && MARK.test(line)) cells.push([]);
    else cells[cells.length - 1].push(line);
    quote = quoteAfter(line, quote);
  }
  return cells.map((cell) => cell.join("\n").replaceAll(WRITTEN_MAGIC, ""));
}

/** What matters for where a text in quotes ends: a comment, a character behind a backslash, quotes. */
const QUOTES = /#.*|\\.|"""|'''|["']/g;

/**
 * Find the triple quotes in which a line ends.
 *
 * @param {string} line
 * @param {string} before  those in which it begins; empty outside of any
 */
function quoteAfter(line, before) {
  let open = before;
  for (const [sign] of line.matchAll(QUOTES)) {
    if (!open && sign.startsWith("#")) return "";
    if (!open && !sign.startsWith("\\") && !sign.startsWith("#")) open = sign;
    else if (sign === open) open = "";
  }
  return open.length === 3 ? open : "";
}

/**
 * Decode a file's bytes as it declares them, or else as UTF-8; what is neither was written by an old editor.
 *
 * @param {ArrayBuffer} bytes
 * @returns {{text: string, encoding: string}}
 */
export function decode(bytes) {
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 400));
  const [mark] = /^(?:\xff\xfe|\xfe\xff)/.exec(start) ?? [""];
  const declared = /^(?:.*\n)?#.*?coding[:=][ \t]*([-\w.]+)/.exec(start)?.[1];
  const wanted = mark ? (mark === "\xff\xfe" ? "utf-16le" : "utf-16be") : (declared ?? "utf-8");
  for (const encoding of [wanted, "utf-8"]) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
    } catch {
      continue; // it is not what it says, or nobody knows that name
    }
  }
  return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
}

/**
 * Split text as Jupyter does: a list of lines with their ends.
 *
 * @param {string} text
 */
function lines(text) {
  return text.split(/(?<=\n)/);
}
