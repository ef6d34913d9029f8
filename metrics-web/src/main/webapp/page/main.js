/**
 * Shows the place that the address names.
 *
 * @module
 */
import {connection} from "./api/http.js";
import {session} from "./api/session.js";
import {element, notFetched, say} from "./dom.js";
import {address} from "./state/address.js";
import {applyTheme, choices} from "./state/choices.js";
import {runs} from "./state/runs.js";
import {RunTable} from "./table/table.js";
import {RunCharts} from "./workspace/charts.js";
import {listenToKeys, showHelp} from "./workspace/keys.js";
import {RunToolbar} from "./workspace/toolbar.js";

const main = element("main", {});
// Made once: a screen reader reads what is new in it, and not each second of the countdown.
const why = element("span", {});
const countdown = element("span", {"aria-live": "off"});
const tryNow = element("button", {onclick: () => connection.tryNow()}, "Try now");
const bar = element("p", {class: "gone", role: "alert", "aria-atomic": "false", hidden: true}, why, countdown, tryNow);
/** Why the list of runs could not be read, of a server that is there. */
let problem = "";
/** Milliseconds until it is asked for again. */
const AGAIN = 10_000;
let again = 0;

applyTheme();
document.body.append(bar, main);
connection.addEventListener("change", sayIfGone);
connection.addEventListener("back", () => load());
session.addEventListener("change", login);
address.addEventListener("place", show);
document.addEventListener("help", showHelp);
document.addEventListener("pick", event => {
  const id = /** @type {CustomEvent} */ (event).detail;
  /** @type {RunTable | null} */ (document.querySelector("run-table"))?.show(id);
});
listenToKeys({t: fold});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => choices.set({}));
choices.addEventListener("change", width);
show();
load();
session.load();

async function load() {
  clearTimeout(again);
  try {
    await runs.load();
    problem = "";
  } catch (failure) {
    const {isTold, message} = /** @type {any} */ (failure);
    problem = isTold ? "" : message;
    if (problem !== "") {
      again = window.setTimeout(load, AGAIN);
    }
  }
  sayIfGone();
}

/** Shows the dialog where somebody has to log in, and takes it away when somebody has. */
async function login() {
  if (session.isNeeded || document.querySelector("dialog.login")) {
    (await import("./workspace/login.js")).showLogin();
  }
}

async function show() {
  const run = address.run;
  if (run !== null) {
    const made = await import("./run/run.js").then(({RunPlace}) => new RunPlace(), notFetched);
    if (address.run === run) { // It may have been left while its module was fetched.
      document.title = `${run} · Runmetrics`;
      main.replaceChildren(made);
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
      }
    },
    ondblclick: fold,
  });
  width();
  side.style.setProperty("--width", `${choices.tableWidth}px`);
  main.replaceChildren(new RunToolbar({table: true}), element("div", {class: "workspace"}, side, divider, charts));
}

/** Shows the width of the table, which another window may have changed. */
function width() {
  document.querySelector("aside")?.style.setProperty("--width", `${choices.tableWidth}px`);
  document.querySelector(".divider")?.setAttribute("aria-valuenow", String(choices.tableWidth));
  document.documentElement.toggleAttribute("data-folded", choices.folded);
}

function fold() {
  choices.set({folded: !choices.folded});
}

function drag(/** @type {PointerEvent} */ event, /** @type {HTMLElement} */ side) {
  const divider = /** @type {HTMLElement} */ (event.target);
  divider.setPointerCapture(event.pointerId);
  const left = side.getBoundingClientRect().left;
  divider.onpointermove = move => {
    choices.set({tableWidth: Math.max(180, Math.min(innerWidth - 240, move.clientX - left)), folded: false});
  };
  divider.onpointerup = () => (divider.onpointermove = null);
}

/** What was drawn stays; a bar says why nothing new comes, and when it goes on. */
function sayIfGone() {
  const {gone, limited, seconds} = connection;
  bar.hidden = gone === null && !limited && problem === "";
  tryNow.hidden = gone === null;
  say(why, gone ? `The server has not answered since ${gone.toLocaleTimeString()}. What you see is from then. Next try in `
    : limited ? "The server takes no more requests from here for now. It goes on in " : problem);
  say(countdown, gone || limited ? `${seconds} s. ` : "");
}
