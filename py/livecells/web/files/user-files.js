/**
 * The reader's own files. They stay in this tab; every Python that starts in it gets them, and one may replace a dataset of the site.
 *
 * @import {Python} from "../client/python.js"
 * @import {Preview, Problem} from "../shapes.js"
 */

import { embedded } from "../net/embedded.js";
import { kernel } from "../client/kernel.js";
import { strings } from "../strings.js";

/** Bytes; Python in a browser has too little memory to work with larger files. */
const LARGEST = 500_000_000;

const FOLDER = "own";

/**
 * @typedef {object} UserFile
 * @property {string} path  where cells find it
 * @property {File} file
 * @property {ArrayBuffer} [bytes]  its content in a copy on disk, where WebKit's workers can read no file
 * @property {Preview | Problem} [preview]  once Python has looked into it
 * @property {Record<string, string>} chosen  how the reader wants it read, by the names of points
 * @property {string} [dataset]  path of the dataset that it replaces
 * @property {string} [problem]  why it cannot replace that dataset
 */

/** Fires `change`. */
class UserFiles extends EventTarget {
  /** @type {Map<string, UserFile>} */
  #files = new Map();

  constructor() {
    super();
    kernel.prepare((python) => this.#give(python));
  }

  /** @returns {UserFile[]} */
  get all() {
    return [...this.#files.values()];
  }

  /**
   * Add files and look into them, which starts Python.
   *
   * @param {Iterable<File>} files
   */
  async add(files) {
    for (const file of files) {
      const bytes = embedded && file.size <= LARGEST ? await file.arrayBuffer() : undefined;
      const added = { path: this.#freePath(file.name), file, bytes, chosen: {} };
      this.#files.set(added.path, added);
      this.#changed();
      await this.#look(added);
    }
  }

  /** @param {UserFile} own */
  remove(own) {
    this.#files.delete(own.path);
    kernel.each((python) => python.putFile(own.path, undefined));
    if (own.dataset) kernel.renew();
    this.#changed();
  }

  /**
   * Let cells read a file where they read a dataset of the site.
   *
   * @param {UserFile} own
   * @param {string} dataset  its path; the empty text brings the site's own back
   * @returns {Promise<boolean>}  whether it fits
   */
  async replace(own, dataset) {
    const about = { page: "", cell: "", path: own.path, dataset };
    own.problem = dataset ? (await kernel.requestSoon({ what: "replace", ...about }))?.problem : undefined;
    if (!own.problem) {
      own.dataset = dataset || undefined;
      kernel.renew(); // cells have read the other file
    }
    this.#changed();
    return !own.problem;
  }

  /**
   * Read a file in another way, and show what that gives.
   *
   * @param {UserFile} own
   * @param {string} point
   * @param {string} value
   */
  async choose(own, point, value) {
    own.chosen = { ...own.chosen, [point]: value };
    await this.#look(own);
  }

  /** @param {UserFile} own */
  async #look(own) {
    const { path, file, bytes, chosen } = own;
    if (file.size > LARGEST) {
      own.preview = { problem: strings.ownTooLarge(file.name, file.size, LARGEST) };
    } else {
      kernel.start();
      kernel.each((python) => python.putFile(path, bytes ?? file));
      own.preview = await kernel.requestSoon({ what: "preview", page: "", cell: "", path, chosen });
      own.preview ??= { problem: strings.ownNoPython };
    }
    this.#changed();
  }

  /** @param {Python} python */
  #give(python) {
    for (const { path, file, bytes, dataset } of this.#files.values()) {
      if (file.size > LARGEST) continue;
      python.putFile(path, bytes ?? file);
      if (dataset) void python.request({ what: "replace", page: "", cell: "", path, dataset });
    }
  }

  /** @param {string} name */
  #freePath(name) {
    const clean = name.replaceAll(/[\\/:*?"'<>|[\]{}\p{Cc}]/gu, "_") // a path with these would be read as a pattern;
    const [, stem, ending] = /** @type {RegExpExecArray} */ (/^(.*?)(\.[^.]*)?$/.exec(clean));
    let path = `${FOLDER}/${clean}`;
    for (let count = 2; this.#files.has(path); count++) path = `${FOLDER}/${stem}-${count}${ending ?? ""}`;
    return path;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** The files of this tab; they stay when instant navigation changes the page. */
export const userFiles = new UserFiles();
