"""What every fault has: a name, the failures that it explains, and what it does."""
import asyncio
import time


class Fault:
    """What clients may see while it is under way: these statuses, these ends of streams and sockets, or any broken answer.

    starts: errors come from the application server alone. restarts: the process is another one afterwards.
    """

    name = ""
    allows = frozenset()
    ends = frozenset()
    breaks = False
    starts = False
    restarts = False

    async def happen(self, scene):
        """Makes the fault, and undoes it."""
        raise NotImplementedError


class Scene:
    """What a fault is made on."""

    def __init__(self, options, storage, server, load, tally, folder, random):
        self.options, self.storage, self.server, self.load = options, storage, server, load
        self.tally, self.folder, self.random = tally, folder, random
        self.disk, self.notes = None, []

    def note(self, text):
        self.notes.append(text)
        print("  " + text, flush=True)

    async def all_right_within(self, seconds):
        """Waits until every view of every run is right; tells after how long, or None."""
        start = time.time()
        while time.time() - start < seconds:
            if await self.load.all_right(self.server):
                return time.time() - start
            await asyncio.sleep(0.5)
        return None
