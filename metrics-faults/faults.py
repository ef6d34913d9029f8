#!/usr/bin/python3
"""Does to a running server what disks, clients and operators do, under load, and judges every answer."""
import argparse
import asyncio
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from fault import Scene
from fault_cache import DamagedWhileRunning, DamagedWhileStopped, FullDisk
from fault_clients import MutatedRequests, SlowConnections
from fault_files import NoPermission, OtherKinds, Rewritten, RootMoved, Rotated, TimesMovedBack, Truncated
from fault_limits import NoDescriptors, NoHeap, NoThreads
from fault_lines import MutatedLines
from fault_process import Killed, TwoServers, start
from load import Load
from report import Report
from server import Server
from storage import Storage
from tally import Tally

ROOT = pathlib.Path(__file__).resolve().parent.parent
ONCE = [MutatedLines, MutatedRequests, NoHeap]  # Large by themselves.
AGAIN = [Truncated, Rotated, Rewritten, TimesMovedBack, OtherKinds, NoPermission, RootMoved, DamagedWhileRunning,
         SlowConnections, NoDescriptors, NoThreads, TwoServers, FullDisk, DamagedWhileStopped, Killed]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jar", type=lambda text: pathlib.Path(text).resolve(),
                        default=ROOT / "metrics-ear" / "target" / "metrics.jar")
    parser.add_argument("--java", default="java")
    parser.add_argument("--minutes", type=float, default=10, help="each fault is made once, and again until then")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--rows", type=int, default=1500, help="the most rows that a run begins with")
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--streams", type=int, default=20)
    parser.add_argument("--read-interval", type=float, default=5, help="seconds between two questions of a reader")
    parser.add_argument("--write-interval", type=float, default=1, help="seconds between two writes to a run")
    parser.add_argument("--requests", type=int, default=10_000, help="mutated requests")
    parser.add_argument("--lines", type=int, default=100_000, help="mutated event lines")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="classes of faults, parted by commas")
    parser.add_argument("--report", type=pathlib.Path, help="a file for the report, besides the output")
    return parser.parse_args()


def small_disk(folder):
    """Mounts a small file system in memory for the cache; None where that is not allowed."""
    disk = folder / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m,mode=1777", "faults", str(disk)]
    try:
        mounted = subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        mounted = False
    return disk if mounted else None


async def make(scene, fault, report):
    """Makes a fault under load, waits until all is right again, and looks at what the server holds."""
    print(f"{time.time() - scene.tally.started:.0f} s: {fault.name}", flush=True)
    before = await scene.server.held()
    with scene.tally.under(fault):
        try:
            await fault.happen(scene)
        except Exception as broken:
            traceback.print_exc()
            report.broken.append(f"{fault.name}: {broken}")
        recovered = await scene.all_right_within(60)
    await asyncio.sleep(5)
    changed, after = scene.storage.changed(), await scene.server.held()
    report.add(fault, scene.server, recovered, before, after, changed)
    scene.note(f"right again after {'no time within 60' if recovered is None else round(recovered, 1)} s, "
               f"holds {after}, {changed or 'no file'} changed")


async def fill_pools(scene):
    """Asks for much at once, so that pools of threads have their size before the first look at it."""
    await asyncio.gather(*(scene.load.asker.ask(scene.server, run, kind)
                           for run in scene.storage.runs * 5 for kind in ("series", "progress")))


async def trial(scene, report):
    names = set(scene.options.only.split(",")) - {""}
    chosen = [[kind for kind in kinds if not names or kind.__name__ in names] for kinds in (AGAIN, ONCE)]
    end = time.time() + scene.options.minutes * 60
    await start(scene)
    scene.load.start(scene.server)
    await asyncio.sleep(15)
    await fill_pools(scene)
    for kind in chosen[0][:-3] + chosen[1] + chosen[0][-3:]:
        await make(scene, kind(), report)
    while time.time() < end:
        if chosen[0]:
            await make(scene, scene.random.choice(chosen[0])(), report)
        else:
            await asyncio.sleep(1)


async def main(options):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    disk = small_disk(folder)
    tally = Tally()
    storage = Storage(folder / "root", options.runs, options.rows, options.seed)
    server = Server(options, storage.root, folder / "server", cache_directory=(disk or folder / "server") / "cache")
    load = Load(storage, tally, options)
    scene = Scene(options, storage, server, load, tally, folder, random.Random(options.seed))
    scene.disk, report = disk, Report(tally)
    try:
        await trial(scene, report)
    except Exception as broken:
        traceback.print_exc()
        report.broken.append(f"the trial ended early: {broken}")
    finally:
        await load.stop()
        await server.end()
        if disk:
            subprocess.run(["umount", str(disk)])
    text = report.text(options)
    print(text)
    if options.report:
        options.report.write_text(text)
    if report.failures():
        print(f"The files, and what the server logged, are in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    sys.exit(asyncio.run(main(arguments())))
