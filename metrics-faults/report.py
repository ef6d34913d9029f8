"""What was tried, how often, what came of it: tables in Markdown, and whether all was as it must be."""
import collections

FLAT = {"threads": 60, "descriptors": 100, "heap MB": 60}  # What the load itself moves up and down.


class Report:
    def __init__(self, tally):
        self.tally, self.rows, self.held, self.changed, self.broken = tally, {}, [], [], []

    def add(self, fault, server, recovered, before, after, changed):
        """Takes in one time that a fault was made; held is compared only where the process stayed the same."""
        row = self.rows.setdefault(fault.name, {"times": 0, "recovered": [], "growth": collections.Counter()})
        row["times"] += 1
        row["recovered"].append(recovered)
        if not fault.restarts:
            for name, value in after.items():
                row["growth"][name] = max(row["growth"][name], value - before[name])
        self.held.append((server.starts, after))
        self.changed += [f"{fault.name}: {name}" for name in changed]

    def grown(self):
        """What the process that was looked at most often held at first, and at last."""
        starts = collections.Counter(starts for starts, _ in self.held).most_common(1)[0][0]
        looks = [held for known, held in self.held if known == starts]
        return looks[0], looks[-1], len(looks)

    def failures(self):
        found = [f"{len(self.tally.wrong)} wrong answers"] if self.tally.wrong else []
        found += [f"not made as it should be, {one}" for one in self.broken]
        found += [f"{number} times unexplained: {key}" for key, number in self.tally.unexplained.items()]
        found += [f"{number} times against a rule for errors: {key}" for key, number in self.tally.odd.items()]
        found += [f"a file was changed by {name}" for name in sorted(set(self.changed))]
        found += [f"{name}: not right again within the time" for name, row in self.rows.items() if None in row["recovered"]]
        for name, row in self.rows.items():
            found += [f"{name}: {what} grew by {value}" for what, value in row["growth"].items() if value > FLAT[what]]
        return found

    def text(self, options):
        tally = self.tally
        lines = [f"{options.runs} growing runs, {options.readers} readers, {options.sockets} log sockets, "
                 f"{options.streams} event streams, seed {options.seed}.", "",
                 "| fault | times | right again after, s | wrong | failures that it explains | unexplained | growth |",
                 "|---|---|---|---|---|---|---|"]
        names = list(self.rows) + sorted({key[0] for key in tally.explained} - set(self.rows)) + ["no fault"]
        for name in names:
            row = self.rows.get(name, {"times": "", "recovered": [], "growth": {}})
            slow = [value for value in row["recovered"] if value is not None]
            recovered = f"{max(slow):.1f}" if slow else ""
            if None in row["recovered"]:
                recovered = "never"
            wrong = sum(name in under.split(" + ") for _, under, _, _ in tally.wrong)
            explained = ", ".join(f"{number} × {what}" for (fault, what), number in sorted(tally.explained.items()) if fault == name)
            unexplained = sum(number for (under, _, _), number in tally.unexplained.items() if name in under.split(" + "))
            growth = ", ".join(f"{value:+d} {what}" for what, value in row["growth"].items())
            lines.append(f"| {name} | {row['times']} | {recovered} | {wrong} | {explained} | {unexplained} | {growth} |")
        lines += ["", "| judged | right | wrong |", "|---|---|---|"]
        wrong = collections.Counter(kind for _, _, kind, _ in tally.wrong)
        for kind in sorted(set(tally.right) | set(wrong)):
            lines.append(f"| {kind} | {tally.right[kind]} | {wrong[kind]} |")
        lines += ["", *(f"- {number} × {what}" for what, number in sorted(tally.told.items()))]
        if self.held:
            first, last, looks = self.grown()
            lines += ["", f"In {looks} looks at one process it held {first} at first and {last} at last."]
        found = self.failures()
        lines += ["", "Not as it must be:" if found else "All as it must be."]
        return "\n".join(lines + [f"- {one}" for one in found] + [""])
