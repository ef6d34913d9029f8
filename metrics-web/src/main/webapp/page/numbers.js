/**
 * How numbers, steps and lengths of time are written.
 *
 * @module
 */

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

/** Writes an integer with all of its digits: a seed, or a step. */
export function formatWhole(/** @type {number} */ value) {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toLocaleString("en-US") : formatNumber(value);
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
  if (axis === "relative") {
    return formatSeconds(value);
  }
  return axis === "step" && Number.isInteger(value) ? formatWhole(value) : formatNumber(value, 7);
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
