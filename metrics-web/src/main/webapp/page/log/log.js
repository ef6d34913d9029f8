/**
 * The log of a run: all of it, the end as it is written, and what is found in it.
 *
 * @module
 */
import {connection} from "../api/http.js";
import {element} from "../dom.js";
import {address} from "../state/address.js";
import {runs} from "../state/runs.js";
import {shown} from "./ansi.js";
import {LogRows} from "./rows.js";
import {LogSearch} from "./search.js";
import {LogTail} from "./tail.js";
import {LogToolbar} from "./toolbar.js";
import {LogWindows} from "./windows.js";

/** How long a notice stays; milliseconds. */
const NOTICE = 8_000;

/** What the socket says of a log that is not the one that is shown any more, or of a gap. */
const BEGINS_ANEW = /truncated|replaced|rotated|lines skipped/;

/** What the page shows in its own way. */
const KNOWN_ANYWAY = /^No logs available yet|^Showing last/;

export class RunLog extends HTMLElement {
  #leave = new AbortController();
  #opening = false;
  #line = "";
  #chosen = -1;
  #notice = 0;
  /** @type {AbortController} */
  #jump = new AbortController();

  /** @param {string} run */
  constructor(run) {
    super();
    this.run = run;
    this.windows = new LogWindows(run);
    this.search = new LogSearch(run, () => ({...this.rows.view, total: this.windows.total}));
    /** @type {LogRows} */
    this.rows = new LogRows(this.windows, {
      marks: (row, text) => this.search.marks(row, text),
      isCurrent: row => row === this.search.current,
      isChosen: row => row === this.#chosen,
    });
    this.toolbar = new LogToolbar(run, this.rows, this.search);
    this.tail = new LogTail(run, {
      lines: (offset, lines) => this.windows.append(offset, lines),
      bar: text => this.#showBar(text),
      info: text => this.#inform(text),
      refused: (why, tryAt) => this.#refused(why, tryAt),
      opened: () => this.#say(""),
      lost: () => this.#open(),
    });
  }

  connectedCallback() {
    const {signal} = this.#leave;
    this.rows.setAttribute("aria-label", `Log of ${this.run}`);
    this.notice = element("p", {class: "notice", role: "status", hidden: true});
    this.bar = element("p", {class: "bar", "aria-label": "Progress", hidden: true});
    this.empty = element("div", {class: "empty", hidden: true});
    this.append(this.toolbar, this.notice, this.empty, this.rows, this.bar);
    this.windows.addEventListener("change", () => this.#show(), {signal});
    this.windows.addEventListener("moved", event => this.#moved(/** @type {CustomEvent} */ (event).detail), {signal});
    this.windows.addEventListener("lost", () => this.#open(), {signal});
    this.windows.addEventListener("problem", event => this.#failed(/** @type {CustomEvent} */ (event).detail), {signal});
    this.rows.addEventListener("seen", () => this.search.seen(), {signal});
    this.rows.addEventListener("line", event => this.#choose(/** @type {CustomEvent} */ (event).detail), {signal});
    this.search.addEventListener("change", () => this.rows.update(), {signal});
    this.search.addEventListener("found", event => this.rows.show(/** @type {CustomEvent} */ (event).detail), {signal});
    address.addEventListener("change", () => this.#follows(), {signal});
    runs.addEventListener("change", () => this.#show(), {signal});
    connection.addEventListener("back", () => {
      this.rows.update();
      this.search.retry();
    }, {signal});
    this.rows.following = !address.has("line");
    this.#open();
  }

  disconnectedCallback() {
    this.#leave.abort();
    this.#jump.abort();
    this.windows.close();
    this.tail.close();
  }

  /** Fetches the end, and listens to what comes after it. */
  async #open() {
    if (this.#opening) {
      return;
    }
    this.#opening = true;
    this.tail.close();
    this.#showBar("");
    try {
      await this.windows.open();
      if (this.isConnected) {
        this.tail.open(this.windows.offset);
        this.#follows();
      }
    } catch (problem) {
      if (this.isConnected) {
        this.#failed(problem);
        this.#openLater(/** @type {any} */ (problem));
      }
    } finally {
      this.#opening = false;
    }
  }

  #openLater(/** @type {import("../api/http.js").Problem} */ problem) {
    const {signal} = this.#leave;
    if (problem.status === 0) {
      connection.addEventListener("back", () => this.#open(), {once: true, signal});
    } else if (problem.status !== 404) {
      const timer = setTimeout(() => this.#open(), 1000 * Math.max(5, problem.waitSeconds));
      signal.addEventListener("abort", () => clearTimeout(timer));
    }
  }

  /** Does what the address says. */
  #follows() {
    if (!this.windows.known) {
      return;
    }
    this.search.update();
    const line = address.get("line");
    if (line !== this.#line) {
      this.#line = line;
      this.#chosen = -1;
      this.#go(Number(line));
    }
  }

  async #go(/** @type {number} */ line) {
    this.#jump.abort();
    this.#jump = new AbortController();
    const {signal} = this.#jump;
    if (!(line >= 1) || this.windows.total === 0) {
      this.rows.update();
      return;
    }
    try {
      const row = await this.windows.rowOf(Math.floor(line), signal);
      if (!signal.aborted) {
        this.#chosen = row;
        this.rows.show(row);
      }
    } catch (problem) {
      if (!signal.aborted) {
        this.#failed(problem);
      }
    }
  }

  /** Marks a line, whose address can be sent to others. */
  #choose(/** @type {{line: number, row: number}} */ {line, row}) {
    const isOff = row === this.#chosen;
    this.#line = isOff ? "" : String(line);
    this.#chosen = isOff ? -1 : row;
    address.set({line: this.#line});
    this.rows.following = false;
  }

  #moved(/** @type {number} */ by) {
    this.#chosen += this.#chosen < 0 ? 0 : by;
    this.rows.renumber(by);
    this.search.again();
  }

  #show() {
    const {total, known} = this.windows;
    this.toolbar.show(this.windows);
    const isEmpty = known && total === 0 && this.bar.hidden;
    this.rows.hidden = isEmpty;
    this.empty.hidden = !isEmpty;
    if (isEmpty) {
      const running = runs.get(this.run)?.status === "running";
      this.empty.replaceChildren(element("p", {}, running
        ? "This run has no log yet. What it prints appears here as soon as it is written to logs.txt in the run's folder."
        : "This run has no log. It has ended, and there is no logs.txt in its folder, or nothing in it."));
    }
    this.rows.update();
  }

  #showBar(/** @type {string} */ text) {
    this.bar.hidden = text === "";
    this.bar.replaceChildren(...shown(text));
    this.windows.draw(text);
  }

  #inform(/** @type {string} */ text) {
    if (BEGINS_ANEW.test(text)) {
      if (!/lines skipped/.test(text)) {
        this.windows.forget();
        this.#chosen = -1;
        this.search.again();
      }
      this.#open();
    }
    if (!KNOWN_ANYWAY.test(text)) {
      this.#say(text, NOTICE);
    }
  }

  #refused(/** @type {string} */ why, /** @type {number} */ tryAt) {
    if (why && tryAt === 0) {
      this.#say(why);
    } else if (why) {
      this.#say(`${why}. New lines come with the next try, in ${Math.max(1, Math.round((tryAt - Date.now()) / 1000))} s.`, 0,
        element("button", {onclick: () => this.#open()}, "Try now"));
    }
  }

  #failed(/** @type {any} */ problem) {
    // The page has a bar of its own for a server that is gone.
    if (problem.status !== 0) {
      this.#say(problem.message, NOTICE);
    }
  }

  /** @param {string} text @param {number} [forTime] milliseconds, 0 for as long as it holds @param {HTMLElement[]} more */
  #say(text, forTime = 0, ...more) {
    clearTimeout(this.#notice);
    this.notice.hidden = text === "";
    this.notice.replaceChildren(text, ...more);
    if (forTime > 0) {
      this.#notice = window.setTimeout(() => this.#say(""), forTime);
    }
  }
}

customElements.define("run-log", RunLog);
