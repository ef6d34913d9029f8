"""What users, writers and mounts do to the files of runs."""
import asyncio
import os
import socket
import time

from fault import Fault


class NoPermission(Fault):
    """Takes the permission to read away from files of some runs, and from the folders of others."""

    name = "read permission taken away"
    ends = frozenset({"stream ended"})
    allows = frozenset({404, 500, 503})

    async def happen(self, scene):
        chosen = scene.random.sample(scene.storage.runs, 6)
        paths = [path for run in chosen[:3] for path in (run.events.path, run.log.path)]
        paths += [run.folder for run in chosen[3:]]
        modes = {path: path.stat().st_mode & 0o777 for path in paths}
        for run in chosen:
            run.paused = True
        try:
            for path in paths:
                path.chmod(0)
            await asyncio.sleep(8)
        finally:
            for path, mode in modes.items():
                path.chmod(mode)
            for run in chosen:
                run.paused = False


class RootMoved(Fault):
    """Renames the storage root and brings it back, as a mount that goes and comes."""

    name = "the storage root renamed"
    ends = frozenset({"stream ended"})
    allows = frozenset({404, 503})

    async def happen(self, scene):
        away = scene.storage.root.with_name("away")
        for run in scene.storage.runs:
            run.paused = True
        os.rename(scene.storage.root, away)
        try:
            await asyncio.sleep(6)
        finally:
            os.rename(away, scene.storage.root)
            for run in scene.storage.runs:
                run.paused = False


class Truncated(Fault):
    """Cuts event files and logs in the middle of a line; their writers go on."""

    name = "files truncated"

    async def happen(self, scene):
        for run in scene.random.sample(scene.storage.runs, 5):
            await still(run)
            run.events.cut(len(run.events.data) // 2)
            run.events.append(b"\n")
            run.log.cut()
            run.paused = False


class Rotated(Fault):
    """Puts new files in the place of event files and logs."""

    name = "files rotated"

    async def happen(self, scene):
        for run in scene.random.sample(scene.storage.runs, 5):
            await still(run)
            run.events.replace(b"".join(run.event() for _ in range(200)))
            run.log.replace(b"".join(run.log_line() for _ in range(5)))
            run.paused = False


class Rewritten(Fault):
    """Writes other events into the same file: shorter, of the same length, longer."""

    name = "files rewritten in place"

    async def happen(self, scene):
        for place, run in enumerate(scene.random.sample(scene.storage.runs, 6)):
            await still(run)
            if place % 3 == 1:
                run.events.rewrite(run.events.data.replace(b'"loss": 0.', b'"loss": 1.'))
            else:
                run.events.rewrite(b"".join(run.event() for _ in range(50 if place % 3 else 3000)))
            run.paused = False


class TimesMovedBack(Fault):
    """Sets the times of files back by a year, also right after something was written."""

    name = "times of files moved back"

    async def happen(self, scene):
        past = time.time() - 365 * 86400
        for run in scene.random.sample(scene.storage.runs, 6):
            run.write()
            os.utime(run.events.path, (past, past))
            os.utime(run.log.path, (past, past))
        await asyncio.sleep(4)


async def still(run):
    """Lets a run be silent for a moment, so that its listeners have all of its log."""
    run.paused = True
    await asyncio.sleep(2)


def fifo(path):
    os.mkfifo(path)


def unix_socket(path):
    place = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(place)


def link_outside(path):
    os.symlink("/etc/passwd", path)


def link_to_itself(path):
    os.symlink(path.name, path)


class OtherKinds(Fault):
    """Puts FIFOs, sockets, folders and links into the place of events, logs and meta files."""

    name = "FIFOs, sockets, folders and links in place of files"
    allows = frozenset({404, 503})

    async def happen(self, scene):
        kinds = [fifo, unix_socket, os.mkdir, link_outside, link_to_itself]
        chosen = scene.random.sample(scene.storage.runs, 10)
        moved = []
        for place, run in enumerate(chosen):
            await still(run) if place == 0 else setattr(run, "paused", True)
        for place, run in enumerate(chosen):
            files = [run.events.path] if place < 5 else [run.log.path, run.folder / "meta.json"]
            if place < 5:
                run.events.hide(True)
            for path in files:
                os.rename(path, aside := path.with_name(path.name + ".aside"))
                kinds[place % 5](path)
                moved.append((path, aside))
        await asyncio.sleep(8)
        for path, aside in moved:
            os.rmdir(path) if path.is_dir() and not path.is_symlink() else path.unlink()
            os.rename(aside, path)
        for run in chosen:
            run.events.hide(False)
            run.paused = False
