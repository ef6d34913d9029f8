"""The process is taken away, or has a rival."""
import asyncio

from fault import Fault
from server import QUICK, Server


class Starting(Fault):
    """From the start of the process until it is ready; its port is open a moment before the application answers."""

    name = "start"
    allows = frozenset({404, 500, 503})
    breaks = True
    starts = True


async def start(scene):
    with scene.tally.under(Starting()):
        scene.server.start()
        await scene.server.ready()


class Killed(Fault):
    """Ends the server with -9 while it parses and writes its cache, and starts it on the same cache folder."""

    name = "kill -9 during parses and cache writes"
    breaks = True
    restarts = True

    async def happen(self, scene):
        for run in scene.random.sample(scene.storage.runs, 3):
            run.events.append(b"".join(run.event() for _ in range(300)))
        asking = [asyncio.create_task(scene.load.asker.ask(scene.server, run, "metrics_step"))
                  for run in scene.storage.runs]
        await asyncio.sleep(scene.random.random() * 0.2)
        await scene.server.kill()
        await asyncio.gather(*asking)
        await start(scene)


class TwoServers(Fault):
    """Starts a second server on the cache folder of the first, asks both, and stops it again."""

    name = "two servers on one cache folder"

    async def happen(self, scene):
        second = Server(scene.options, scene.storage.root, scene.folder / "second", heap="256m", flags=QUICK,
                        **{"cache_directory": scene.server.settings["metrics.cache.directory"]})
        second.start()
        try:
            await second.ready()
            right = await scene.load.all_right(second)
            scene.note(f"the second server answered {'right' if right else 'WRONG'}")
        finally:
            await second.end()
