/**
 * <runtime-bar>: the state of Python on a page with cells, in words and in bytes on the wire. A chip at the foot of the window, of
 * one height in every state; what takes more than a few words stands above it.
 */

import { unmarkUntrusted } from "./client/untrusted.js";
import { kernel } from "./client/kernel.js";
import { bootBytes, readManifest } from "./client/manifest.js";
import { showUserFiles } from "./files/user-files-dialog.js";
import { userFiles } from "./files/user-files.js";
import { allCells, cellsOf } from "./cell/page-cells.js";
import { exercises, saveProgress } from "./cell/exercise.js";
import { queue } from "./client/queue.js";
import { hasReaders, isSelectionRunOn, setSelectionRun } from "./reactive/selection-runs.js";
import { isReactive, setReactive } from "./reactive/dependents.js";
import { staleCells } from "./reactive/stale-marks.js";
import { megabytes, strings } from "./strings.js";
import { isNativeOffered, saveNotebook, savePython, showNative } from "./notebook/export.js";
import { button, menu } from "./ui/controls.js";
import { element } from "./ui/element.js";
import { toast } from "./ui/toast.js";

/** After these another number of cells may be there, out of date or lost. */
const EVENTS = ["livecells:stale", "livecells:edit", "livecells:connected"];

export class RuntimeBar extends HTMLElement {
  #text = element("span", { class: "runtime-text", role: "status" });
  #detail = element("span", { class: "runtime-detail", role: "status" });
  #bar = element("progress", { aria_label: strings.pythonBoots });
  #runAll = button("", () => queue.add(...allCells()), { class: "is-run-all" });
  #runStale = button("", () => queue.addWithAbove(staleCells(), allCells()), { class: "is-offer" });
  #replay = button("", () => queue.add(...lostCells()), { class: "is-offer" });
  #selections = selectionSwitch();
  #stop = button(strings.stop, () => void kernel.stop());
  #page = menu(strings.thisPage, [
    [
      { label: strings.pagePy, run: () => void savePython(ownCells()) },
      { label: strings.pageIpynb, run: () => void saveNotebook(ownCells()) },
      { label: strings.openLocally, run: () => void showNative(this, ownCells()), isUseful: () => this.#isNative },
      { label: strings.exerciseSave, run: saveProgress, isUseful: () => exercises().length > 0 },
    ],
    [{ label: strings.reactive, run: switchReactive, isOn: isReactiveHere, isUseful: () => ownCells().length > 1 }],
    [{ label: strings.slides, run: () => void startSlides(articleOf(this)) }],
    [{ label: strings.resetPage, run: resetPage }],
  ]);
  #isNative = false;
  #ownData = button(strings.ownData, showUserFiles, { class: "is-own-data" });
  #total = "";
  #restart = button(strings.restart, () => kernel.restart());

  /** Called by the browser when the element enters a page. */
  connectedCallback() {
    this.dataset.part = "runtime";
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", "Python");
    this.replaceChildren(
      this.#detail,
      this.#text,
      this.#bar,
      this.#replay,
      this.#runStale,
      this.#selections,
      this.#restart,
      this.#ownData,
      this.#page,
      this.#runAll, // in one place with Stop
      this.#stop,
    );
    for (const event of EVENTS) document.addEventListener(event, this.#count);
    document.addEventListener("livecells:reacted", this.#onReacted);
    kernel.addEventListener("change", this.#update);
    userFiles.addEventListener("change", this.#count);
    this.hidden = true; // until all of it is known: nothing may jump
    this.#update();
    void this.#sayTotal();
    void isNativeOffered().then((isOffered) => (this.#isNative = isOffered));
  }

  /** Called by the browser when the element leaves the page. */
  disconnectedCallback() {
    kernel.removeEventListener("change", this.#update);
    userFiles.removeEventListener("change", this.#count);
    for (const event of EVENTS) document.removeEventListener(event, this.#count);
    document.removeEventListener("livecells:reacted", this.#onReacted);
  }

  #update = () => {
    const { state, loaded, total } = kernel;
    this.dataset.state = state;
    if (state !== "off") this.hidden = false;
    this.dataset.start = kernel.isRestored ? "memory" : "files";
    const [text, more = ""] = state === "off" ? strings.pythonOff(this.#total) : [describe()];
    this.#text.replaceChildren(text, element("span", { class: "runtime-more" }, more));
    this.#text.title = text + more;
    this.#detail.textContent = explain();
    this.#bar.hidden = state !== "starting";
    if (total) this.#bar.max = total;
    this.#bar.value = loaded;
    this.#stop.hidden = state !== "busy" && state !== "starting";
    this.#runAll.hidden = !this.#stop.hidden;
    this.#restart.hidden = state === "off" || state === "starting";
    this.#count();
  };

  #onReacted = (/** @type {Event} */ event) => {
    this.#detail.textContent = strings.reacted(/** @type {CustomEvent} */ (event).detail);
  };

  #count = () => {
    const [stale, lost] = [staleCells().length, kernel.state === "idle" ? lostCells().length : 0];
    this.#runAll.textContent = strings.runAll(allCells().length); // of which some may be out of sight
    this.#runStale.textContent = strings.runStale(stale);
    this.#runStale.hidden = !stale;
    this.#replay.textContent = strings.replay(lost);
    this.#replay.hidden = !lost;
    this.#selections.hidden = !hasReaders();
    const inPlace = userFiles.all.filter(({ dataset }) => dataset).length;
    this.#ownData.textContent = inPlace ? strings.ownDataInUse(inPlace) : strings.ownData;
  };

  async #sayTotal() {
    const manifest = await readManifest().catch(() => undefined);
    this.#total = manifest ? megabytes(bootBytes(manifest)) : "";
    this.#update();
    this.hidden = false;
  }
}

/** Put a bar into every page with cells. */
export function placeRuntimeBars() {
  document.addEventListener("livecells:connected", ({ target }) => {
    const cell = /** @type {Element} */ (target);
    const article = articleOf(cell);
    if (!article.querySelector("runtime-bar")) article.append(element("runtime-bar"));
  });
}

/**
 * Return the part of the page that is read.
 *
 * @param {Element} inside
 */
function articleOf(inside) {
  return /** @type {HTMLElement} */ (inside.closest("article, main, [role=main]") ?? document.body);
}

/** @param {HTMLElement} article */
async function startSlides(article) {
  const { showSlides } = await import("./notebook/slides.js");
  showSlides(article);
}

/** Say in a few words how Python stands. */
function describe() {
  const { state, detail, loaded, total } = kernel;
  switch (state) {
    case "starting":
      return total > 0 && loaded >= total ? strings.pythonBoots : strings.pythonStarting(megabytes(loaded), megabytes(total));
    case "busy":
      return queue.total > 1 ? strings.pythonBusyWith(queue.place, queue.total) : strings.pythonBusy(detail);
    case "failed":
      return kernel.hasBroken ? strings.pythonBroke : strings.pythonFailed;
    default:
      return kernel.isConfined ? strings.pythonConfined : strings.pythonReady;
  }
}

/** Say what takes more than a few words. */
function explain() {
  const { state, detail, waitsFor } = kernel;
  if (state === "starting") return waitsFor && strings.waitsFor(waitsFor.slice(waitsFor.lastIndexOf("/") + 1));
  return state === "failed" || state === "idle" ? detail : "";
}

/** Make the switch for running cells on a selection in a chart. */
function selectionSwitch() {
  const box = element("input", { type: "checkbox", checked: isSelectionRunOn() });
  box.addEventListener("change", () => setSelectionRun(box.checked));
  return element("label", {}, box, " ", strings.selectionsRun);
}

function isReactiveHere() {
  return isReactive(ownCells()[0].page);
}

function switchReactive() {
  setReactive(ownCells()[0].page, !isReactiveHere());
}

/** Return the cells of the bar's page: of the first page, where a document holds several. */
function ownCells() {
  const [first] = allCells();
  return first ? cellsOf(first.page) : [];
}

/** Bring back the author's texts and outputs, and delete the cells' variables; the reader can undo the first. */
function resetPage() {
  const cells = ownCells();
  const undo = cells.filter((cell) => cell.isEdited).map((cell) => cell.keep());
  for (const cell of cells) {
    cell.reset();
    queue.forget(cell);
  }
  if (cells[0]) unmarkUntrusted(cells[0].page);
  if (cells[0]) kernel.each((python) => python.forget(cells[0].page));
  if (undo.length) toast(strings.resetPageDone(undo.length), () => undo.forEach((one) => one()));
}

/** Return the cells that have run only in a Python that has ended. */
function lostCells() {
  return allCells().filter((cell) => queue.isLost(cell));
}
