/**
 * What holds for all charts: filter, x, smoothing, scale, groups, theme.
 *
 * @module
 */
import {session} from "../api/session.js";
import {afterQuiet, element, onceAFrame, renewOptions, say} from "../dom.js";
import {address} from "../state/address.js";
import {applyTheme, choices, isDark} from "../state/choices.js";
import {parseFilter} from "../state/filter.js";
import {runs} from "../state/runs.js";
import {follow} from "../table/table.js";
import {differing} from "../table/columns.js";

const SWITCHES = [
  ["log", "log y", "Logarithmic y axis; values that are not positive are left out, and counted"],
  ["clip", "outliers", "Fit the y range to the middle 98 % of the values; what lies outside is marked at the edge"],
  ["zero", "zero", "The y range includes zero"],
  ["linked", "linked zoom", "A zoom into one chart zooms into all"],
];

export class RunToolbar extends HTMLElement {
  #leave = new AbortController();

  /** @param {{table: boolean}} parts whether there is a table, whose runs can be filtered and grouped */
  constructor(parts) {
    super();
    this.parts = parts;
  }

  connectedCallback() {
    const {signal} = this.#leave;
    this.#build();
    [address, runs, choices, session].forEach(it => it.addEventListener("change", () => this.#fill(), {signal}));
    // Which metrics there are, of which any can be x, is known later.
    document.addEventListener("summary", () => this.#fill(), {signal});
    this.#fill();
  }

  disconnectedCallback() {
    this.#leave.abort();
  }

  #build() {
    // The table follows each letter; charts wait until the hand rests.
    const soon = onceAFrame(() => address.set({q: /** @type {any} */ (this.querySelector("[data-name=q]")).value}, {replace: true}));
    const later = afterQuiet(120, (name, value) => address.set({[name]: value}, {replace: true}));
    const search = (/** @type {string} */ name, /** @type {string} */ placeholder, /** @type {string} */ label) => element("input", {
      type: "search", placeholder, "aria-label": label, "data-name": name, spellcheck: "false", autocomplete: "off",
      title: "Words, re:/expression/, status:running, lr=0.001, lr<0.01; a - before turns it round",
      oninput: (/** @type {any} */ event) => {
        event.target.setCustomValidity(parseFilter(event.target.value).wrong);
        event.target.toggleAttribute("aria-invalid", !event.target.checkValidity());
        name === "q" ? soon() : later(name, event.target.value);
      },
    });
    const choose = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ title) => element("label", {title}, `${label} `,
      element("select", {"data-name": name, onchange: (/** @type {any} */ event) => address.set({[name]: event.target.value})}));
    const check = (/** @type {string} */ name) => element("input", {type: "checkbox", "data-name": name, onchange: (/** @type {any} */ event) => address.set({[name]: event.target.checked})});
    const charts = this.parts.table || !address.get("tab") || address.get("tab") === "charts";
    this.append(
      element("a", {class: "brand", href: document.baseURI, onclick: (/** @type {MouseEvent} */ event) => follow(event, null)}, "Runmetrics"),
      ...(this.parts.table ? [search("q", "filter runs", "Filter runs"), choose("group", "group", "Mean and band of the runs that share this"), choose("band", "band", "What the band of a group shows"),
        element("label", {title: "Show the runs that are hidden in this browser too", hidden: true}, check("hidden"), element("span"))] : []),
      element("span", {class: "grow"}),
      ...(charts ? [
        search("m", "filter metrics", "Filter metrics"),
        choose("x", "x", "What the x axis shows"),
        element("label", {title: "The weight of the past in the mean that is drawn; the curve as it is stays visible"}, "smooth ",
          element("input", {type: "range", min: "0", max: "0.99", step: "0.01", "data-name": "smooth", oninput: (/** @type {any} */ event) => later("smooth", Number(event.target.value) > 0 ? event.target.value : null)}),
          element("output", {})),
        ...SWITCHES.map(([name, label, title]) => element("label", {title}, check(name), label)),
      ] : []),
      element("button", {class: "user", hidden: true, title: "Log out", onclick: async (/** @type {any} */ event) => (event.target.title = await session.logout() || "Log out")}),
      element("button", {class: "theme", title: "Light or dark", "aria-label": "Light or dark theme", onclick: () => {
        choices.set({theme: isDark() ? "light" : "dark"});
        applyTheme();
      }}, "◐"),
      element("button", {class: "help", title: "Keys (?)", "aria-label": "Help on keys", onclick: () => this.dispatchEvent(new CustomEvent("help", {bubbles: true}))}, "?"));
  }

  #fill() {
    for (const field of /** @type {NodeListOf<any>} */ (this.querySelectorAll("[data-name]"))) {
      const name = field.dataset.name;
      if (field.tagName === "SELECT") {
        renewOptions(field, optionsOf(name), address.get(name));
      } else if (field.type === "checkbox") {
        field.checked = address.flag(name);
      } else if (field !== document.activeElement) {
        field.value = address.get(name, field.type === "range" ? "0" : "");
      }
      if (field.type === "range") {
        field.nextElementSibling.textContent = Number(address.get(name)) > 0 ? Number(address.get(name)).toFixed(2) : "off";
      }
    }
    const user = /** @type {any} */ (this.querySelector(".user"));
    user.hidden = session.user === null;
    say(user, `${session.user} · log out`);
    const band = /** @type {any} */ (this.querySelector("[data-name=band]"));
    if (band) {
      band.parentElement.hidden = !address.get("group");
    }
    const hidden = /** @type {any} */ (this.querySelector("[data-name=hidden]"));
    if (hidden) {
      const ids = choices.hidden;
      const count = runs.all.filter(run => ids.has(run.id)).length;
      hidden.parentElement.hidden = count === 0 && !address.flag("hidden");
      say(hidden.nextElementSibling, `hidden (${count})`);
    }
  }
}

customElements.define("run-toolbar", RunToolbar);

/** @returns {[string, string][]} */
function optionsOf(/** @type {string} */ name) {
  switch (name) {
    case "x": {
      /** @type {string[]} */
      const metrics = /** @type {any} */ (document.querySelector("run-charts"))?.metrics ?? [];
      return [["", "step"], ["relative", "relative time"], ["time", "wall time"],
        ...metrics.map(metric => /** @type {[string, string]} */ ([metric, metric]))];
    }
    case "band": return [["", "min–max"], ["deviation", "deviation"]];
    default: return [["", "none"], ["path", "path"], ["tag", "tag"], ["status", "status"],
      ...differing(runs.shown).map(parameter => /** @type {[string, string]} */ ([parameter, parameter]))];
  }
}
