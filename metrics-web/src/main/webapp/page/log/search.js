/**
 * Finds text in a log. The server searches, as it has the whole log; what is searched for is in the
 * address.
 *
 * @module
 */
import {afterQuiet, element, throttled} from "../dom.js";
import {address} from "../state/address.js";
import {Matches} from "./matches.js";

const NONE = /** @type {[number, number][]} */ ([]);

/** Sends `change` when rows are to be marked anew, and `found` with the row of a match. */
export class LogSearch extends HTMLElement {
  #asked = new AbortController();
  /** @type {Matches | null} */
  #matches = null;
  #query = "";
  #more = throttled(1500, () => this.#try(matches => matches.load(matches.total)));
  /** The row of the match that was gone to last. */
  current = -1;

  /** @param {string} run @param {() => {first: number, last: number, total: number}} view */
  constructor(run, view) {
    super();
    this.run = run;
    this.view = view;
    const go = afterQuiet(250, () => this.isConnected && address.set({find: this.field.value}, {replace: true}));
    this.field = element("input", {
      type: "search", placeholder: "find in the log", "aria-label": "Find in the log", spellcheck: "false", autocomplete: "off",
      title: "Find in the log (/); Enter goes to the next match, Shift+Enter to the one before", maxlength: 1000,
      oninput: go, onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    this.switches = [["regex", ".*", "Regular expression"], ["case", "Aa", "Capital letters matter"]].map(([name, sign, title]) =>
      element("button", {class: "switch", title, "aria-label": title, "data-name": name, onclick: () => address.set({[name]: !address.flag(name)}, {replace: true})}, sign));
    this.steps = [["Match before (N)", "↑", -1], ["Next match (n)", "↓", 1]].map(([title, sign, by]) =>
      element("button", {title, "aria-label": title, disabled: true, onclick: () => this.step(Number(by))}, String(sign)));
    this.said = element("output", {"aria-live": "polite"});
    this.append(this.field, ...this.switches, ...this.steps, this.said);
  }

  disconnectedCallback() {
    this.#asked.abort();
  }

  /** Searches for what the address says, if that is something else than before. */
  async update() {
    const query = {q: address.get("find"), regex: address.flag("regex"), case: address.flag("case")};
    this.switches.forEach(it => it.setAttribute("aria-pressed", String(address.flag(it.dataset.name))));
    if (this.field !== document.activeElement || !this.field.value) {
      this.field.value = query.q;
    }
    const key = query.q && JSON.stringify(query);
    if (key === this.#query) {
      return;
    }
    const goes = this.#query !== "" || this.field === document.activeElement || !address.has("line");
    this.#query = key;
    this.#asked.abort();
    this.#asked = new AbortController();
    this.#matches = query.q ? new Matches(this.run, query, () => this.view().total, this.#asked.signal) : null;
    this.current = -1;
    this.said.textContent = query.q ? "searching …" : "";
    if (await this.#try(matches => matches.load(Math.max(0, this.view().first))) && goes) {
      await this.step(1, true);
    }
  }

  /** Searches anew in a log whose rows are numbered anew, or that is another one. */
  again() {
    this.#query = "";
    this.update();
  }

  /** Searches once more if that failed. */
  retry() {
    if (this.field.hasAttribute("aria-invalid")) {
      this.again();
    }
  }

  /** Which pieces of a row match. */
  marks(/** @type {number} */ row, /** @type {string} */ text) {
    const match = this.#matches?.at(row);
    return match && match.text === text ? match.at : NONE;
  }

  /** Fetches the matches of the rows in view where they are not here yet. */
  seen = throttled(150, () => {
    const {first, last, total} = this.view();
    const matches = this.#matches;
    if (!matches || matches.total === 0) {
      return;
    }
    if (total > matches.total) {
      this.#more();
    }
    if (matches.count > 0 && last >= first && !matches.covers(first, Math.min(last, matches.total - 1))) {
      this.#try(it => it.load(first));
    }
  });

  /** Goes to the next match or the one before, and from the last one to the first. */
  async step(/** @type {number} */ by, fromView = false) {
    await this.#try(async matches => {
      if (matches.count === 0) {
        return;
      }
      const {first} = this.view();
      const from = this.current >= 0 && !fromView ? this.current : by > 0 ? first - 1 : first;
      const row = by > 0 ? await matches.next(from + 1) ?? await matches.next(0)
        : await matches.before(from) ?? await matches.before(matches.total);
      if (row !== null && !matches.signal.aborted) {
        this.current = row;
        this.dispatchEvent(new CustomEvent("found", {detail: row}));
        await matches.number(row);
      }
    });
  }

  /** Does something with the matches of now, and says how many there are, or what is wrong. */
  async #try(/** @type {(matches: Matches) => Promise<any>} */ action) {
    const matches = this.#matches;
    let wrong = "";
    try {
      await (matches && action(matches));
    } catch (problem) {
      wrong = /** @type {any} */ (problem).message;
    }
    if (matches === this.#matches) {
      this.#say(wrong);
      this.dispatchEvent(new Event("change"));
    }
    return wrong === "" && matches === this.#matches;
  }

  #say(/** @type {string} */ wrong) {
    const {count, complete} = this.#matches ?? {count: 0, complete: true};
    const place = this.#matches?.place(this.current)?.toLocaleString("en-US") ?? "…";
    const all = count === 0 ? "no match" : `${count.toLocaleString("en-US")} ${count === 1 ? "match" : "matches"}`;
    const counted = (this.current < 0 || count === 0 ? all : `${place} of ${all}`) + (complete ? "" : "; searched only a part");
    this.said.textContent = wrong || (this.#matches ? counted : "");
    this.field.toggleAttribute("aria-invalid", wrong !== "");
    this.steps.forEach(step => (step.disabled = count === 0));
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.key !== "Enter") {
      return;
    }
    event.preventDefault();
    if (address.get("find") === this.field.value) {
      this.step(event.shiftKey ? -1 : 1);
    } else {
      address.set({find: this.field.value}, {replace: true});
    }
  }
}

customElements.define("log-search", LogSearch);
