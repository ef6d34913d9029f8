/**
 * The charts of the open runs, in sections by the first part of their names, pinned ones on top.
 *
 * @module
 */
import {connection, get} from "../api/http.js";
import {RunStream} from "../api/stream.js";
import {RunChart} from "../chart/chart.js";
import {joinedMetrics} from "../chart/settings.js";
import {element, onceAFrame, throttled} from "../dom.js";
import {address, runHref} from "../state/address.js";
import {choices} from "../state/choices.js";
import {parseFilter} from "../state/filter.js";
import {fullNameOf, runs} from "../state/runs.js";

/** Charts are fetched before they are in view by so much. */
const MARGIN = "400px";

/**
 * Rows that are pushed within so many milliseconds after others are drawn together: painting is
 * what a page that is left open takes of a core.
 */
const WINDOW = 250;

/** What is known of the metrics is asked for again so long after a new one, and after any row. */
const SOON = 3_000;
const LATER = 15_000;

/** What a stream takes. */
const MOST_STREAMED = 50;

/** The tracker's words for runs that have ended. */
const FINAL = new Set(["finished", "failed", "interrupted"]);

export class RunCharts extends HTMLElement {
  /** @type {Map<string, RunChart>} */
  #charts = new Map();
  /** Of the open runs, in the order in which they were first logged. @type {string[]} */
  #metrics = [];
  /** What is known of each metric of each open run. @type {any[]} */
  summary = [];
  /** Open runs that there are not, or of which nothing can be read. @type {string[]} */
  #missing = [];
  #summaryOf = "";
  #loaded = false;
  #problem = "";
  #layout = "";
  #update = onceAFrame(() => this.#show());
  #soon = throttled(SOON, () => this.#load());
  #later = throttled(LATER, () => this.#load());
  /** All that was ever pushed, text and clocks too, which have no charts. @type {Set<string>} */
  #columns = new Set();
  /** What was pushed and not drawn yet, by runs. @type {Map<string, any[]>} */
  #rows = new Map();
  #drawsLater = false;
  /** The runs that the stream tells of. @type {string[]} */
  #streamed = [];
  #seen = new IntersectionObserver(entries => entries.forEach(entry => {
    const chart = /** @type {RunChart} */ (entry.target);
    if (chart.seen !== entry.isIntersecting) {
      chart.seen = entry.isIntersecting;
      chart.update();
    }
  }), {root: this, rootMargin: MARGIN});
  #inView = new IntersectionObserver(entries => entries.forEach(entry => {
    /** @type {RunChart} */ (entry.target).inView = entry.isIntersecting;
  }));
  #stream = new RunStream({
    rows: data => this.#took(data),
    reset: data => this.#charts.forEach(chart => chart.reset(data.run)),
    status: data => runs.get(data.run) && runs.changed(/** @type {any} */ ({id: data.run, status: data.status})),
    run: data => runs.changed(data),
    removed: data => runs.removed(data.id),
  }, begun => {
    // What was logged after the curves were fetched and before the stream began is in neither.
    this.#fetchAgain(begun);
    runs.reload();
  });
  #leave = new AbortController();

  connectedCallback() {
    const {signal} = this.#leave;
    address.addEventListener("change", this.#update, {signal});
    runs.addEventListener("change", this.#update, {signal});
    runs.addEventListener("highlight", () => this.#visible(chart => chart.highlight()), {signal});
    choices.addEventListener("change", () => this.#visible(chart => chart.recolour()), {signal});
    connection.addEventListener("back", () => {
      this.#summaryOf = "";
      this.#charts.forEach(chart => chart.reset());
      this.#update();
    }, {signal});
    this.#show();
  }

  disconnectedCallback() {
    this.#leave.abort();
    this.#stream.close();
    this.#seen.disconnect();
    this.#inView.disconnect();
  }

  #visible(/** @type {(chart: RunChart) => void} */ action) {
    this.#charts.forEach(chart => chart.seen && action(chart));
  }

  #fetchAgain(/** @type {string[]} */ some) {
    some.forEach(run => this.#charts.forEach(chart => chart.reset(run)));
  }

  /** The metrics of the open runs, those without a chart in view too. */
  get metrics() {
    return this.#metrics;
  }

  #show() {
    if (!runs.loaded && !address.has("runs") && address.run === null) {
      this.#arrange();
      return; // Which runs are open is not known yet.
    }
    const open = runs.open;
    const key = JSON.stringify(open);
    if (key !== this.#summaryOf) {
      this.#summaryOf = key;
      this.#load();
    }
    const growing = this.#growing(open);
    // The last rows of a run that has just ended may come after the news of its end.
    this.#fetchAgain(this.#streamed.filter(run => open.includes(run) && !growing.includes(run)));
    this.#streamed = growing;
    this.#stream.listen(growing, []);
    this.#arrange();
    this.#charts.forEach(chart => chart.update());
  }

  /** The open runs that may grow; which these are is known when the list of runs is. */
  #growing(/** @type {string[]} */ open) {
    return !runs.loaded ? [] : open.filter(id => !FINAL.has(runs.get(id)?.status ?? "")).slice(0, MOST_STREAMED);
  }

  /** Asks which metrics the open runs have. */
  async #load() {
    const open = runs.open;
    if (open.length === 0) {
      this.summary = [];
      this.#missing = [];
      this.#metrics = [];
      this.#loaded = true;
      this.#arrange();
      return;
    }
    try {
      const answer = await get("api/v2/summary", {runs: open});
      if (JSON.stringify(runs.open) !== JSON.stringify(open)) {
        return; // The answer to an older question.
      }
      this.summary = answer.summary;
      this.#missing = answer.missing.runs;
      this.#metrics = [...new Set(/** @type {string[]} */ (answer.summary.map((/** @type {any} */ one) => one.metric)))]
        .filter(metric => metric !== "global_step" && metric !== "step");
      this.#problem = "";
    } catch (problem) {
      this.#problem = /** @type {any} */ (problem).message;
      this.#summaryOf = "";
    }
    this.#loaded = true;
    this.dispatchEvent(new CustomEvent("summary", {bubbles: true}));
    this.#arrange();
    this.#charts.forEach(chart => chart.update());
  }

  /** Makes the charts and puts them into their sections, if these are other ones than before. */
  #arrange() {
    const filter = parseFilter(address.get("m")).matches;
    const joined = joinedMetrics();
    const inOthers = new Set([...joined.values()].flat());
    const names = this.#metrics.filter(metric => !inOthers.has(metric) && filter(metric));
    const pinned = address.list("pin").filter(name => names.includes(name));
    const big = address.get("chart");
    const sections = big && this.#metrics.includes(big) ? new Map([["", [big]]]) : sectionsOf(names, pinned);
    const folded = new Set(address.list("fold"));
    const layout = JSON.stringify([[...sections], [...folded], [...joined], big, this.#state(), this.#unreadable]);
    if (layout === this.#layout) {
      return;
    }
    this.#layout = layout;
    this.classList.toggle("big", big !== "");
    const kept = new Map();
    const parts = [...sections].map(([title, metrics]) => {
      const open = !folded.has(title);
      const charts = open ? metrics.map(name => {
        const wanted = [name, ...joined.get(name) ?? []].filter(metric => this.#metrics.includes(metric));
        const before = this.#charts.get(name);
        const same = before && JSON.stringify(before.metrics) === JSON.stringify(wanted);
        const chart = same ? before : new RunChart(name, wanted);
        chart.querySelector(".pin")?.setAttribute("aria-pressed", String(pinned.includes(name)));
        kept.set(name, chart);
        return chart;
      }) : [];
      return element("section", {"data-section": title},
        sections.size > 1 && element("h2", {}, element("button", {"aria-expanded": String(open), onclick: () => fold(title, open)},
          `${open ? "▾" : "▸"} ${title} `, element("span", {class: "dim"}, `(${metrics.length})`))),
        element("div", {class: "grid"}, ...charts));
    });
    for (const [name, chart] of this.#charts) {
      if (kept.get(name) !== chart) {
        [this.#seen, this.#inView].forEach(observer => observer.unobserve(chart));
      }
    }
    this.#charts = kept;
    this.replaceChildren(...this.#damaged(), ...parts, ...this.#said());
    kept.forEach(chart => [this.#seen, this.#inView].forEach(observer => observer.observe(chart)));
  }

  #state() {
    return this.#problem ? this.#problem : !this.#loaded ? "loading"
      : runs.open.length === 0 ? "none" : this.#metrics.length === 0 ? "empty" : "";
  }

  get #unreadable() {
    return this.#missing.filter(id => runs.get(id));
  }

  /** Which of the open runs cannot be read, and where it is said why. */
  #damaged() {
    return this.#unreadable.map(id => element("p", {class: "damaged"}, "The events of ",
      element("a", {href: runHref(id, "about")}, fullNameOf(runs.get(id), id)), " cannot be read."));
  }

  /** What is said where there are no charts. */
  #said() {
    switch (this.#state()) {
      case "": return [];
      case "loading": return [element("div", {class: "grid"}, ...Array.from({length: 4}, () => element("div", {class: "skeleton"})))];
      case "none": return [element("p", {class: "empty"}, "Open the eye of a run on the left to see its curves.")];
      case "empty": return [element("p", {class: "empty"}, "Nothing has been logged yet. Curves appear here with the first step.")];
      default: return [element("p", {class: "empty", role: "alert"}, this.#problem)];
    }
  }

  /** Gathers pushed rows: many rows a second are drawn a few times a second. */
  #took(/** @type {{run: string, rows: any[], columns: string[]}} */ data) {
    this.#rows.set(data.run, (this.#rows.get(data.run) ?? []).concat(data.rows));
    if (!this.#drawsLater) {
      this.#append();
    }
    if (data.columns.some(name => !this.#columns.has(name) && !this.#metrics.includes(name))) {
      this.#soon();
    }
    data.columns.forEach(name => this.#columns.add(name));
    this.#later();
  }

  /** Adds what was pushed to the charts: at once what comes alone, together what comes after it. */
  #append() {
    const gathered = this.#rows;
    this.#rows = new Map();
    gathered.forEach((rows, run) => this.#charts.forEach(chart => chart.grow(run, rows)));
    this.#drawsLater = gathered.size > 0;
    if (this.#drawsLater) {
      setTimeout(() => this.#append(), WINDOW);
    }
  }
}

customElements.define("run-charts", RunCharts);

/** @returns {Map<string, string[]>} */
function sectionsOf(/** @type {string[]} */ metrics, /** @type {string[]} */ pinned) {
  const rest = metrics.filter(metric => !pinned.includes(metric));
  const sections = Map.groupBy(rest, metric => (metric.includes("/") ? `${metric.split("/")[0]}/` : "metrics"));
  return pinned.length > 0 ? new Map([["pinned", pinned], ...sections]) : sections;
}

function fold(/** @type {string} */ section, /** @type {boolean} */ isOpen) {
  const folded = address.list("fold");
  address.set({fold: isOpen ? [...folded, section] : folded.filter(name => name !== section)});
}

