/**
 * The table of all runs, of which only the rows in view are in the document.
 *
 * @module
 */
import {element, keepFocus, keyOf, onceAFrame, paint, renew, shortened} from "../dom.js";
import {formatNumber} from "../numbers.js";
import {address, runHref} from "../state/address.js";
import {choices} from "../state/choices.js";
import {colourOf, dashesOf} from "../state/colours.js";
import {fullNameOf, nameOf, runs} from "../state/runs.js";
import {columnsOf, orderBy} from "./columns.js";

/** @typedef {import("../state/runs.js").Run} Run */
/** @typedef {{group: string, members: Run[]} | {run: Run}} Row */

/** Pixels, which the style sheet has too. */
const ROW = 28;

/** Letters of a run's name: its end tells it from others, and would be cut off by the column's width. */
const LONGEST = 36;

/** Runs that one click opens at most. */
const MOST_OPENED = 100;

/** Rows above and below what is in view. */
const MORE = 12;

export class RunTable extends HTMLElement {
  /** @type {Row[]} */
  #rows = [];
  /** Those in the document, by their places. @type {Map<number, HTMLElement>} */
  #drawn = new Map();
  /** @type {import("./columns.js").Column[]} */
  #columns = [];
  #cursor = "";
  /** Of the lines of open runs, by their ids. @type {Map<string, number[]>} */
  #dashes = new Map();
  #update = onceAFrame(() => this.#arrange());
  #scroll = onceAFrame(() => this.#fill());
  #leave = new AbortController();
  /** What is known of the metrics of open runs. @type {any[]} */
  #summary = [];

  connectedCallback() {
    this.head = element("thead", {}, element("tr"));
    this.above = element("tr", {class: "space", "aria-hidden": "true"}, element("td"));
    this.below = element("tr", {class: "space", "aria-hidden": "true"}, element("td"));
    this.body = element("tbody", {}, this.above, this.below);
    this.said = element("div", {class: "empty"});
    this.table = element("table", {}, this.head, this.body);
    this.view = element("div", {class: "view", tabindex: 0, role: "region", "aria-label": "Runs", onscroll: this.#scroll}, this.table, this.said);
    this.append(this.view);
    const {signal} = this.#leave;
    [address, runs, choices].forEach(it => it.addEventListener("change", this.#update, {signal}));
    runs.addEventListener("highlight", () => this.#light(), {signal});
    new ResizeObserver(this.#scroll).observe(this.view);
    this.#arrange();
  }

  disconnectedCallback() {
    this.#leave.abort();
  }

  set summary(/** @type {any[]} */ summary) {
    this.#summary = summary;
    this.#update();
  }

  /** Moves the cursor of the keyboard down or up. */
  step(/** @type {number} */ by) {
    const ids = this.#rows.flatMap(row => ("run" in row ? [row.run.id] : []));
    const at = Math.max(0, Math.min(ids.length - 1, ids.indexOf(this.#cursor) + by));
    if (ids.length > 0) {
      this.show(ids[at]);
    }
  }

  get cursor() {
    return this.#cursor;
  }

  /** Puts the cursor on a run, and scrolls to it. */
  show(/** @type {string} */ id) {
    this.#cursor = id;
    runs.highlight = id;
    const at = this.#rows.findIndex(row => "run" in row && row.run.id === id);
    if (at >= 0) {
      const top = at * ROW;
      if (top < this.view.scrollTop || top > this.view.scrollTop + this.view.clientHeight - 3 * ROW) {
        this.view.scrollTop = top - this.view.clientHeight / 2;
      }
    }
    this.#redraw();
  }

  #arrange() {
    const shown = runs.shown;
    const metrics = address.list("cols");
    this.#columns = columnsOf(shown, this.#summary, metrics);
    const [key, descending] = sorted();
    const column = this.#columns.find(it => it.key === key);
    const ordered = column ? shown.toSorted(orderBy(column, descending)) : shown;
    this.#rows = this.#grouped(ordered);
    keepFocus(this.head, () => this.#heads(key, descending));
    const said = !runs.loaded ? "" : runs.all.length === 0 ? "none" : shown.length === 0 ? "filtered" : "";
    this.said.replaceChildren(...(said === "none" ? howToWriteOne() : said === "filtered" ? [element("p", {}, "No run matches the filter.")] : []));
    this.classList.toggle("waits", !runs.loaded);
    this.#redraw();
  }

  /** @returns {Row[]} */
  #grouped(/** @type {Run[]} */ ordered) {
    const by = address.get("group");
    if (!by) {
      return ordered.map(run => ({run}));
    }
    const closed = new Set(address.list("shut"));
    return [...Map.groupBy(ordered, run => runs.groupOf(run.id, by))].flatMap(([group, members]) => [
      {group, members},
      ...(closed.has(group) ? [] : members.map(run => ({run}))),
    ]);
  }

  #heads(/** @type {string} */ key, /** @type {boolean} */ descending) {
    const ids = shownIds();
    const eyes = new Set(runs.open);
    const open = ids.filter(id => eyes.has(id)).length;
    renew(/** @type {Element} */ (this.head.firstElementChild), element("tr", {},
      element("th", {class: "eye"}, element("input", {
        type: "checkbox", "aria-label": "All eyes", title: "Open or close the eyes of all runs in the table (at most 100)", ".checked": open > 0 && open === ids.length, ".indeterminate": open > 0 && open < ids.length,
        onchange: (/** @type {any} */ event) => runs.setOpen(shownIds(), event.target.checked),
      })),
      ...this.#columns.map(column => element("th", {class: column.number ? "number" : "", "data-column": column.key, "aria-sort": column.key !== key ? "none" : descending ? "descending" : "ascending"},
        element("button", {title: column.hint, onclick: () => sortBy(column.key)},
          shortened(column.title, 24), column.key === key ? descending ? " ↓" : " ↑" : "")))));
  }

  /** What the rows say has changed. */
  #redraw() {
    this.#dashes = dashesOf(runs.open);
    this.table.setAttribute("aria-rowcount", String(this.#rows.length + 1));
    keepFocus(this.body, () => {
      const before = new Map([...this.#drawn.values()].map(row => [keyOf(row), row]));
      this.#drawn.clear();
      this.#fill(before);
    });
  }

  /**
   * Puts the rows in view into the document, and takes out those that are no longer.
   *
   * @param {Map<string, HTMLElement>} before rows in the document that may say something else now
   */
  #fill(before = new Map()) {
    const {scrollTop, clientHeight} = this.view;
    const from = Math.max(0, Math.min(this.#rows.length, Math.floor(scrollTop / ROW) - MORE));
    const to = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / ROW) + MORE);
    for (const [at, row] of this.#drawn) {
      if (at < from || at >= to) {
        row.remove();
        this.#drawn.delete(at);
      }
    }
    this.above.style.height = `${from * ROW}px`;
    this.below.style.height = `${(this.#rows.length - to) * ROW}px`;
    const open = new Set(runs.open);
    for (let at = from; at < to; at++) {
      if (!this.#drawn.has(at)) {
        this.#drawn.set(at, this.#renewed(this.#made(this.#rows[at], open), before));
      }
    }
    before.forEach(row => row.remove());
    let next = this.below;
    for (let at = to - 1; at >= from; at--) {
      const row = /** @type {HTMLElement} */ (this.#drawn.get(at));
      if (row.nextElementSibling !== next) {
        next.before(row);
      }
      next = row;
    }
    this.#light();
  }

  /** The row of before that says what the one made anew does, or else the latter. */
  #renewed(/** @type {HTMLElement} */ made, /** @type {Map<string, HTMLElement>} */ before) {
    const row = before.get(keyOf(made));
    if (!row) {
      return made;
    }
    before.delete(keyOf(made));
    renew(row, made);
    return row;
  }

  /** @returns {HTMLElement} */
  #made(/** @type {Row} */ row, /** @type {Set<string>} */ open) {
    return "run" in row ? this.#row(row.run, open) : this.#group(row, open);
  }

  #row(/** @type {Run} */ run, /** @type {Set<string>} */ open) {
    const isOpen = open.has(run.id);
    const base = runs.get(address.get("base"));
    return element("tr", {
      "data-run": run.id, class: [isOpen ? "open" : "", run.id === this.#cursor ? "cursor" : "", base === run ? "base" : ""].join(" "),
      onmouseenter: () => (runs.highlight = run.id), onmouseleave: () => (runs.highlight = null),
    },
    element("td", {class: "eye"},
      element("input", {type: "checkbox", ".checked": isOpen, "aria-label": `Show ${nameOf(run)}`, onchange: (/** @type {any} */ event) => runs.setOpen([run.id], event.target.checked)})),
    ...this.#columns.map(column => this.#cell(column, run, base)));
  }

  #cell(/** @type {import("./columns.js").Column} */ column, /** @type {Run} */ run, /** @type {Run | undefined} */ base) {
    const value = column.value(run);
    const text = column.text(value, run);
    if (column.key === "name") {
      return element("td", {class: "name", title: `${fullNameOf(run, run.id)}\n${run.id}`},
        paint(element("button", {class: this.#dashes.get(run.id)?.length ? "swatch dashed" : "swatch", title: "Choose a colour, baseline, hide", "aria-label": `Colour and more of ${nameOf(run)}`, onclick: (/** @type {any} */ event) => showMenu(run, event.target)}), colourOf(run.id)),
        element("a", {href: runHref(run.id), onclick: (/** @type {MouseEvent} */ event) => follow(event, run.id)}, shortened(text, LONGEST)));
    }
    if (column.key === "status") {
      return element("td", {class: `status ${STATES.has(run.status) ? run.status : ""}`, title: run.exit_reason ?? ""}, text);
    }
    const from = base && base !== run && column.number && column.key !== "age" ? column.value(base) : null;
    const brief = shortened(text, 32);
    const exact = column.exact?.(value) ?? (typeof value === "number" ? String(value) : text);
    return element("td", {class: column.number || typeof value === "number" ? "number" : "", title: exact !== brief || text.length > 24 ? exact : ""},
      brief, typeof from === "number" && typeof value === "number"
        && element("span", {class: "dim"}, ` ${value >= from ? "+" : "−"}${formatNumber(Math.abs(value - from), 3)}`));
  }

  #group(/** @type {{group: string, members: Run[]}} */ {group, members}, /** @type {Set<string>} */ open) {
    const shut = address.list("shut").includes(group);
    const ids = members.map(run => run.id);
    const now = () => this.#rows.flatMap(row => ("group" in row && row.group === group ? row.members.map(run => run.id) : []));
    const count = ids.filter(id => open.has(id)).length;
    return element("tr", {class: "group", "data-group": group},
      element("td", {class: "eye"}, element("input", {type: "checkbox", "aria-label": `Show all of ${group}`, ".checked": count === ids.length, ".indeterminate": count > 0 && count < ids.length, onchange: (/** @type {any} */ event) => runs.setOpen(now().slice(0, MOST_OPENED), event.target.checked)})),
      element("td", {colspan: this.#columns.length}, element("button", {"aria-expanded": String(!shut), title: group, onclick: () => {
        const all = address.list("shut");
        address.set({shut: all.includes(group) ? all.filter(name => name !== group) : [...all, group]});
      }}, `${shut ? "▸" : "▾"} ${shortened(group)} `, element("span", {class: "dim"}, `(${members.length})`))));
  }

  #light() {
    this.body.querySelectorAll("tr.lit").forEach((/** @type {Element} */ row) => row.classList.remove("lit"));
    const lit = runs.highlight === null ? null : this.body.querySelector(`tr[data-run="${CSS.escape(runs.highlight)}"]`);
    lit?.classList.add("lit");
  }
}

customElements.define("run-table", RunTable);

/** Words of the tracker that have a sign of their own. */
const STATES = new Set(["running", "finished", "failed", "interrupted"]);

/** As many of the runs in the table as may be opened by one click. */
function shownIds() {
  return runs.shown.slice(0, MOST_OPENED).map(run => run.id);
}

/** @returns {[string, boolean]} */
function sorted() {
  const text = address.get("sort", "-created");
  return text.startsWith("-") ? [text.slice(1), true] : [text, false];
}

function sortBy(/** @type {string} */ key) {
  const [now, descending] = sorted();
  address.set({sort: now !== key ? `-${key}` : descending ? key : null});
}

/** Follows a link within the page; with a modifier key the browser does. */
export function follow(/** @type {MouseEvent} */ event, /** @type {string | null} */ run) {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    address.go(run);
  }
}

/** The menu is fetched when it is first asked for, which most visits never do. */
async function showMenu(/** @type {Run} */ run, /** @type {HTMLElement} */ anchor) {
  // The row may be renewed until the menu is here.
  const at = anchor.getBoundingClientRect();
  (await import("./menu.js")).showRunMenu(run, at);
}

function howToWriteOne() {
  return [
    element("p", {}, "There are no runs yet. This writes one:"),
    element("pre", {}, 'import runicorn as rn\nrun = rn.init(path="demo")\nrun.log({"loss": 0.5}, step=1); run.finish()'),
  ];
}
