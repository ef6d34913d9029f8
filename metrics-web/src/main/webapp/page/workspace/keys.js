/**
 * Everything by keyboard.
 *
 * @module
 */
import {element} from "../dom.js";
import {address} from "../state/address.js";
import {choices} from "../state/choices.js";
import {runs} from "../state/runs.js";

const KEYS = [
  ["/", "filter runs"], ["m", "filter metrics"],
  ["j  k", "next and previous run"], ["x", "open or close the run's eye"], ["o", "go to the run"],
  ["b", "make it the baseline"], ["h", "hide it in this browser, or take that back"],
  ["p", "pin the chart that has the focus or the pointer"], ["n  N", "next and previous chart"],
  ["l", "log scale"], ["f", "follow the log"], ["g  G", "first and last line of the log"],
  ["1 2 3 4", "charts, log, images and facts of a run"], ["w", "back to the workspace"],
  ["t", "fold the table"], ["?", "this help"], ["Esc", "leave a field, close this"],
];

/** @param {Record<string, () => void>} others what keys do in the place that is shown */
export function listenToKeys(others) {
  addEventListener("keydown", event => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isField = target.matches?.("input:not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Escape" && isField) {
      target.blur();
      return;
    }
    if (isField || document.querySelector("dialog[open]")) {
      return;
    }
    const action = others[event.key] ?? actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}

const table = () => /** @type {import("../table/table.js").RunTable | null} */ (document.querySelector("run-table"));

/** @type {Record<string, () => void>} */
const actions = {
  "/": () => focus("[data-name=q]"),
  m: () => focus("[data-name=m]"),
  j: () => table()?.step(1),
  k: () => table()?.step(-1),
  x: () => withCursor(id => runs.setOpen([id], !runs.isOpen(id))),
  o: () => withCursor(id => address.go(id)),
  b: () => withCursor(id => address.set({base: address.get("base") === id ? null : id})),
  h: () => withCursor(id => choices.hidden.has(id) ? choices.show(id) : choices.hide(id)),
  p: () => chart()?.pin(),
  n: () => nextChart(1),
  N: () => nextChart(-1),
  l: () => address.set({log: !address.flag("log")}),
  w: () => address.go(null),
  "1": () => address.run !== null && address.set({tab: null}),
  "2": () => address.run !== null && address.set({tab: "log"}),
  "3": () => address.run !== null && address.set({tab: "images"}),
  "4": () => address.run !== null && address.set({tab: "about"}),
  "?": showHelp,
};

export function showHelp() {
  const help = element("dialog", {class: "help", "aria-label": "Keys", onclose: () => help.remove(), onclick: (/** @type {any} */ event) => event.target === help && help.close()},
    element("h2", {}, "Keys"),
    element("dl", {}, ...KEYS.flatMap(([keys, what]) => [
      element("dt", {}, ...keys.split(/ +/).map(key => element("kbd", {}, key))), element("dd", {}, what)])),
    element("p", {class: "dim"}, "Drag over a chart to zoom, double-click to go back. Click a curve to pick its run. Filters take words, re:/expression/, status:running, lr<0.01, and - before any to turn it round."),
    element("button", {onclick: () => help.close()}, "Close"));
  document.body.append(help);
  help.showModal();
}

function focus(/** @type {string} */ selector) {
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();
}

function withCursor(/** @type {(id: string) => void} */ action) {
  const id = table()?.cursor;
  if (id) {
    action(id);
  }
}

function chart() {
  return /** @type {import("../chart/chart.js").RunChart | null} */ (
    document.activeElement?.closest("run-chart") ?? document.querySelector("run-chart:hover"));
}

function nextChart(/** @type {number} */ by) {
  const all = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("run-chart"))];
  const now = all.findIndex(it => it === document.activeElement?.closest("run-chart"));
  const next = all[Math.max(0, Math.min(all.length - 1, now + by))];
  next?.focus();
  next?.scrollIntoView({block: "nearest"});
}
