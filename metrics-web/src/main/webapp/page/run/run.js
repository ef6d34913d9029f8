/**
 * A run's own place: charts, log, images, facts.
 *
 * @module
 */
import {get, runPath} from "../api/http.js";
import {element, paint} from "../dom.js";
import {formatNumber} from "../numbers.js";
import {address} from "../state/address.js";
import {colourOf} from "../state/colours.js";
import {fullNameOf, runs} from "../state/runs.js";
import {follow} from "../table/table.js";
import {RunCharts} from "../workspace/charts.js";
import {RunToolbar} from "../workspace/toolbar.js";

/** @type {[string, string, (run: string) => Promise<HTMLElement>][]} */
const TABS = [
  ["charts", "Charts", async () => new RunCharts()],
  ["log", "Log", async run => new (await import("../log/log.js")).RunLog(run)],
  ["images", "Images", async run => new (await import("../images/images.js")).RunImages(run)],
  ["about", "About", async run => new (await import("./about.js")).RunAbout(run)],
];

export class RunPlace extends HTMLElement {
  run = "";
  #tab = "";
  #skipped = 0;
  #leave = new AbortController();

  connectedCallback() {
    this.run = /** @type {string} */ (address.run);
    this.facts = element("p", {class: "facts"});
    this.body = element("div", {class: "body"});
    this.append(new RunToolbar({table: false}), this.facts, this.body);
    const {signal} = this.#leave;
    [address, runs].forEach(it => it.addEventListener("change", () => this.#show(), {signal}));
    this.#show();
    this.#check();
  }

  disconnectedCallback() {
    this.#leave.abort();
  }

  /** Says so if there is no such run, or if its file is damaged. */
  async #check() {
    try {
      this.#skipped = (await get(runPath(this.run))).skipped_lines ?? 0;
      this.#show();
    } catch (problem) {
      if (/** @type {any} */ (problem).status === 404) {
        this.body.replaceChildren(element("p", {class: "empty", role: "alert"}, /** @type {any} */ (problem).message));
      }
    }
  }

  #show() {
    const run = runs.get(this.run);
    const tab = TABS.some(([key]) => key === address.get("tab")) ? address.get("tab") : "charts";
    document.title = `${fullNameOf(run, this.run)} · Runmetrics`;
    this.facts.replaceChildren(
      element("a", {href: document.baseURI, title: "All runs (w)", onclick: (/** @type {MouseEvent} */ event) => follow(event, null)}, "←"),
      paint(element("span", {class: "swatch"}), colourOf(this.run)),
      element("strong", {title: this.run}, fullNameOf(run, this.run)),
      ...(run ? [element("span", {class: `status ${run.status}`}, run.status)] : []),
      ...(this.#skipped > 0 ? [element("button", {class: "damaged", title: "Lines of events.jsonl that cannot be read: which, and why", onclick: () => address.set({tab: "about"})},
        `${formatNumber(this.#skipped)} ${this.#skipped === 1 ? "line" : "lines"} skipped`)] : []),
      element("nav", {role: "tablist"}, ...TABS.map(([key, title]) => element("button", {
        role: "tab", "aria-selected": String(key === tab), onclick: () => address.set({tab: key === "charts" ? null : key}),
      }, title))));
    if (tab !== this.#tab) {
      this.#tab = tab;
      this.#open(tab);
    }
  }

  async #open(/** @type {string} */ tab) {
    const made = await /** @type {any} */ (TABS.find(([key]) => key === tab))[2](this.run);
    if (this.#tab === tab && this.isConnected) {
      this.querySelector("run-toolbar")?.replaceWith(new RunToolbar({table: false}));
      this.body.replaceChildren(made);
    }
  }
}

customElements.define("run-place", RunPlace);
