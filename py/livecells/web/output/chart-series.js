/**
 * Reads the values of a drawn chart off its scenegraph, series by series, in the words of its tooltips.
 *
 * Where bands of the plot's whole height have tooltips, such as one a month, each holds a value of every series, and these are read.
 * Elsewhere a series is the points of a line, or the marks of a row, or all marks of a panel.
 *
 * @typedef {[name: string, text: string]} Entry  of a tooltip
 *
 * @typedef {object} Point
 * @property {Item} item
 * @property {number} x  pixels from the left edge of all panels
 * @property {number} y  pixels from their upper edge
 * @property {[x: number, y: number]} end  of a bar in its plot, or the middle of another mark
 * @property {Entry[]} entries
 * @property {number | undefined} level  how high the picture shows the value, from 0 to 1; undefined where there is none
 *
 * @typedef {object} Series
 * @property {string} name  empty for all values of a panel
 * @property {string} unit  title of the axis of values, where the entries do not say it
 * @property {boolean} isOrdered  whether a trend can be told: from left to right the points are later ones
 * @property {boolean} isAll  whether each point has the values of several series, which follow
 * @property {Point[]} points
 *
 * @typedef {object} Item  of Vega's scenegraph
 * @property {number} [x]
 * @property {number} [y]
 * @property {number} [width]
 * @property {number} [height]
 * @property {string} [orient]  of an axis
 * @property {unknown} [tooltip]
 * @property {string} [description]
 * @property {string} [text]
 * @property {{x1: number, y1: number, x2: number, y2: number}} [bounds]
 * @property {Mark[]} [items]  of a group
 *
 * @typedef {{marktype: string, role?: string, name?: string, items: Item[]}} Mark
 * @typedef {{type?: string, domain(): any[], (value: any): number}} Scale
 * @typedef {{scenegraph(): object, scale(name: string): Scale}} View  what is used of a Vega view
 *
 * @typedef {object} Panel
 * @property {string} title
 * @property {string} unit  title of the upright axis
 * @property {Set<string>} axes  sides that have one
 * @property {Item} plot
 * @property {Scale | undefined} scale  of the upright axis
 * @property {Point[]} bands
 * @property {Point[]} marks  others, with the most words that there are: those of tooltips, else descriptions of marks, else of texts
 * @property {number} worth  place of these among the three
 * @property {Point[][]} lines
 */

/** One shape for a whole series: only its points have places. */
const WHOLE_SERIES = ["line", "area", "trail"];

/** Marks whose descriptions are read where they have no tooltip; rules and texts belong to other marks. */
const DESCRIBED = [...WHOLE_SERIES, "symbol", "rect", "arc", "path"];

/**
 * @param {View} view
 * @returns {Series[]}  with one point at least
 */
export function seriesOf(view) {
  /** @type {Panel[]} */
  const panels = [];
  const { root } = /** @type {{root: Mark}} */ (view.scenegraph());
  for (const plot of root.items) openPanel(panels, view, plot, "", 0, 0);
  return panels.flatMap(readPanel).filter(({ points }) => points.length);
}

/**
 * @param {Panel[]} panels
 * @param {View} view
 * @param {Item} plot
 * @param {string} prefix  of its scales' names
 * @param {number} left
 * @param {number} top
 */
function openPanel(panels, view, plot, prefix, left, top) {
  const scale = scaleOf(view, `${prefix}y`) ?? scaleOf(view, "y");
  /** @type {Panel} */
  const panel = { title: "", unit: "", axes: new Set(), plot, scale, bands: [], marks: [], worth: 0, lines: [] };
  panels.push(panel);
  readGroup(panels, panel, view, plot, left + (plot.x ?? 0), top + (plot.y ?? 0));
}

/**
 * @param {Panel[]} panels
 * @param {Panel} panel
 * @param {View} view
 * @param {Item} group
 * @param {number} left
 * @param {number} top
 */
function readGroup(panels, panel, view, group, left, top) {
  for (const mark of group.items ?? []) {
    const { marktype, role = "", name = "", items } = mark;
    if (role === "axis" && items[0]) {
      const { orient = "" } = items[0];
      panel.axes.add(orient);
      if (orient === "left") panel.unit ||= textIn(items[0], "axis-title");
    } else if (role === "title" && items[0] && panels[0] !== panel) panel.title = textIn(items[0], "title-text");
    else if (role === "scope" && !name.endsWith("pathgroup")) {
      for (const plot of items) openPanel(panels, view, plot, name.replace(/group$/, ""), left, top);
    } else if (role === "scope") for (const part of items) readGroup(panels, panel, view, part, left, top);
    else if (role === "mark") {
      const points = items.map((item) => pointAt(mark, item, left, top)).filter((point) => point.entries.length);
      if (WHOLE_SERIES.includes(marktype)) panel.lines.push(points);
      else if (marktype === "rect" && points.length > 1 && items.every((item) => isBand(item, panel.plot))) panel.bands.push(...points);
      else addMarks(panel, marktype, points);
    }
  }
}

/**
 * @param {Panel} panel
 * @param {string} marktype
 * @param {Point[]} points
 */
function addMarks(panel, marktype, points) {
  const worth = marktype === "text" ? 1 : points.some(({ item }) => item.tooltip) ? 3 : 2;
  if (worth > panel.worth && points.length) Object.assign(panel, { worth, marks: [] });
  if (worth === panel.worth) panel.marks.push(...points);
}

/**
 * @param {Mark} mark
 * @param {Item} item
 * @param {number} left
 * @param {number} top
 * @returns {Point}
 */
function pointAt({ marktype }, item, left, top) {
  const { x1, y1, x2, y2 } = item.bounds ?? { x1: 0, y1: 0, x2: 0, y2: 0 };
  const isShape = !WHOLE_SERIES.includes(marktype);
  const [x, y] = isShape ? [(x1 + x2) / 2, (y1 + y2) / 2] : [item.x ?? 0, item.y ?? 0];
  const told = item.tooltip ?? (DESCRIBED.includes(marktype) ? item.description : undefined);
  return { item, x: left + x, y: top + y, end: marktype === "rect" ? [x2, y1] : [x, y], entries: entriesOf(told), level: undefined };
}

/**
 * @param {unknown} told  a tooltip, or the description that Vega-Lite writes for screen readers
 * @returns {Entry[]}
 */
function entriesOf(told) {
  if (!told) return [];
  if (typeof told === "object") return Object.entries(told).map(([name, text]) => [name, String(text)]);
  return String(told).split("; ").map((part) => {
    const at = part.indexOf(": ");
    return at < 0 ? ["", part] : [part.slice(0, at), part.slice(at + 2)];
  });
}

/**
 * @param {Panel} panel
 * @returns {Series[]}
 */
function readPanel(panel) {
  const { title, bands, marks, lines } = panel;
  const isRows = panel.scale?.type === "band" || panel.scale?.type === "point";
  const plain = { unit: "", isOrdered: false, isAll: false };
  if (bands.length) return inBands(panel);
  const drawn = lines.filter((points) => points.length);
  if (drawn.length) {
    for (const points of drawn) setLevels(panel, points, false);
    return named(drawn).map((series) => ({ ...plain, isOrdered: true, ...series, name: joined(title, series.name) }));
  }
  setLevels(panel, marks, isRows);
  if (!isRows) return [{ ...plain, name: title, points: marks.sort((a, b) => a.x - b.x || a.y - b.y) }];
  marks.sort((a, b) => a.y - b.y || a.x - b.x);
  const heights = [...new Set(marks.map(({ y }) => y))];
  if (heights.length === marks.length) return [{ ...plain, name: title, points: marks }];
  const rows = heights.map((height) => marks.filter(({ y }) => y === height));
  return named(rows).map((row) => ({ ...plain, ...row, name: joined(title, row.name) }));
}

/**
 * @param {Panel} panel
 * @returns {Series[]}  all values together, if there are several series, and each by itself
 */
function inBands({ title, unit, scale, bands }) {
  const sorted = bands.sort((a, b) => a.x - b.x);
  const names = sorted[0].entries.slice(1).map(([name]) => name);
  const parts = names.map((name, at) => {
    const points = sorted.map((band) => ({ ...band, entries: [band.entries[0], band.entries[at + 1]] }));
    return { name: joined(title, name), unit, isOrdered: true, isAll: false, points };
  });
  const all = parts.flatMap(({ points }) => points);
  const numbers = all.map(({ entries }) => numberIn(entries[1][1])).filter((number) => number !== undefined);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const bend = scale?.type === "log" && low > 0 ? Math.log : Number;
  const [start, end] = scale?.domain().map(scale) ?? [1, 0];
  for (const point of all) {
    const number = numberIn(point.entries[1][1]);
    const share = number === undefined ? undefined : (bend(number) - bend(low)) / (bend(high) - bend(low) || 1);
    point.level = share !== undefined && start < end ? 1 - share : share; // small ranks are on top
  }
  const together = { name: title, unit, isOrdered: true, isAll: true, points: sorted };
  return names.length > 1 ? [together, ...parts] : parts;
}

/**
 * Name series by what all of their points say, and the others' do not.
 *
 * @param {Point[][]} parts
 */
function named(parts) {
  const said = parts.map(([first, ...rest]) =>
    first.entries.filter(([name, text]) => rest.every(({ entries }) => entries.some(([other, words]) => other === name && words === text))),
  );
  return parts.map((points, at) => {
    const own = said[at].find(([name, text]) => said.every((others, other) => other === at || !others.some(([n, t]) => n === name && t === text)));
    const entries = (/** @type {Point} */ point) => (own ? point.entries.filter(([name]) => name !== own[0]) : point.entries);
    return { name: own?.[1] ?? "", points: points.map((point) => ({ ...point, entries: entries(point) })) };
  });
}

/**
 * Read from the picture how high values are, if the chart has an axis for them.
 *
 * @param {Panel} panel
 * @param {Point[]} points
 * @param {boolean} isRows  the axis lies below or above the rows
 */
function setLevels({ plot, axes }, points, isRows) {
  if (!(isRows ? ["bottom", "top"] : ["left", "right"]).some((side) => axes.has(side))) return;
  for (const point of points) {
    const share = isRows ? point.end[0] / (plot.width || 1) : 1 - point.end[1] / (plot.height || 1);
    point.level = Math.min(Math.max(share, 0), 1);
  }
}

/** @param {string} text  as charts write numbers, such as 1,234.5 */
function numberIn(text) {
  const found = /[-−]?\d[\d,]*(\.\d+)?/.exec(text);
  return found ? Number(found[0].replaceAll(",", "").replace("−", "-")) : undefined;
}

/**
 * @param {Item} item
 * @param {Item} plot
 */
function isBand({ bounds, tooltip }, plot) {
  return Boolean(tooltip && bounds && plot.height && bounds.y2 - bounds.y1 >= plot.height - 1);
}

/**
 * @param {View} view
 * @param {string} name
 */
function scaleOf(view, name) {
  try {
    return view.scale(name);
  } catch {
    return undefined; // a panel without that axis
  }
}

/**
 * @param {Item} group
 * @param {string} role
 * @returns {string}
 */
function textIn(group, role) {
  for (const mark of group.items ?? []) {
    if (mark.role === role) return String(mark.items[0]?.text ?? "");
    for (const item of mark.items) if (textIn(item, role)) return textIn(item, role);
  }
  return "";
}

/** @param {string[]} words */
function joined(...words) {
  return words.filter(Boolean).join(", ");
}
