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
        return math.inf if value > 0 else -math.inf


def is_whole(value):
    """Whether a number is an integer by its form, or for its size."""
    return LARGEST < abs(double(value)) < math.inf or isinstance(value, int) and abs(double(value)) < math.inf


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
    """The rows of a view by their keys.

    A column with a fraction in it is one of doubles. Doubles beyond 64 bits are all integers, in which way they are
    written: 1e61 makes no column one of doubles, as 10 ** 61 does not, but 10 ** 400, which is infinite, does.
    """

    def __init__(self, order, rows=None, kinds=None, doubles=None):
        self.order, self.rows, self.kinds, self.doubles = order, rows or {}, kinds or {}, doubles or set()

    def columns(self):
        """The metrics, in the order in which the run logged them first, be it in an event without a place here."""
        return sorted(self.kinds, key=self.order.__getitem__)

    def copy(self):
        return Table(self.order, dict(self.rows), dict(self.kinds), set(self.doubles))

    def put(self, key, values):
        """Adds values to a row. Rows are shared with the tables before, so one that changes is a new one."""
        self.rows[key] = {**self.rows.get(key, {}), **values}
        for name, value in values.items():
            if type(value) not in self.kinds.get(name, ()):
                self.kinds[name] = self.kinds.get(name, frozenset()) | {type(value)}

    def note(self, values):
        """Notes which metrics have a value that is no integer, be it in an event without a place here."""
        self.doubles.update(name for name, value in values.items() if is_number(value) and not is_whole(value))

    def value(self, name, value):
        """A value as its column tells it: a column with a fraction in it is one of doubles."""
        value = shown(value)
        whole = type(value) is int and name in self.doubles
        return float(value) if whole else value

    def row(self, axis, key, origin=0):
        place = key - origin if origin else key
        return {axis: place, **{name: self.value(name, value) for name, value in self.rows[key].items()}}


class Reading:
    """The lines of one file that only grows, and the tables of its first lines."""

    def __init__(self):
        self.events, self.ends, self.size = [], [0], 0
        self.order = {}
        self.steps, self.times = {0: Table(self.order)}, {0: Table(self.order)}
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
        for name in event.values if event else ():
            self.order.setdefault(name, len(self.order))
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

    def _table(self, tables, count, put):
        """The table of the first lines, made of the one of fewer lines that is there."""
        start = max(known for known in tables if known <= count)
        if start == count:
            return tables[count]
        table = tables[start].copy()
        for event in filter(None, self.events[start:count]):
            table.note(event.values)
            put(table, event)
        tables[count] = table
        for old in sorted(tables)[1:-100]:
            del tables[old]
        return table

    def step_table(self, count):
        def put(table, event):
            if event.step is not None:
                table.put(event.step, event.values)
        return self._table(self.steps, count, put)

    def time_table(self, count):
        def put(table, event):
            if event.time is not None:
                table.put(event.time, {name: value for name, value in event.values.items()
                                       if is_number(value) and name != "time"})
        return self._table(self.times, count, put)

    def origin(self, count):
        times = [event.time for event in self.events[:count] if event and event.time is not None]
        return min(times, default=0.0)

    def touched(self, start, end):
        """The steps of the lines from start to end."""
        return {event.step for event in self.events[start:end] if event and event.step is not None}

    def values(self, metric, count):
        """The places and values of a metric in the step view, ascending."""
        table = self.step_table(count)
        return [(step, double(row[metric]) if metric in table.doubles else row[metric])
                for step, row in sorted(table.rows.items()) if is_number(row.get(metric))]
