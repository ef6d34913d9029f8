"""What came of every request, line and event; what was wrong is kept, and nothing explains it away."""
import collections
import contextlib
import re
import time

LEAKS = re.compile(rb"/tmp/|/home/|/root/|\bat org\.|\bat java\.|Exception\b|\.java:\d+")


class Tally:
    """Failures are explained only by a fault that is under way, and only those that this fault allows."""

    def __init__(self):
        self.right, self.told = collections.Counter(), collections.Counter()
        self.explained, self.unexplained = collections.Counter(), collections.Counter()
        self.wrong, self.windows = [], []
        self.odd, self.printed = collections.Counter(), collections.Counter()
        self.started = time.time()

    @contextlib.contextmanager
    def under(self, fault):
        window = [time.time(), float("inf"), fault]
        self.windows.append(window)
        try:
            yield
        finally:
            window[1] = time.time()

    def faults(self, since):
        """The faults that were under way at any time since then."""
        return [fault for start, end, fault in self.windows if end >= since]

    def name(self, since):
        return " + ".join(fault.name for fault in self.faults(since)) or "no fault"

    def count(self, kind, number=1):
        self.right[kind] += number

    def wrongly(self, kind, detail, since):
        """An answer that is not what the file holds."""
        self.wrong.append((round(time.time() - self.started, 1), self.name(since), kind, str(detail)[:1500]))
        self.tell("WRONG", kind, since, f"{kind}: {detail}")

    def failed(self, kind, answer, since, path=""):
        """An answer that is an error, or none."""
        what = str(answer.status or answer.trouble)
        faults = self.faults(since)
        fault = next((fault for fault in faults
                      if (answer.status in fault.allows if answer.status else fault.breaks)), None)
        detail = f"{kind} {what} {answer.headers} {answer.body[:200]!r}: {path}"
        if fault and fault.starts and answer.status:
            what += " of the application server, while the application is not there yet"
        elif answer.status:
            self.form(answer, detail, since)
        if fault:
            self.explained[(fault.name, what)] += 1
        else:
            self.unexplained[(self.name(since), kind, what)] += 1
            self.tell("UNEXPLAINED", kind + what, since, detail)

    def form(self, answer, detail, since):
        """The rules for errors: JSON, nothing of the server's inside, and when to come again."""
        if LEAKS.search(answer.body):
            self.oddly("tells of the server's inside", detail, since)
        if answer.status >= 400 and not answer.headers.get("content-type", "").startswith("application/json"):
            self.oddly("an error that is not JSON", detail, since)
        if answer.status == 503 and "retry-after" not in answer.headers:
            self.oddly("503 without Retry-After", detail, since)

    def oddly(self, what, detail, since):
        self.odd[(self.name(since), what)] += 1
        self.tell("ODD", what, since, detail)

    def disconnected(self, kind, how):
        """A socket or stream that ended; its client connects again."""
        since = time.time() - 2
        fault = next((fault for fault in self.faults(since)
                      if fault.breaks or f"{kind} {how}" in fault.ends), None)
        if fault:
            self.explained[(fault.name, f"{kind} {how}")] += 1
        else:
            self.unexplained[(self.name(since), kind, how)] += 1
            self.tell("UNEXPLAINED", kind + how, since, f"{kind} {how}")

    def tell(self, word, what, since, detail):
        """Prints the first few of each kind."""
        key = word, self.name(since), what
        self.printed[key] += 1
        if self.printed[key] <= 3:
            print(f"{word} {time.time() - self.started:.0f} s, under {self.name(since)}: {str(detail)[:700]}", flush=True)
