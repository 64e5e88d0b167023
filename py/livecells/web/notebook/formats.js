/**
 * Cells as files: Jupyter's notebook format 4.5 and Python in the percent format (Jupytext, VS Code, Spyder).
 *
 * @import {Output} from "../shapes.js"
 */

/**
 * @typedef {{id: string, source: string, outputs: Output[], executionCount: number | null}} NotebookCell
 */

const MARK = /^# %%(?:[ \t].*)?(?:\n|$)/m;
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
  return `${cells.map(({ id, source }) => `# %% ${id}\n${source.trimEnd()}\n`).join("\n")}`;
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
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch {
    throw new NotebookError(`${name} is not a notebook: it is not JSON.`);
  }
  if (!Array.isArray(notebook?.cells)) throw new NotebookError(`${name} is not a notebook of format 4: it has no cells.`);
  return notebook.cells.map((/** @type {unknown} */ cell) => sourceOf(cell));
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
  return text.replaceAll("\r\n", "\n").split(MARK);
}

/**
 * Split text as Jupyter does: a list of lines with their ends.
 *
 * @param {string} text
 */
function lines(text) {
  return text.split(/(?<=\n)/);
}
