#!/usr/bin/python3
"""Measures the page in Debian's Chromium against a server that is there.

    page.py http://127.0.0.1:23300 --runs m0,m1 [--many c0,c1] [--table] [--log RUN --find TEXT]
    page.py http://127.0.0.1:23300 --live STORAGE [--minutes 10]

Needs chromium, chromium-driver and python3-selenium. Times are the page's own: from the start of
the navigation to the frame in which all charts in view have drawn what they have. The bare time of
the same request to /api/v2/series stands beside it. With --live a run of 50 metrics is written
into a folder of the server's storage, ten rows a second, and looked at while it grows.
"""
import argparse
import json
import os
import pathlib
import statistics
import tempfile
import threading
import time
import urllib.request

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

# Notes the first frame in which something is so, in milliseconds since the navigation began.
WATCH = """
window.seen = {};
const looks = {
  charts: () => { const all = [...document.querySelectorAll('run-chart')].filter(it => it.getBoundingClientRect().top < innerHeight);
                  return all.length > 0 && all.every(it => it.isDrawn); },
  chart: () => document.querySelector('run-chart')?.isDrawn,
  table: () => document.querySelector('tr[data-run]'),
  log: () => document.querySelector('log-rows .row:not(.waits)'),
};
const look = () => {
  for (const [name, is] of Object.entries(looks)) {
    if (!(name in window.seen) && is()) { window.seen[name] = performance.now(); }
  }
  if (!window.unwatched) { requestAnimationFrame(look); }
};
requestAnimationFrame(look);
"""


def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                     "--disable-background-networking", "--window-size=1440,900",
                     "--user-data-dir=" + tempfile.mkdtemp()):
        options.add_argument(argument)
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    return driver


def until(driver, script, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        value = driver.execute_script("return " + script)
        if value:
            return value
        time.sleep(0.01)
    raise SystemExit("Waited in vain for " + script)


def opened(driver, url, what, times):
    found = []
    for _ in range(times):
        driver.get(url)
        found.append(until(driver, f"window.seen.{what}"))
    return found


def told(name, found):
    print(f"{name}: median {statistics.median(found):.0f} ms, worst {max(found):.0f} ms, of {len(found)}")


def bare(url, times):
    found = []
    for _ in range(times):
        start = time.perf_counter()
        with urllib.request.urlopen(url) as answer:
            answer.read()
        found.append(1000 * (time.perf_counter() - start))
    return found


# Milliseconds from a change of the address to the frame in which it is drawn.
CHANGE = """
const done = arguments[arguments.length - 1];
const chart = document.querySelector('run-chart');
const start = performance.now();
history.pushState(null, '', arguments[0]);
dispatchEvent(new PopStateEvent('popstate'));
let frames = 0;
const look = () => ++frames > 1 && chart.isDrawn && !chart.isWaiting ? done(performance.now() - start) : requestAnimationFrame(look);
requestAnimationFrame(look);
"""

# The longest frames while all is scrolled through.
SCROLL = """
const done = arguments[arguments.length - 1];
const box = document.querySelector(arguments[0]);
const frames = [];
let last = performance.now();
const step = now => {
  frames.push(now - last);
  last = now;
  box.scrollTop += arguments[1];
  box.scrollTop + box.clientHeight < box.scrollHeight - 1 ? requestAnimationFrame(step) : done(frames);
};
requestAnimationFrame(step);
"""


# Milliseconds from an action to the frame after the one in which what it asks for is there.
ACT = """
const done = arguments[arguments.length - 1];
const [action, isDone] = [new Function(arguments[0]), new Function('return ' + arguments[1])];
const start = performance.now();
action();
const look = () => isDone() ? requestAnimationFrame(now => done(now - start)) : requestAnimationFrame(look);
requestAnimationFrame(look);
"""

# Notes when each step of a chart's first curve is first drawn, in milliseconds of the epoch.
NOTE_STEPS = """
window.drawn = [];
const look = () => {
  const chart = document.querySelector('run-chart');
  const step = chart?.isDrawn ? chart.curves[0]?.x.at(-1) : undefined;
  if (step !== undefined && step !== window.drawn.at(-1)?.[0]) { window.drawn.push([step, Date.now()]); }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def charts(driver, server, runs, times):
    url = f"{server}/?runs={runs}"
    opened(driver, url, "charts", 2)
    told("navigation to all visible charts", opened(driver, url, "charts", times))
    metrics = ",".join(driver.execute_script(
        "return [...document.querySelectorAll('run-chart')].filter(it => it.seen).flatMap(it => it.metrics)"))
    points = driver.execute_script(
        "return Math.ceil(document.querySelector('run-chart').area.clientWidth / 100) * 100")
    told("the same series by themselves",
         bare(f"{server}/api/v2/series?runs={runs}&metrics={metrics}&points={points}", times))
    low, high = driver.execute_script(
        "const {min, max} = document.querySelector('run-chart').plot.scales.x; return [min, max]")
    name = driver.execute_script("return document.querySelector('run-chart').name")
    zooms = []
    for i in range(times):
        start = low + (high - low) * (0.1 + 0.05 * i)
        zooms.append(driver.execute_async_script(
            CHANGE, f"/?runs={runs}&c.{name}=range:{start:.0f},{start + (high - low) / 100:.0f}"))
    told("zoom to full detail", zooms)


def scrolled(driver, server, runs):
    url = f"{server}/?runs={runs}"
    opened(driver, url, "charts", 2)
    told("navigation to the first chart of many", opened(driver, url, "chart", 10))
    until(driver, "window.seen.charts")
    told("frames while all charts are scrolled through",
         driver.execute_async_script(SCROLL, "run-charts", 40))


def table(driver, server, times):
    url = f"{server}/?runs=none"
    opened(driver, url, "table", 2)
    told("navigation to the table", opened(driver, url, "table", times))
    # A row that is drawn anew is another element.
    row = "document.querySelector('tr[data-run]')"
    sorts = []
    filters = []
    for i in range(times):
        driver.execute_script(f"window.before = {row}")
        sorts.append(driver.execute_async_script(
            ACT, f"document.querySelectorAll('run-table th button')[{i % 2}].click()", f"{row} !== window.before"))
        driver.execute_script(f"window.before = {row}")
        filters.append(driver.execute_async_script(
            ACT,
            f"const field = document.querySelector('[data-name=q]'); field.value = '{i}'; field.dispatchEvent(new Event('input'))",
            f"{row} !== window.before"))
    told("sort", sorts)
    told("filter", filters)
    driver.get(url)
    until(driver, "window.seen.table")
    told("frames while the table is scrolled through",
         driver.execute_async_script(SCROLL, "run-table .view", 400))


def log(driver, server, run, text, times):
    url = f"{server}/runs/{run}?tab=log"
    told("navigation to the last page of the log", opened(driver, url, "log", times))
    jumps = []
    for i in range(times):
        line = 1 + (i * 7_777_777) % driver.execute_script("return document.querySelector('log-rows').windows.total")
        jumps.append(driver.execute_async_script(
            ACT, f"document.querySelector('log-rows').show({line - 1})",
            f"document.querySelector('[data-row=\"{line - 1}\"]:not(.waits)')"))
    told("jump to a line", jumps)
    searches = []
    for i in range(3):
        driver.get(url)
        until(driver, "window.seen.log")
        searches.append(driver.execute_async_script(
            ACT,
            f"const field = document.querySelector('log-search input'); field.value = {json.dumps(text)}; field.dispatchEvent(new Event('input'))",
            "/match/.test(document.querySelector('log-search output').textContent)"))
    told("search of the whole log", searches)


def write(folder, written, ended):
    """Appends ten rows a second of 50 metrics each, and notes when each was written."""
    with open(folder / "events.jsonl", "a", buffering=1) as events:
        step = 0
        while not ended.wait(0.1):
            step += 1
            values = {f"group{i % 5}/metric{i}": (step * (i + 1)) % 97 / 97 for i in range(50)}
            data = {"global_step": step, **values}
            events.write(json.dumps({"ts": time.time(), "type": "metrics", "data": data}) + "\n")
            written[step] = 1000 * time.time()


def processes(pid):
    """Returns the process and all that it has started, and what these have."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(") ", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                pass
    found = {pid}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def seconds(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(") ", 1)[1].split()
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except FileNotFoundError:
            pass
    return total


def heap(driver):
    driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    return driver.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"] / 1e6


def live(driver, server, storage, minutes):
    folder = pathlib.Path(storage, "live", "growing", "runs", "20260101_000000_0a11fe")
    folder.mkdir(parents=True)
    now = time.time()
    (folder / "meta.json").write_text(json.dumps({"id": folder.name, "path": "live/growing", "created_at": now}))
    (folder / "status.json").write_text(json.dumps({"status": "running", "started_at": now}))
    written = {}
    ended = threading.Event()
    writer = threading.Thread(target=write, args=(folder, written, ended))
    writer.start()
    try:
        driver.get(f"{server}/?runs={folder.name}")
        until(driver, "window.seen.charts")
        # To look at each frame costs more than the page does, so that is left for the last minute.
        driver.execute_script("window.unwatched = true")
        time.sleep(60)
        pids = processes(driver.service.process.pid)
        heap_before, cpu_before, start = heap(driver), seconds(pids), time.time()
        time.sleep(60 * (minutes - 2))
        share = (seconds(pids) - cpu_before) / (time.time() - start)
        driver.execute_script(NOTE_STEPS)
        time.sleep(60)
        drawn = driver.execute_script("return window.drawn")
        # What was noted is the measurement's and not the page's.
        driver.execute_script("window.drawn.length = 0")
        print(f"heap of the page: {heap_before:.1f} MB after a minute, {heap(driver):.1f} MB after {minutes} minutes")
        print(f"the whole browser: {100 * share:.0f} % of a core")
        told("line appended to pixel", [at - written[int(step)] for step, at in drawn if int(step) in written])
    finally:
        ended.set()
        writer.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server")
    parser.add_argument("--runs", help="ids of the runs whose charts are opened")
    parser.add_argument("--many", help="ids of runs with many metrics, which are scrolled through")
    parser.add_argument("--table", action="store_true", help="measure the table of all runs")
    parser.add_argument("--log", help="the id of a run whose log is opened")
    parser.add_argument("--find", default="error", help="what is searched for in it")
    parser.add_argument("--live", help="a folder of the server's storage into which a run is written")
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    driver = browser()
    driver.set_script_timeout(120)
    try:
        if given.runs:
            charts(driver, given.server, given.runs, given.times)
        if given.many:
            scrolled(driver, given.server, given.many)
        if given.table:
            table(driver, given.server, given.times)
        if given.log:
            log(driver, given.server, given.log, given.find, given.times)
        if given.live:
            live(driver, given.server, given.live, given.minutes)
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
