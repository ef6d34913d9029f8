/**
 * One chart: title, curves and two thin axes; its controls appear when it is pointed at.
 *
 * @module
 */
import {element, inTurn, once, shortened} from "../dom.js";
import {formatNumber} from "../numbers.js";
import {address} from "../state/address.js";
import {isDark} from "../state/choices.js";
import {colourOf, dashesOf} from "../state/colours.js";
import {fullNameOf, runs} from "../state/runs.js";
import {draw} from "./curves.js";
import {FetchedCurves} from "./fetched.js";
import {ask, forget} from "./loader.js";
import {makePlot, NO_DATA} from "./plot.js";
import {settingsOf, zoom} from "./settings.js";

/** @typedef {import("./curves.js").Curve} Curve */

// What only some charts need is fetched when one does.
/** @type {typeof import("./groups.js").means | null} */
let means = null;
const fetchMeans = async () => ({means} = await import("./groups.js"));
/** @type {typeof import("./stages.js") | null} */
let stages = null;
const fetchStages = once(async () => {
  stages = await import("./stages.js");
  const redraw = () => document.querySelectorAll("run-chart").forEach(chart => /** @type {RunChart} */ (chart).highlight());
  stages.knownStages.addEventListener("change", redraw);
  redraw();
});

export class RunChart extends HTMLElement {
  #fetched;
  /** As drawn: grouped, coloured. @type {Curve[]} */
  #curves = [];
  #problem = "";
  /** @type {import("./pointer.js").ChartPointer | null} */
  #pointer = null;
  /** @type {any} */
  #plot = null;
  #plotKey = "";
  #later = inTurn(() => this.#render());
  /** Whether what is on the screen is what there is to show. */
  #drawn = false;
  #timer = 0;
  #size = new ResizeObserver(() => this.#resized());
  /** Whether it is in view or will be soon, so that it has its curves. */
  seen = false;
  #inView = false;
  /** Whether rows were added since it was drawn, as nobody sees it. */
  #behind = false;

  /** @param {string} name @param {string[]} metrics what it shows, of which it is named after the first */
  constructor(name, metrics) {
    super();
    this.name = name;
    this.metrics = metrics;
    this.#fetched = new FetchedCurves(this);
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
        forget(this.#fetched);
        this.#pointer?.leave();
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
    return this.#fetched.isWaiting;
  }

  #draw() {
    this.#drawn = false;
    this.#later();
  }

  /** Whether any of it is in view: what nobody sees is not drawn again for each row. */
  set inView(/** @type {boolean} */ isSo) {
    this.#inView = isSo;
    if (isSo && this.#behind) {
      this.#shape();
    }
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
      ask(this.#fetched);
    }
    this.#shape();
  }

  /** Hears what has come of what was asked for, and what is wrong if anything is. */
  answered(/** @type {string} */ problem) {
    this.#problem = problem;
    this.#refresh();
    this.#shape();
  }

  /** Appends rows that were just logged; a chart that nobody sees fetches them when it is seen. */
  grow(/** @type {string} */ run, /** @type {any[]} */ rows) {
    stages?.knownStages.grew(run, rows);
    if (!this.seen) {
      this.#fetched.outdate(run);
    } else if (this.#fetched.grow(run, rows)) {
      this.#refresh();
      this.#behind = !this.#inView;
      if (this.#inView) {
        this.#shape();
      }
    }
  }

  /** Asks once, when it is time, for curves that could not be appended to. */
  #refresh() {
    const {wait} = this.#fetched;
    if (this.seen && this.#timer === 0 && wait !== null) {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        ask(this.#fetched);
      }, wait);
    }
  }

  /** Fetches the curves of a run anew whose file was replaced, or of all runs; until then they stay. */
  reset(/** @type {string | null} */ run = null) {
    this.#fetched.outdate(run);
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
    this.#behind = false;
    if (!this.#fetched.fits(this.settings.axis)) {
      return; // What is drawn stays until there are curves over the other axis.
    }
    const open = runs.open;
    const dashes = dashesOf(open);
    const several = this.metrics.length > 1;
    const curves = open.flatMap(run => this.metrics.flatMap((metric, place) => {
      const curve = this.#fetched.get(run, metric);
      if (!curve || curve.x.length === 0) {
        return [];
      }
      curve.colour = colourOf(run);
      curve.name = fullNameOf(runs.get(run), run);
      curve.dash = several ? [[], [6, 3], [2, 2], [8, 3, 2, 3]][place % 4] : dashes.get(run) ?? [];
      return [curve];
    }));
    const group = address.run === null ? address.get("group") : "";
    if (group && !means) {
      fetchMeans().then(() => this.#shape());
    }
    this.#curves = group && means
      ? means(curves, run => runs.groupOf(run, group), address.get("band") === "deviation" ? "deviation" : "range")
      : curves;
    this.#draw();
  }

  /** Draws, if it is seen and there is anything to draw. */
  #render() {
    if (!this.seen || !this.isConnected || this.area.clientWidth === 0) {
      return false;
    }
    const settings = this.settings;
    this.#say(settings);
    if (this.#plot && !this.#fetched.fits(settings.axis)) {
      return false;
    }
    if (this.#curves.length === 0 && this.classList.contains("waits")) {
      return false; // Axes without curves would say that there are none.
    }
    const key = JSON.stringify([settings.axis, settings.log, isDark()]);
    if (key !== this.#plotKey || !this.#plot) {
      this.#plot?.destroy();
      this.#plot = makePlot(this, settings, {
        back: () => zoom(this.name, null),
        clear: plot => this.#shade(plot),
        draw: plot => draw(plot, this.#curves, this.settings, runs.highlight),
        point: plot => this.#pointer?.move(plot),
        select: plot => this.#pointer?.select(plot),
        ready: plot => this.#listen(plot),
      });
      this.#plotKey = key;
    }
    this.#plot.setData(NO_DATA, true);
    this.#drawn = true;
    if (!stages && runs.open.length === 1) {
      fetchStages();
    }
    return true;
  }

  /** Shows the stages of a run that is shown alone. */
  #shade(/** @type {any} */ plot) {
    if (runs.open.length === 1) {
      stages?.shade(plot, stages.knownStages.of(runs.open[0], this.settings.axis), getComputedStyle(this));
    }
  }

  /** Listens to the pointer from when it first comes. */
  #listen(/** @type {any} */ plot) {
    this.#pointer = null;
    plot.over.addEventListener("mouseenter", async () => {
      const {ChartPointer} = await import("./pointer.js");
      this.#pointer = new ChartPointer(this, plot);
    }, {once: true});
  }

  #say(/** @type {import("./settings.js").Settings} */ settings) {
    const left = settings.log
      ? this.#curves.reduce((sum, curve) => sum + curve.y.filter(y => y !== null && y <= 0).length, 0) : 0;
    const waits = runs.open.some(run => this.#fetched.lacks(run));
    this.note.textContent = this.#problem ? this.#problem
      : this.#curves.length === 0 && !waits ? settings.range ? "No values in this range" : "No values"
      : left > 0 ? `${formatNumber(left)} points ≤ 0 are not on a log scale`
      : settings.range ? "zoomed; double-click goes back" : "";
    this.classList.toggle("waits", waits && this.#curves.length === 0 && this.#problem === "");
  }

  #resized() {
    if (this.#plot && this.area.clientWidth > 0) {
      this.#plot.setSize({width: this.area.clientWidth, height: this.area.clientHeight});
    }
    if (this.seen) {
      ask(this.#fetched);
      this.#draw();
    }
  }
}

customElements.define("run-chart", RunChart);
