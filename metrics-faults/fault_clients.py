"""Clients that send what nobody should, or take what they asked for very slowly."""
import asyncio
import collections
import contextlib
import time

from client import Answer, address, get, head_of
from fault import Fault
from mutate import mutated

REQUESTS = [
    "GET /api/runs/{run}/metrics_step?downsample=100&since_step=5&format=csv HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET /api/runs/{run}/metrics?since_time=1.5&missing=null HTTP/1.1\r\nHost: {host}\r\nAccept: text/csv\r\n\r\n",
    "GET /api/v2/series?runs={run}&metrics=loss,val/*&axis=step&range=1:9&points=50&smooth=ema:0.5 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET /api/v2/experiments?search=a&page=1&per_page=5&order_by=name&param.lr=0.1 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET /api/v2/experiments/{run}/metrics/fast?metric_names=loss&step_range=1:5 HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: \"a\"\r\n\r\n",
    "GET /api/runs/{run}/logs?row=-2 HTTP/1.1\r\nHost: {host}\r\nOrigin: http://localhost\r\n\r\n",
    "GET /api/runs/{run}/logs/search?q=line+2&limit=1 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "GET /api/runs/{run}/logs/file HTTP/1.1\r\nHost: {host}\r\nRange: bytes=0-47\r\n\r\n",
    "GET /api/runs/{run}/media/a.png HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "POST /api/runs/{run}/progress HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc",
    "GET /api/runs/{run}/logs/ws?tail=5&progress=drop HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: metrics.logs.v2\r\n\r\n",
]
UNDERSTOOD = {501, 505}  # Not implemented, HTTP version not supported: true of what was sent.


class MutatedRequests(Fault):
    """Sends requests and handshakes of which some bytes are others."""

    name = "mutated requests and handshakes"

    async def happen(self, scene):
        self.statuses, self.left = collections.Counter(), scene.options.requests
        await asyncio.gather(*(self.send(scene, number) for number in range(48)))
        scene.note(f"{sum(self.statuses.values())} sent, answered {dict(self.statuses.most_common())}")

    async def send(self, scene, number):
        while self.left > 0:
            self.left -= 1
            text = scene.random.choice(REQUESTS).format(
                run=scene.random.choice(scene.storage.runs).id, host=f"127.0.0.1:{scene.server.port}")
            sent, since = mutated(text.encode(), scene.random), time.time()
            answer = await self.exchange(scene.server.port, sent, address(32_000 + self.left % 4000))
            self.statuses[answer.status or answer.trouble] += 1
            if answer.status >= 500 and answer.status not in UNDERSTOOD:
                scene.tally.failed("mutated request", answer, since, repr(sent))

    async def exchange(self, port, sent, source):
        writer = None
        try:
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0), limit=2 ** 20)
                writer.write(sent)
                status, headers = await head_of(reader)
                body = await reader.read(2000) if status >= 400 else b""
                return Answer(status, headers, body)
        except TimeoutError:
            return Answer(0, {}, trouble="waited for more")
        except (OSError, ValueError, IndexError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return Answer(0, {}, trouble="closed")
        finally:
            if writer:
                writer.transport.abort()


class SlowConnections(Fault):
    """Holds a thousand connections: requests that come a byte at a time, and answers that are not read."""

    name = "1,000 slow connections"

    async def happen(self, scene):
        writers, times = [], []
        for number in range(1000):
            run = scene.random.choice(scene.storage.runs).id
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", scene.server.port, local_addr=(address(37_000 + number % 900), 0), limit=1024)
                text = [f"GET /api/runs/{run}/metrics_step HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
                        f"GET /api/runs/{run}/metrics_step HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        f"GET /api/runs/{run}/metrics_step/stream?cursor=start HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        f"GET /api/runs/{run}/logs/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"][number % 4]
                writer.write(text.encode())
                writers.append((writer, number % 4 in (0, 3)))
        for _ in range(20):
            begin = time.time()
            answer = await get(scene.server.port, "/api/health", timeout=30)
            times.append(time.time() - begin)
            if answer.status != 200:
                scene.tally.failed("health", answer, begin, "/api/health")
            for writer, slow in writers:
                if slow and not writer.is_closing():
                    writer.write(b"x")
            await asyncio.sleep(0.5)
        for writer, _ in writers:
            writer.transport.abort()
        scene.note(f"{len(writers)} connections held; health took {max(times):.2f} s at most")
