/**
 * How a chart is to be drawn: what holds for all charts, and the exceptions of one.
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
  return address.once(`settings of ${chart}`, () => read(chart));
}

/** @returns {Settings} */
function read(/** @type {string} */ chart) {
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

/**
 * Returns which metrics are on the charts of others: `join=loss+val_loss,…`. A `+` in a name is
 * written twice.
 *
 * @returns {Map<string, string[]>}
 */
export function joinedMetrics() {
  return new Map(address.list("join").map(text => {
    const [first, ...others] = text.split(/(?<!\+)\+(?!\+)/).map(name => name.replaceAll("++", "+"));
    return /** @type {[string, string[]]} */ ([first, others]);
  }));
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
