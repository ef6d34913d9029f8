/**
 * Finds text in a log. The server searches, as it has the whole log; what is found is in the
 * address.
 *
 * @module
 */
import {get, runPath} from "../api/http.js";
import {afterQuiet, element} from "../dom.js";
import {address} from "../state/address.js";

/** @typedef {{row: number, line: number, text: string, at: [number, number][]}} Match */

/** Matches that are asked for at once. */
const LIMIT = 1000;

/** Kept at once. */
const MOST_MATCHES = 20_000;

const NONE = /** @type {[number, number][]} */ ([]);

export class LogSearch extends HTMLElement {
  /** By row. @type {Map<number, Match>} */
  #matches = new Map();
  /** Stretches of rows whose matches are all known. @type {{from: number, to: number}[]} */
  #known = [];
  #count = 0;
  #complete = true;
  /** The first match's place among all where that is known, by row. @type {Map<number, number>} */
  #places = new Map();
  #asked = new AbortController();
  #query = "";
  #total = 0;
  #more = afterQuiet(1500, () => this.#grown());
  current = -1;

  /** @param {string} run @param {() => {first: number, last: number, total: number}} view */
  constructor(run, view) {
    super();
    this.run = run;
    this.view = view;
    const go = afterQuiet(250, () => address.set({find: this.field.value}, {replace: true}));
    this.field = element("input", {
      type: "search", placeholder: "find in the log", "aria-label": "Find in the log", spellcheck: "false", autocomplete: "off",
      title: "Find in the log (/); Enter goes to the next match, Shift+Enter to the one before", maxlength: 1000,
      oninput: go, onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    this.regex = this.#switch("regex", ".*", "Regular expression");
    this.exact = this.#switch("case", "Aa", "Capital letters matter");
    this.said = element("output", {"aria-live": "polite"});
    this.steps = [["Match before (N)", "↑", -1], ["Next match (n)", "↓", 1]].map(([title, sign, by]) =>
      element("button", {title, "aria-label": title, onclick: () => this.step(/** @type {number} */ (by))}, /** @type {string} */ (sign)));
    this.append(this.field, this.regex, this.exact, ...this.steps, this.said);
  }

  disconnectedCallback() {
    this.#asked.abort();
  }

  /** Searches for what the address says, if that is something else than before. */
  async update() {
    const query = {q: address.get("find"), regex: address.flag("regex"), case: address.flag("case")};
    [this.regex, this.exact].forEach(it => it.setAttribute("aria-pressed", String(address.flag(it.dataset.name))));
    if (this.field !== document.activeElement || !this.field.value) {
      this.field.value = query.q;
    }
    const key = JSON.stringify(query);
    if (key === this.#query) {
      return;
    }
    const isFirst = this.#query === "";
    this.#query = key;
    this.#forget();
    this.#say(query.q ? "searching …" : "");
    if (query.q && await this.#load(0, this.#asked.signal) && !(isFirst && address.has("line"))) {
      await this.step(1, true);
    }
  }

  /** Which pieces of a row match. */
  marks(/** @type {number} */ row, /** @type {string} */ text) {
    const match = this.#matches.get(row);
    return match && match.text === text ? match.at : NONE;
  }

  /** Fetches the matches of the rows in view, where there are more than were asked for. */
  seen = afterQuiet(150, async () => {
    const {first, last, total} = this.view();
    if (this.#count > 0 && last >= first && !this.#known.some(({from, to}) => from <= first && last <= to) && last < this.#total) {
      await this.#load(first, this.#asked.signal);
    }
    if (total > this.#total && this.field.value && this.#known.length > 0) {
      this.#more();
    }
  });

  /** Searches anew what was found in a log whose rows are numbered anew, or that is another one. */
  again() {
    this.#query = "";
    this.update();
  }

  /** Goes to the next match or the one before, and from the last one to the first. */
  async step(/** @type {number} */ by, fromView = false) {
    if (this.#count === 0) {
      return;
    }
    const {first, total} = this.view();
    const from = this.current >= 0 && !fromView ? this.current : by > 0 ? first - 1 : first;
    const {signal} = this.#asked;
    const row = by > 0 ? await this.#next(from + 1, signal) ?? await this.#next(0, signal)
      : await this.#before(from, signal) ?? await this.#before(total, signal);
    if (row !== null && row !== undefined && !signal.aborted) {
      this.current = row;
      this.#say();
      this.dispatchEvent(new CustomEvent("found", {detail: row}));
    }
  }

  /** @returns {Promise<number | null>} */
  async #next(/** @type {number} */ row, /** @type {AbortSignal} */ signal) {
    const known = this.#known.find(({from, to}) => from <= row && row <= to);
    const found = known && this.#rows().find(it => it >= row && it <= known.to);
    if (found !== undefined) {
      return found;
    }
    const start = known ? known.to + 1 : row;
    if (known && known.to >= this.#total - 1) {
      return null;
    }
    return await this.#load(start, signal) ? this.#rows().find(it => it >= start) ?? null : null;
  }

  /** Looks back as far as has hundreds of matches, if they are spread evenly, or else further. */
  async #before(/** @type {number} */ row, /** @type {AbortSignal} */ signal) {
    for (let back = Math.ceil(this.#total / this.#count * LIMIT / 2); ; back *= 4) {
      const known = this.#known.find(({from, to}) => from < row && row - 1 <= to);
      const found = this.#rows().findLast(it => it < row && known && it >= known.from);
      if (found !== undefined) {
        return found;
      }
      const end = known ? known.from : row;
      if (end <= 0 || !await this.#reach(Math.max(0, end - back), end, signal)) {
        return null;
      }
    }
  }

  /** Loads all matches of some rows. */
  async #reach(/** @type {number} */ from, /** @type {number} */ to, /** @type {AbortSignal} */ signal) {
    for (let start = from; start < to;) {
      const end = await this.#load(start, signal);
      if (!end) {
        return false;
      }
      start = end;
    }
    return true;
  }

  /**
   * Asks for matches from a row on.
   *
   * @returns {Promise<number>} the row after those whose matches are known now, 0 if it failed
   */
  async #load(/** @type {number} */ row, /** @type {AbortSignal} */ signal) {
    const {total} = this.view();
    try {
      const answer = await get(runPath(this.run, "/logs/search"), {
        q: address.get("find"), regex: address.flag("regex"), case: address.flag("case"), row, limit: LIMIT,
      }, signal);
      const matches = /** @type {Match[]} */ (answer.matches);
      const isLast = matches.length < LIMIT;
      if (this.#matches.size > MOST_MATCHES) {
        this.#matches.clear();
        this.#known = [];
      }
      matches.forEach(match => this.#matches.set(match.row, match));
      this.#count = answer.count;
      this.#complete = answer.complete;
      this.#total = Math.max(total, (matches.at(-1)?.row ?? 0) + 1);
      const to = isLast ? this.#total - 1 : /** @type {Match} */ (matches.at(-1)).row;
      this.#place(matches, row === 0 ? 1 : isLast && answer.complete ? answer.count - matches.length + 1 : this.#places.get(row - 1) ?? NaN);
      this.#join({from: row, to});
      this.#say();
      this.dispatchEvent(new Event("change"));
      return to + 1;
    } catch (problem) {
      if (!signal.aborted) {
        this.field.setAttribute("aria-invalid", "true");
        this.#say(/** @type {any} */ (problem).message);
      }
      return 0;
    }
  }

  /** Numbers matches, from that of the first one. */
  #place(/** @type {Match[]} */ matches, /** @type {number} */ first) {
    if (!Number.isNaN(first)) {
      matches.forEach((match, place) => this.#places.set(match.row, first + place));
    }
  }

  #join(/** @type {{from: number, to: number}} */ added) {
    const touching = this.#known.filter(({from, to}) => from <= added.to + 1 && to >= added.from - 1);
    const joined = {from: Math.min(added.from, ...touching.map(it => it.from)), to: Math.max(added.to, ...touching.map(it => it.to))};
    this.#known = [...this.#known.filter(it => !touching.includes(it)), joined];
  }

  /** Looks at the rows that were appended since. */
  async #grown() {
    if (this.isConnected && address.get("find")) {
      await this.#load(this.#total, this.#asked.signal);
    }
  }

  #rows() {
    return [...this.#matches.keys()].sort((one, other) => one - other);
  }

  #forget() {
    this.#asked.abort();
    this.#asked = new AbortController();
    this.#matches.clear();
    this.#places.clear();
    this.#known = [];
    this.#count = 0;
    this.current = -1;
    this.field.removeAttribute("aria-invalid");
    this.dispatchEvent(new Event("change"));
  }

  #say(/** @type {string | undefined} */ text = undefined) {
    const place = this.#places.get(this.current);
    const of = `${this.#count.toLocaleString("en-US")} ${this.#count === 1 ? "match" : "matches"}`;
    const counted = this.#count === 0 ? "no match" : this.current < 0 ? of : `${place?.toLocaleString("en-US") ?? "…"} of ${of}`;
    this.said.textContent = text ?? counted + (this.#complete ? "" : "; searched only a part");
    this.steps.forEach(step => (step.disabled = this.#count === 0));
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Enter") {
      event.preventDefault();
      if (address.get("find") === this.field.value) {
        this.step(event.shiftKey ? -1 : 1);
      } else {
        address.set({find: this.field.value}, {replace: true});
      }
    }
  }

  #switch(/** @type {string} */ name, /** @type {string} */ sign, /** @type {string} */ title) {
    return element("button", {title, "aria-label": title, "aria-pressed": "false", "data-name": name, class: "switch",
      onclick: () => address.set({[name]: !address.flag(name)}, {replace: true})}, sign);
  }
}

customElements.define("log-search", LogSearch);
