/**
 * What is known of a run besides its curves, and the lines that fetch it elsewhere.
 *
 * @module
 */
import {connection, get, runPath} from "../api/http.js";
import {session} from "../api/session.js";
import {copy} from "../clipboard.js";
import {element} from "../dom.js";
import {formatNumber, formatSeconds} from "../numbers.js";
import {address, listed} from "../state/address.js";
import {parseFilter} from "../state/filter.js";
import {runs} from "../state/runs.js";

export class RunAbout extends HTMLElement {
  #leave = new AbortController();

  /** @param {string} run */
  constructor(run) {
    super();
    this.run = run;
  }

  connectedCallback() {
    connection.addEventListener("back", () => this.#load(), {signal: this.#leave.signal});
    this.#load();
  }

  disconnectedCallback() {
    this.#leave.abort();
  }

  async #load() {
    await session.known;
    const parts = await Promise.allSettled([
      ...["", "/files", "/skipped"].map(rest => get(runPath(this.run, rest))),
      // Which metrics a filter means is asked for only if there is one.
      address.get("m") ? get("api/v2/summary", {runs: runs.open}) : null,
    ]);
    const [detail, files, skipped, summary] = parts.map(part => (part.status === "fulfilled" ? part.value : null));
    if (!detail) {
      this.replaceChildren(element("p", {class: "empty", role: "alert"}, /** @type {any} */ (parts[0]).reason.message));
      return;
    }
    this.replaceChildren(
      facts("Facts", {
        id: detail.id, status: detail.status + (detail.exit_reason ? ` (${detail.exit_reason})` : ""),
        path: detail.path, alias: detail.alias, tags: detail.tags?.join(", "), host: detail.hostname, "process id": detail.pid,
        created: time(detail.created_time), started: time(detail.start_time), ended: time(detail.end_time),
        duration: detail.duration === null || detail.duration === undefined ? null : formatSeconds(Math.round(detail.duration)),
        folder: detail.run_dir,
      }),
      facts("Parameters", detail.parameters),
      facts("Summary", detail.summary),
      ...damage(skipped),
      ...(files ? [fileTable(files)] : []),
      ...this.#lines(summary?.summary ?? []));
  }

  /** The commands for exactly this run, and the curves of all that the address names. */
  #lines(/** @type {any[]} */ summary) {
    const filter = parseFilter(address.get("m")).matches;
    const metrics = [...new Set(summary.map(one => /** @type {string} */ (one.metric)))].filter(metric => filter(metric));
    const wanted = {runs: listed(runs.open), ...(address.get("m") && metrics.length > 0 ? {metrics: listed(metrics)} : {}), points: 1000};
    const label = runs.open.length > 1 ? 'curve["run"] + " " + curve["metric"]' : 'curve["metric"]';
    const call = new URL(runPath(this.run), document.baseURI).href;
    const socket = call.replace(/^http/, "ws");
    const csv = JSON.stringify(`${call}/metrics_step?format=csv`);
    const series = JSON.stringify(new URL("api/v2/series", document.baseURI).href);
    // Where the server asks who reads, lines say so with a token from the environment.
    const curl = session.asks ? `curl -H "Authorization: Bearer $TOKEN"` : "curl";
    const imports = (/** @type {string} */ names) => session.asks
      ? `import os, ${names}\n\ntoken = {"Authorization": "Bearer " + os.environ["TOKEN"]}\n` : `import ${names}\n\n`;
    const token = (/** @type {string} */ name) => (session.asks ? `, ${name}=token` : "");
    return [
      element("h2", {}, "Elsewhere"),
      ...line("curl", `${curl} -s ${shell(`${call}/metrics_step?format=csv`)} > run.csv`),
      ...line("cursor", `${curl} -sI ${shell(`${call}/metrics_step?format=csv`)} | grep -i x-cursor`),
      ...line("pandas", `${imports("pandas as pd")}rows = pd.read_csv(${csv}${token("storage_options")})\nprint(rows.tail())`),
      ...line("websockets", `${imports("asyncio, websockets")}async def follow():\n    async with websockets.connect(${JSON.stringify(`${socket}/logs/ws?tail=100`)}${token("additional_headers")}) as log:\n        async for line in log:  # Ctrl-C stops it\n            print(line)\n\nasyncio.run(follow())`),
      ...line("matplotlib", `${imports("matplotlib.pyplot as plt, requests")}answer = requests.get(${series}, params=${python(wanted)}${token("headers")}).json()\nfor curve in answer["series"]:\n    plt.plot(curve["x"], curve["y"], label=${label})\nplt.legend()\nplt.show()`),
    ];
  }
}

customElements.define("run-about", RunAbout);

function facts(/** @type {string} */ title, /** @type {Record<string, any> | null | undefined} */ values) {
  const known = Object.entries(values ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return element("section", {},
    element("h2", {}, title),
    known.length === 0 ? element("p", {class: "dim"}, `This run has no ${title.toLowerCase()}.`)
      : element("dl", {}, ...known.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, shown(value))])));
}

function damage(/** @type {any} */ skipped) {
  if (!skipped || skipped.skipped_lines === 0) {
    return [];
  }
  return [element("section", {class: "damage"},
    element("h2", {}, `${formatNumber(skipped.skipped_lines)} skipped ${skipped.skipped_lines === 1 ? "line" : "lines"}`),
    element("p", {}, "These lines of events.jsonl hold no event that can be read. All others are served."),
    element("dl", {}, ...skipped.kinds.flatMap((/** @type {any} */ kind) => [
      element("dt", {}, `${formatNumber(kind.count)} × ${kind.kind}`),
      element("dd", {}, `line ${kind.line}: `, element("code", {}, kind.text))])))];
}

function fileTable(/** @type {any} */ {files, total}) {
  return element("section", {},
    element("h2", {}, `Files (${total})`),
    element("table", {}, ...files.slice(0, 500).map((/** @type {any} */ file) => element("tr", {},
      element("td", {}, file.path), element("td", {class: "number"}, bytes(file.bytes)), element("td", {class: "dim"}, time(file.modified))))),
    total > 500 && element("p", {class: "dim"}, `and ${total - 500} more`));
}

function line(/** @type {string} */ title, /** @type {string} */ text) {
  const button = element("button", {onclick: () => copy(text, button)}, "Copy");
  return [element("h3", {}, title, " ", button), element("pre", {"data-line": title, tabindex: 0}, text)];
}

/** Writes texts and numbers by their names as Python does, whose literals these are as well. */
function python(/** @type {Record<string, string | number>} */ values) {
  return `{${Object.entries(values).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(", ")}}`;
}

/** Quotes for a shell: ids may hold anything. */
function shell(/** @type {string} */ text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function shown(/** @type {any} */ value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function time(/** @type {number | null | undefined} */ seconds) {
  return seconds === null || seconds === undefined ? null : new Date(seconds * 1000).toLocaleString();
}

function bytes(/** @type {number} */ count) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = count === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  return `${Number((count / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
