/**
 * One chart: title, curves and two thin axes; its controls appear when it is pointed at.
 *
 * @module
 */
import {element, onceAFrame, shortened} from "../dom.js";
import {address} from "../state/address.js";
import {colourOf, dashesOf} from "../state/colours.js";
import {fullNameOf, runs} from "../state/runs.js";
import {draw} from "./curves.js";
import {means} from "./groups.js";
import {ask, forget} from "./loader.js";
import {makePlot, NO_DATA} from "./plot.js";
import {formatNumber, settingsOf, zoom} from "./scales.js";
import {hideTooltip, showTooltip} from "./tooltip.js";

/** @typedef {import("./curves.js").Curve} Curve */
/** @typedef {import("./loader.js").Answer} Answer */

/** A chart that has so many times its points is asked for anew. */
const GROWTH = 2;

/** After points that cannot be appended, as they are smoothed or not in order; milliseconds. */
const REFRESH = 2_000;

const NARROWEST_ZOOM = 5;

export class RunChart extends HTMLElement {
  /** By run and metric, as fetched and grown since. @type {Map<string, Curve>} */
  #fetched = new Map();
  /** As drawn: grouped, coloured. @type {Curve[]} */
  #curves = [];
  #asked = "";
  #refreshAt = 0;
  #problem = "";
  #pointed = false;
  /** @type {any} */
  #plot = null;
  #plotKey = "";
  #later = onceAFrame(() => this.#render());
  /** Whether what is on the screen is what there is to show. */
  #drawn = false;
  #waiting = false;
  #timer = 0;
  #size = new ResizeObserver(() => this.#resized());
  seen = false;

  /** @param {string} name @param {string[]} metrics what it shows, of which it is named after the first */
  constructor(name, metrics) {
    super();
    this.name = name;
    this.metrics = metrics;
    this.tabIndex = 0;
    this.setAttribute("aria-label", `Chart of ${metrics.join(", ")}`);
    this.note = element("span", {class: "note", role: "status"});
    this.area = element("div", {class: "area"});
    this.append(
      element("header", {},
        element("h3", {title: metrics.join("\n")}, shortened(metrics.join(" · "), 60)),
        this.note,
        element("span", {class: "tools"},
          element("button", {class: "pin", title: "Keep on top (p)", "aria-label": `Pin ${name}`, "aria-pressed": String(address.list("pin").includes(name)), onclick: () => this.pin()}, "⌃"),
          element("button", {class: "more", title: "More", "aria-label": `Settings and export of ${name}`, onclick: () => this.openMenu()}, "⋯"))),
      this.area);
  }

  connectedCallback() {
    this.#size.observe(this.area);
  }

  /** Ends it, unless it was only moved. */
  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#size.disconnect();
        clearTimeout(this.#timer);
        forget(this);
        this.#plot?.destroy();
        this.#plot = null;
      }
    });
  }

  /** Whether it shows curves, and the newest that it has. */
  get isDrawn() {
    return this.#drawn && this.#curves.length > 0;
  }

  /** Whether it waits for curves that it asked for. */
  get isWaiting() {
    return this.#waiting;
  }

  #draw() {
    this.#drawn = false;
    this.#later();
  }

  get settings() {
    return settingsOf(this.name);
  }

  get curves() {
    return this.#curves;
  }

  get plot() {
    return this.#plot;
  }

  pin() {
    const pinned = address.list("pin");
    address.set({pin: pinned.includes(this.name) ? pinned.filter(name => name !== this.name) : [...pinned, this.name]});
  }

  async openMenu() {
    const {showMenu} = await import("./menu.js");
    showMenu(this);
  }

  /** Fetches what is missing if it is seen, and draws what there is. */
  update() {
    if (this.seen) {
      ask(this);
    }
    this.#shape();
  }

  /** What the loader is to fetch: the runs whose curves are missing or too coarse. */
  wants() {
    if (!this.seen || !this.isConnected || this.area.clientWidth === 0) {
      return null;
    }
    const settings = this.settings;
    const points = Math.max(100, Math.ceil(this.area.clientWidth));
    const key = JSON.stringify([settings.axis, settings.smooth, settings.range, Math.ceil(points / 200)]);
    const anew = key !== this.#asked;
    const missing = runs.open.filter(run => anew || this.metrics.some(metric => {
      const curve = this.#fetched.get(`${run}\n${metric}`);
      return !curve || curve.added > GROWTH * points || (curve.stale && Date.now() >= this.#refreshAt);
    }));
    if (missing.length === 0) {
      return null;
    }
    this.#asked = key;
    this.#waiting = true;
    return {metrics: this.metrics, runs: missing, settings, points, key};
  }

  /** Takes the curves of an answer that are its own. */
  take(/** @type {Answer[]} */ answers, /** @type {Answer[]} */ raw, /** @type {string[]} */ asked, /** @type {string} */ key) {
    if (key !== this.#asked) {
      return; // The answer to an older question.
    }
    this.#waiting = false;
    this.#problem = "";
    this.#refreshAt = Date.now() + REFRESH;
    for (const run of asked) {
      for (const metric of this.metrics) {
        const same = (/** @type {Answer} */ it) => it.run === run && it.metric === metric;
        const {x, y, min, max, total} = answers.find(same) ?? {x: [], y: [], total: 0};
        const before = raw.find(same);
        this.#fetched.set(`${run}\n${metric}`, /** @type {any} */ ({
          key: `${run}\n${metric}`, run, metric, x, y, min, max, total, added: 0, stale: false,
          ...(before ? {raw: {x: before.x, y: before.y}} : {}),
        }));
      }
    }
    this.#shape();
  }

  fail(/** @type {import("../api/http.js").Problem} */ problem) {
    this.#problem = problem.status === 404 ? "" : problem.message;
    this.#asked = "";
    this.#waiting = false;
    this.#draw();
  }

  /**
   * Appends rows that were just logged.
   *
   * @param {string} run
   * @param {any[]} rows objects by names of metrics
   * @param {(row: any) => number | null} xOf
   */
  grow(run, rows, xOf) {
    const {axis, smooth, range} = this.settings;
    let changed = false;
    for (const metric of this.metrics) {
      const curve = this.#fetched.get(`${run}\n${metric}`);
      for (const row of curve ? rows : []) {
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
    if (changed) {
      this.#refresh();
      this.#shape();
    }
  }

  /** Asks once, when it is time, for curves that could not be appended to. */
  #refresh() {
    if (this.seen && this.#timer === 0) {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        ask(this);
      }, Math.max(0, this.#refreshAt - Date.now()));
    }
  }

  /** Fetches the curves of a run anew whose file was replaced, or of all runs; until then they stay. */
  reset(/** @type {string | null} */ run = null) {
    for (const curve of this.#fetched.values()) {
      curve.stale ||= run === null || curve.run === run;
    }
    this.#refreshAt = 0;
    this.update();
  }

  /** Draws again in other colours. */
  recolour() {
    this.#shape();
  }

  /** Draws the same curves again, of which another one stands out: neither ranges nor means change. */
  highlight() {
    this.#plot?.redraw(false, false);
  }

  #shape() {
    const open = runs.open;
    const dashes = dashesOf(open);
    const several = this.metrics.length > 1;
    const curves = open.flatMap(run => this.metrics.flatMap((metric, place) => {
      const curve = this.#fetched.get(`${run}\n${metric}`);
      if (!curve || curve.x.length === 0) {
        return [];
      }
      curve.colour = colourOf(run);
      curve.name = fullNameOf(runs.get(run), run);
      curve.dash = several ? [[], [6, 3], [2, 2], [8, 3, 2, 3]][place % 4] : dashes.get(run) ?? [];
      return [curve];
    }));
    const group = address.get("group");
    this.#curves = group && address.run === null
      ? means(curves, run => runs.groupOf(run, group), address.get("band") === "deviation" ? "deviation" : "range")
      : curves;
    this.#draw();
  }

  #render() {
    if (!this.seen || !this.isConnected || this.area.clientWidth === 0) {
      return;
    }
    const settings = this.settings;
    this.#say(settings);
    if (this.#curves.length === 0 && this.classList.contains("waits")) {
      return; // Axes without curves would say that there are none.
    }
    const key = JSON.stringify([settings.axis, settings.log, document.documentElement.dataset.theme]);
    if (key !== this.#plotKey || !this.#plot) {
      this.#plot?.destroy();
      this.#plot = makePlot(this, settings, {
        back: () => zoom(this.name, null),
        draw: plot => draw(plot, this.#curves, this.settings, runs.highlight),
        point: plot => this.#point(plot),
        select: plot => this.#select(plot),
        ready: plot => this.#listen(plot),
      });
      this.#plotKey = key;
    }
    this.#plot.setData(NO_DATA, true);
    this.#drawn = true;
  }

  #listen(/** @type {any} */ plot) {
    plot.over.addEventListener("mouseenter", () => (this.#pointed = true));
    plot.over.addEventListener("mouseleave", () => {
      this.#pointed = false;
      runs.highlight = null;
      hideTooltip();
    });
    let downAt = 0;
    plot.over.addEventListener("mousedown", (/** @type {MouseEvent} */ event) => (downAt = event.clientX));
    plot.over.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (Math.abs(event.clientX - downAt) < NARROWEST_ZOOM && runs.highlight !== null) {
        this.dispatchEvent(new CustomEvent("pick", {bubbles: true, detail: runs.highlight}));
      }
    });
  }

  #point(/** @type {any} */ plot) {
    if (!this.#pointed || plot.cursor.left < 0) {
      return;
    }
    const base = address.get("base");
    const curve = showTooltip(plot, this.#curves, {
      axis: this.settings.axis,
      base: this.#curves.filter(it => it.run === base),
      several: this.metrics.length > 1,
    });
    runs.highlight = curve?.run ?? null;
  }

  #select(/** @type {any} */ plot) {
    const {left, width} = plot.select;
    if (width >= NARROWEST_ZOOM) {
      const range = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
      plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
      zoom(this.name, /** @type {[number, number]} */ (range));
    }
  }

  #say(/** @type {import("./scales.js").Settings} */ settings) {
    const left = settings.log
      ? this.#curves.reduce((sum, curve) => sum + curve.y.filter(y => y !== null && y <= 0).length, 0) : 0;
    const waits = runs.open.some(run => this.metrics.some(metric => !this.#fetched.has(`${run}\n${metric}`)));
    this.note.textContent = this.#problem ? this.#problem
      : this.#curves.length === 0 && !waits ? settings.range ? "No values in this range" : "No values"
      : left > 0 ? `${formatNumber(left)} values ≤ 0 are not on a log scale`
      : settings.range ? "zoomed; double-click goes back" : "";
    this.classList.toggle("waits", waits && this.#curves.length === 0 && this.#problem === "");
  }

  #resized() {
    if (this.#plot && this.area.clientWidth > 0) {
      this.#plot.setSize({width: this.area.clientWidth, height: this.area.clientHeight});
    }
    if (this.seen) {
      ask(this);
      this.#draw();
    }
  }
}

customElements.define("run-chart", RunChart);
