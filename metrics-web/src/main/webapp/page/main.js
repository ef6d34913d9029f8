/**
 * Shows the place that the address names.
 *
 * @module
 */
import {connection} from "./api/http.js";
import {element} from "./dom.js";
import {address} from "./state/address.js";
import {applyTheme, choices} from "./state/choices.js";
import {runs} from "./state/runs.js";
import {RunTable} from "./table/table.js";
import {RunCharts} from "./workspace/charts.js";
import {listenToKeys, showHelp} from "./workspace/keys.js";
import {RunToolbar} from "./workspace/toolbar.js";

const main = element("main", {});
const bar = element("p", {class: "gone", role: "alert", hidden: true});

applyTheme();
document.body.append(bar, main);
connection.addEventListener("change", sayIfGone);
connection.addEventListener("back", () => load());
address.addEventListener("place", show);
document.addEventListener("help", showHelp);
document.addEventListener("pick", event => {
  const id = /** @type {CustomEvent} */ (event).detail;
  /** @type {RunTable | null} */ (document.querySelector("run-table"))?.show(id);
});
listenToKeys({t: fold});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => choices.set({}));
show();
load();

async function load() {
  try {
    await runs.load();
  } catch (problem) {
    bar.hidden = false;
    bar.textContent = /** @type {any} */ (problem).message;
    return;
  }
  sayIfGone();
}

async function show() {
  const run = address.run;
  if (run !== null) {
    const {RunPlace} = await import("./run/run.js");
    if (address.run === run) { // It may have been left while its module was fetched.
      document.title = `${run} · Runmetrics`;
      main.replaceChildren(new RunPlace());
    }
    return;
  }
  document.title = "Runmetrics";
  const table = new RunTable();
  const charts = new RunCharts();
  charts.addEventListener("summary", () => (table.summary = charts.summary));
  const side = element("aside", {}, table);
  const divider = element("div", {
    class: "divider", role: "separator", tabindex: 0, "aria-label": "Width of the table", "aria-orientation": "vertical", "aria-valuenow": choices.tableWidth, "aria-valuemin": 180,
    onpointerdown: (/** @type {PointerEvent} */ event) => drag(event, side),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const by = event.key === "ArrowLeft" ? -24 : event.key === "ArrowRight" ? 24 : 0;
      if (by !== 0) {
        choices.set({tableWidth: Math.max(180, choices.tableWidth + by)});
        width(side);
      }
    },
    ondblclick: fold,
  });
  width(side);
  main.replaceChildren(new RunToolbar({table: true}), element("div", {class: "workspace"}, side, divider, charts));
}

function width(/** @type {HTMLElement} */ side) {
  side.style.setProperty("--width", `${choices.tableWidth}px`);
  document.querySelector(".divider")?.setAttribute("aria-valuenow", String(choices.tableWidth));
  document.documentElement.toggleAttribute("data-folded", choices.folded);
}

function fold() {
  choices.set({folded: !choices.folded});
  const side = document.querySelector("aside");
  if (side) {
    width(side);
  }
}

function drag(/** @type {PointerEvent} */ event, /** @type {HTMLElement} */ side) {
  const divider = /** @type {HTMLElement} */ (event.target);
  divider.setPointerCapture(event.pointerId);
  const left = side.getBoundingClientRect().left;
  divider.onpointermove = move => {
    choices.set({tableWidth: Math.max(180, Math.min(innerWidth - 240, move.clientX - left)), folded: false});
    width(side);
  };
  divider.onpointerup = () => (divider.onpointermove = null);
}

/** What was drawn stays; a bar says why nothing new comes, and when it goes on. */
function sayIfGone() {
  const {gone, limited, seconds} = connection;
  bar.hidden = gone === null && !limited;
  if (gone) {
    bar.replaceChildren(
      `The server has not answered since ${gone.toLocaleTimeString()}. What you see is from then. Next try in ${seconds} s. `,
      element("button", {onclick: () => connection.tryNow()}, "Try now"));
  } else if (limited) {
    bar.replaceChildren(`The server takes no more requests from here for now. It goes on in ${seconds} s.`);
  }
}
