/**
 * The uPlot of a chart: its axes with their ranges and ticks, its grid and its cursor.
 *
 * @module
 */
import {formatSeconds, formatShort} from "../numbers.js";

/** @typedef {import("./settings.js").Settings} Settings */

/** What uPlot is given instead of the curves, which it does not see: their ranges are told apart. */
export const NO_DATA = [[0, 1], [null, null]];

/**
 * @param {import("./chart.js").RunChart} chart
 * @param {import("./settings.js").Settings} settings
 * @param {{back(): void, clear(plot: any): void, draw(plot: any): void, point(plot: any): void, select(plot: any): void, ready(plot: any): void}} hears
 *     `back` of a double click, the others of what uPlot calls so
 */
export function makePlot(chart, settings, hears) {
  const {axis: x, log} = settings;
  const style = getComputedStyle(chart);
  const grid = {stroke: style.getPropertyValue("--line"), width: 1};
  const axis = {stroke: style.getPropertyValue("--dim"), font: "11px system-ui", grid, ticks: {...grid, size: 4}};
  return new uPlot({
    width: chart.area.clientWidth,
    height: chart.area.clientHeight,
    legend: {show: false},
    padding: [8, 18, 0, 0],
    scales: {
      x: {time: x === "time", range: () => rangeOfX(chart.curves, chart.settings)},
      y: {distr: log ? 3 : 1, range: () => rangeOfY(chart.curves, chart.settings)},
    },
    series: [{}, {}],
    axes: [
      {...axis, size: 26, space: 70, ...(x === "time" ? {} : {values: written(x === "relative" ? formatSeconds : formatShort)})},
      {...axis, size: 52, space: 28, ...(log ? LOG_AXIS : {}), values: written(formatShort)},
    ],
    cursor: {
      y: false,
      points: {show: false},
      drag: {x: true, y: false, setScale: false},
      // Others show the same place; they are neither zoomed nor picked from here.
      sync: {key: "x", scales: ["x", null], setSeries: false, filters: {pub: follows, sub: follows}},
      bind: {dblclick: () => () => (hears.back(), null)},
    },
    hooks: {drawClear: [hears.clear], draw: [hears.draw], setCursor: [hears.point], setSelect: [hears.select], ready: [hears.ready]},
  }, NO_DATA, chart.area);
}

function follows(/** @type {string} */ event) {
  return event === "mousemove" || event === "mouseleave";
}

/** uPlot's own ticks of a log scale are many, and most have no number. */
const LOG_AXIS = {
  splits: (/** @type {any} */ plot) => logTicks(plot.scales.y.min, plot.scales.y.max),
  filter: (/** @type {any} */ _plot, /** @type {number[]} */ ticks) => ticks,
};

function written(/** @type {(value: number) => string} */ format) {
  return (/** @type {any} */ _plot, /** @type {(number | null)[]} */ ticks) =>
    ticks.map(tick => (tick === null ? "" : format(tick)));
}

/**
 * Returns the range of x that holds all curves.
 *
 * @param {import("./curves.js").Curve[]} curves
 * @returns {[number, number]}
 */
function rangeOfX(curves, /** @type {Settings} */ settings) {
  if (settings.range) {
    return settings.range;
  }
  let low = Infinity;
  let high = -Infinity;
  for (const {x} of curves) {
    if (settings.axis === "step" || settings.axis === "time" || settings.axis === "relative") {
      low = Math.min(low, x[0] ?? Infinity);
      high = Math.max(high, x[x.length - 1] ?? -Infinity);
    } else {
      for (const value of x) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low > high ? [0, 1] : low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/**
 * Returns the range of y that holds what is within the range of x.
 *
 * @param {import("./curves.js").Curve[]} curves
 * @returns {[number, number]}
 */
function rangeOfY(curves, /** @type {Settings} */ settings) {
  const positive = (/** @type {number | null} */ value) =>
    value !== null && (!settings.log || value > 0);
  const [from, to] = settings.range ?? [-Infinity, Infinity];
  /** @type {number[]} */
  const values = [];
  const add = (/** @type {number[]} */ x, /** @type {(number | null)[] | undefined} */ list) =>
    list?.forEach((value, i) => {
      if (x[i] >= from && x[i] <= to && positive(value)) {
        values.push(/** @type {number} */ (value));
      }
    });
  for (const curve of curves) {
    add(curve.x, curve.y);
    if (!settings.clip) {
      add(curve.x, curve.min);
      add(curve.x, curve.max);
      add(curve.raw?.x ?? [], curve.raw?.y);
    }
  }
  let [low, high] = settings.clip ? middle(values) : extremes(values);
  if (settings.zero && !settings.log) {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }
  if (low > high) {
    [low, high] = settings.log ? [1, 10] : [0, 1];
  }
  [low, high] = settings.log ? roomOfLog(low, high) : room(low, high);
  low = settings.min ?? low;
  high = settings.max ?? high;
  return low < high && (!settings.log || low > 0) ? [low, high] : room(low, low);
}

/** @returns {[number, number]} */
function extremes(/** @type {number[]} */ values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** The 1st and the 99th percentile. @returns {[number, number]} */
function middle(/** @type {number[]} */ values) {
  const sorted = Float64Array.from(values).sort();
  const at = (/** @type {number} */ part) => sorted[Math.round(part * (sorted.length - 1))];
  return sorted.length === 0 ? [Infinity, -Infinity] : [at(0.01), at(0.99)];
}

/** @returns {[number, number]} */
function room(/** @type {number} */ low, /** @type {number} */ high) {
  const more = low === high ? Math.abs(low) * 0.1 || 1 : (high - low) * 0.05;
  return [low - more, high + more];
}

/** @returns {[number, number]} */
function roomOfLog(/** @type {number} */ low, /** @type {number} */ high) {
  const more = low === high ? 2 : (high / low) ** 0.05;
  return [low / more, high * more];
}

/** How many ticks a log scale has at most. */
const LOG_TICKS = 8;

/**
 * Returns the places of ticks on a log scale: powers of ten, of which some are left out where there
 * are many, and 2 and 5 between them where there are few.
 */
export function logTicks(/** @type {number} */ low, /** @type {number} */ high) {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const every = Math.max(1, Math.ceil((to - from) / LOG_TICKS));
  const parts = to - from <= 2 ? [1, 2, 5] : [1];
  const ticks = [];
  for (let power = from; power <= to; power += every) {
    ticks.push(...parts.map(part => Number(`${part}e${power}`)));
  }
  return ticks.filter(tick => tick >= low && tick <= high);
}
