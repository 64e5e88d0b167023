/**
 * Entry of an embedded figure: makes its chart interactive, without cells and without Python.
 */

import { watchCharts } from "./output/chart.js";

watchCharts(document.body);
