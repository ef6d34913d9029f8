/**
 * What the pointer does on a chart: the tooltip, the run that stands out, the zoom, the pick.
 *
 * @module
 */
import {address} from "../state/address.js";
import {runs} from "../state/runs.js";
import {zoom} from "./settings.js";
import {hideTooltip, showTooltip} from "./tooltip.js";

/** Pixels that a drag has to cover to be a zoom; less is a click. */
const NARROWEST_ZOOM = 5;

export class ChartPointer {
  /** Whether the pointer is on this chart: the cursor of others follows it. */
  #inside = true;
  #downAt = 0;

  /** @param {import("./chart.js").RunChart} chart @param {any} plot its uPlot, which the pointer has entered */
  constructor(chart, plot) {
    this.chart = chart;
    const {over} = plot;
    over.addEventListener("mouseenter", () => (this.#inside = true));
    over.addEventListener("mouseleave", () => this.leave());
    over.addEventListener("mousedown", (/** @type {MouseEvent} */ event) => (this.#downAt = event.clientX));
    over.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      // A mean stands for a group, of which there is no one run to go to.
      if (Math.abs(event.clientX - this.#downAt) < NARROWEST_ZOOM && runs.get(runs.highlight ?? "")) {
        chart.dispatchEvent(new CustomEvent("pick", {bubbles: true, detail: runs.highlight}));
      }
    });
    this.move(plot);
  }

  /** Ends what was shown: the pointer has left the chart, or the chart the page. */
  leave() {
    if (this.#inside) {
      this.#inside = false;
      runs.highlight = null;
      hideTooltip();
    }
  }

  /** Shows what is near the cursor. */
  move(/** @type {any} */ plot) {
    if (!this.#inside || plot.cursor.left < 0) {
      return;
    }
    const {curves, metrics, settings} = this.chart;
    const base = address.get("base");
    const curve = showTooltip(plot, curves, {
      axis: settings.axis,
      base: curves.filter(it => it.run === base),
      several: metrics.length > 1,
    });
    runs.highlight = curve?.run ?? null;
  }

  /** Zooms into what was dragged over. */
  select(/** @type {any} */ plot) {
    const {left, width} = plot.select;
    if (this.#inside && width >= NARROWEST_ZOOM) {
      const range = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
      plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
      zoom(this.chart.name, /** @type {[number, number]} */ (range));
    }
  }
}
