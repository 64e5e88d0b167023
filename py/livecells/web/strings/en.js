/** The page's own sentences in English. Another language is a file beside this one with the same keys. */

import { formatsOf } from "./formats.js";

const LOCALE = "en";

export const { number, megabytes, duration, whole } = formatsOf(LOCALE);

export const strings = {
  run: "Run",
  stop: "Stop",
  reset: "Reset",
  resetDone: "The author’s code is back.",
  code: (/** @type {number} */ lines) => ["Code", ` · ${lines} ${lines === 1 ? "line" : "lines"}`],
  reader: "Reader",
  developer: "Developer",
  readingHow: "Reader: code is folded under each chart. Developer: all code is open.",
  copy: "Copy",
  copied: "Copied",
  more: "More",
  thisPage: "This page",
  pagePy: "Download cells (.py)",
  pageIpynb: "Download notebook (.ipynb)",
  openLocally: "Open locally",
  openLocallyHow: "The same cells run in Jupyter on your own machine, with the same tables and without the limits of a browser.",
  openLocallyLines: "In a terminal, beside the downloaded notebook:",
  openLocallyNote: "The first line installs this site's own package with its tables.",
  slides: "Show as slides",
  slideOf: (/** @type {number} */ place, /** @type {number} */ all) => `Slide ${place} of ${all}`,
  slideBack: "Back",
  slideOn: "Next",
  slidesEnd: "End",
  resetPage: "Reset page",
  resetPageDone: (/** @type {number} */ edited) => `The author’s code is back in ${edited === 1 ? "one cell" : `${edited} cells`}.`,
  runAll: (/** @type {number} */ count) => `Run all ${count}`,
  restart: "Restart",
  tryIt: "Make this change and run",
  editHint: "Source; press Enter to edit, Escape to leave",
  emptyHint: "Write Python here. Shift+Enter runs it.",
  editorMissing: "The editor could not be loaded. Check the network and click again.",
  editorLabel: "Edit the source",
  editorKeys: "Escape leaves the editor. Tab indents. Ctrl+Enter runs. Ctrl+Space completes. Shift+Tab explains. Shift+Alt+F formats.",
  nameUndefined: (/** @type {string} */ name) => `No cell of this page defines “${name}”.`,
  importUnused: (/** @type {string} */ name) => `“${name}” is imported and not used.`,
  formatCode: "Format code",
  formatLoading: (/** @type {string} */ size) => `Loading the formatter (${size}) …`,
  formatDone: "Formatted.",
  formatNeedless: "The code is formatted already.",
  formatInvalid: "The code cannot be formatted: it is not valid Python yet.",
  formatMissing: "The formatter could not be loaded. Check the network and try again.",
  valueChanged: (/** @type {string} */ before) => `Changed by your edit. The author's value: ${before}`,
  valueFailed: (/** @type {string} */ problem) => `The author's value. It could not be computed from the cells as they are now: ${problem}`,
  pythonOff: (/** @type {string} */ total) => ["Python is off", total && ` · loads ${total} when you run or edit a cell`],
  pythonStarting: (/** @type {string} */ loaded, /** @type {string} */ total) =>
    `Loading Python: ${loaded} of ${total}`,
  pythonBoots: "Starting Python",
  pythonReady: "Python is ready",
  pythonBusy: (/** @type {string} */ cell) => `Running ${cell}`,
  pythonBusyWith: (/** @type {number} */ place, /** @type {number} */ total) => `${place} of ${total} running`,
  pythonFailed: "Python could not start",
  pythonBroke: "Python crashed",
  pythonStopped: "Stopped. Python had to restart: variables are gone, your code is not.",
  stateEdited: "edited",
  stateKept: "edited · output of its last run",
  stateQueued: (/** @type {number} */ ahead) => (ahead ? `waiting, ${ahead} ahead` : "waiting"),
  stateStarting: "Python is starting",
  stateBusy: "running",
  runningFor: (/** @type {number} */ seconds) => `for ${whole(seconds)}`,
  stateOk: (/** @type {number} */ count, /** @type {number} */ seconds) => `[${count}] done in ${duration(seconds)}`,
  stateError: (/** @type {number} */ count) => `[${count}] ended with an error`,
  stateFailed: "Python could not start",
  stateBroke: "Python crashed",
  stateSkipped: (/** @type {string} */ cell) => `not run, because ${cell} ended with an error`,
  stateStopped: (/** @type {number | undefined} */ seconds) => (seconds === undefined ? "stopped" : `stopped after ${duration(seconds)}`),
  stopped: "Stopped.",
  stoppedAt: "Stopped at",
  stale: (/** @type {string[]} */ cells) => `out of date: ${cells.join(", ")} changed`,
  ghosts: (/** @type {string[]} */ names) =>
    `${names.join(", ")} ${names.length === 1 ? "comes" : "come"} from code that is gone.`,
  forget: (/** @type {string[]} */ names) => `Forget ${names.join(", ")}`,
  runStale: (/** @type {number} */ count) => `Run ${count} stale ${count === 1 ? "cell" : "cells"}`,
  reactive: "Run what depends on it by itself",
  reacted: (/** @type {string[]} */ cells) => `Ran by itself: ${cells.join(", ")}`,
  exerciseCheck: "Check my answer",
  exerciseRight: "Right: your answer passes every check.",
  exerciseWrong: "Not yet.",
  exerciseRaised: "Your answer ended with an error, so nothing was checked.",
  exerciseSolved: "Solved",
  exerciseCount: (/** @type {number} */ solved, /** @type {number} */ all) => `${solved} of ${all} solved on this page`,
  exerciseSave: "Download my progress (.json)",
  selectionsRun: "Selections in charts run cells",
  replay: (/** @type {number} */ count) => `Re-run ${count} ${count === 1 ? "cell" : "cells"}`,
  runBelow: "Run this and all below",
  textAuthors: "The author’s code",
  textShared: "The link’s code",
  textOutdated: "Your code",
  outdatedOffer: "The author has changed this cell since you edited it. Your code is kept; nothing runs until you choose.",
  outdatedTake: "Use my code",
  outdatedDrop: "Use the author’s",
  outdatedTaken: "Your code is in the cell.",
  outdatedDropped: "Your code is discarded.",
  diffSame: (/** @type {number} */ lines) => `… ${lines} unchanged ${lines === 1 ? "line" : "lines"}`,
  share: "Share",
  linkCopied: "Link copied.",
  shareChanged: "Share all cells you changed",
  shareLong: (/** @type {number} */ length) =>
    `Link copied. It has ${number(length)} characters. Some programs cut links longer than about 8,000: a file (.py, .ipynb) or Markdown is safer.`,
  shareOffer: "The link brings other code for this cell. It is not the author’s, and it has not run.",
  shareOfferOverEdit:
    "The link brings other code for this cell. It is not the author’s, and it has not run. Using it replaces your own edit.",
  shareTakeAndRun: "Use and run",
  shareTake: "Use without running",
  shareLeave: "Keep the author’s",
  shareTaken: "The link’s code is in the cell.",
  shareBroken: (/** @type {string} */ reason) => `The link to a changed cell cannot be read: ${reason}.`,
  shareNoCell: (/** @type {string} */ cell) => `The link brings code for ${cell}, a cell this page does not have:`,
  copyMarkdown: "Copy as Markdown",
  copyLink: "Copy link to this cell",
  downloadCode: "Download code (.py)",
  downloadSvg: "Download chart (.svg)",
  downloadPng: "Download chart (.png)",
  fullWindow: "Full window",
  listen: "Listen",
  stopListening: "Stop the sound",
  noSound: "This browser plays no sound.",
  chartKeys: "Left and Right arrow keys read value by value, Up and Down go from series to series, Space plays them.",
  chartSeries: (/** @type {string} */ name, /** @type {number} */ at, /** @type {number} */ count) =>
    count > 1 ? `${name}, ${at} of ${count}` : name,
  chartAllSeries: "all series",
  chartRun: (
    /** @type {string} */ name,
    /** @type {"up" | "down" | "level"} */ trend,
    /** @type {string} */ first,
    /** @type {string} */ last,
    /** @type {string[]} */ between,
  ) => {
    const way = { up: "up", down: "down", level: "about level" }[trend];
    return `${name && `${name}: `}${way} from ${first}, to ${last}.${between.map((point) => ` In between ${point}.`).join("")}`;
  },
  chartHighest: (/** @type {string} */ value) => `${value}, the highest`,
  chartLowest: (/** @type {string} */ value) => `${value}, the lowest`,
  chartExtremes: (/** @type {number} */ count, /** @type {string} */ first, /** @type {string} */ last) =>
    count > 1 ? `${number(count)} values, from ${first} to ${last}.` : `${first}.`,
  chartRows: "Data of the chart",
  chartLoadsNothing: "Charts load no files. Read the data in a cell and pass the frame to the chart.",
  chartWarning: (/** @type {string} */ warning) => `Vega says: ${warning}`,
  chartFieldMissing: (/** @type {string} */ field, /** @type {string[]} */ known) =>
    `The data has no field ${field}. Its fields are ${known.join(", ")}.`,
  chartFieldEscaped: (/** @type {string} */ field, /** @type {string} */ escaped) =>
    `The name of the field ${field} has a character that Vega takes for a path into records. Write "${escaped}", or rename the column.`,
  chartZone: (/** @type {string} */ zone) => `Times are shown in your time zone, ${zone}.`,
  chartRowCount: (/** @type {number} */ all, /** @type {number} */ shown) =>
    `${number(all)} ${all === 1 ? "row" : "rows"}${shown < all ? `, the first ${number(shown)} here; the cell’s menu has all of them` : ""}`,
  rowsCsv: "Rows (.csv)",
  rowsParquet: "Rows (.parquet)",
  figureSpec: "Specification (.json)",
  figureMissing: "The details of this figure could not be loaded. Check the network and try again.",
  cite: "Cite",
  notAfterEdit: "(not after an edit)",
  citePlain: "Plain text",
  citeBibtex: "BibTeX",
  citeCsl: "CSL-JSON",
  citeLink: "Link that marks the words",
  citeVersion: (/** @type {string} */ version, /** @type {string} */ date) => `version ${version} of ${date}`,
  citeDataTo: (/** @type {string} */ day) => `data to ${day}`,
  citeAccessed: (/** @type {string} */ day) => `accessed ${day}`,
  embed: "Embed",
  embedCode: "HTML of a script, which makes a frame",
  embedAddress: "Address of the figure by itself",
  close: "Close",
  runAbove: "Run all cells above",
  storageOff: "This browser does not let the page keep your edits.",
  cellAdd: "Add a cell below",
  cellAddFirst: "Add a cell",
  cellUp: "Move up",
  cellDown: "Move down",
  cellDelete: "Delete",
  cellDeleted: "The cell is deleted.",
  undo: "Undo",
  outputOf: (/** @type {string} */ cell) => `Output of ${cell}`,
  notebookImport: "Open a file (.ipynb, .py)",
  notebookIpynb: "Save as .ipynb",
  notebookPy: "Save as .py",
  notebookRead: (/** @type {number} */ count, /** @type {string} */ file, /** @type {string} */ encoding) =>
    `${count} ${count === 1 ? "cell" : "cells"} from ${file}${encoding === "utf-8" ? "" : `, read as ${encoding}`}. Nothing has run yet.`,
  otherTab: "This notebook is also open in another tab, where it was changed.",
  otherTabTake: "Use that version",
  answeredByChart: "The heading describes the last run.",
  answeredByBuild: "Computed in advance.",
  answeredByPython: "Computed just now by Python.",
  paramNeedsPython: "This choice needs Python:",
  paramLost: (/** @type {string} */ name) =>
    `The cell no longer has a line “${name} = …”. Reset brings it back.`,
  offlineUnable: "This browser cannot save the site for offline use here.",
  offlineOnDisk: "This is the copy on your disk: everything in it works without a network.",
  offlineOnline: "Online only: nothing is saved in this browser yet.",
  offlineRemoved: "Removed: nothing is saved in this browser until you ask for it again.",
  offlineKeep: "Save the pages",
  offlineInstalling: "Saving the pages for offline reading …",
  offlinePages: (/** @type {string} */ release, /** @type {string} */ day, /** @type {string} */ size) =>
    `The pages are saved for offline reading; Python and the data are not. ${release}, saved on ${day}, ${size} on this device.`,
  offlineSaved: (/** @type {string} */ release, /** @type {string} */ day, /** @type {string} */ size) =>
    `Everything is saved for offline use. ${release}, saved on ${day}, ${size} on this device.`,
  offlinePaused: (/** @type {string} */ saved, /** @type {string} */ total) =>
    `${saved} of ${total} of Python and the data are saved. What you have run works offline.`,
  offlineSaving: (/** @type {string} */ saved, /** @type {string} */ total) =>
    `Saving for offline use: ${saved} of ${total}`,
  offlineSave: (/** @type {string} */ total) => `Save Python and data too (${total} to download)`,
  offlineResume: "Save the rest",
  offlinePause: "Pause",
  offlineRemove: "Remove Python and data",
  offlineRemoveAll: "Remove everything",
  offlineInstall: "Install as an app",
  offlineLook: "Check for a new version",
  offlineLooking: "Checking for a new version …",
  offlineNewest: "There is no newer version.",
  offlineFailed: (/** @type {string} */ reason) => `Saving failed. ${reason} What is already saved stays.`,
  offlineBroken: (/** @type {string} */ reason) => `The site cannot be saved for offline use: ${reason} It works online.`,
  release: (/** @type {string} */ version, /** @type {string} */ build) =>
    version ? `Version ${version}, build ${build}` : `Build ${build}`,
  updateReady: (/** @type {string} */ release) => `${release} is ready.`,
  updateSameVersion: "It is the same version, with corrections to text or data.",
  updateSwitch: "Switch now",
  updateLater: "Later",
  updateOthers: (/** @type {number} */ count) =>
    count === 1
      ? "Another tab shows the previous version. It would be reloaded: what you typed stays, what Python computed is lost."
      : `${count} other tabs show the previous version. They would be reloaded: what you typed stays, what Python computed is lost.`,
  updateSwitchAll: "Switch all tabs",
  updateFailed: (/** @type {string} */ release, /** @type {string} */ reason, /** @type {string} */ own) =>
    `${release} could not be downloaded. ${reason} You stay on ${own}; the site tries again the next time you open it.`,
  faultStatus: (/** @type {string} */ file, /** @type {string} */ status) => `${file}: the server answered ${status}.`,
  faultNetwork: (/** @type {string} */ file) => `${file}: the connection failed.`,
  faultStalled: (/** @type {string} */ file, /** @type {string} */ seconds) =>
    `${file}: nothing arrived for ${seconds} seconds.`,
  faultPage: (/** @type {string} */ file) =>
    `${file}: a web page came in its place, as from a network that asks you to log in.`,
  faultCut: (/** @type {string} */ file, /** @type {string} */ sizes) => `${file} arrived cut short (${sizes} bytes).`,
  faultAltered: (/** @type {string} */ file) =>
    `${file} is not the file of this version: the site is being updated, or something on the way changes its files.`,
  faultFull: "The browser has no room left for this site.",
  faultBrowser: (/** @type {string} */ detail) => `The browser says: ${detail}.`,
  copyDownload: (/** @type {string} */ size) => `Download the whole site (zip, ${size})`,
  copyHow: (/** @type {string} */ size) => `Unpack all of it (${size}), then open index.html.`,
  copyNone: "There is no copy to download here, or no network.",
  pageFile: (/** @type {string} */ size) => `Save this page as one file (${size})`,
  pageFileGathering: (/** @type {string} */ done, /** @type {string} */ all) => `Gathering ${done} of ${all} …`,
  pageFileSaved: (/** @type {string} */ name, /** @type {string} */ size, /** @type {string[]} */ leftOut) =>
    `Saved: ${name}, ${size}. It opens in a browser, and Python runs in it without a network.${leftOut.length ? ` Left out to keep it small: ${leftOut.join(", ")}.` : ""}`,
  pageFileFailed: (/** @type {string} */ reason) => `It could not be saved. ${reason}`,
  pageFileOpens: "This page is opening. It needs JavaScript. If nothing else appears, read it on its site:",
  memoryOnDisk: "A copy on disk keeps nothing in the browser: Python starts from the copy's own files.",
  memoryKept: (/** @type {string} */ size) =>
    `This browser keeps ${size} of Python's memory for this site: the next start takes about a second.`,
  memoryEmpty: "This browser will keep Python's memory once Python has been idle for a moment after a first run.",
  memoryOff: "This browser does not keep Python's memory: it has little room, it is saving data, or you turned this off.",
  memorySlow: "Starting from kept memory was slower on this device than starting anew, so nothing is kept.",
  memoryRefused: "This browser does not let this site keep anything, so every start loads Python anew.",
  memorySwitchOff: "Do not keep it",
  memorySwitchOn: "Keep it",
  memoryRemove: "Remove what is kept",
  unfold: (/** @type {number} */ lines, /** @type {number} */ size) =>
    `… ${number(lines)} more lines (${megabytes(size)})`,
  ownData: "Your data",
  ownDataInUse: (/** @type {number} */ count) => `Your data in use (${count})`,
  ownDataHow: "Your files stay in this tab: nothing is sent anywhere. Each gets a path by which cells read it. You can drop files anywhere on the page.",
  ownChoose: "Choose files:",
  ownReading: "Python is reading it …",
  ownRemove: "Remove",
  ownCode: "Lines that load it",
  ownHow: "How it was read",
  ownPoints: {
    encoding: "Encoding",
    separator: "Between columns",
    decimal: "Decimal sign",
    dates: "Dates",
    zeros: "Digits with a leading zero or plus",
    missing: "Missing values",
    sheet: "Sheet",
  },
  ownChoices: {
    "separator \t": "tab",
    "dates text": "as text",
    "dates day first": "day first",
    "dates month first": "month first",
    "zeros text": "as text",
    "zeros number": "as numbers, without it",
    "missing ": "none: such words stay text",
  },
  ownPreview: "First rows",
  ownSize: (/** @type {number} */ rows, /** @type {number} */ columns) =>
    `${number(rows)} ${rows === 1 ? "row" : "rows"}, ${columns} ${columns === 1 ? "column" : "columns"}`,
  ownReplaces: "Use instead of",
  ownReplacesNone: "no dataset",
  ownReplaced: "Every cell that reads this dataset now reads your file. Charts, titles and text around them were written for the site’s data.",
  ownTooLarge: (/** @type {string} */ name, /** @type {number} */ size, /** @type {number} */ most) =>
    `${name} has ${megabytes(size)}: more than the ${megabytes(most)} that Python can work with here.`,
  ownNoPython: "Python could not start, so the file has not been read.",
  tableBrowse: "Browse all rows",
  tableAll: "All rows",
  tableRows: (/** @type {number} */ first, /** @type {number} */ last, /** @type {number} */ all) =>
    all ? `Rows ${number(first)} to ${number(last)} of ${number(all)}` : "No rows",
  tableGone: "These rows are gone: run the cell again.",
  inputLabel: "Python is waiting for a line",
  inputSend: "Send",
  networkQuestion: (/** @type {string} */ origin) =>
    `This cell wants to load something from ${origin}. That host will see your IP address, and what the cell sends it.`,
  networkConfined: (/** @type {string} */ origin) =>
    `This cell wants to load something from ${origin}. Code on this page came from elsewhere, by a link or in a file, so Python has no network. If you have read it and trust it, Python can restart with a network; it then asks you about each host.`,
  networkTrust: "Trust it and restart Python",
  pythonConfined: "Python is ready, without network",
  networkAllow: "Allow for this visit",
  networkRefuse: "Refuse",
  errorPlace: (/** @type {string} */ cell, /** @type {number} */ line, /** @type {string} */ name) =>
    `${cell}, line ${line}${name && `, in ${name}`}`,
  errorLibraryCalls: (/** @type {number} */ count, /** @type {string} */ libraries) =>
    `${count} ${count === 1 ? "call" : "calls"} inside ${libraries}`,
  errorMoreCalls: (/** @type {number} */ count) => `… ${number(count)} more ${count === 1 ? "call" : "calls"}`,
  errorOldText: "earlier code of the cell",
  errorRelated: { cause: "Caused by", context: "While handling", member: "One of the group:" },
  errorTraceback: "Full traceback",
  copyError: "Copy error",
  hintColumn: (/** @type {string} */ name, /** @type {string[]} */ near, /** @type {string[]} */ known) =>
    [
      near.length ? `Did you mean ${either(near)}?` : `No column is called “${name}”.`,
      known.length ? `The columns are ${known.join(", ")}.` : "",
    ].join(" "),
  hintTable: (/** @type {string} */ name, /** @type {string[]} */ near, /** @type {string[]} */ known) =>
    [
      near.length ? `Did you mean ${either(near)}?` : `No table is called “${name}”.`,
      known.length ? `The tables are ${known.join(", ")}.` : "There are no tables yet: a frame of a cell above is one.",
    ].join(" "),
  hintFile: (/** @type {string} */ name, /** @type {string[]} */ near) =>
    `There is no ${name}. Did you mean ${either(near)}?`,
  hintNewer: (/** @type {string} */ name, /** @type {string} */ version, /** @type {string} */ instead) =>
    [
      `${name} was added after Polars ${version}, the newest release that runs in a browser.`,
      instead ? `Here, write ${instead}.` : "There is no short replacement.",
    ].join(" "),
  hintModule: (/** @type {string} */ name) =>
    `${name} is not part of this site. A pure Python package can be fetched: %pip install ${name}`,
  hintCompiled: (/** @type {string} */ name, /** @type {string} */ instead) =>
    `${name} is not available here: it needs compiled code.${instead && ` Use ${instead}.`}`,
  hintWrite: (/** @type {string} */ instead) => `Write ${instead}.`,
  hintSamples:
    "Altair's sample data is on another host and not part of this site. Use the site's own tables, or a file of your own.",
  hintCommand: (/** @type {string} */ name, /** @type {string} */ instead) =>
    `${name} is a command of IPython or a shell, not Python. ${instead ? `Here, write ${instead}` : "Delete it, or write it in Python."}`,
  hintDeep:
    "A function called itself too often. Is there a case in which it stops? A browser has room for about a hundred nested calls that go through ==, repr or sorted, and for 5,000 others (sys.setrecursionlimit); a loop has no such limit.",
  hintPanic:
    "Polars crashed in the middle of its work. What it was building may be broken: run the cells above again, or restart Python.",
  hintMemory: "Python has run out of memory (a browser gives it 4 GB at most). Select fewer rows or columns, or restart Python.",
  hintBackground: "Polars has no threads in a browser: use collect().",
  hintRows:
    "A chart carries all its rows, even those that no eye can tell apart. Aggregate them in Polars first, or draw a sample: frame.sample(5000). VegaFusion does not run here; alt.data_transformers.disable_max_rows() lifts the limit but makes the page slow.",
  pictureElsewhere: (/** @type {string} */ address) => `A picture from another host, not loaded: ${address}`,
  outputBroken: (/** @type {string} */ reason) => `This output could not be drawn: ${reason}`,
  fileNotEmbedded: (/** @type {string} */ file) =>
    `${file} is not in this copy of the site. Unpack the whole zip before you open index.html, or download it again.`,
  fileLeftOut: (/** @type {string} */ file, /** @type {string} */ page) =>
    `${file} is not in this file, which was kept small. The page on its site has it: ${page}`,
  fileMissing: (/** @type {string} */ file, /** @type {string} */ status) =>
    `${file} could not be loaded: the server answered ${status}. Reload the page; if that does not help, the site was published incompletely.`,
  fileBlocked: (/** @type {string} */ file) =>
    `${file} could not be loaded: the connection failed. Check the network or a content blocker, then restart Python.`,
  fileOffline: (/** @type {string} */ file) =>
    `${file} is not saved in this browser, and there is no network. What you ran before works; to have all of it offline, save Python and the data while you are online.`,
  waitsFor: (/** @type {string} */ file) => `Waiting for ${file}: nothing has arrived for a few seconds.`,
  fileStalled: (/** @type {string} */ file, /** @type {string} */ seconds) =>
    `${file} could not be loaded: nothing arrived for ${seconds} seconds. Check the network, then restart Python.`,
  fileAltered: (/** @type {string} */ file, /** @type {string} */ got) =>
    `${file} is not the file that this page expects (${got}). Reload the page; if that does not help, something between you and the site changes its files.`,
  fileUnusable: (/** @type {string} */ file, /** @type {string} */ reason) => `${file} cannot be used: ${reason}`,
  bootSilent: (/** @type {number} */ seconds) =>
    `Python did not answer for ${seconds} seconds while starting. Close other tabs or reload the page.`,
  workerMissing:
    "The page could not start a worker for Python: a script is missing or blocked. Reload the page.",
  startsCrashed:
    "Twice in a row the browser ended this page while Python was starting, most likely for lack of memory. Reading works as before. Close other tabs, then press Restart to try again.",
  startNoMemory:
    "The browser has no memory left to start Python. Reading works as before. Close other tabs, then press Restart to try again.",
  workerDied: "The browser ended Python, most likely for lack of memory. Your code is kept; restart Python.",
  interpreterDied: (/** @type {string} */ detail) =>
    `The interpreter crashed (${detail}). Your code is kept, variables are gone: restart Python.`,
  manifestBroken: "The list of runtime files could not be read. Reload the page.",
};

/** @param {string[]} names */
function either(names) {
  return names.map((name) => `“${name}”`).join(" or ");
}
