#!/usr/bin/python3
"""Measures the page in Debian's Chromium against a server that is there.

    page.py http://127.0.0.1:23300 --runs m0,m1 [--table] [--log RUN] [--live RUN]

Needs chromium, chromium-driver and python3-selenium. Times are the page's own: from the start of
the navigation to the frame in which all charts in view have drawn what they have. The bare time of
the same request to /api/v2/series stands beside it.
"""
import argparse
import statistics
import tempfile
import time
import urllib.request

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains

# Notes the first frame in which something is so, in milliseconds since the navigation began.
WATCH = """
window.seen = {};
const looks = {
  charts: () => { const all = [...document.querySelectorAll('run-chart')].filter(it => it.seen);
                  return all.length > 0 && all.every(it => it.isDrawn); },
  table: () => document.querySelector('tr[data-run]'),
  log: () => document.querySelector('run-log [class*=line], run-log .row, run-log .text'),
};
const look = () => {
  for (const [name, is] of Object.entries(looks)) {
    if (!(name in window.seen) && is()) { window.seen[name] = performance.now(); }
  }
  requestAnimationFrame(look);
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server")
    parser.add_argument("--runs", help="ids of the runs whose charts are opened")
    parser.add_argument("--table", action="store_true", help="measure the table of all runs")
    parser.add_argument("--log", help="the id of a run whose log is opened")
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    driver = browser()
    driver.set_script_timeout(120)
    try:
        if given.runs:
            url = f"{given.server}/?runs={given.runs}"
            opened(driver, url, "charts", 2)
            told("navigation to all visible charts", opened(driver, url, "charts", given.times))
            metrics = ",".join(driver.execute_script(
                "return [...document.querySelectorAll('run-chart')].filter(it => it.seen).flatMap(it => it.metrics)"))
            points = driver.execute_script(
                "return Math.ceil(document.querySelector('run-chart').area.clientWidth / 100) * 100")
            told("the same series by themselves",
                 bare(f"{given.server}/api/v2/series?runs={given.runs}&metrics={metrics}&points={points}", given.times))
            low, high = driver.execute_script(
                "const {min, max} = document.querySelector('run-chart').plot.scales.x; return [min, max]")
            name = driver.execute_script("return document.querySelector('run-chart').name")
            zooms = []
            for i in range(given.times):
                start = low + (high - low) * (0.1 + 0.05 * i)
                zooms.append(driver.execute_async_script(
                    CHANGE, f"/?runs={given.runs}&c.{name}=range:{start:.0f},{start + (high - low) / 100:.0f}"))
            told("zoom to full detail", zooms)
            driver.get(url)
            until(driver, "window.seen.charts")
            frames = driver.execute_async_script(SCROLL, "run-charts", 40)
            told("frames while all charts are scrolled through", frames)
        if given.table:
            url = f"{given.server}/?runs=none"
            opened(driver, url, "table", 2)
            told("navigation to the table", opened(driver, url, "table", given.times))
            frames = driver.execute_async_script(SCROLL, "run-table .view", 400)
            told("frames while the table is scrolled through", frames)
        if given.log:
            url = f"{given.server}/runs/{given.log}?tab=log"
            told("navigation to the last page of the log", opened(driver, url, "log", given.times))
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
