"""What the disk of the cache does to it."""
import asyncio
import os
import signal

from fault import Fault
from fault_process import start


def damage(scene):
    """Overwrites bytes in each file of the cache, and tells in how many."""
    files = [path for path in (scene.server.settings["metrics.cache.directory"]).rglob("*")
             if path.is_file() and path.stat().st_size]
    for path in files:
        with open(path, "r+b") as file:
            for _ in range(50):
                file.seek(scene.random.randrange(path.stat().st_size))
                file.write(scene.random.randbytes(8))
    return len(files)


class DamagedWhileRunning(Fault):
    """Overwrites parts of all of the cache's files under a running server."""

    name = "cache files damaged while running"

    async def happen(self, scene):
        for _ in range(3):
            scene.note(f"{damage(scene)} files damaged")
            await asyncio.sleep(2)


class DamagedWhileStopped(Fault):
    """Stops the server as it should be, overwrites parts of all of the cache's files, and starts it."""

    name = "cache files damaged while stopped"
    breaks = True
    restarts = True
    allows = frozenset({503})

    async def happen(self, scene):
        await scene.server.end(signal.SIGTERM)
        scene.note(f"{damage(scene)} files damaged")
        await start(scene)


class FullDisk(Fault):
    """Fills the disk of the cache, which is a small file system in memory, and frees it again."""

    name = "the disk of the cache full"

    async def happen(self, scene):
        if not scene.disk:
            scene.note("not tried: a small file system could not be mounted")
            return
        filler, size = scene.disk / "filler", 0
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    size += file.write(bytes(4096))
            except OSError:
                pass
        free = os.statvfs(scene.disk).f_bavail
        for run in scene.storage.runs:
            run.events.append(b"".join(run.event() for _ in range(100)))
        await asyncio.sleep(8)
        filler.unlink()
        scene.note(f"{size // 2 ** 20} MB taken, {free} blocks were free")
