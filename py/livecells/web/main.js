/**
 * Entry of the page's half: defines the elements, nothing else. Modules survive instant navigation,
 * elements connect by themselves: there is nothing to attach again after a page change.
 */

import { CodeCell } from "./cell.js";
import { RuntimeBar } from "./runtime-bar.js";
import { CellTry } from "./try.js";

customElements.define("runtime-bar", RuntimeBar);
customElements.define("code-cell", CodeCell);
customElements.define("cell-try", CellTry);
document.dispatchEvent(new CustomEvent("livecells:ready"));
