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
    const there = members.map(curve => ({curve, value: valueAt(curve.x, curve.y, at)})).filter(it => it.value !== null);
    const values = there.map(it => /** @type {number} */ (it.value));
    if (values.length === 0) {
      [y, min, max].forEach(list => list.push(null));
      continue;
    }
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
    y.push(middle);
    if (bandOf === "deviation") {
      min.push(middle - deviation);
      max.push(middle + deviation);
    } else {
      // A point may stand for many values, of which its curve knows the lowest and the highest.
      min.push(Math.min(...values, ...there.map(({curve}) => curve.min ? valueAt(curve.x, curve.min, at) ?? Infinity : Infinity)));
      max.push(Math.max(...values, ...there.map(({curve}) => curve.max ? valueAt(curve.x, curve.max, at) ?? -Infinity : -Infinity)));
    }
  }
  return {
    key: `group:${group}:${members[0].metric}`, run: `group:${group}`, metric: members[0].metric,
    name: `${group} (${members.length})`, colour, dash: [], x, y, min, max,
    total: places, members, added: 0,
  };
}

/**
 * What a curve, or an end of its band, has at a place between its points.
 *
 * @param {number[]} xs @param {(number | null)[]} ys @param {number} x
 * @returns {number | null}
 */
function valueAt(xs, ys, x) {
  const last = xs.length - 1;
  if (last < 0 || x < xs[0] || x > xs[last]) {
    return null;
  }
  const near = nearest(xs, x);
  const from = xs[near] <= x ? near : near - 1;
  const to = Math.min(last, from + 1);
  const [one, other] = [ys[from], ys[to]];
  if (one === null || other === null || xs[to] === xs[from]) {
    return one;
  }
  return one + ((other - one) * (x - xs[from])) / (xs[to] - xs[from]);
}
