/**
 * The reader's own files: in this tab alone, for every Python that starts in it, some in the place of a dataset of the site.
 *
 * @import {Python} from "../client/python.js"
 * @import {Preview, Problem} from "../shapes.js"
 */

import { kernel } from "../client/kernel.js";
import { strings } from "../strings.js";

/** Above this a browser's Python has hardly the room to work with a file. */
const LARGEST = 500_000_000;

const FOLDER = "own";

/**
 * @typedef {object} OwnFile
 * @property {string} path  where cells find it
 * @property {File} file
 * @property {Preview | Problem} [preview]  once Python has looked into it
 * @property {string} [dataset]  path of the dataset in whose place it stands
 * @property {string} [problem]  why it could not take a dataset's place
 */

/** Fires `change`. */
class OwnFiles extends EventTarget {
  /** @type {Map<string, OwnFile>} */
  #files = new Map();

  constructor() {
    super();
    kernel.prepare((python) => this.#give(python));
  }

  /** @returns {OwnFile[]} */
  get all() {
    return [...this.#files.values()];
  }

  /**
   * Take files in and look into them; Python starts for that.
   *
   * @param {Iterable<File>} files
   */
  async add(files) {
    for (const file of files) {
      const own = { path: this.#freePath(file.name), file };
      this.#files.set(own.path, own);
      this.#changed();
      await this.#look(own);
    }
  }

  /** @param {OwnFile} own */
  remove(own) {
    this.#files.delete(own.path);
    kernel.each((python) => python.putFile(own.path, undefined));
    if (own.dataset) kernel.renew();
    this.#changed();
  }

  /**
   * Let cells read a file where they read a dataset of the site.
   *
   * @param {OwnFile} own
   * @param {string} dataset  its path; none brings the site's own back
   * @returns {Promise<boolean>}  whether it fits
   */
  async replace(own, dataset) {
    const about = { page: "", cell: "", path: own.path, dataset };
    own.problem = dataset ? (await kernel.askSoon({ what: "replace", ...about }))?.problem : undefined;
    if (!own.problem) {
      own.dataset = dataset || undefined;
      kernel.renew(); // what cells have read is of the file before
    }
    this.#changed();
    return !own.problem;
  }

  /** @param {OwnFile} own */
  async #look(own) {
    const { path, file } = own;
    if (file.size > LARGEST) {
      own.preview = { problem: strings.ownTooLarge(file.name, file.size, LARGEST) };
    } else {
      kernel.start();
      kernel.each((python) => python.putFile(path, file));
      own.preview = await kernel.askSoon({ what: "preview", page: "", cell: "", path });
      own.preview ??= { problem: strings.ownNoPython };
    }
    this.#changed();
  }

  /** @param {Python} python */
  #give(python) {
    for (const { path, file, dataset } of this.#files.values()) {
      if (file.size > LARGEST) continue;
      python.putFile(path, file);
      if (dataset) void python.ask({ what: "replace", page: "", cell: "", path, dataset });
    }
  }

  /** @param {string} name */
  #freePath(name) {
    const clean = name.replaceAll(/[\\/:*?"'<>|\p{Cc}]/gu, "_");
    const [, stem, ending] = /** @type {RegExpExecArray} */ (/^(.*?)(\.[^.]*)?$/.exec(clean));
    let path = `${FOLDER}/${clean}`;
    for (let count = 2; this.#files.has(path); count++) path = `${FOLDER}/${stem}-${count}${ending ?? ""}`;
    return path;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Those of this tab; they live on when instant navigation swaps the page. */
export const ownFiles = new OwnFiles();
