/**
 * The curves of a chart as the server gave them, grown since by the rows that were pushed.
 *
 * @module
 */
import {runs} from "../state/runs.js";

/** @typedef {import("./curves.js").Curve} Curve */
/** @typedef {import("./loader.js").Answer} Answer */
/** @typedef {import("./loader.js").Answers} Answers */
/** @typedef {import("./settings.js").Settings} Settings */

/** A curve that came live to so many times the points of a chart is asked for anew. */
const GROWTH = 2;

/** So long a curve stays that points could not be appended to, as it is smoothed; milliseconds. */
const REFRESH = 2_000;

const FEWEST = 100;

/** @returns {Answer} */
const NOTHING = () => ({x: [], y: [], total: 0});

export class FetchedCurves {
  /** By run and metric. @type {Map<string, Curve>} */
  #curves = new Map();
  /** What was pushed of runs since they were asked for: the answer may hold it or not. @type {Map<string, any[]>} */
  #asked = new Map();
  /** What was asked for last, apart from the runs. */
  #key = "";
  #refreshAt = 0;
  #axis = "";

  /** @param {import("./chart.js").RunChart} chart whose curves they are, which hears what has come of a question */
  constructor(chart) {
    this.chart = chart;
    this.metrics = chart.metrics;
  }

  get(/** @type {string} */ run, /** @type {string} */ metric) {
    return this.#curves.get(keyOf(run, metric));
  }

  /** Returns whether the curves lie over an axis, or there are none. */
  fits(/** @type {string} */ axis) {
    return this.#curves.size === 0 || axis === this.#axis;
  }

  /** Whether answers are awaited. */
  get isWaiting() {
    return this.#asked.size > 0;
  }

  /** Milliseconds until curves may be fetched again that are out of date; nothing if none is. */
  get wait() {
    const points = this.#points;
    const isBehind = [...this.#curves.values()].some(curve => curve.stale || curve.added > GROWTH * points);
    return isBehind ? Math.max(0, this.#refreshAt - Date.now()) : null;
  }

  get #points() {
    return Math.max(FEWEST, Math.ceil(this.chart.area.clientWidth));
  }

  /** Returns whether curves of a run have not been fetched yet. */
  lacks(/** @type {string} */ run) {
    return this.metrics.some(metric => !this.#curves.has(keyOf(run, metric)));
  }

  /** What the loader is to fetch: the runs whose curves are missing, too coarse or out of date. */
  wants() {
    const {chart} = this;
    if (!chart.seen || !chart.isConnected || chart.area.clientWidth === 0) {
      return null;
    }
    const settings = chart.settings;
    const points = this.#points;
    const key = JSON.stringify([settings.axis, settings.smooth, settings.range, Math.ceil(points / 200)]);
    const anew = key !== this.#key;
    this.#keep(runs.open);
    const missing = runs.open.filter(run => anew || this.#needs(run, points));
    if (missing.length === 0) {
      return null;
    }
    if (anew) {
      this.#asked.clear();
    }
    this.#key = key;
    missing.forEach(run => this.#asked.set(run, []));
    return {metrics: this.metrics, runs: missing, settings, points, key};
  }

  #needs(/** @type {string} */ run, /** @type {number} */ points) {
    return !this.#asked.has(run) && this.metrics.some(metric => {
      const curve = this.get(run, metric);
      return !curve || curve.added > GROWTH * points || (curve.stale && Date.now() >= this.#refreshAt);
    });
  }

  /** Forgets the curves of all other runs: when these are opened again they are fetched again. */
  #keep(/** @type {string[]} */ open) {
    for (const [key, curve] of this.#curves) {
      if (!open.includes(curve.run)) {
        this.#curves.delete(key);
      }
    }
  }

  /**
   * Puts the curves of an answer in the place of those that were before.
   *
   * @param {Answers} answers
   * @param {Answers} raw the same curves before they were smoothed, if they are
   * @param {string[]} asked the runs that were asked for; those that are not in the answer have no values
   * @param {string} key what was asked for
   */
  take(answers, raw, asked, key) {
    if (key === this.#key) {
      this.#put(answers, raw, asked);
      this.chart.answered("");
    }
  }

  /** Takes that there is no answer; what there was stays. */
  fail(/** @type {import("../api/http.js").Problem} */ problem, /** @type {string[]} */ asked, /** @type {string} */ key) {
    if (key !== this.#key) {
      return; // To an older question.
    }
    if (problem.status === 400) {
      // Such as an x that these runs have no values of; asked again the server says the same.
      this.#put(() => undefined, () => undefined, asked);
    } else {
      asked.forEach(run => this.#asked.delete(run));
      this.#key = "";
    }
    // What holds for the whole page is said at its top.
    const isKnown = [...this.#curves.values()].some(curve => curve.x.length > 0);
    this.chart.answered(isKnown || problem.isTold || problem.status === 404 ? "" : problem.message);
  }

  #put(/** @type {Answers} */ answers, /** @type {Answers} */ raw, /** @type {string[]} */ asked) {
    const {settings} = this.chart;
    if (!this.fits(settings.axis)) {
      this.#curves.clear();
    }
    this.#axis = settings.axis;
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
      const pushed = this.#asked.get(run) ?? [];
      this.#asked.delete(run);
      this.#append(run, pushed, settings, true);
    }
  }

  /**
   * Appends rows that were just logged, or notes that a curve has to be fetched to hold them.
   *
   * @param {string} run
   * @param {any[]} rows objects by names of metrics
   * @returns {boolean} whether a row was of any of the curves
   */
  grow(run, rows) {
    const {settings} = this.chart;
    this.#asked.get(run)?.push(...rows);
    return this.fits(settings.axis) && this.#append(run, rows, settings, false);
  }

  /** @param {string} run @param {any[]} rows @param {Settings} settings @param {boolean} mayBeThere whether the curves may hold the rows */
  #append(run, rows, settings, mayBeThere) {
    let changed = false;
    for (const metric of this.metrics) {
      const curve = this.get(run, metric);
      for (const row of curve ? rows : []) {
        changed = append(/** @type {Curve} */ (curve), row, settings, mayBeThere) || changed;
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

/** @param {Curve} curve @param {any} row @param {Settings} settings @param {boolean} mayBeThere */
function append(curve, row, {axis, smooth, range}, mayBeThere) {
  const value = row[curve.metric];
  const x = axis === "step" ? row.global_step ?? null : axis === "relative" ? null : row[axis] ?? null;
  const isClock = axis === "time" || axis === "relative";
  if (typeof value !== "number" && value !== null || (x === null && !isClock) || (x !== null && range && x > range[1])) {
    return false;
  }
  const isAfter = x !== null && x > (curve.x.at(-1) ?? -Infinity);
  if (mayBeThere && x !== null && !isAfter) {
    return false;
  }
  // Only the server knows when a row was that bears no time, and what comes of one that is smoothed.
  if (smooth > 0 || !isAfter) {
    curve.stale = true;
    return true;
  }
  curve.x.push(x);
  curve.y.push(value);
  curve.min?.push(value);
  curve.max?.push(value);
  curve.added++;
  curve.total++;
  return true;
}

function keyOf(/** @type {string} */ run, /** @type {string} */ metric) {
  return `${run}\n${metric}`;
}
