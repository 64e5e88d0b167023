/**
 * Entry of the page's half: defines the elements, states what the menu of a cell offers, and registers the service worker.
 * Modules survive instant navigation and elements connect by themselves, so nothing has to be attached again on another page.
 */

import { addMenuItems, codeItems, runItems } from "./cell/cell-menu.js";
import { CodeCell } from "./cell/cell.js";
import { downloadItems } from "./cell/downloads.js";
import { CellParams } from "./cell/params.js";
import { placeReadingSwitch } from "./cell/reading.js";
import { CellExercise } from "./cell/exercise.js";
import { CellTry } from "./cell/try.js";
import { kernel } from "./client/kernel.js";
import { takeOpened } from "./files/opened.js";
import { acceptDrops } from "./files/user-files-dialog.js";
import { isLineDear } from "./net/data-saver.js";
import { CellNotebook } from "./notebook/notebook.js";
import { CopyPanel } from "./offline/copies.js";
import { MemoryPanel } from "./offline/memory-panel.js";
import { OfflinePanel } from "./offline/offline-panel.js";
import { followReleases, isRemoved, keepFetched, registerOffline } from "./offline/offline.js";
import { PageFile } from "./offline/page-file.js";
import { moveInTable } from "./output/frame-table.js";
import { runDependents } from "./reactive/dependents.js";
import { runSelectionReaders } from "./reactive/selection-runs.js";
import { watchStaleness } from "./reactive/stale-marks.js";
import { RuntimeBar, placeRuntimeBars } from "./runtime-bar.js";
import { CiteThis } from "./share/cite-this.js";
import { citeItems } from "./share/cite.js";
import { openShared, shareItems } from "./share/share.js";
import { endToast } from "./ui/toast.js";

addMenuItems(runItems, codeItems, shareItems, citeItems, downloadItems);
placeRuntimeBars();
placeReadingSwitch();
customElements.define("runtime-bar", RuntimeBar);
customElements.define("code-cell", CodeCell);
customElements.define("cell-try", CellTry);
customElements.define("cell-exercise", CellExercise);
customElements.define("cell-params", CellParams);
customElements.define("cell-notebook", CellNotebook);
customElements.define("offline-panel", OfflinePanel);
customElements.define("memory-panel", MemoryPanel);
customElements.define("copy-panel", CopyPanel);
customElements.define("page-file", PageFile);
customElements.define("cite-this", CiteThis);
watchStaleness();
runSelectionReaders();
runDependents();
acceptDrops();
takeOpened();
followReleases();
addEventListener("keydown", moveInTable);
addEventListener("beforeunload", (event) => {
  if (kernel.state === "busy") event.preventDefault(); // the browser asks: a run and all variables would be lost
});
addEventListener("hashchange", () => void openShared());
// Material announces every page, the first one too, and announces a page again when only the fragment changed.
const pages = /** @type {{subscribe(listener: () => void): void} | undefined} */ (Reflect.get(self, "document$"));
if (pages) pages.subscribe(() => (endToast(), void openShared()));
else void openShared();
whenIdle(registerOffline);
kernel.addEventListener("idle", keepFetched);
document.dispatchEvent(new CustomEvent("livecells:ready"));

/** Whether other downloads would slow Python down. Where `input()` needs the service worker, that worker does not wait. */
function isPythonFirst() {
  return ["starting", "busy"].includes(kernel.state) && "Suspending" in WebAssembly;
}

/**
 * Do something after the page has loaded: saving all pages must not slow down the one that is read.
 *
 * @param {() => void} task
 */
function whenIdle(task) {
  if (isLineDear() || isRemoved()) return; // the panel still offers it
  const attempt = () => {
    if (isPythonFirst()) return kernel.addEventListener("change", attempt, { once: true });
    task();
  };
  const soon = () => setTimeout(attempt, 1000);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon);
}
