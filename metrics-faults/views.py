"""The questions that readers ask, each with its judge: what is wrong with an answer, or nothing."""
import math

from judge import finite, shown
from storage import NOTHING


def first_problem(answer, states, problem_of):
    """Nothing, if the answer is right for one of the states; otherwise what is wrong by the last."""
    problem = "the file had at no moment as many rows, or that last step"
    for version, count in states:
        problem = problem_of(version, count)
        if not problem:
            return None
    return problem


def rows_problem(table, axis, keys, body, origin=0):
    """Compares columns, rows and the types of values with those of the keys in a table."""
    expected = [table.row(axis, key, origin) for key in keys]
    if body["rows"] != expected:
        if len(body["rows"]) != len(expected):
            return f"{len(body['rows'])} rows instead of {len(expected)}"
        place = next(place for place, row in enumerate(expected) if row != body["rows"][place])
        return f"row {place} is {body['rows'][place]}, not {expected[place]}"
    columns = [axis, *table.columns()] if table.rows else []
    if body["columns"] != columns:
        return f"columns {body['columns']} instead of {columns}"
    unsure = [name for name, kinds in table.kinds.items() if kinds & {int, bool}]
    for row, other in zip(body["rows"], expected):
        for name in unsure:
            if name in row and type(row[name]) is not type(other[name]):
                return f"{name} of {other} is {row[name]!r}"
    return None


class Question:
    """A path below /api, and what is asked of which file."""

    def __init__(self, reader, run):
        self.reader, self.run, self.file = reader, run, run.events
        self.path = f"runs/{run.id}/{self.tail()}"

    def judge(self, answer, states):
        body = answer.json()
        likely = states if len(states) < 6 else [
            (version, count) for version, count in states
            if self.likely(body, *self.file.reading(version).counts[count])]
        return first_problem(answer, likely, lambda version, count: self.problem(
            answer, body, self.file.reading(version), version, count))

    def likely(self, body, steps, times, last):
        """Whether a look at the numbers of rows allows for an answer, so that few tables are built."""
        return body["total"] == steps


class Steps(Question):
    def tail(self):
        return "metrics_step"

    def problem(self, answer, body, reading, version, count):
        table = reading.step_table(count)
        skipped = int(answer.headers.get("x-skipped-lines", 0))
        if skipped != reading.skipped(count):
            return f"{skipped} skipped lines instead of {reading.skipped(count)}"
        problem = rows_problem(table, "global_step", sorted(table.rows), body)
        return problem or totals(answer, body, len(table.rows), len(table.rows))


def totals(answer, body, total, sampled):
    told = body["total"], body["sampled"], int(answer.headers["x-total-count"]), int(answer.headers["x-row-count"])
    return None if told == (total, sampled) * 2 else f"totals are {told}, not {(total, sampled)}"


class Times(Question):
    def tail(self):
        return "metrics"

    def likely(self, body, steps, times, last):
        return body["total"] == times

    def problem(self, answer, body, reading, version, count):
        table = reading.time_table(count)
        problem = rows_problem(table, "time", sorted(table.rows), body, reading.origin(count))
        return problem or totals(answer, body, len(table.rows), len(table.rows))


class Since(Question):
    def tail(self):
        reading = self.file.reading(self.file.moment()[0])
        steps = sorted(reading.step_table(len(reading.events)).rows) or [0]
        self.since = self.reader.random.choice(steps[-200:])
        return f"metrics_step?since_step={self.since}"

    def likely(self, body, steps, times, last):
        return not body["rows"] or body["rows"][-1]["global_step"] == last

    def problem(self, answer, body, reading, version, count):
        table = reading.step_table(count)
        keys = [step for step in sorted(table.rows) if step > self.since]
        return rows_problem(table, "global_step", keys, body) or totals(answer, body, len(keys), len(keys))


class Cursor(Question):
    """Asks for what came since this reader asked last; each place is a version and a count of lines."""

    def tail(self):
        self.token, self.places = self.reader.cursors.get(self.run.id, ("", []))
        return f"metrics_step?cursor={self.token}" if self.token else "metrics_step"

    def judge(self, answer, states):
        body = answer.json()
        reset = answer.headers.get("x-reset") == "true" or not self.token
        if answer.headers.get("x-reset") == "true":
            self.reader.tally.told["cursor: X-Reset"] += 1
        pairs = [(version, count, start) for version, count in states for start in self.starts(version, reset)]
        fits = [(version, count) for version, count, start in pairs
                if not self.delta_problem(body, version, count, start)]
        if fits:
            self.reader.cursors[self.run.id] = answer.headers["x-cursor"], fits
            return None
        self.reader.cursors.pop(self.run.id, None)
        return f"since {self.places}, reset {reset}: {self.delta_problem(body, *pairs[-1]) if pairs else 'of no version'}"

    def starts(self, version, reset):
        """Lines that the cursor may stand behind. Nothing stands in the way of a file that comes where there was none."""
        return [0] if reset else [count for known, count in self.places if known in (version, NOTHING)]

    def delta_problem(self, body, version, count, start):
        reading = self.file.reading(version)
        if start > count:
            return f"the cursor is of line {start}"
        if start == 0 and len(body["rows"]) != reading.counts[count][0]:
            return f"{len(body['rows'])} rows instead of {reading.counts[count][0]}"
        return rows_problem(reading.step_table(count), "global_step", sorted(reading.touched(start, count)), body)


class Sample(Question):
    """Rows that were chosen: the first, the last, and every metric's extremes."""

    def tail(self):
        self.points = self.reader.random.choice([100, 150, 500])
        return f"metrics_step?downsample={self.points}"

    def problem(self, answer, body, reading, version, count):
        table = reading.step_table(count)
        keys, sent = sorted(table.rows), [row["global_step"] for row in body["rows"]]
        if len(keys) <= self.points:
            return rows_problem(table, "global_step", keys, body)
        if len(sent) > self.points or sent != sorted(set(sent)) or not set(sent) <= set(keys):
            return f"{len(sent)} rows, not all of them rows of the run in their order"
        if sent[0] != keys[0] or sent[-1] != keys[-1]:
            return f"begins with {sent[0]} and ends with {sent[-1]}, not {keys[0]} and {keys[-1]}"
        for metric in table.kinds:
            values = [finite(row[metric]) for row in table.rows.values() if finite(row.get(metric)) is not None]
            there = [finite(row[metric]) for row in body["rows"] if finite(row.get(metric)) is not None]
            if values and (min(values) not in there or max(values) not in there):
                return f"an extreme of {metric} is missing"
        return rows_problem(table, "global_step", sent, body) or totals(answer, body, len(keys), len(sent))


class Series(Question):
    """Curves over the step: exact, or buckets whose mean and extremes are those of the values between them."""

    def __init__(self, reader, run):
        super().__init__(reader, run)
        self.shape = reader.random.choice(["minmax", "minmax", "lttb", "raw"])
        self.points = reader.random.choice([50, 200])
        self.path = f"v2/series?runs={run.id}&metrics=loss,accuracy,val/loss&points={self.points}&shape={self.shape}"

    def tail(self):
        return ""

    def likely(self, body, steps, times, last):
        return not body["series"] or body["series"][0]["total"] in range(steps - 5, steps + 1)

    def problem(self, answer, body, reading, version, count):
        expected = [name for name in ("loss", "accuracy", "val/loss") if reading.values(name, count)]
        if [curve["metric"] for curve in body["series"]] != expected:
            return f"curves {[curve['metric'] for curve in body['series']]} instead of {expected}"
        problems = (self.curve_problem(curve, reading.values(curve["metric"], count)) for curve in body["series"])
        return next((problem for problem in problems if problem), None)

    def curve_problem(self, curve, values):
        if curve["total"] != len(values):
            return f"{curve['metric']}: total {curve['total']} instead of {len(values)}"
        if self.shape == "raw" or len(values) <= self.points:
            exact = [place for place, _ in values], [shown(value) for _, value in values]
            return None if (curve["x"], curve["y"]) == exact else f"{curve['metric']}: not the values themselves"
        if self.shape == "lttb":
            return self.chosen_problem(curve, values)
        return self.buckets_problem(curve, values)

    def chosen_problem(self, curve, values):
        known = dict(values)
        sent = [(x, y) for x, y in zip(curve["x"], curve["y"]) if y is not None]
        if any(known.get(x) != y for x, y in sent):
            return f"{curve['metric']}: a point that was not logged"
        good = [value for _, value in values if math.isfinite(value)]
        ys = [y for _, y in sent]
        if min(good) not in ys or max(good) not in ys:
            return f"{curve['metric']}: an extreme is missing"
        return None if len(sent) <= self.points else f"{curve['metric']}: {len(sent)} points"

    def buckets_problem(self, curve, values):
        name, xs = curve["metric"], curve["x"]
        if xs != sorted(xs) or not set(xs) <= {place for place, _ in values} or xs[0] != values[0][0]:
            return f"{name}: buckets that begin at no value"
        place = 0
        for bucket, start in enumerate(xs):
            end = xs[bucket + 1] if bucket + 1 < len(xs) else math.inf
            inside = []
            while place < len(values) and values[place][0] < end:
                inside.append(values[place][1])
                place += 1
            good = [value for value in inside if math.isfinite(value)]
            told = curve["y"][bucket], curve["min"][bucket], curve["max"][bucket]
            if not good:
                if told != (None, None, None):
                    return f"{name}: {told} at {start} where nothing is finite"
                continue
            if told[1:] != (min(good), max(good)):
                return f"{name}: extremes {told[1:]} at {start} instead of {(min(good), max(good))}"
            if not math.isclose(told[0], math.fsum(good) / len(good), rel_tol=1e-9, abs_tol=1e-12):
                return f"{name}: mean {told[0]} at {start} instead of {math.fsum(good) / len(good)}"
        return None


class Progress(Question):
    def tail(self):
        return "progress"

    def likely(self, body, steps, times, last):
        return body.get("step") == last

    def problem(self, answer, body, reading, version, count):
        steps = reading.step_table(count).rows
        told = body["available"], body["status"], body.get("step")
        right = bool(steps), "running", max(steps, default=None)
        if told != right:
            return f"{told} instead of {right}"
        return None if "deprecation" in answer.headers else "no header Deprecation"


QUESTIONS = {"metrics_step": Steps, "metrics": Times, "since": Since, "cursor": Cursor, "downsample": Sample,
             "series": Series, "progress": Progress}
