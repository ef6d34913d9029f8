"""The process itself is taken away."""
import asyncio

from fault import Fault


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
    """Ends the server with -9 at any moment, and starts it on the same cache folder."""

    name = "kill -9"
    breaks = True

    async def happen(self, scene):
        await scene.server.kill()
        await start(scene)
