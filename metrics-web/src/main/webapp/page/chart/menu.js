/**
 * The exceptions of one chart, and its export.
 *
 * @module
 */
import {address as callAddress, get} from "../api/http.js";
import {copy, download} from "../clipboard.js";
import {element} from "../dom.js";
import {address, listed} from "../state/address.js";
import {runs} from "../state/runs.js";
import {toPng, toSvg} from "./picture.js";
import {except, exceptionsOf, joinedMetrics, zoom} from "./settings.js";

/** @param {import("./chart.js").RunChart} chart */
export function showMenu(chart) {
  const own = exceptionsOf(chart.name);
  const flag = (/** @type {string} */ name, /** @type {string} */ label) => {
    const select = element("select", {"aria-label": label, onchange: () => except(chart.name, {[name]: select.value === "" ? null : select.value})},
      ...[["", "as all"], ["1", "yes"], ["0", "no"]].map(([value, text]) => element("option", {value}, text)));
    select.value = own.get(name) ?? "";
    return element("label", {}, label, select);
  };
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ placeholder) => element("label", {}, label,
    element("input", {type: "text", inputmode: "decimal", placeholder, ".value": own.get(name) ?? "", "aria-label": label,
      onchange: (/** @type {any} */ event) => except(chart.name, {[name]: event.target.value.trim() === "" ? null : event.target.value.trim()})}));
  const action = (/** @type {string} */ text, /** @type {(button: HTMLElement) => any} */ act) =>
    element("button", {onclick: async (/** @type {any} */ event) => {
      const button = event.target;
      try {
        await act(button);
      } catch (problem) {
        button.textContent = `${text}: ${/** @type {any} */ (problem).message}`;
      }
    }}, text);
  const menu = element("dialog", {class: "menu", "aria-label": `Settings of ${chart.name}`, onclose: () => menu.remove(), onclick: (/** @type {any} */ event) => event.target === menu && menu.close()},
    flag("log", "log y"), flag("clip", "outliers fit"), flag("zero", "include zero"),
    field("min", "y from", "auto"), field("max", "y to", "auto"), field("smooth", "smooth", "as all"), field("x", "x axis", "step, time, …"),
    together(chart),
    address.run === null && action(isInTable(chart) ? "No columns in the table" : "Columns in the table", () => {
      const others = address.list("cols").filter(name => !chart.metrics.includes(name));
      address.set({cols: isInTable(chart) ? others : [...others, ...chart.metrics]});
      menu.close();
    }),
    action("Zoom back", () => zoom(chart.name, null)),
    action(address.get("chart") === chart.name ? "Show all charts" : "Show large", () => {
      address.set({chart: address.get("chart") === chart.name ? null : chart.name});
      menu.close();
    }),
    action("Copy link", button => copy(linkTo(chart.name), button)),
    action("PNG", async () => download(fileName(chart.name, "png"), await toPng(chart))),
    action("SVG", () => download(fileName(chart.name, "svg"), new Blob([toSvg(chart)], {type: "image/svg+xml"}))),
    action("CSV at full resolution", button => csv(chart, button)),
    action("Copy curl", button => copy(`curl -s '${callAddress("api/v2/series", {runs: runs.open, metrics: chart.metrics, axis: chart.settings.axis}).replaceAll("'", "'\\''")}'`, button)));
  document.body.append(menu);
  const {right, top} = chart.getBoundingClientRect();
  menu.style.setProperty("left", `${Math.max(4, Math.min(right, innerWidth) - 280)}px`);
  menu.style.setProperty("top", `${Math.max(4, Math.min(top + 28, innerHeight - 468))}px`);
  menu.showModal();
}

/** Puts other metrics onto the chart. */
function together(/** @type {import("./chart.js").RunChart} */ chart) {
  const joined = joinedMetrics();
  return element("label", {}, "with metrics",
    element("input", {type: "text", placeholder: "val_loss, …", "aria-label": "Further metrics on this chart", ".value": (joined.get(chart.name) ?? []).join(", "),
      onchange: (/** @type {any} */ event) => {
        const others = event.target.value.split(",").map((/** @type {string} */ name) => name.trim()).filter(Boolean);
        others.length === 0 ? joined.delete(chart.name) : joined.set(chart.name, others);
        address.set({join: [...joined].map(([first, more]) => [first, ...more].map(name => name.replaceAll("+", "++")).join("+"))});
      }}));
}

/** Whether the last, lowest and highest values of what a chart shows are columns of the table. */
function isInTable(/** @type {import("./chart.js").RunChart} */ chart) {
  const columns = address.list("cols");
  return chart.metrics.every(metric => columns.includes(metric));
}

function linkTo(/** @type {string} */ name) {
  const url = new URL(location.href);
  url.searchParams.set("chart", name);
  if (address.run === null) {
    url.searchParams.set("runs", listed(runs.open));
  }
  return url.href;
}

/** Every logged value of the open runs: the server samples nothing where it is asked for all. */
async function csv(/** @type {import("./chart.js").RunChart} */ chart, /** @type {HTMLElement} */ button) {
  const said = button.textContent;
  button.textContent = "Fetching …";
  const {axis, range} = chart.settings;
  const lines = [["run", "metric", axis, "value"]];
  try {
    for (const run of runs.open) {
      const answer = await get("api/v2/series", {runs: [run], metrics: chart.metrics, axis, shape: "raw", range: range ? `${range[0]}:${range[1]}` : ""});
      if (answer.truncated) {
        throw new Error("Too many values for one file: zoom in first");
      }
      for (const {metric, x, y} of answer.series) {
        x.forEach((/** @type {number} */ at, /** @type {number} */ i) => lines.push([run, metric, String(at), y[i] === null ? "" : String(y[i])]));
      }
    }
    download(fileName(chart.name, "csv"), new Blob([lines.map(cells => cells.map(quoted).join(",")).join("\n") + "\n"], {type: "text/csv"}));
    button.textContent = said;
  } catch (problem) {
    button.textContent = /** @type {any} */ (problem).message;
  }
}

function quoted(/** @type {string} */ cell) {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function fileName(/** @type {string} */ name, /** @type {string} */ ending) {
  return `${name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80)}.${ending}`;
}
