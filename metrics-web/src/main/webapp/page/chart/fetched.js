/**
 * The curves of a chart as the server gave them, grown since by the rows that were pushed.
 *
 * @module
 */

/** @typedef {import("./curves.js").Curve} Curve */
/** @typedef {import("./loader.js").Answers} Answers */
/** @typedef {import("./settings.js").Settings} Settings */

/** A curve that came live to so many times the points of a chart is asked for anew. */
const GROWTH = 2;

/** So long a curve stays that points could not be appended to, as it is smoothed; milliseconds. */
const REFRESH = 2_000;

/** @returns {import("./loader.js").Answer} */
const NOTHING = () => ({x: [], y: [], total: 0});

export class FetchedCurves {
  /** By run and metric. @type {Map<string, Curve>} */
  #curves = new Map();
  #refreshAt = 0;

  /** @param {string[]} metrics those of the chart */
  constructor(metrics) {
    this.metrics = metrics;
  }

  get(/** @type {string} */ run, /** @type {string} */ metric) {
    return this.#curves.get(keyOf(run, metric));
  }

  /** Milliseconds until curves that could not be appended to may be fetched. */
  get wait() {
    return Math.max(0, this.#refreshAt - Date.now());
  }

  /** Returns whether curves of a run have not been fetched yet. */
  lacks(/** @type {string} */ run) {
    return this.metrics.some(metric => !this.#curves.has(keyOf(run, metric)));
  }

  /** Returns whether curves of a run are missing, too coarse or out of date. */
  needs(/** @type {string} */ run, /** @type {number} */ points) {
    return this.metrics.some(metric => {
      const curve = this.get(run, metric);
      return !curve || curve.added > GROWTH * points || (curve.stale && this.wait === 0);
    });
  }

  /**
   * Puts the curves of an answer in the place of those that were before.
   *
   * @param {string[]} asked the runs that were asked for; those that are not in the answer have no values
   * @param {Answers} answers
   * @param {Answers} raw the same curves before they were smoothed, if they are
   */
  put(asked, answers, raw) {
    this.#refreshAt = Date.now() + REFRESH;
    for (const run of asked) {
      for (const metric of this.metrics) {
        const {x, y, min, max, total} = answers(run, metric) ?? NOTHING();
        const before = raw(run, metric);
        const key = keyOf(run, metric);
        this.#curves.set(key, /** @type {any} */ ({
          key, run, metric, x, y, min, max, total, added: 0, stale: false,
          ...(before ? {raw: {x: before.x, y: before.y}} : {}),
        }));
      }
    }
  }

  /**
   * Appends rows that were just logged, or notes that a curve has to be fetched to hold them.
   *
   * @param {string} run
   * @param {any[]} rows objects by names of metrics
   * @param {(row: any) => number | null} xOf
   * @param {Settings} settings
   * @returns {boolean} whether a row was of any of the curves
   */
  grow(run, rows, xOf, {axis, smooth, range}) {
    let changed = false;
    for (const metric of this.metrics) {
      const curve = this.get(run, metric);
      if (!curve) {
        continue;
      }
      for (const row of rows) {
        const value = row[metric];
        const x = xOf(row);
        if (typeof value !== "number" && value !== null || x === null || (range && x > range[1])) {
          continue;
        }
        changed = true;
        if (smooth > 0 || axis === "relative" || x <= (curve.x.at(-1) ?? -Infinity)) {
          curve.stale = true;
          continue;
        }
        curve.x.push(x);
        curve.y.push(value);
        curve.min?.push(value);
        curve.max?.push(value);
        curve.added++;
        curve.total++;
      }
    }
    return changed;
  }

  /** Marks the curves of a run, or of all, as out of date; until new ones come they stay. */
  outdate(/** @type {string | null} */ run) {
    for (const curve of this.#curves.values()) {
      curve.stale ||= run === null || curve.run === run;
    }
    this.#refreshAt = 0;
  }
}

function keyOf(/** @type {string} */ run, /** @type {string} */ metric) {
  return `${run}\n${metric}`;
}
