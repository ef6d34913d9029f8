"""A storage root whose every byte is known: runs that grow, and what each of their files held at any moment."""
import json
import os
import random

from judge import Reading

NOTHING = -1  # The version of a file that is not there.


class Written:
    """A file that the harness writes. A version is what it held from when it was begun anew; a version only grows."""

    def __init__(self, path):
        self.path, self.versions, self.readings = path, [bytearray()], [Reading()]
        self.hidden, self.hides, self.split = False, 0, (NOTHING, 0, [])

    @property
    def data(self):
        return self.versions[-1]

    def moment(self):
        """The version and its size now, and how often it was hidden or shown."""
        return len(self.versions) - 1, len(self.data), self.hides

    def hide(self, hidden):
        """Notes that something that is no file is in its place, which reads as no lines, or is no longer."""
        self.hides += hidden != self.hidden
        self.hidden = hidden

    def reading(self, version):
        if version == NOTHING:
            return Reading()
        self.readings[version].extend(self.versions[version])
        return self.readings[version]

    def lines(self, version):
        """The lines of a log, but for one that has no end yet."""
        size = len(self.versions[version])
        if self.split[:2] != (version, size):
            self.split = version, size, self.versions[version].decode().split("\n")[:-1]
        return self.split[2]

    def begin(self):
        self.versions.append(bytearray())
        self.readings.append(Reading())

    def append(self, data):
        with open(self.path, "ab") as file:
            file.write(data)
        self.data.extend(data)

    def cut(self, size=0):
        """Cuts the file where it is; what is left counts as a new version."""
        kept = bytes(self.data[:size])
        os.truncate(self.path, size)
        self.begin()
        self.data.extend(kept)

    def rewrite(self, data):
        """Writes other content into the same file."""
        self.cut()
        self.append(data)

    def replace(self, data):
        """Puts another file in its place, in one step."""
        other = self.path.with_name(self.path.name + ".new")
        other.write_bytes(data)
        os.rename(other, self.path)
        self.begin()
        self.data.extend(data)

    def states(self, start, end):
        """The versions and counts of lines that the file had between two moments."""
        if self.hidden or start[2] != end[2]:
            yield NOTHING, 0
        for version in range(start[0], end[0] + 1):
            reading = self.reading(version)
            first = reading.lines(start[1]) if version == start[0] else 0
            last = reading.lines(end[1]) if version == end[0] else len(reading.events)
            for count in range(first, last + 1):
                yield version, count


class Run:
    """A run that trains: rows and lines with some of everything that trackers write."""

    def __init__(self, root, number, seed):
        self.id, self.random = f"20260101_0000{number:02d}_{number:06x}", random.Random(seed * 1000 + number)
        self.folder = root / "runs" / f"team-{number % 4}" / "faults" / self.id
        self.folder.mkdir(parents=True)
        (self.folder / "status.json").write_text('{"status": "running", "started_at": 1767225600.0}')
        (self.folder / "meta.json").write_text(json.dumps({"id": self.id, "path": f"team-{number % 4}/faults"}))
        self.events, self.log = Written(self.folder / "events.jsonl"), Written(self.folder / "logs.txt")
        self.step, self.line, self.paused = 0, 0, False

    def event(self):
        """The text of the next event, with its line end."""
        luck = self.random.random()
        if luck < 0.01:
            return b'{"ts": 1, "type": "metrics", "data": {"global_step": 7, "los\n'
        if luck < 0.02:
            return b'{"ts": 1767225600.5, "type": "image", "data": {"key": "k", "path": "media/k.png", "step": 3}}\n'
        if luck < 0.05 and self.step > 5:
            data = {"global_step": self.step - 3, "val/loss": self.random.random()}
        else:
            self.step += 1
            data = {"global_step": self.step, "loss": 1 / self.step + self.random.random() * 1e-3,
                    "accuracy": self.random.random(), "samples": self.step * 32, "stage": "train"}
            if luck < 0.08:
                data["loss"] = self.random.choice([float("nan"), float("inf"), float("-inf")])
            if luck > 0.97:
                data["stage"], data["done"] = "é\u4e2d", bool(self.step % 2)
        event = {"ts": 1767225600.0 + self.step * 0.5, "type": "metrics", "data": data}
        return json.dumps(event, ensure_ascii=luck < 0.5).encode() + b"\n"

    def log_line(self):
        self.line += 1
        return f"{self.id} {len(self.log.versions)} line {self.line} é {'x' * self.random.randrange(80)}\n".encode()

    def fill(self, rows):
        self.events.append(b"".join(self.event() for _ in range(rows)))
        self.log.append(b"".join(self.log_line() for _ in range(rows // 10 + 3)))

    def write(self):
        """Writes on, at times the end of one line and half of the next; nothing while it is paused."""
        if self.paused:
            return
        text = b"".join(self.event() for _ in range(self.random.choice([1, 1, 2, 3])))
        if self.random.random() < 0.2:
            middle = self.random.randrange(1, len(text))
            self.events.append(text[:middle])
            text = text[middle:]
        self.events.append(text)
        self.log.append(b"".join(self.log_line() for _ in range(self.random.choice([1, 1, 2]))))


class Storage:
    """All runs, and a look at whether anybody else has changed a byte."""

    def __init__(self, root, count, rows, seed):
        self.root, self.random = root, random.Random(seed)
        root.mkdir(parents=True)
        self.runs = [Run(root, number, seed) for number in range(count)]
        for run in self.runs:
            run.fill(self.random.randrange(rows // 4, rows))
        self.fixed, self.others = {}, []
        self.note()

    def also(self, run):
        """Takes in a run that no client of the load asks for."""
        self.others.append(run)
        self.fixed.update({path: path.read_bytes() for path in run.folder.iterdir() if path != run.events.path})

    def written(self):
        return {file.path: file for run in self.runs + self.others for file in (run.events, run.log)
                if file.versions != [b""]}

    def note(self):
        """Remembers the files that only a fault changes, when they are as they shall be."""
        known = self.written()
        self.fixed = {path: path.read_bytes() for path in self.files() if path not in known}

    def files(self):
        return {path for path in self.root.rglob("*") if not path.is_dir()}

    def changed(self):
        """The names of files that are not as the harness wrote them, that came or that went."""
        known = self.written()
        found = self.files()
        wrong = [path for path in set(known) | set(self.fixed) if path not in found]
        wrong += [path for path in found if path not in known and path not in self.fixed]
        wrong += [path for path in found & set(known) if path.read_bytes() != known[path].data]
        wrong += [path for path in found & set(self.fixed) if path.read_bytes() != self.fixed[path]]
        return sorted({str(path.relative_to(self.root)) for path in wrong})
