"""What a run's events.jsonl means: a second reading, as simple as it can be, with json.loads and nothing of the server.

A Reading holds the lines of one file that only grows. A table of its first n lines is what the server must answer
to somebody who asks when the file holds n lines.
"""
import json
import math
import re
import sys

sys.set_int_max_str_digits(0)

LARGEST, SMALLEST = 2 ** 63 - 1, -2 ** 63


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def marked_once(text):
    """Bytes that are no UTF-8 are replaced; by how many marks, nothing says."""
    return re.sub("\ufffd+", "\ufffd", text) if "\ufffd" in text else text


def decode(line):
    """Returns the object of a line, None for a line that is none."""
    try:
        value = json.loads(marked_once(line.decode("utf-8", "replace")))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def step_of(data):
    value = data.get("global_step")
    value = data.get("step") if value is None else value
    try:
        step = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return step if SMALLEST <= step <= LARGEST else None


def finite(value):
    """Returns a number as a double; None if it is none, or beyond the largest double."""
    try:
        return float(value) if is_number(value) and math.isfinite(value) else None
    except OverflowError:
        return None


def double(value):
    """Returns a number as a double, an infinite one if it is beyond the largest."""
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value)


def shown(value):
    """A logged value as it is answered."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if is_number(value) and isinstance(value, int) and not SMALLEST <= value <= LARGEST:
        return finite(value)
    return value


class Event:
    """A line of metrics: its step and time, where it has one, and its values as they were logged."""

    def __init__(self, line, data):
        self.step = step_of(data)
        time = finite(data.get("time"))
        self.time = finite(line.get("ts")) if time is None else time
        self.values = {name: value for name, value in data.items()
                       if name not in ("global_step", "step") and not isinstance(value, (dict, list))}


def event_of(line):
    """Returns the event of a line of metrics, None for another valid line, False for one that is skipped."""
    value = decode(line)
    if value is None:
        return False
    if value.get("type") not in ("metrics", "image"):
        return None
    if not isinstance(value.get("data"), dict):
        return False
    return Event(value, value["data"]) if value["type"] == "metrics" else None


class Table:
    """The rows of a view by their keys. A table is never changed; with() makes the next one."""

    def __init__(self, rows=None, kinds=None):
        self.rows, self.kinds = rows or {}, kinds or {}

    def with_row(self, key, values):
        rows, kinds = dict(self.rows), self.kinds
        rows[key] = {**rows.get(key, {}), **values}
        for name, value in values.items():
            kind = type(value) if not isinstance(value, int) or SMALLEST <= value <= LARGEST else float
            if kind not in kinds.get(name, ()):
                kinds = {**kinds, name: kinds.get(name, frozenset()) | {kind}}
        return Table(rows, kinds)

    def value(self, name, value):
        """A value as its column tells it: a column with a fraction in it is one of doubles."""
        value = shown(value)
        whole = type(value) is int and float in self.kinds[name]
        return float(value) if whole else value

    def row(self, axis, key, origin=0):
        place = key - origin if origin else key
        return {axis: place, **{name: self.value(name, value) for name, value in self.rows[key].items()}}


class Reading:
    """The lines of one file that only grows, and the tables of its first lines."""

    def __init__(self):
        self.events, self.ends, self.size = [], [0], 0
        self.steps, self.times = {0: Table()}, {0: Table()}
        self.counts, self.seen = [(0, 0, None)], (set(), set())

    def extend(self, data):
        """Reads on. All of the file's bytes are given; what stands behind the last line feed waits."""
        while (end := data.find(b"\n", self.size)) >= 0:
            line = bytes(data[self.size:end])
            if self.size == 0 and line.startswith(b"\xef\xbb\xbf"):
                line = line[3:]
            self.events.append(event_of(line) if line.strip(b" \t\r") else None)
            self.count(self.events[-1])
            self.size = end + 1
            self.ends.append(self.size)

    def count(self, event):
        """Notes how many steps and times there are after each line, and the last step: what to look for a table by."""
        steps, times = self.seen
        last = self.counts[-1][2]
        if event and event.step is not None:
            steps.add(event.step)
            last = event.step if last is None else max(last, event.step)
        if event and event.time is not None:
            times.add(event.time)
        self.counts.append((len(steps), len(times), last))

    def lines(self, size):
        """How many whole lines the first bytes hold."""
        low, high = 0, len(self.ends) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.ends[middle] <= size else (low, middle - 1)
        return low

    def skipped(self, count):
        return sum(event is False for event in self.events[:count])

    def _table(self, tables, count, add):
        start = max(known for known in tables if known <= count)
        table = tables[start]
        for event in self.events[start:count]:
            table = add(table, event) if event else table
        tables[count] = table
        for old in sorted(tables)[1:-100]:
            del tables[old]
        return table

    def step_table(self, count):
        return self._table(self.steps, count, lambda table, event: table if event.step is None
                           else table.with_row(event.step, event.values))

    def time_table(self, count):
        def add(table, event):
            numbers = {name: value for name, value in event.values.items() if is_number(value) and name != "time"}
            return table if event.time is None else table.with_row(event.time, numbers)
        return self._table(self.times, count, add)

    def origin(self, count):
        times = [event.time for event in self.events[:count] if event and event.time is not None]
        return min(times, default=0.0)

    def touched(self, start, end):
        """The steps of the lines from start to end."""
        return {event.step for event in self.events[start:end] if event and event.step is not None}

    def values(self, metric, count):
        """The places and values of a metric in the step view, ascending."""
        table = self.step_table(count)
        column = table.kinds.get(metric, ())
        return [(step, double(row[metric]) if float in column else row[metric])
                for step, row in sorted(table.rows.items()) if is_number(row.get(metric))]
