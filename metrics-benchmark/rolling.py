#!/usr/bin/python3
"""Starts two servers behind HAProxy anew, one after the other, while clients read and listen.

    rolling.py [JAR] [--readers 50] [--sockets 50] [--streams 20] [--java JAVA]

Needs haproxy and python3-websockets. A run is written all the time: ten rows and ten lines a
second. Readers ask again and again; log sockets and event streams go on where they stopped when
they are told to go. Says how many requests failed, and which lines and rows a client missed or
got twice; exits with 1 if there was any.
"""
import argparse
import asyncio
import collections
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import websockets

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUN = "rolling"
PATHS = ["/api/runs", f"/api/runs/{RUN}", f"/api/runs/{RUN}/metrics_step?downsample=200",
         f"/api/v2/series?runs={RUN}&metrics=loss&points=200", f"/api/v2/summary?runs={RUN}"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Storage:
    """A run that grows."""

    def __init__(self, folder):
        self.run = folder / "runs" / RUN
        self.run.mkdir(parents=True)
        (self.run / "status.json").write_text('{"status": "running"}')
        self.written = 0

    async def write(self):
        with open(self.run / "events.jsonl", "a") as events, open(self.run / "logs.txt", "a") as log:
            while True:
                self.written += 1
                event = {"ts": time.time(), "type": "metrics",
                         "data": {"global_step": self.written, "loss": 1 / self.written}}
                events.write(json.dumps(event) + "\n")
                log.write(f"line {self.written}\n")
                events.flush()
                log.flush()
                await asyncio.sleep(0.1)


class Server:
    """One of the two."""

    def __init__(self, java, jar, storage):
        self.port = free_port()
        self.command = [java, "-jar", str(jar), "--port", str(self.port)]
        self.environment = dict(os.environ, METRICS_STORAGE_ROOT=str(storage),
                                METRICS_RATELIMIT_ENABLED="false",
                                METRICS_WEBSOCKET_PER_CLIENT="1000", METRICS_STREAM_PER_CLIENT="1000")

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL)

    async def ready(self):
        while (await get(self.port, "/api/health/ready"))[0] != 200:
            await asyncio.sleep(0.1)

    async def stop(self):
        self.process.terminate()
        while self.process.poll() is None:
            await asyncio.sleep(0.05)


async def get(port, path):
    """Returns the status and the body of an answer; 0 for one that broke off or never came."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return 0, b""
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        body = b""
        if "content-length" in headers:
            body = await reader.readexactly(int(headers["content-length"]))
        elif headers.get("transfer-encoding") == "chunked":
            while size := int(await reader.readline(), 16):
                body += (await reader.readexactly(size + 2))[:-2]
        return int(lines[0].split()[1]), body
    except (OSError, ValueError, asyncio.IncompleteReadError):
        return 0, b""
    finally:
        writer.close()


async def read(port, place, counts, times):
    while True:
        begin = time.perf_counter()
        status, body = await get(port, PATHS[place % len(PATHS)])
        times.append(time.perf_counter() - begin)
        counts[status if body else 0] += 1
        place += 1
        await asyncio.sleep(0.2)


async def follow(port, lines, ended):
    """Goes on after the last line that came, as often as the server says goodbye."""
    offset = 0
    while True:
        try:
            url = f"ws://127.0.0.1:{port}/api/runs/{RUN}/logs/ws?after={offset}"
            async with websockets.connect(url, subprotocols=["metrics.logs.v2"]) as log:
                async for message in log:
                    batch = json.loads(message)
                    lines.extend(int(line.split()[1]) for line in batch.get("lines", []))
                    offset = batch["offset"] if "lines" in batch else offset
                ended["socket " + str(log.close_code)] += 1
        except (OSError, websockets.WebSocketException) as broken:
            ended["socket " + str(getattr(broken, "code", type(broken).__name__))] += 1
        await asyncio.sleep(0.2)


async def lines_of_chunks(reader):
    """Yields the lines of a body that is sent in chunks, without their ends."""
    rest = b""
    while size := int(await reader.readline(), 16):
        *lines, rest = (rest + (await reader.readexactly(size + 2))[:-2]).split(b"\n")
        for line in lines:
            yield line


async def listen(port, steps, ended):
    """Goes on after the last event, as a browser's EventSource does."""
    last = ""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write((f"GET /api/runs/{RUN}/metrics_step/stream?cursor=start HTTP/1.1\r\n"
                          f"Host: 127.0.0.1:{port}\r\nLast-Event-ID: {last}\r\n\r\n").replace(
                              "Last-Event-ID: \r\n", "").encode())
            await reader.readuntil(b"\r\n\r\n")
            event = {}
            async for line in lines_of_chunks(reader):
                name, _, value = line.decode().rstrip("\r").partition(": ")
                if name in ("event", "id", "data"):
                    event[name] = value
                elif name == "" and "data" in event:
                    last = event.get("id", last)
                    if event.get("event") == "rows":
                        steps.extend(row["global_step"] for row in json.loads(event["data"])["rows"])
                    elif event.get("event") == "reset":
                        ended["stream reset"] += 1
                    event = {}
            writer.close()
            ended["stream"] += 1
        except (OSError, ValueError, asyncio.IncompleteReadError) as broken:
            ended["stream " + type(broken).__name__] += 1
        await asyncio.sleep(0.2)


def faults(kind, all_seen, last):
    """Tells what of 1 to last each client missed, or got twice."""
    found = 0
    for seen in all_seen:
        counted = collections.Counter(seen)
        missing = [number for number in range(1, last + 1) if number not in counted]
        doubled = [number for number, count in counted.items() if count > 1]
        if missing or doubled:
            found += 1
            print(f"a {kind}: missing {missing[:5]} ({len(missing)}), doubled {doubled[:5]} ({len(doubled)})")
    return found


async def main(options):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="rolling-"))
    storage = Storage(folder)
    servers = [Server(options.java, options.jar, folder) for _ in range(2)]
    port = free_port()
    proxy = None
    counts, ended, times = collections.Counter(), collections.Counter(), []
    lines = [[] for _ in range(options.sockets)]
    steps = [[] for _ in range(options.streams)]
    try:
        for server in servers:
            server.start()
        for server in servers:
            await server.ready()
        proxy = subprocess.Popen(
            ["haproxy", "-q", "-f", str(ROOT / "deploy" / "haproxy.cfg")],
            env=dict(os.environ, METRICS_BIND=f"127.0.0.1:{port}",
                     METRICS_A=f"127.0.0.1:{servers[0].port}", METRICS_B=f"127.0.0.1:{servers[1].port}"))
        while (await get(port, "/api/health"))[0] != 200:
            if proxy.poll() is not None:
                sys.exit("HAProxy ended")
            await asyncio.sleep(0.1)
        tasks = [asyncio.create_task(storage.write())]
        await asyncio.sleep(1)
        tasks += [asyncio.create_task(read(port, place, counts, times)) for place in range(options.readers)]
        tasks += [asyncio.create_task(follow(port, seen, ended)) for seen in lines]
        tasks += [asyncio.create_task(listen(port, seen, ended)) for seen in steps]
        await asyncio.sleep(5)
        for server in servers:
            begin = time.time()
            await server.stop()
            stopped = time.time()
            server.start()
            await server.ready()
            print(f"stopped in {stopped - begin:.1f} s, ready after {time.time() - stopped:.1f} s more")
            await asyncio.sleep(5)
        tasks[0].cancel()
        last = storage.written
        deadline = time.time() + 60
        while time.time() < deadline and not all(last in seen for seen in lines + steps):
            await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        for process in [proxy] + [getattr(server, "process", None) for server in servers]:
            if process:
                process.terminate()
                process.wait()
    failed = sum(count for status, count in counts.items() if status != 200)
    print(f"{sum(counts.values())} requests, {failed} failed: {dict(counts)}")
    print(f"median {statistics.median(times) * 1000:.1f} ms, worst {max(times) * 1000:.0f} ms")
    print(f"ends: {dict(ended)}; {last} lines and rows")
    wrong = failed + faults("log socket", lines, last) + faults("stream", steps, last)
    return 1 if wrong else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    parser = argparse.ArgumentParser()
    parser.add_argument("jar", nargs="?", default=ROOT / "metrics-ear" / "target" / "metrics.jar")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--sockets", type=int, default=50)
    parser.add_argument("--streams", type=int, default=20)
    parser.add_argument("--java", default="java")
    sys.exit(asyncio.run(main(parser.parse_args())))
