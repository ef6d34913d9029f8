/**
 * How a chart is to be drawn, and the ranges and the numbers of its axes.
 *
 * @module
 */
import {address} from "../state/address.js";

/**
 * @typedef {{
 *   axis: string, smooth: number, log: boolean, clip: boolean, zero: boolean,
 *   min: number | null, max: number | null, range: [number, number] | null
 * }} Settings
 * `axis` is step, time, relative or a metric; `smooth` the weight of the past, 0 for none; `clip`
 * fits the y range to the middle 98 % of the values; `range` is the part of the x axis that is seen
 */

/** Returns what holds for all charts, and over it the exceptions of one. @returns {Settings} */
export function settingsOf(/** @type {string} */ chart) {
  const own = exceptionsOf(chart);
  const value = (/** @type {string} */ name) => own.get(name) ?? address.get(name);
  const flag = (/** @type {string} */ name) => value(name) === "1";
  return {
    axis: value("x") || "step",
    smooth: Math.min(0.999, Math.max(0, Number(value("smooth")) || 0)),
    log: flag("log"),
    clip: flag("clip"),
    zero: flag("zero"),
    min: number(own.get("min")),
    max: number(own.get("max")),
    range: parseRange(address.flag("linked") ? address.get("range") : own.get("range") ?? ""),
  };
}

/** The exceptions of a chart, in one parameter: `c.loss=log:1;smooth:0.6`. */
export function exceptionsOf(/** @type {string} */ chart) {
  const text = address.get(`c.${chart}`);
  return new Map(text.split(";").filter(part => part.includes(":")).map(part => {
    const at = part.indexOf(":");
    return [part.slice(0, at), part.slice(at + 1)];
  }));
}

/** Makes exceptions for a chart; `null` takes one back. */
export function except(/** @type {string} */ chart, /** @type {Record<string, string | null>} */ changes) {
  const own = exceptionsOf(chart);
  for (const [name, value] of Object.entries(changes)) {
    value === null ? own.delete(name) : own.set(name, value);
  }
  address.set({[`c.${chart}`]: [...own].map(([name, value]) => `${name}:${value}`).join(";")});
}

/** Zooms a chart, or all of them where that is switched on; `null` goes back. */
export function zoom(/** @type {string} */ chart, /** @type {[number, number] | null} */ range) {
  const text = range === null ? null : `${exact(range[0])},${exact(range[1])}`;
  if (address.flag("linked")) {
    address.set({range: text});
  } else {
    except(chart, {range: text});
  }
}

/** @returns {[number, number] | null} */
function parseRange(/** @type {string} */ text) {
  const ends = text.split(",").map(Number);
  return text !== "" && ends.length === 2 && ends.every(Number.isFinite) && ends[0] < ends[1]
    ? [ends[0], ends[1]] : null;
}

function number(/** @type {string | undefined} */ text) {
  return text === undefined || text === "" || !Number.isFinite(Number(text)) ? null : Number(text);
}

function exact(/** @type {number} */ value) {
  return String(Number(value.toPrecision(12)));
}

/**
 * Returns the range of x that holds all curves.
 *
 * @param {import("./curves.js").Curve[]} curves
 * @returns {[number, number]}
 */
export function rangeOfX(curves, /** @type {Settings} */ settings) {
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
export function rangeOfY(curves, /** @type {Settings} */ settings) {
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

/** Writes a value as a chart's axis and tooltip show it. */
export function formatNumber(/** @type {number | null | undefined} */ value, digits = 5) {
  if (value === null || value === undefined) {
    return "–";
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value.toExponential(Math.max(1, digits - 2)).replace(/\.?0+e/, "e").replace("e+", "e");
  }
  return Number.isInteger(value) ? value.toLocaleString("en-US") : String(Number(value.toPrecision(digits)));
}

/** Writes a value beside a tick, as short as it goes. */
export function formatShort(/** @type {number} */ value) {
  const size = Math.abs(value);
  if (size >= 1e9 || (size !== 0 && size < 1e-3)) {
    return formatNumber(value, 4);
  }
  return size >= 1e6 ? `${Number((value / 1e6).toPrecision(6))}M`
    : size >= 1e4 ? `${Number((value / 1e3).toPrecision(6))}k` : String(Number(value.toPrecision(6)));
}

/** Writes a place on the x axis: a step, a time or seconds since the run's start. */
export function formatX(/** @type {number} */ value, /** @type {string} */ axis) {
  if (axis === "time") {
    return new Date(value * 1000).toLocaleString();
  }
  return axis === "relative" ? formatSeconds(value) : formatNumber(value, 7);
}

/** Writes a length of time in its two largest units. */
export function formatSeconds(/** @type {number} */ seconds) {
  const sign = seconds < 0 ? "-" : "";
  const all = Math.abs(seconds);
  if (all < 60) {
    return `${sign}${Number(all.toFixed(all < 10 ? 2 : 0))}s`;
  }
  const [days, hours, minutes] = [all / 86400, (all % 86400) / 3600, (all % 3600) / 60].map(Math.floor);
  return sign + (days > 0 ? `${days}d ${hours}h` : hours > 0 ? `${hours}h ${minutes}m` : `${minutes}m ${Math.floor(all % 60)}s`);
}
