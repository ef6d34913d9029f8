/**
 * Draws curves on a chart's canvas: bands, the raw curve, the curve, and what lies outside.
 *
 * uPlot draws axes, grid and cursor. It wants one list of x for all curves, which runs of different
 * lengths do not have, so the curves themselves are drawn here, each by its own x.
 *
 * @module
 */

/**
 * @typedef {{
 *   key: string, run: string, metric: string, name: string, colour: string, dash: number[],
 *   x: number[], y: (number | null)[], min?: (number | null)[], max?: (number | null)[],
 *   raw?: {x: number[], y: (number | null)[]}, total: number, member?: boolean,
 *   members?: Curve[], added: number, stale?: boolean
 * }} Curve
 * A curve; `null` is a gap. `min` and `max` are the band of what a point stands for. `member` is one
 * of a group whose mean is drawn; `added` counts the points that came live;
 * `stale` is one that has points which could not be appended.
 */

const WIDTH = 1.5;

/** What tells an isolated point, which no line shows. */
const DOT = 2;

/**
 * @param {any} plot the uPlot
 * @param {Curve[]} curves
 * @param {{log: boolean}} settings
 * @param {string | null} highlight the key or run that stands out
 */
export function draw(plot, curves, settings, highlight) {
  const context = plot.ctx;
  const ratio = devicePixelRatio || 1;
  const place = transform(plot, settings.log);
  const {left, top, width, height} = plot.bbox;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  const out = highlight !== null && curves.some(curve => stands(curve, highlight));
  for (const curve of out ? curves.toSorted((one, other) => Number(stands(one, highlight)) - Number(stands(other, highlight))) : curves) {
    const clear = !out || stands(curve, highlight);
    context.strokeStyle = context.fillStyle = curve.colour;
    context.lineJoin = "round";
    context.lineWidth = WIDTH * ratio * (out && clear ? 1.5 : 1);
    context.setLineDash([]);
    const strength = (clear ? 1 : 0.2) * (curve.member ? (out && clear ? 0.8 : 0.18) : 1);
    if (curve.min && curve.max && !curve.member) {
      context.globalAlpha = 0.15 * strength;
      band(context, curve, place);
    }
    if (curve.raw) {
      context.globalAlpha = 0.25 * strength;
      line(context, curve.raw.x, curve.raw.y, place, ratio);
    }
    context.globalAlpha = strength;
    context.setLineDash(curve.dash.map(length => length * ratio));
    line(context, curve.x, curve.y, place, ratio);
    context.setLineDash([]);
    outside(context, curve, place, plot.bbox, ratio);
  }
  context.restore();
}

/** Returns whether a curve is that of a run, or of a group that holds it. */
export function stands(/** @type {Curve} */ curve, /** @type {string | null} */ highlight) {
  return curve.run === highlight || (curve.members?.some(member => member.run === highlight) ?? false);
}

/** Returns how values become places on the canvas; what a log scale cannot show is NaN. */
function transform(/** @type {any} */ plot, /** @type {boolean} */ log) {
  const {left, top, width, height} = plot.bbox;
  const {x, y} = plot.scales;
  const ofX = width / (x.max - x.min);
  const low = log ? Math.log(y.min) : y.min;
  const ofY = height / ((log ? Math.log(y.max) : y.max) - low);
  return {
    x: (/** @type {number} */ value) => left + (value - x.min) * ofX,
    y: log
      ? (/** @type {number | null} */ value) =>
          value === null || value <= 0 ? NaN : top + height - (Math.log(value) - low) * ofY
      : (/** @type {number | null} */ value) =>
          value === null ? NaN : top + height - (value - low) * ofY,
  };
}

function line(/** @type {any} */ context, /** @type {number[]} */ x, /** @type {(number | null)[]} */ y,
    /** @type {any} */ place, /** @type {number} */ ratio) {
  context.beginPath();
  /** @type {[number, number][]} */
  const dots = [];
  let pen = false;
  for (let i = 0; i < x.length; i++) {
    const at = place.y(y[i]);
    if (Number.isNaN(at)) {
      pen = false;
    } else if (pen) {
      context.lineTo(place.x(x[i]), at);
    } else {
      context.moveTo(place.x(x[i]), at);
      pen = true;
      if (i + 1 === x.length || Number.isNaN(place.y(y[i + 1]))) {
        dots.push([place.x(x[i]), at]);
      }
    }
  }
  context.stroke();
  for (const [across, down] of dots) {
    context.beginPath();
    context.arc(across, down, DOT * ratio, 0, 2 * Math.PI);
    context.fill();
  }
}

function band(/** @type {any} */ context, /** @type {Curve} */ curve, /** @type {any} */ place) {
  const {x, min, max} = curve;
  if (!min || !max) {
    return;
  }
  // The lower end of a log scale is at the edge for what the scale cannot show.
  const edge = context.canvas.height;
  let from = 0;
  while (from < x.length) {
    if (Number.isNaN(place.y(max[from]))) {
      from++;
      continue;
    }
    context.beginPath();
    let to = from;
    for (; to < x.length && !Number.isNaN(place.y(max[to])); to++) {
      context.lineTo(place.x(x[to]), place.y(max[to]));
    }
    for (let i = to - 1; i >= from; i--) {
      const down = place.y(min[i]);
      context.lineTo(place.x(x[i]), Number.isNaN(down) ? edge : down);
    }
    context.closePath();
    context.fill();
    from = to;
  }
}

/** Marks with ticks at the edge where a curve leaves the chart. */
function outside(/** @type {any} */ context, /** @type {Curve} */ curve, /** @type {any} */ place,
    /** @type {any} */ box, /** @type {number} */ ratio) {
  const size = 4 * ratio;
  let last = -Infinity;
  for (let i = 0; i < curve.x.length; i++) {
    const high = place.y(curve.max?.[i] ?? curve.y[i]);
    const low = place.y(curve.min?.[i] ?? curve.y[i]);
    const across = place.x(curve.x[i]);
    if ((high < box.top || low > box.top + box.height) && across - last >= size) {
      const edge = high < box.top ? box.top : box.top + box.height;
      const inward = high < box.top ? size : -size;
      context.beginPath();
      context.moveTo(across, edge);
      context.lineTo(across - size / 2, edge + inward);
      context.lineTo(across + size / 2, edge + inward);
      context.fill();
      last = across;
    }
  }
}

/** Returns the place of the point of a curve that is nearest to an x, or -1 without any. */
export function nearest(/** @type {number[]} */ x, /** @type {number} */ value) {
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const half = (low + high) >> 1;
    if (x[half] < value) {
      low = half + 1;
    } else {
      high = half;
    }
  }
  return low > 0 && value - x[low - 1] <= x[low] - value ? low - 1 : Math.min(low, x.length - 1);
}
