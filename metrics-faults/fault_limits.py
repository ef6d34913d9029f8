"""What the operating system grants runs out: descriptors, threads, memory."""
import asyncio
import contextlib
import os
import time

from client import address, get
from fault import Fault
from server import QUICK, Server
from storage import Storage


class NoDescriptors(Fault):
    """Leaves the server a few descriptors more than it has, and opens many connections."""

    name = "descriptors exhausted"
    allows = frozenset({503})
    breaks = True

    async def happen(self, scene):
        server, writers = scene.server, []
        before = server.limit("nofile", server.descriptors() + 20)
        try:
            for number in range(300):
                with contextlib.suppress(OSError, asyncio.TimeoutError):
                    _, writer = await asyncio.wait_for(asyncio.open_connection(
                        "127.0.0.1", server.port, local_addr=(address(30_000 + number), 0)), 2)
                    writer.write(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    writers.append(writer)
            await asyncio.sleep(6)
        finally:
            for writer in writers:
                writer.close()
            server.limit("nofile", before)
        scene.note(f"{len(writers)} of 300 connections were taken")


async def ask_in_vain(scene, server, number, path):
    """A request whose answer may be refused; an answer of 200 is complete."""
    since = time.time()
    answer = await get(server.port, path, address(31_000 + number), timeout=90)
    if answer.status != 200:
        scene.tally.failed("long request", answer, since, path)
    return answer.status


def counted(statuses):
    return ", ".join(f"{statuses.count(status)} times {status or 'no answer'}" for status in sorted(set(statuses)))


class NoThreads(Fault):
    """Leaves the server's user three threads more than it has, and asks for much at once."""

    name = "threads exhausted"
    allows = frozenset({503})
    breaks = True

    async def happen(self, scene):
        server = scene.server
        if os.getuid() != 0:
            scene.note("not tried: the limit would be that of the one who runs this, too")
            return
        before = server.limit("nproc", server.threads() + 3)
        try:
            statuses = await asyncio.gather(*(
                ask_in_vain(scene, server, number, f"/api/runs/{run.id}/metrics_step?format=csv")
                for number, run in enumerate(scene.storage.runs * 10)))
        finally:
            server.limit("nproc", before)
        scene.note(f"200 long requests at once: {counted(statuses)}")


class NoHeap(Fault):
    """Asks a server of its own, which has little memory, for long runs by many clients at once."""

    name = "heap exhausted"
    allows = frozenset({503})
    breaks = True

    async def happen(self, scene):
        storage = Storage(scene.folder / "long", 6, 4, 99)
        for run in storage.runs:
            run.fill(40_000)
        server = Server(scene.options, storage.root, scene.folder / "small", heap="128m", flags=QUICK, cache_heap="24MB",
                        cache_disk="0MB")
        server.command = [word for word in server.command if not word.startswith("-Dmetrics.cache.disk")]
        server.start()
        try:
            await server.ready()
            statuses = await asyncio.gather(*(
                ask_in_vain(scene, server, number, f"/api/runs/{run.id}/{view}")
                for number, (run, view) in enumerate([(run, view) for run in storage.runs for view in (
                    "metrics_step", "metrics", "metrics_step?format=columns", "metrics_step?missing=null")] * 8)))
            scene.note(f"192 long requests at once: {counted(statuses)}")
            right = [await scene.load.asker.ask(server, run, kind) for run in storage.runs
                     for kind in ("metrics_step", "series", "progress")]
            scene.note(f"then {sum(right)} of {len(right)} answers right, {server.process.poll() or 'still running'}")
        finally:
            await server.end()
