#!/usr/bin/python3
"""Does to a running server what disks, clients and operators do, under load, and judges every answer."""
import argparse
import asyncio
import pathlib
import random
import sys
import tempfile
import time

from fault import Scene
from fault_process import Killed
from load import Load
from server import Server
from storage import Storage
from tally import Tally

ROOT = pathlib.Path(__file__).resolve().parent.parent
FAULTS = [Killed]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jar", type=pathlib.Path, default=ROOT / "metrics-ear" / "target" / "metrics.jar")
    parser.add_argument("--java", default="java")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--rows", type=int, default=1500, help="the most rows that a run begins with")
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--streams", type=int, default=20)
    parser.add_argument("--read-interval", type=float, default=5, help="seconds between two questions of a reader")
    parser.add_argument("--write-interval", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of faults, parted by commas")
    return parser.parse_args()


async def main(options):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    tally = Tally()
    storage = Storage(folder / "root", options.runs, options.rows, options.seed)
    server = Server(options, storage.root, folder / "server")
    load = Load(storage, tally, options)
    scene = Scene(options, storage, server, load, tally, folder, random.Random(options.seed))
    try:
        server.start()
        await server.ready()
        load.start(server)
        end = time.time() + options.minutes * 60
        await asyncio.sleep(10)
        print("held", await server.held(), flush=True)
        for fault in FAULTS:
            fault = fault()
            with tally.under(fault):
                await fault.happen(scene)
                recovered = await scene.all_right_within(60)
            print(fault.name, "right again after", recovered, "held", await server.held(), flush=True)
        await asyncio.sleep(max(0, end - time.time()))
        print("changed", storage.changed())
    finally:
        await load.stop()
        await server.end()
    print(dict(tally.right), dict(tally.told), dict(tally.explained), dict(tally.unexplained), len(tally.wrong))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(arguments())))
