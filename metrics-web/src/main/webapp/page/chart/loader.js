/**
 * Fetches the curves of all charts that are in view with as few requests as there can be.
 *
 * @module
 */
import {connection, get} from "../api/http.js";

/** @typedef {import("./settings.js").Settings} Settings */
/** @typedef {{x: number[], y: (number | null)[], min?: (number | null)[], max?: (number | null)[], total: number}} Answer */
/** @typedef {(run: string, metric: string) => Answer | undefined} Answers */
/**
 * @typedef {{
 *   wants(): {metrics: string[], runs: string[], settings: Settings, points: number, key: string} | null,
 *   take(answers: Answers, raw: Answers, runs: string[], key: string): void,
 *   fail(problem: import("../api/http.js").Problem, runs: string[], key: string): void
 * }} Wanting
 * What wants curves; nothing if it has them.
 */

/** @typedef {{charts: [Wanting, string][], metrics: Set<string>, runs: string[], settings: Settings, points: number}} Request */

/** The points that a request asks for are rounded up, so that charts of about one width share it. */
const POINTS_STEP = 100;

/** @type {Set<Wanting>} */
const asking = new Set();
let planned = false;

connection.addEventListener("back", plan);

/** Asks for what a chart wants with the next request. */
export function ask(/** @type {Wanting} */ chart) {
  asking.add(chart);
  plan();
}

export function forget(/** @type {Wanting} */ chart) {
  asking.delete(chart);
}

function plan() {
  if (!planned) {
    planned = true;
    queueMicrotask(() => {
      planned = false;
      send();
    });
  }
}

function send() {
  /** @type {Map<string, Request>} */
  const requests = new Map();
  for (const chart of asking) {
    const wants = chart.wants();
    if (wants && wants.runs.length > 0) {
      const points = Math.ceil(wants.points / POINTS_STEP) * POINTS_STEP;
      const {axis, smooth, range} = wants.settings;
      const key = JSON.stringify([axis, smooth, range, points, wants.runs]);
      const request = requests.get(key)
        ?? {charts: [], metrics: new Set(), runs: wants.runs, settings: wants.settings, points};
      request.charts.push([chart, wants.key]);
      wants.metrics.forEach(metric => request.metrics.add(metric));
      requests.set(key, request);
    }
  }
  asking.clear();
  requests.forEach(fetchFor);
}

async function fetchFor(/** @type {Request} */ request) {
  const {axis, smooth, range} = request.settings;
  const query = {
    runs: request.runs,
    metrics: [...request.metrics],
    axis,
    range: range ? `${range[0]}:${range[1]}` : "",
    points: request.points,
  };
  try {
    const [smoothed, raw] = await Promise.all([
      get("api/v2/series", smooth > 0 ? {...query, smooth: `ema:${smooth}`} : query),
      smooth > 0 ? get("api/v2/series", query) : {series: []},
    ]);
    const [answers, before] = [smoothed, raw].map(answersOf);
    request.charts.forEach(([chart, key]) => chart.take(answers, before, request.runs, key));
  } catch (problem) {
    request.charts.forEach(([chart, key]) => {
      chart.fail(/** @type {any} */ (problem), request.runs, key);
      asking.add(chart); // Asked again when the server is back.
    });
  }
}

/** @returns {Answers} */
function answersOf(/** @type {{series: (Answer & {run: string, metric: string})[]}} */ {series}) {
  const found = new Map(series.map(one => [`${one.run}\n${one.metric}`, one]));
  return (run, metric) => found.get(`${run}\n${metric}`);
}
