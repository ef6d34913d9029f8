"""Clients of event streams: all rows from the start, then every change once, across every break."""
import asyncio
import json
import time

from client import Answer, address, body_of, head_of
from views import rows_problem


async def lines_of_chunks(reader):
    """Yields the lines of a body that is sent in chunks, without their ends."""
    rest = b""
    while size := int(await reader.readline(), 16):
        *lines, rest = (rest + (await reader.readexactly(size + 2))[:-2]).split(b"\n")
        for line in lines:
            yield line.decode().rstrip("\r")


class Follower:
    """Follows the rows of one run, and goes on from the id of its last event as a browser does."""

    def __init__(self, number, run, tally):
        self.source, self.run, self.tally = address(20_000 + number), run, tally
        self.last, self.version, self.count, self.pending = "", 0, 0, []

    async def follow(self, server):
        while True:
            since = time.time()
            try:
                await self.connected(server, since)
                how = "ended"
            except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.TimeoutError) as broken:
                how = type(broken).__name__
            self.pending = []
            self.tally.disconnected("stream", how)
            await asyncio.sleep(1)

    async def connected(self, server, since):
        if not self.last:
            self.version, self.count = self.run.events.moment()[0], 0
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port, local_addr=(self.source, 0), limit=2 ** 24)
        try:
            resume = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
            path = f"/api/runs/{self.run.id}/metrics_step/stream?cursor=start"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{resume}\r\n".encode())
            status, headers = await asyncio.wait_for(head_of(reader), 60)
            if status != 200:
                body = await asyncio.wait_for(body_of(reader, headers), 60)
                self.tally.failed("stream", Answer(status, headers, body), since, path)
                return
            self.tally.told["stream: opened"] += 1
            await self.events(reader, since)
        finally:
            writer.close()

    async def events(self, reader, since):
        event = {}
        async for line in lines_of_chunks(reader):
            name, _, value = line.partition(": ")
            if name in ("event", "id", "data"):
                event[name] = value
            elif not line:
                self.take(event, since)
                event = {}

    def take(self, event, since):
        kind = event.get("event")
        if kind == "reset":
            self.tally.told["stream: reset"] += 1
            self.version, self.count, self.pending = None, 0, []
        elif kind == "rows":
            self.pending.append(json.loads(event["data"]))
        elif kind == "status" and json.loads(event["data"])["status"] != "running":
            self.tally.told["stream: status " + json.loads(event["data"])["status"]] += 1
        if "id" in event:
            if self.pending:
                self.judge(since)
            self.last, self.pending = event["id"], []

    def judge(self, since):
        """The rows since the last id must be just those that the lines after it touched."""
        file = self.run.events
        rows = [row for change in self.pending for row in change["rows"]]
        body = {"columns": self.pending[-1]["columns"], "rows": rows}
        newest = len(file.versions) - 1
        versions = range(newest, -1, -1) if self.version is None else [self.version]
        problem = "at no moment as many"
        for version in versions:
            reading = file.reading(version)
            touched = set()
            for count in range(self.count, len(reading.events) + 1):
                touched |= reading.touched(count - 1, count) if count > self.count else set()
                if len(touched) != len(rows):
                    continue
                table = reading.step_table(count)
                found = rows_problem(table, "global_step", sorted(touched), body)
                if not found:
                    self.version, self.count = version, count
                    self.tally.count("row of a stream", len(rows))
                    return
                problem = found
        self.tally.wrongly("stream", f"{self.run.id} version {self.version} of {newest}, from line {self.count}: "
                           f"{len(rows)} rows, {problem}", since)
        self.last, self.version, self.count = "", None, 0
        raise ValueError("begins anew")
