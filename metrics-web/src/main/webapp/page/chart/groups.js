/**
 * The mean of runs of a group, with a band.
 *
 * @module
 */
import {nearest} from "./curves.js";
import {palette} from "../state/colours.js";

/** @typedef {import("./curves.js").Curve} Curve */

/** How many places of x a mean is told at. */
const PLACES = 400;

/**
 * Joins the curves of each group to its mean.
 *
 * Runs have points at different x, so each is read at the same places, between its points by a
 * straight line, and nowhere outside of them or across a gap: there the mean is of the others.
 *
 * @param {Curve[]} curves
 * @param {(run: string) => string} groupOf
 * @param {"range" | "deviation"} bandOf minimum to maximum, or the standard deviation to both sides
 * @returns {Curve[]} the members, faint, and after them the means
 */
export function means(curves, groupOf, bandOf) {
  const groups = Map.groupBy(curves, curve => `${groupOf(curve.run)}\n${curve.metric}`);
  const names = [...new Set([...groups.keys()].map(key => key.split("\n")[0]))].toSorted();
  /** @type {Curve[]} */
  const made = [];
  for (const [key, members] of groups) {
    const group = key.split("\n")[0];
    if (members.length > 1) {
      const colour = palette()[names.indexOf(group) % palette().length];
      made.push(...members.map(curve => ({...curve, colour, dash: [], member: true})));
      made.push(mean(group, colour, members, bandOf));
    } else {
      made.push(...members);
    }
  }
  return made.toSorted((one, other) => Number(other.member ?? false) - Number(one.member ?? false));
}

/** @returns {Curve} */
function mean(/** @type {string} */ group, /** @type {string} */ colour, /** @type {Curve[]} */ members,
    /** @type {string} */ bandOf) {
  const low = Math.min(...members.map(curve => curve.x[0] ?? Infinity));
  const high = Math.max(...members.map(curve => curve.x[curve.x.length - 1] ?? -Infinity));
  const places = low > high ? 0 : low === high ? 1 : PLACES;
  const x = Array.from({length: places}, (_, i) => low + ((high - low) * i) / Math.max(1, places - 1));
  /** @type {(number | null)[]} */
  const y = [];
  /** @type {(number | null)[]} */
  const min = [];
  /** @type {(number | null)[]} */
  const max = [];
  for (const at of x) {
    const values = members.map(curve => valueAt(curve, at)).filter(value => value !== null);
    if (values.length === 0) {
      [y, min, max].forEach(list => list.push(null));
      continue;
    }
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
    y.push(middle);
    min.push(bandOf === "deviation" ? middle - deviation : Math.min(...values));
    max.push(bandOf === "deviation" ? middle + deviation : Math.max(...values));
  }
  return {
    key: `group:${group}:${members[0].metric}`, run: `group:${group}`, metric: members[0].metric,
    name: `${group} (${members.length})`, colour, dash: [], x, y, min, max,
    total: places, members, added: 0,
  };
}

/** @returns {number | null} */
function valueAt(/** @type {Curve} */ curve, /** @type {number} */ x) {
  const last = curve.x.length - 1;
  if (last < 0 || x < curve.x[0] || x > curve.x[last]) {
    return null;
  }
  const near = nearest(curve.x, x);
  const from = curve.x[near] <= x ? near : near - 1;
  const to = Math.min(last, from + 1);
  const [one, other] = [curve.y[from], curve.y[to]];
  if (one === null || other === null || curve.x[to] === curve.x[from]) {
    return one;
  }
  return one + ((other - one) * (x - curve.x[from])) / (curve.x[to] - curve.x[from]);
}
