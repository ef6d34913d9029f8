/**
 * What can be done with a log, by buttons and by keys.
 *
 * @module
 */
import {address, runPath} from "../api/http.js";
import {element} from "../dom.js";

export class LogToolbar extends HTMLElement {
  #leave = new AbortController();

  /**
   * @param {string} run
   * @param {import("./rows.js").LogRows} rows
   * @param {import("./search.js").LogSearch} search
   */
  constructor(run, rows, search) {
    super();
    this.run = run;
    this.rows = rows;
    this.search = search;
  }

  connectedCallback() {
    const {signal} = this.#leave;
    this.setAttribute("role", "toolbar");
    this.setAttribute("aria-label", "Log");
    this.follow = element("button", {class: "follow", title: "Follow the log as it is written (f)", onclick: () => this.#toggle()}, "Follow");
    this.count = element("span", {class: "dim"});
    this.file = element("a", {href: address(runPath(this.run, "/logs/file")), download: "", title: "The whole log as a file", hidden: true}, "Download");
    this.append(
      this.follow,
      element("button", {title: "First line (g)", "aria-label": "First line", onclick: () => this.#first()}, "⤒"),
      element("button", {title: "Last line (G)", "aria-label": "Last line", onclick: () => this.#last()}, "⤓"),
      this.search,
      element("span", {class: "grow"}),
      this.count,
      this.file);
    this.rows.addEventListener("follow", () => this.#say(), {signal});
    addEventListener("keydown", event => this.#key(event), {signal});
    this.#say();
  }

  disconnectedCallback() {
    this.#leave.abort();
  }

  /** Says how long the log is. */
  show(/** @type {import("./windows.js").LogWindows} */ {total, counted}) {
    const rows = `${total.toLocaleString("en-US")} ${total === 1 ? "row" : "rows"}`;
    this.file.hidden = total === 0;
    this.count.textContent = total === 0 ? "" : counted ? rows : `about ${rows}`;
  }

  #say() {
    this.follow.setAttribute("aria-pressed", String(this.rows.following));
  }

  #toggle() {
    this.rows.following = !this.rows.following;
  }

  #first() {
    this.rows.show(0);
  }

  /** At the end a log is followed: what is written next comes into view. */
  #last() {
    this.rows.following = true;
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.("input, select, textarea") || document.querySelector("dialog[open]")) {
      return;
    }
    /** @type {Record<string, () => void>} */
    const actions = {
      f: () => this.#toggle(),
      g: () => this.#first(),
      G: () => this.#last(),
      n: () => this.search.step(1),
      N: () => this.search.step(-1),
      "/": () => this.search.field.focus(),
    };
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  }
}

customElements.define("log-toolbar", LogToolbar);
