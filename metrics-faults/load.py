"""Writers and clients that go on through all faults."""
import asyncio
import os
import signal
import traceback

from client import address
from readers import Reader
from sockets import Listener
from streams import Follower


class Load:
    """Runs that grow, readers, log sockets and event streams, each client with its own address."""

    def __init__(self, storage, tally, options):
        self.storage, self.tally, self.options, self.tasks = storage, tally, options, []
        self.readers = [Reader(number, tally, options.seed) for number in range(options.readers)]
        self.listeners = [Listener(number, storage.runs[number % len(storage.runs)], tally)
                          for number in range(options.sockets)]
        self.followers = [Follower(number, storage.runs[number % len(storage.runs)], tally)
                          for number in range(options.streams)]
        self.asked, self.asker = 0, Reader(49_999, tally, options.seed)

    async def write(self, run):
        while True:
            await asyncio.sleep(self.options.write_interval * (0.7 + 0.6 * run.random.random()))
            run.write()

    def start(self, server):
        work = [self.write(run) for run in self.storage.runs]
        work += [reader.read(server, self.storage.runs, self.options.read_interval) for reader in self.readers]
        work += [client.follow(server) for client in self.listeners + self.followers]
        self.tasks = [asyncio.create_task(self.watched(task)) for task in work]

    @staticmethod
    async def watched(work):
        """A client whose own program fails ends the harness: it would be missing without a word."""
        try:
            await work
        except Exception:
            traceback.print_exc()
            os.kill(os.getpid(), signal.SIGTERM)

    async def all_right(self, server, kinds=("metrics_step", "metrics", "series", "progress")):
        """Asks for every run once; tells whether every answer was right."""
        self.asked += 1
        self.asker.source = address(45_000 + self.asked % 4000)  # Limits are for each address.
        some = asyncio.Semaphore(8)

        async def ask(run, kind):
            async with some:
                return await self.asker.ask(server, run, kind)

        return all(await asyncio.gather(*(ask(run, kind) for run in self.storage.runs for kind in kinds)))

    async def stop(self):
        """Ends all clients; one that loses its cancellation in a wait that ended at that moment is told again."""
        while self.tasks:
            for task in self.tasks:
                task.cancel()
            _, self.tasks = await asyncio.wait(self.tasks, timeout=5)
