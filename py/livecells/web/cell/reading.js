/**
 * The two ways of reading this site: readers see charts with their code folded, developers see all code open. The browser keeps the
 * choice.
 *
 * @import {CodeCell} from "./cell.js"
 */

import { loadSetting, saveSetting } from "../storage/settings.js";
import { strings } from "../strings.js";
import { button } from "../ui/controls.js";
import { element } from "../ui/element.js";
import { allCells } from "./page-cells.js";

const SETTING = "reading";
const DEVELOPER = "developer";

const way = document.documentElement.dataset;
way.reading = loadSetting(SETTING) ?? "";

/** Whether code is open unless the reader folds it. */
export function isDeveloper() {
  return way.reading === DEVELOPER;
}

/** Put the switch into the header of the first page with folded code, where it stays; else above its first cell. */
export function placeReadingSwitch() {
  document.addEventListener("livecells:connected", ({ target }) => {
    const cell = /** @type {CodeCell} */ (target);
    if (cell.dataset.code === undefined || document.querySelector(".reading-switch")) return;
    const header = document.querySelector("header nav") ?? document.querySelector("header");
    if (header) header.insertBefore(makeSwitch(), header.querySelector(":scope > form"));
    else (cell.closest(".cell-block") ?? cell).before(makeSwitch());
  });
}

function makeSwitch() {
  const made = button("", turn, { class: "reading-switch", role: "switch", title: strings.readingHow });
  made.append(element("span", {}, strings.reader), " ", element("span", {}, strings.developer));
  const show = () => made.setAttribute("aria-checked", String(isDeveloper()));
  function turn() {
    way.reading = isDeveloper() ? "" : DEVELOPER;
    saveSetting(SETTING, way.reading || undefined);
    for (const cell of allCells()) cell.unfold(isDeveloper());
    show();
  }
  show();
  return made;
}
