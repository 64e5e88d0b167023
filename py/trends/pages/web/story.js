/**
 * Entry of the story's own scripts: defines the elements of its tables. Elements connect by
 * themselves, also after instant navigation: there is nothing to attach again.
 */

import { ClaimCheck } from "./claim-check.js";
import { ClaimTable } from "./claim-table.js";
import { OpenTable } from "./open-table.js";
import { PackageExplorer } from "./package-explorer.js";
import { ReleaseChoice } from "./release-choice.js";

customElements.define("claim-check", ClaimCheck);
customElements.define("claim-table", ClaimTable);
customElements.define("open-table", OpenTable);
customElements.define("package-explorer", PackageExplorer);
customElements.define("release-choice", ReleaseChoice);
