/**
 * The text of a cell: the author's in the page, or the reader's in an editor in the same place. The browser keeps edits.
 *
 * @import {Editor} from "./editor.js"
 */

import { createEditor } from "./editor.js";
import { helpOf } from "./editor-help.js";
import { loadEdit, saveEdit } from "../storage/edits.js";
import { strings } from "../strings.js";

const SAVE_DELAY_MS = 300;

/**
 * @typedef {object} TextOwner  the cell
 * @property {string} page
 * @property {string} id
 * @property {() => void} onInput  the text has changed
 * @property {() => void} onFocus  the reader is in the text
 * @property {() => void} onType  the reader begins to type
 * @property {() => void} onLeave
 * @property {(text: string) => void} say  shows a problem
 */

export class CellText {
  /** The author's text. @type {string} */
  original;
  /** The reader's edit of an earlier text of the author; not in use. @type {string | undefined} */
  outdated;
  /** @type {Editor | undefined} */
  #editor;
  /** @type {Promise<Editor> | undefined} */
  #loading;
  /** @type {string | undefined} */
  #edited;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saving;
  /** The static block or the editor, whichever is in the page. @type {HTMLElement} */
  #element;
  /** @type {HTMLElement} */
  #authored;

  /**
   * @param {HTMLElement} block  the static source
   * @param {TextOwner} owner
   */
  constructor(block, owner) {
    this.#owner = owner;
    this.#element = block;
    this.original = (block.textContent ?? "").replace(/\n$/, "");
    this.#authored = /** @type {HTMLElement} */ (block.cloneNode(true));
    this.#arm(block);
    const kept = loadEdit(owner.page, owner.id);
    const isCurrent = kept?.original === this.original;
    this.outdated = isCurrent ? kept?.outdated : kept?.text;
    if (isCurrent && kept?.text !== this.original) this.#edited = kept?.text;
  }

  /** @type {TextOwner} */
  #owner;

  /** What runs: the reader's text if there is one. */
  get value() {
    return this.#editor?.value ?? this.#edited ?? this.original;
  }

  get isEdited() {
    return this.value !== this.original;
  }

  /**
   * Replace the text, as an edit of the reader.
   *
   * @param {string} text
   */
  async edit(text) {
    if (this.#editor) {
      this.#editor.value = text;
      return;
    }
    this.#edited = text; // now: `value` may be read before the editor is there
    this.#onInput();
    await this.open();
  }

  /** Bring the author's text back. */
  reset() {
    clearTimeout(this.#saving);
    this.#edited = this.outdated = undefined;
    if (this.#editor) this.#editor.value = this.original;
    clearTimeout(this.#saving); // the editor has just reported the change
    this.#save();
    const block = /** @type {HTMLElement} */ (this.#authored.cloneNode(true));
    this.#arm(block);
    this.#replace(block);
    this.#editor = this.#loading = undefined;
    this.#owner.onInput();
  }

  /** @param {string | undefined} text  of the reader, an edit of an earlier text of the author */
  setOutdated(text) {
    this.outdated = text;
    this.#save();
  }

  /**
   * Put the editor in the place of the static source.
   *
   * @returns {Promise<Editor>}
   */
  open() {
    this.#loading ??= this.#makeEditor().catch((error) => {
      this.#loading = undefined; // the next click tries again
      this.#owner.say(strings.editorMissing);
      throw error;
    });
    return this.#loading;
  }

  /** @param {number | undefined} line  from 1 */
  async markLine(line) {
    if (line === undefined) this.#editor?.markLine(undefined);
    else (await this.open()).markLine(line);
  }

  /** Put the cursor into the text. */
  focus() {
    if (this.#editor) this.#editor.focus();
    else this.#element.focus();
  }

  async #makeEditor() {
    const owner = this.#owner;
    const editor = await createEditor(this.value, {
      label: owner.id,
      help: helpOf({ page: owner.page, cell: owner.id }),
      onInput: () => this.#onInput(),
      onLeave: owner.onLeave,
    });
    if (editor.value !== this.value) editor.value = this.value; // edited while it was loading
    editor.element.dataset.part = "source";
    editor.element.addEventListener("focusin", owner.onFocus);
    editor.element.addEventListener("beforeinput", owner.onType, { once: true });
    this.#replace(editor.element);
    this.#editor = editor;
    return editor;
  }

  /** @param {HTMLElement} element */
  #replace(element) {
    this.#element.replaceWith(element);
    this.#element = element;
  }

  /** @param {HTMLElement} block */
  #arm(block) {
    const open = () => this.open().then((editor) => editor.focus(), console.warn);
    block.tabIndex = 0;
    block.setAttribute("role", "group");
    block.setAttribute("aria-label", strings.editHint);
    block.querySelector("code")?.setAttribute("data-hint", strings.emptyHint);
    block.addEventListener("focusin", () => this.#owner.onFocus());
    block.addEventListener("click", () => {
      if (document.getSelection()?.isCollapsed !== false) void open();
    });
    block.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      void open();
    });
  }

  #onInput() {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), SAVE_DELAY_MS);
    this.#owner.onInput();
  }

  #save() {
    const { page, id } = this.#owner;
    const edit = { original: this.original, text: this.value, outdated: this.outdated };
    if (!saveEdit(page, id, edit)) this.#owner.say(strings.storageOff);
  }
}
