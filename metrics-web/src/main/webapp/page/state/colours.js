/**
 * Colours of runs, which stay with a run for ever: they come from its id.
 *
 * Twelve hues of Okabe and Ito's and of Tableau's set, in an order in which neighbours differ for
 * colour-blind eyes too; in the dark theme the same hues, lighter.
 *
 * @module
 */
import {choices, isDark} from "./choices.js";

const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#b5588f", "#8c6d00", "#2b9fd6",
  "#c03d3e", "#6a51a3", "#4d7c0f", "#8c564b", "#00838f", "#6b7280"];
const DARK = ["#4ba3e3", "#f58a3c", "#2fc79a", "#e08cbf", "#d9b52b", "#7cc9f2",
  "#f07a7a", "#a994e0", "#93c34a", "#c69489", "#35bfca", "#a3abb8"];

/** Lines of runs that share a colour, so that they can still be told apart. */
const DASHES = [[], [7, 4], [2, 3], [10, 4, 2, 4]];

export function palette() {
  return isDark() ? DARK : LIGHT;
}

/** Returns the place of a run's colour in the palette. */
function place(/** @type {string} */ run) {
  // FNV-1a, and the end of MurmurHash3, which spreads ids that differ in their last letter only.
  let hash = 0x811c9dc5;
  for (let i = 0; i < run.length; i++) {
    hash = Math.imul(hash ^ run.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % LIGHT.length;
}

/** Returns a run's colour: the one that was chosen, or else its own. */
export function colourOf(/** @type {string} */ run) {
  const chosen = choices.colours.get(run);
  const index = chosen === undefined ? place(run) : LIGHT.indexOf(chosen);
  return index < 0 ? /** @type {string} */ (chosen) : palette()[index];
}

/** Returns what to remember for a colour of the palette in either theme. */
export function lasting(/** @type {string} */ colour) {
  const index = palette().indexOf(colour);
  return index < 0 ? colour : LIGHT[index];
}

/**
 * Returns the dashes of runs that are shown together: none, unless an earlier one has the same
 * colour.
 *
 * @param {string[]} runs
 * @returns {Map<string, number[]>}
 */
export function dashesOf(runs) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return new Map(runs.toSorted().map(run => {
    const colour = colourOf(run);
    const before = seen.get(colour) ?? 0;
    seen.set(colour, before + 1);
    return [run, DASHES[before % DASHES.length]];
  }));
}
