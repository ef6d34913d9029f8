/**
 * The uPlot of a chart: its axes, its grid and its cursor.
 *
 * @module
 */
import {formatSeconds, formatShort} from "../numbers.js";
import {logTicks, rangeOfX, rangeOfY} from "./scales.js";

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
