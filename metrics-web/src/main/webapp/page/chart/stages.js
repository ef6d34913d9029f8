/**
 * The stages of a run, such as warm-up and training: shades under its curves, from step to step.
 *
 * @module
 */
import {get} from "../api/http.js";
import {throttled} from "../dom.js";

/** @typedef {{run: string, stage: string, from: number, to: number, events: number}} Stage */

/** The axes on which stages have a place. */
const AXES = new Set(["step", "time", "relative"]);

const REFRESH = 1_000;

/** After a failure nothing is asked for so long. */
const REST = 10_000;

/** Pixels around a name; one that has no room is left out. */
const ROOM = 5;

/** All stages that were asked for; sends `change` when there are new ones. */
class KnownStages extends EventTarget {
  /** By run and axis. @type {Map<string, Stage[]>} */
  #known = new Map();
  #again = throttled(REFRESH, () => [...this.#known.keys()].forEach(key => this.#fetch(key)));

  /** Returns those that are known, and asks for those that are not. @returns {Stage[]} */
  of(/** @type {string} */ run, /** @type {string} */ axis) {
    const key = JSON.stringify([run, axis]);
    if (AXES.has(axis) && !this.#known.has(key)) {
      // Only those of one run are ever shown, though on several axes.
      [...this.#known.keys()].filter(other => JSON.parse(other)[0] !== run).forEach(other => this.#known.delete(other));
      this.#known.set(key, []);
      this.#fetch(key);
    }
    return this.#known.get(key) ?? [];
  }

  /** Asks anew when a row begins a stage. */
  grew(/** @type {string} */ run, /** @type {any[]} */ rows) {
    const logged = rows.map(row => row.stage).filter(stage => typeof stage === "string");
    for (const [key, stages] of this.#known) {
      if (JSON.parse(key)[0] === run && logged.some(stage => stage !== stages.at(-1)?.stage)) {
        this.#again();
      }
    }
  }

  async #fetch(/** @type {string} */ key) {
    const [run, axis] = JSON.parse(key);
    try {
      const answer = await get("api/v2/stages", {runs: [run], axis});
      if (this.#known.has(key)) {
        this.#known.set(key, answer.stages);
        this.dispatchEvent(new Event("change"));
      }
    } catch {
      // The curves say what is wrong; without stages nothing is shaded.
      setTimeout(() => this.#known.delete(key), REST);
    }
  }
}

export const knownStages = new KnownStages();

/** Shades every second stage, from its first step to that of the next, and names them. */
export function shade(/** @type {any} */ plot, /** @type {Stage[]} */ stages, /** @type {CSSStyleDeclaration} */ style) {
  if (stages.length < 2) {
    return;
  }
  const {ctx: context, bbox: {left, top, width, height}} = plot;
  const ratio = devicePixelRatio || 1;
  const {min, max} = plot.scales.x;
  const place = (/** @type {number} */ x) =>
    left + width * Math.max(0, Math.min(1, (x - min) / (max - min)));
  context.save();
  context.font = `${10 * ratio}px system-ui`;
  context.textAlign = "left";
  context.textBaseline = "top";
  stages.forEach((stage, i) => {
    const from = place(stage.from);
    const to = place(stages[i + 1]?.from ?? Infinity);
    if (to <= from) {
      return;
    }
    if (i % 2 === 0) {
      context.fillStyle = style.getPropertyValue("--shade");
      context.fillRect(from, top, to - from, height);
    }
    if (context.measureText(stage.stage).width + 2 * ROOM * ratio <= to - from) {
      context.fillStyle = style.getPropertyValue("--dim");
      context.fillText(stage.stage, from + ROOM * ratio, top + 2 * ratio);
    }
  });
  context.restore();
}
