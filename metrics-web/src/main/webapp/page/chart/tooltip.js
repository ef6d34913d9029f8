/**
 * The one tooltip: the nearest few curves first, each with its own step, never clipped.
 *
 * @module
 */
import {element, paint, shortened} from "../dom.js";
import {formatNumber, formatX} from "../numbers.js";
import {nearest} from "./curves.js";

/** @typedef {import("./curves.js").Curve} Curve */

const MOST = 8;

/** Pixels between the pointer and the tooltip, and within which a curve is pointed at. */
const GAP = 14;
const NEAR = 24;

const box = element("div", {id: "tooltip", role: "tooltip", hidden: true});
document.body.append(box);

/**
 * Shows what is near the pointer.
 *
 * @param {any} plot the uPlot
 * @param {Curve[]} curves
 * @param {{axis: string, base: Curve[], several: boolean}} how `base` are the curves of the baseline
 * @returns {Curve | null} the curve that is pointed at
 */
export function showTooltip(plot, curves, how) {
  const {left, top} = plot.cursor;
  const x = plot.posToVal(left, "x");
  const rows = curves
    .map(curve => pointOf(plot, curve, x, top))
    .filter(point => point !== null)
    .toSorted((one, other) => one.distance - other.distance);
  if (rows.length === 0) {
    hideTooltip();
    return null;
  }
  const shown = rows.filter(row => !row.curve.member).slice(0, MOST);
  box.replaceChildren(
    ...shown.map((row, i) => rowOf(row, how, i === 0)),
    ...(rows.length > shown.length ? [element("p", {}, `and ${rows.length - shown.length} more`)] : []));
  const over = plot.over.getBoundingClientRect();
  place(over.left + left, over.top + top);
  return rows[0].distance <= NEAR ? rows[0].curve : null;
}

export function hideTooltip() {
  box.hidden = true;
}

function pointOf(/** @type {any} */ plot, /** @type {Curve} */ curve, /** @type {number} */ x, /** @type {number} */ top) {
  let i = nearest(curve.x, x);
  if (i < 0) {
    return null;
  }
  if (curve.y[i] === null) {
    // The value beside a gap, if that is as near as makes no difference.
    i = curve.y[i - 1] !== null && i > 0 ? i - 1 : i + 1;
  }
  const y = curve.y[i];
  if (y === null || y === undefined) {
    return null;
  }
  return {curve, x: curve.x[i], y, distance: Math.abs(plot.valToPos(y, "y") - top)};
}

function rowOf(/** @type {{curve: Curve, x: number, y: number}} */ {curve, x, y}, /** @type {any} */ how, /** @type {boolean} */ first) {
  const base = how.base.find((/** @type {Curve} */ it) => it.metric === curve.metric);
  const at = base && base !== curve ? base.y[nearest(base.x, x)] : null;
  const difference = at === null || at === undefined ? "" : ` (${y >= at ? "+" : "−"}${formatNumber(Math.abs(y - at), 3)})`;
  return element("p", {class: first ? "first" : ""},
    paint(element("i", {class: "swatch"}), curve.colour),
    element("b", {}, formatNumber(y)), difference,
    element("span", {}, shortened(curve.name, 36)), how.several && element("span", {class: "dim"}, curve.metric),
    element("span", {class: "dim"}, `${how.axis === "step" ? "step " : ""}${formatX(x, how.axis)}`));
}

function place(/** @type {number} */ across, /** @type {number} */ down) {
  box.hidden = false;
  const {width, height} = box.getBoundingClientRect();
  const left = across + GAP + width > innerWidth ? across - GAP - width : across + GAP;
  const top = Math.min(down + GAP, innerHeight - height - 4);
  box.style.setProperty("left", `${Math.max(4, left)}px`);
  box.style.setProperty("top", `${Math.max(4, top)}px`);
}
