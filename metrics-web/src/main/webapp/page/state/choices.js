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
  #all = read() ?? NOTHING;
  #colours = new Map(this.#all.colours);
  /** Whether what is chosen can be read again: some browsers remember nothing. */
  #remembers = true;

  constructor() {
    super();
    // Another window of this browser has changed something; without a key all was forgotten.
    addEventListener("storage", event => {
      if (event.key === KEY || event.key === null) {
        this.#take(read() ?? NOTHING);
        applyTheme();
        this.dispatchEvent(new Event("change"));
      }
    });
  }

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
    this.#readAgain();
    this.set({hidden: [...this.hidden.add(run)]});
  }

  /** Takes back that a run is hidden. */
  show(/** @type {string} */ run) {
    this.#readAgain();
    this.set({hidden: this.#all.hidden.filter(id => id !== run)});
  }

  choose(/** @type {string} */ run, /** @type {string} */ colour) {
    this.#readAgain();
    this.set({colours: [...this.#colours.set(run, colour)]});
  }

  set(/** @type {Partial<Remembered>} */ changes) {
    this.#readAgain();
    this.#take({...this.#all, ...changes});
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#all));
      this.#remembers = true;
    } catch {
      this.#remembers = false; // It holds until the page is closed.
    }
    this.dispatchEvent(new Event("change"));
  }

  /** Takes what other windows chose, so that it is not overwritten by what was before. */
  #readAgain() {
    if (this.#remembers) {
      this.#take(read() ?? this.#all);
    }
  }

  #take(/** @type {Remembered} */ all) {
    this.#all = all;
    this.#colours = new Map(all.colours);
  }
}

/** @returns {Remembered | null} nothing where it cannot be read */
function read() {
  try {
    return {...NOTHING, ...JSON.parse(localStorage.getItem(KEY) ?? "{}")};
  } catch {
    return null;
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
