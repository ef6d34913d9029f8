/**
 * All runs that the server has, kept up to date by its stream, and which of them are open.
 *
 * @module
 */
import {get, runPath} from "../api/http.js";
import {throttled} from "../dom.js";
import {address} from "./address.js";
import {choices} from "./choices.js";
import {parseFilter} from "./filter.js";

/**
 * @typedef {{
 *   id: string, path: string, alias: string | null, status: string, created_time: number | null,
 *   start_time?: number | null, end_time?: number | null, tags: string[],
 *   best_metric_name: string | null, best_metric_value: number | null,
 *   last_event_age_seconds: number | null, exit_reason: string | null,
 *   parameters?: Record<string, any>, summary?: Record<string, any>
 * }} Run
 */

/** So many are opened where the address names none. */
const OPEN_AT_FIRST = 6;

const PAGE = 1000;

/** Milliseconds until the list is asked for again after a stream began. */
const RELOAD = 2_000;

class Runs extends EventTarget {
  /** @type {Map<string, Run>} */
  #runs = new Map();
  loaded = false;
  /** The run that is pointed at anywhere. @type {string | null} */
  #highlight = null;
  /** What was open at first where the address names no runs; it does not change by itself. @type {string[] | null} */
  #chosen = null;
  /** What the stream told while the list was on its way, which may be older. @type {(() => void)[]} */
  #meanwhile = [];
  #loading = 0;
  /** One question after the other, as many runs may begin at once. */
  #facts = Promise.resolve();

  /** What follows from the runs, the address and the browser's choices, until one of them changes. */
  #shown = /** @type {Run[] | null} */ (null);
  #open = /** @type {string[] | null} */ (null);

  constructor() {
    super();
    const forget = () => (this.#shown = this.#open = null);
    ["change", "place"].forEach(event => address.addEventListener(event, forget));
    choices.addEventListener("change", forget);
    this.addEventListener("change", forget);
  }

  /** Newest first. @returns {Run[]} */
  get all() {
    return [...this.#runs.values()];
  }

  get(/** @type {string} */ id) {
    return this.#runs.get(id);
  }

  /** Asks for the list, page by page; at first the newest are shown alone. */
  async load() {
    const found = new Map();
    this.#loading++;
    try {
      await this.#loadInto(found);
    } catch (failure) {
      // What was told meanwhile holds already; told again after a later list it would be older.
      if (this.#loading === 1) {
        this.#meanwhile = [];
      }
      throw failure;
    } finally {
      this.#loading--;
    }
    this.#runs = found;
    this.loaded = true;
    this.#chosen ??= this.#choose();
    this.#meanwhile.splice(0).forEach(again => again());
    this.dispatchEvent(new Event("change"));
  }

  async #loadInto(/** @type {Map<string, Run>} */ found) {
    for (let page = 1; ; page++) {
      const answer = await get("api/v2/experiments", {page, per_page: PAGE, fields: ["parameters", "summary"]});
      answer.experiments.forEach((/** @type {Run} */ run) => found.set(run.id, run));
      if (!answer.has_next) {
        break;
      }
      if (page === 1 && !this.loaded) {
        this.#runs = new Map(found);
        this.dispatchEvent(new Event("change"));
      }
    }
  }

  /** Asks for the list again, as the stream may not have told of all changes. */
  reload = throttled(RELOAD, () => this.load().catch(() => {
    // What is wrong is said at the top; the list is asked for again when the server is back.
  }));

  /** Takes what the stream says of a run. */
  changed(/** @type {Run} */ run) {
    this.#remember(() => this.changed(run));
    const before = this.#runs.get(run.id);
    if (before) {
      this.#runs.set(run.id, {...before, ...run});
    } else {
      this.#runs = new Map([[run.id, run], ...this.#runs]);
      this.#begun(run);
    }
    this.dispatchEvent(new Event("change"));
  }

  removed(/** @type {string} */ id) {
    this.#remember(() => this.removed(id));
    if (this.#runs.delete(id)) {
      this.dispatchEvent(new Event("change"));
    }
  }

  #remember(/** @type {() => void} */ again) {
    if (this.#loading > 0) {
      this.#meanwhile.push(again);
    }
  }

  /** Opens a run that begins to train under an open page, and asks for what the stream does not tell. */
  #begun(/** @type {Run} */ run) {
    if (this.#chosen && run.status === "running" && !this.#chosen.includes(run.id)) {
      this.#chosen = [...this.#chosen, run.id];
    }
    this.#facts = this.#facts.then(async () => {
      try {
        const {parameters, summary} = await get(runPath(run.id));
        const now = this.#runs.get(run.id);
        if (now) {
          this.#runs.set(run.id, {...now, parameters, summary});
          this.dispatchEvent(new Event("change"));
        }
      } catch {
        // It may be gone again; the next list tells.
      }
    });
  }

  /** The runs whose eyes are open, those of a group at the workspace included. @returns {string[]} */
  get open() {
    return (this.#open ??= this.#openNow());
  }

  #openNow() {
    if (address.run !== null) {
      return [address.run, ...address.list("with").filter(id => id !== address.run)];
    }
    return address.has("runs") ? address.list("runs").filter(id => id !== "none") : this.#first();
  }

  isOpen(/** @type {string} */ id) {
    return this.open.includes(id);
  }

  /** Opens and closes eyes. */
  setOpen(/** @type {string[]} */ ids, /** @type {boolean} */ isOpen) {
    const now = new Set(this.open);
    ids.forEach(id => (isOpen ? now.add(id) : now.delete(id)));
    address.set({runs: now.size === 0 ? "none" : [...now]});
  }

  /** The runs that the filter lets through and that are not hidden. @returns {Run[]} */
  get shown() {
    return (this.#shown ??= this.#shownNow());
  }

  #shownNow() {
    const filter = parseFilter(address.get("q"));
    const hidden = address.flag("hidden") ? new Set() : choices.hidden;
    return this.all.filter(run => !hidden.has(run.id) && filter.matches(textOf(run), factsOf(run)));
  }

  /** Returns the group of a run by what runs are grouped by: `path`, `status`, `tag` or a parameter. */
  groupOf(/** @type {string} */ id, /** @type {string} */ by) {
    const run = this.#runs.get(id);
    if (by === "path") {
      return run?.path || "no path";
    }
    if (by === "tag") {
      return run?.tags[0] ?? "no tag";
    }
    const value = run ? factOf(run, by) : null;
    return value === null ? `no ${by}` : `${by}=${typeof value === "object" ? JSON.stringify(value) : value}`;
  }

  get highlight() {
    return this.#highlight;
  }

  set highlight(run) {
    if (run !== this.#highlight) {
      this.#highlight = run;
      this.dispatchEvent(new Event("highlight"));
    }
  }

  #first() {
    const hidden = choices.hidden;
    return (this.#chosen ?? []).filter(id => this.#runs.has(id) && !hidden.has(id));
  }

  /** Those that train, and then the newest. */
  #choose() {
    const hidden = choices.hidden;
    const some = this.all.filter(run => !hidden.has(run.id));
    return some
      .filter(run => run.status === "running")
      .concat(some.filter(run => run.status !== "running"))
      .slice(0, OPEN_AT_FIRST)
      .map(run => run.id);
  }
}

export const runs = new Runs();

/** Returns what people call a run. */
export function nameOf(/** @type {Run | undefined} */ run, /** @type {string} */ id = run?.id ?? "") {
  return run?.alias || run?.path || id;
}

/** Returns a name that tells a run from all others of the same path. */
export function fullNameOf(/** @type {Run | undefined} */ run, /** @type {string} */ id) {
  const name = nameOf(run, id);
  return name === id ? id : `${name} · ${id.split("_").at(-1)}`;
}

function textOf(/** @type {Run} */ run) {
  return [run.id, run.path, run.alias ?? "", ...run.tags].join("\n");
}

/** Returns one of the facts of a run; names such as `constructor` are names like any other. */
export function factOf(/** @type {Run} */ run, /** @type {string} */ name) {
  const facts = factsOf(run);
  return Object.hasOwn(facts, name) ? facts[name] ?? null : null;
}

/**
 * Returns what filters compare: parameters, the summary, and what the list says.
 *
 * @returns {Record<string, any>}
 */
function factsOf(/** @type {Run} */ run) {
  return {
    ...run.summary,
    ...run.parameters,
    status: run.status,
    path: run.path,
    best: run.best_metric_value,
    ...(run.best_metric_name === null ? {} : {[run.best_metric_name]: run.best_metric_value}),
  };
}
