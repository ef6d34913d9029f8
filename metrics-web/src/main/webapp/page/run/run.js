/**
 * A run's own place: charts, log, images, facts.
 *
 * @module
 */
import {connection, get, runPath} from "../api/http.js";
import {element, notFetched, paint, say} from "../dom.js";
import {formatNumber} from "../numbers.js";
import {address} from "../state/address.js";
import {choices} from "../state/choices.js";
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
  /** Whether the module of the tab could not be fetched. */
  #failed = false;
  #leave = new AbortController();

  connectedCallback() {
    this.run = /** @type {string} */ (address.run);
    // Made once, and only told anew: a tab that was pressed by keyboard keeps the focus.
    this.swatch = element("span", {class: "swatch"});
    this.name = element("strong", {title: this.run});
    this.status = element("span", {class: "status", hidden: true});
    this.tabs = element("nav", {role: "tablist"}, ...TABS.map(([key, title]) =>
      element("button", {role: "tab", "data-tab": key, onclick: () => this.#press(key)}, title)));
    this.facts = element("p", {class: "facts"},
      element("a", {href: document.baseURI, title: "All runs (w)", onclick: (/** @type {MouseEvent} */ event) => follow(event, null)}, "←"),
      this.swatch, this.name, this.status, this.tabs);
    this.body = element("div", {class: "body"});
    this.append(new RunToolbar({table: false}), this.facts, this.body);
    const {signal} = this.#leave;
    [address, runs, choices].forEach(it => it.addEventListener("change", () => this.#show(), {signal}));
    connection.addEventListener("back", () => this.#check(), {signal});
    this.#show();
    this.#check();
  }

  disconnectedCallback() {
    this.#leave.abort();
  }

  /** Says so if there is no such run, or if its file is damaged. */
  async #check() {
    try {
      const skipped = (await get(runPath(this.run))).skipped_lines ?? 0;
      if (skipped > 0 && !this.querySelector("button.damaged")) {
        this.tabs.before(element("button", {class: "damaged", title: "Lines of events.jsonl that cannot be read: which, and why", onclick: () => this.#press("about")},
          `${formatNumber(skipped)} ${skipped === 1 ? "line" : "lines"} skipped`));
      }
    } catch (problem) {
      if (/** @type {any} */ (problem).status === 404) {
        this.body.replaceChildren(element("p", {class: "empty", role: "alert"}, /** @type {any} */ (problem).message));
      }
    }
  }

  #show() {
    const run = runs.get(this.run);
    const tab = TABS.some(([key]) => key === address.get("tab")) ? address.get("tab") : "charts";
    const name = fullNameOf(run, this.run);
    document.title = `${name} · Runmetrics`;
    say(this.name, name);
    paint(this.swatch, colourOf(this.run));
    this.status.hidden = !run;
    this.status.className = `status ${run?.status ?? ""}`;
    say(this.status, run?.status ?? "");
    for (const button of this.tabs.children) {
      button.setAttribute("aria-selected", String(button.dataset.tab === tab));
    }
    if (tab !== this.#tab) {
      this.#tab = tab;
      this.#open(tab);
    }
  }

  /** Opens a tab, or tries again to where that failed. */
  #press(/** @type {string} */ tab) {
    if (this.#failed) {
      this.#tab = "";
    }
    address.set({tab: tab === "charts" ? null : tab});
    this.#show();
  }

  async #open(/** @type {string} */ tab) {
    const open = /** @type {any} */ (TABS.find(([key]) => key === tab))[2];
    const made = await open(this.run).catch(() => null);
    if (this.#tab === tab && this.isConnected) {
      this.#failed = made === null;
      this.querySelector("run-toolbar")?.replaceWith(new RunToolbar({table: false}));
      this.body.replaceChildren(made ?? notFetched());
    }
  }
}

customElements.define("run-place", RunPlace);
