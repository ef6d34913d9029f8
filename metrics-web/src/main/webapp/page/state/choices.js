/**
 * What this browser remembers, and no server: hidden runs, chosen colours, the theme, the table's
 * width.
 *
 * @module
 */

const KEY = "runmetrics";

/**
 * @typedef {{
 *   theme: "" | "light" | "dark", hidden: string[], colours: [string, string][],
 *   tableWidth: number, folded: boolean
 * }} Remembered
 */

/** @type {Remembered} */
const NOTHING = {theme: "", hidden: [], colours: [], tableWidth: 480, folded: false};

class Choices extends EventTarget {
  /** @type {Remembered} */
  #all = read();
  #colours = new Map(this.#all.colours);

  get theme() {
    return this.#all.theme;
  }

  get tableWidth() {
    return this.#all.tableWidth;
  }

  get folded() {
    return this.#all.folded;
  }

  /** @returns {Set<string>} */
  get hidden() {
    return new Set(this.#all.hidden);
  }

  /** The colours that were chosen, by the ids of runs. @returns {ReadonlyMap<string, string>} */
  get colours() {
    return this.#colours;
  }

  hide(/** @type {string} */ run) {
    this.set({hidden: [...this.hidden.add(run)]});
  }

  choose(/** @type {string} */ run, /** @type {string} */ colour) {
    this.set({colours: [...this.#colours.set(run, colour)]});
  }

  set(/** @type {Partial<Remembered>} */ changes) {
    this.#all = {...this.#all, ...changes};
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#all));
    } catch {
      // Some browsers remember nothing; then it holds until the page is closed.
    }
    this.dispatchEvent(new Event("change"));
  }
}

function read() {
  try {
    return {...NOTHING, ...JSON.parse(localStorage.getItem(KEY) ?? "{}")};
  } catch {
    return NOTHING;
  }
}

export const choices = new Choices();

/** Shows the theme that was chosen, or else that of the system. */
export function applyTheme() {
  document.documentElement.dataset.theme = choices.theme;
}

const system = matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  return choices.theme === "dark" || (choices.theme === "" && system.matches);
}
