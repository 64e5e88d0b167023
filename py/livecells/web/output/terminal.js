/**
 * Printed text as a terminal shows it: carriage returns overwrite, escape sequences colour, and endless text is folded.
 */

import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";
import { Anser } from "../vendor/anser.js";

/** Lines that may still change: bars of progress move up as far as this. */
const LIVE_LINES = 50;

/** Lines shown before the text is folded. */
const SHOWN_LINES = 200;

const ESCAPE = "\u001b";

/** What moves or erases: `\n`, `\r`, a backspace, erase to the end of the line, up some lines. */
const CONTROL = /(\n|\r|\u0008|\u001b\[\d*K|\u001b\[\d*A)/;

/** Every other sequence but colours. */
const OTHER = /\u001b\[[0-9;?]*[A-LN-Za-ln-z]/g;

const COLOR = /\u001b\[[0-9;]*m/g;

export class Terminal {
  /** The lines that may still change; those before it are final. */
  #live = element("span");
  #lines = [""];
  #row = 0;
  #column = 0;
  #shown = 0;
  /** @type {string[]} */
  #folded = [];
  #foldedSize = 0;
  #isUnfolded = false;
  #unfold = button("", () => this.#showAll(), { class: "unfold" });

  /** @param {"stdout" | "stderr"} name */
  constructor(name) {
    this.name = name;
    this.element = element("pre", { data_mime: "text/plain", data_stream: name }, this.#live);
  }

  /** @param {string} text */
  append(text) {
    for (const piece of text.replace(OTHER, withoutUseless).split(CONTROL)) if (piece) this.#write(piece);
    this.#freeze();
    this.#live.replaceChildren(...colored(this.#lines.join("\n")));
  }

  /** @param {string} piece  text without controls, or one of them */
  #write(piece) {
    const line = this.#lines[this.#row];
    if (piece === "\n") this.#newLine();
    else if (piece === "\r") this.#column = 0;
    else if (piece === "\b") this.#column = Math.max(0, this.#column - 1);
    else if (/^\u001b\[\d*A$/.test(piece)) this.#row = Math.max(0, this.#row - (Number(piece.slice(2, -1)) || 1));
    else if (/^\u001b\[\d*K$/.test(piece)) this.#lines[this.#row] = visible(line).slice(0, this.#column);
    else {
      this.#lines[this.#row] = overwritten(line, this.#column, piece);
      this.#column += visible(piece).length;
    }
  }

  #newLine() {
    this.#row += 1;
    this.#column = 0;
    if (this.#row === this.#lines.length) this.#lines.push("");
  }

  /** Make lines final that are too far up to change. */
  #freeze() {
    const excess = this.#lines.length - LIVE_LINES;
    if (excess <= 0) return;
    const done = this.#lines.splice(0, excess);
    this.#row = Math.max(0, this.#row - excess);
    const room = this.#isUnfolded ? done.length : Math.max(0, SHOWN_LINES - this.#shown);
    const shown = done.slice(0, room);
    if (shown.length) this.#live.before(...colored(`${shown.join("\n")}\n`));
    this.#shown += shown.length;
    this.#fold(done.slice(room));
  }

  /** @param {string[]} lines */
  #fold(lines) {
    if (!lines.length) return;
    this.#folded.push(...lines);
    this.#foldedSize += lines.reduce((sum, line) => sum + line.length + 1, 0);
    this.#unfold.textContent = strings.unfold(this.#folded.length, this.#foldedSize);
    if (!this.#unfold.isConnected) this.#live.before(this.#unfold);
  }

  #showAll() {
    this.#isUnfolded = true;
    this.#unfold.replaceWith(...colored(`${this.#folded.join("\n")}\n`));
    this.#folded = [];
  }
}

/** @param {string} sequence  a control, or one that has no effect here */
function withoutUseless(sequence) {
  return CONTROL.test(sequence) ? sequence : "";
}

/**
 * Write over a line; its colours are lost where only a part of it stays.
 *
 * @param {string} line
 * @param {number} column
 * @param {string} text
 */
function overwritten(line, column, text) {
  const plain = visible(line);
  if (column >= plain.length) return line + " ".repeat(column - plain.length) + text;
  return plain.slice(0, column) + text + plain.slice(column + visible(text).length);
}

/** @param {string} text */
function visible(text) {
  return text.replace(COLOR, "");
}

/**
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function colored(text) {
  if (!text.includes(ESCAPE)) return [text];
  return Anser.ansiToJson(text, { json: true, remove_empty: true, use_classes: true }).map((piece) => {
    const { content, fg, bg, decorations } = piece;
    const classes = [named(fg), bg && `${named(bg)}-bg`, ...decorations.map((name) => `ansi-${name}`)];
    const span = element("span", { class: classes.filter(Boolean).join(" ") }, content);
    span.style.color = exact(fg, piece.fg_truecolor);
    span.style.backgroundColor = exact(bg, piece.bg_truecolor);
    return span;
  });
}

/**
 * Return the class of one of the sixteen basic colours; the stylesheet makes them legible.
 *
 * @param {string | null} color
 */
function named(color) {
  return color && /^ansi-(?!palette|truecolor)/.test(color) ? color : "";
}

/**
 * Return any other colour as the cell gave it.
 *
 * @param {string | null} color
 * @param {string | null} truecolor
 */
function exact(color, truecolor) {
  if (color === "ansi-truecolor") return `rgb(${truecolor})`;
  const index = Number(color?.match(/^ansi-palette-(\d+)$/)?.[1] ?? 0);
  if (index < 16) return "";
  if (index > 231) return `rgb(${Array(3).fill(8 + 10 * (index - 232))})`;
  const level = (/** @type {number} */ step) => (step ? 55 + 40 * step : 0);
  return `rgb(${[36, 6, 1].map((place) => level(Math.floor((index - 16) / place) % 6))})`;
}
