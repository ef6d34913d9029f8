"""Clients of log sockets: every line once, in order, none lost, whatever happens to the connection."""
import asyncio
import json
import time

import websockets

from client import address


class Listener:
    """Follows one log. Even ones read text from the start each time; odd ones go on behind their last line."""

    def __init__(self, number, run, tally):
        self.source, self.run, self.tally = address(10_000 + number), run, tally
        self.batches = number % 2 == 1
        self.offset, self.version, self.place, self.noticed = 0, 0, 0, False

    async def follow(self, server):
        while True:
            since = time.time()
            tail = f"after={self.offset}" if self.batches and self.offset else "tail=all"
            if not (self.batches and self.offset):
                self.version, self.place = self.run.log.moment()[0], 0
            path = f"ws://127.0.0.1:{server.port}/api/runs/{self.run.id}/logs/ws?{tail}"
            try:
                async with websockets.connect(path, subprotocols=["metrics.logs.v2"] if self.batches else None,
                                              local_addr=(self.source, 0), compression=None, max_size=None,
                                              open_timeout=60, close_timeout=5, ping_interval=None) as socket:
                    self.tally.told["socket: opened"] += 1
                    async for message in socket:
                        self.take(message, since)
                self.broken(f"closed with {socket.close_code}", since)
            except websockets.InvalidStatusCode as refused:
                self.broken(f"refused with {refused.status_code}", since)
            except (OSError, asyncio.TimeoutError, websockets.WebSocketException, EOFError) as broken:
                self.broken(f"{type(broken).__name__} {getattr(broken, 'code', '')}".strip(), since)
            await asyncio.sleep(1)

    def broken(self, how, since):
        self.tally.disconnected("socket", how)

    def take(self, message, since):
        if not self.batches:
            if message.startswith(("[info] ", "[error] ")):
                self.notice(message)
            else:
                self.line(message, since)
            return
        batch = json.loads(message)
        if "lines" in batch:
            for line in batch["lines"]:
                self.line(line, since)
            self.offset = batch["offset"]
        else:
            self.notice(batch.get("info") or batch.get("error") or message)

    def notice(self, text):
        self.tally.told["socket: " + "".join("N" if c.isdigit() else c for c in text)[:80]] += 1
        self.noticed = True

    def line(self, line, since):
        """Holds a line against the file. After a notice, or where the log was replaced, it may begin anew."""
        known = self.run.log.lines(self.version)
        if self.place < len(known) and known[self.place] == line:
            self.place += 1
            self.tally.count("log line")
            return
        last = self.run.log.moment()[0]
        for version in range(last, self.version - (1 if self.noticed else 0), -1):
            if self.run.log.lines(version)[:1] == [line]:
                if self.place < len(known) and version != self.version:
                    self.tally.told["socket: lines of a log that was replaced, not sent before it went"] += (
                        len(known) - self.place)
                self.version, self.place, self.noticed = version, 1, False
                self.tally.count("log line")
                return
        expected = known[self.place] if self.place < len(known) else "no line"
        self.tally.wrongly("log socket", f"{self.run.id} version {self.version}: {line[:80]!r} where "
                           f"{expected[:80]!r} was next ({self.place} of {len(known)}, of versions {last + 1})", since)
        where = next(((version, self.run.log.lines(version).index(line)) for version in range(last, -1, -1)
                      if line in self.run.log.lines(version)), None)
        if where:
            self.version, self.place = where[0], where[1] + 1
