/**
 * The columns of the table of runs.
 *
 * @module
 */
import {formatNumber, formatSeconds, formatWhole} from "../numbers.js";
import {factOf, fullNameOf} from "../state/runs.js";

/** @typedef {import("../state/runs.js").Run} Run */
/**
 * @typedef {{key: string, title: string, hint: string, value(run: Run): any, text(value: any, run: Run): string, exact?(value: any): string, number: boolean}} Column
 * `text` is what is shown, and `exact` what is said when it is pointed at, where that is not the value
 */

/** More parameters than these make a table that nobody reads; filters find the others. */
const MOST_PARAMETERS = 24;

/** @type {Column} */
const NAME = {
  key: "name", title: "run", hint: "Alias or path, and the end of the id", number: false,
  value: run => fullNameOf(run, run.id), text: value => value,
};

/** @type {Column} */
const STATUS = {
  key: "status", title: "status", hint: "The tracker's word, and how long it trained", number: false,
  value: run => run.status, text: (value, run) => `${value}${lengthOf(run)}`,
};

/** @type {Column} */
const BEST = {
  key: "best", title: "best", hint: "The best value of the metric that the run watched", number: true,
  value: run => run.best_metric_value, text: value => formatNumber(value),
};

/** @type {Column} */
const AGE = {
  key: "age", title: "age", hint: "Since the run was made", number: true,
  value: run => run.created_time === null ? null : -run.created_time,
  text: value => value === null ? "–" : formatSeconds(Math.max(0, Math.round(Date.now() / 1000 + value))),
  exact: value => value === null ? "–" : new Date(-value * 1000).toLocaleString(),
};

/** @type {Column} */
const TAGS = {
  key: "tags", title: "tags", hint: "Words that the user gave", number: false,
  value: run => run.tags.join(" "), text: value => value,
};

/**
 * Returns the columns for some runs: of parameters only those that differ between them, and of each
 * metric in view the best and the last value.
 *
 * @param {Run[]} shown
 * @param {any[]} summary of the metrics of the open runs
 * @param {string[]} metrics whose last and best values are shown
 * @returns {Column[]}
 */
export function columnsOf(shown, summary, metrics) {
  return [
    NAME, STATUS,
    ...(shown.some(run => run.best_metric_value !== null) ? [BEST] : []),
    ...metrics.flatMap(metric => metricColumns(metric, summary)),
    ...differing(shown).map(parameter),
    ...(shown.some(run => run.tags.length > 0) ? [TAGS] : []),
    AGE,
  ];
}

/**
 * Returns the names of parameters that not all runs have the same value of. A run that began while
 * the page is open is not asked: what its parameters are is known when the list is read again.
 *
 * @returns {string[]}
 */
export function differing(/** @type {Run[]} */ shown) {
  /** @type {Map<string, string>} */
  const first = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();
  const differ = new Set();
  const known = shown.filter(run => run.parameters !== undefined);
  for (const run of known) {
    for (const [name, value] of Object.entries(run.parameters ?? {})) {
      const text = textOf(value);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (!first.has(name)) {
        first.set(name, text);
      } else if (first.get(name) !== text) {
        differ.add(name);
      }
    }
  }
  counts.forEach((count, name) => count < known.length && differ.add(name));
  return [...first.keys()].filter(name => differ.has(name)).slice(0, MOST_PARAMETERS);
}

/** @returns {Column} */
function parameter(/** @type {string} */ name) {
  return {
    key: `param.${name}`, title: name, hint: `The parameter ${name}`, number: false,
    value: run => Object.hasOwn(run.parameters ?? {}, name) ? run.parameters?.[name] : null,
    text: value => value === null ? "–" : typeof value === "number" ? formatWhole(value) : textOf(value),
  };
}

/** @returns {Column[]} */
function metricColumns(/** @type {string} */ metric, /** @type {any[]} */ summary) {
  const of = new Map(summary.filter(one => one.metric === metric).map(one => [one.run, one]));
  return [["last", "last"], ["min", "lowest"], ["max", "highest"]].map(([field, word]) => ({
    key: `${field}.${metric}`, title: `${metric} ${word}`, hint: `The ${word} value of ${metric}, of open runs`, number: true,
    value: (/** @type {Run} */ run) => of.get(run.id)?.[field] ?? (field === "last" ? factOf(run, metric) : null),
    text: (/** @type {any} */ value) => typeof value === "number" ? formatNumber(value) : "–",
  }));
}

/** Returns an order of runs by a column; those without a value are last, up and down. */
export function orderBy(/** @type {Column} */ column, /** @type {boolean} */ descending) {
  const sign = descending ? -1 : 1;
  return (/** @type {Run} */ one, /** @type {Run} */ other) => {
    const [a, b] = [column.value(one), column.value(other)];
    const [lacksA, lacksB] = [a === null || a === undefined || a === "", b === null || b === undefined || b === ""];
    if (lacksA || lacksB) {
      return Number(lacksA) - Number(lacksB);
    }
    return sign * (typeof a === "number" && typeof b === "number" ? a - b
      : collator.compare(textOf(a), textOf(b)));
  };
}

const collator = new Intl.Collator(undefined, {numeric: true});

function textOf(/** @type {any} */ value) {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}

function lengthOf(/** @type {Run} */ run) {
  const start = run.start_time ?? run.created_time;
  const end = run.end_time ?? (run.status === "running" ? Date.now() / 1000 : null);
  return start !== null && end !== null && end >= start ? ` ${formatSeconds(Math.round(end - start))}` : "";
}
