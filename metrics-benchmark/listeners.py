#!/usr/bin/python3
"""Thousands of clients of many logs, some of which do not read: what is lost, how late lines are, what it costs.

listeners.py [--clients 5000] [--logs 50] [--minutes 15] [--stuck 0.1] [--rate 1] [--bytes 1000] [--loud 5] [--loud-bytes 400000]
Starts the jar on a temporary storage. Clients that do not read pause for 20 to 100 s, and connect again when the server sends them away. They have
logs of long lines, so that neither the kernel nor the server can hold for them what they leave; two clients of each such log do read.
Prints a line a minute: delays of those that read, memory and CPU of the server.

listeners.py --streams 2000 | --sockets 1000 [--addresses 40] [--rate 10] [--minutes 1]
Opens so many event streams or log sockets of one run instead, from several loopback addresses, as the server limits those of each address. Appends
rows or lines to the run and prints a line a minute: the delay from append to receipt, what did not arrive, and how many have ended. This client only
counts, so that it takes as little as it can of what is measured."""
import argparse, asyncio, os, random, re, resource, selectors, shutil, socket, subprocess, tempfile, time, urllib.request

JAR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../metrics-ear/target/metrics.jar")
GAP = re.compile(rb"\[info\] (\d+) lines skipped")
ROW = re.compile(rb'\{"global_step":(\d+)')
LINE = re.compile(rb"L (\d+) end")
UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"


class Listener(asyncio.Protocol):
    """Reads frames and checks that each line follows the one before, or that the gap is told."""

    def __init__(self, log, total):
        self.log, self.total, self.buffer, self.next, self.open = log, total, bytearray(), None, False
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        transport.write(f"GET /api/runs/{self.log}/logs/ws?tail=1 HTTP/1.1\r\nHost: localhost\r\n{UPGRADE}\r\n".encode())

    def data_received(self, data):
        self.buffer += data
        if not self.open:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self.open = self.buffer.startswith(b"HTTP/1.1 101")
            self.total["refused"] += not self.open
            del self.buffer[:end + 4]
        at, view = 0, self.buffer
        while len(view) - at >= 2:
            length, head = view[at + 1] & 127, 2
            if length == 126:
                length, head = int.from_bytes(view[at + 2:at + 4], "big"), 4
            elif length == 127:
                length, head = int.from_bytes(view[at + 2:at + 10], "big"), 10
            if len(view) - at < head + length:
                break
            self.frame(view[at] & 15, bytes(view[at + head:at + head + length]))
            at += head + length
        if at:
            del view[:at]

    def frame(self, kind, payload):
        if kind == 9:
            self.transport.write(b"\x8a" + bytes([128 | len(payload)]) + b"\0\0\0\0" + payload)
        elif kind == 8:
            self.total[f"closed {int.from_bytes(payload[:2], 'big')}"] = self.total.get(f"closed {int.from_bytes(payload[:2], 'big')}", 0) + 1
        elif payload.startswith(b"L "):
            number, written = payload[2:40].split(b" ")[:2]
            if self.next is not None and int(number) != self.next:
                self.total["lost untold"] += 1
            self.next = int(number) + 1
            self.total["lines"] += 1
            if self.total.get("delays") is not None and not getattr(self, "stuck", False):
                self.total["delays"].append(time.time() - float(written))
        else:
            gap = GAP.match(payload)
            if gap and self.next is not None:
                self.next += int(gap[1])
                self.total["gaps"] += 1
                self.total["skipped"] += int(gap[1])

    def connection_lost(self, reason):
        if not self.ended.done():
            self.ended.set_result(None)


async def connect(port, log, total):
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", port))
    return (await asyncio.get_running_loop().create_connection(lambda: Listener(log, total), sock=narrow))[1]


async def stuck(port, log, total, end):
    """Reads for some seconds, then not for a while, again and again."""
    # Not all at once: a thousand of them who read long lines would take the core of those that are measured.
    await asyncio.sleep(random.uniform(0, 50))
    while time.time() < end:
        client = await connect(port, log, total)
        client.stuck = True
        while time.time() < end and not client.ended.done():
            await asyncio.sleep(random.uniform(1, 5))
            client.transport.pause_reading()
            await asyncio.sleep(random.uniform(20, 100))
            client.transport.resume_reading()
        if client.ended.done():
            total["connected again"] += 1
        client.transport.abort()


async def writer(paths, sizes, rate, end):
    files, number = [open(path, "a", buffering=1) for path in paths], 0
    while time.time() < end:
        started = time.time()
        for i, file in enumerate(files):
            file.write(f"L {number} {time.time():.6f} {'x' * sizes[i]}\n")
            # Spread over the interval, so that what is measured is not one burst.
            await asyncio.sleep(max(0, started + (i + 1) / len(files) / rate - time.time()))
        number += 1


def cpu(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    resident = [int(line.split()[1]) // 1024 for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS")][0]
    subprocess.run(["jcmd", str(pid), "GC.run"], capture_output=True)
    heap = re.search(r"used (\d+)K", subprocess.run(["jcmd", str(pid), "GC.heap_info"], capture_output=True, text=True).stdout)
    return resident, int(heap[1]) // 1024 if heap else 0


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] * 1000 if values else float("nan")


async def run(arguments, port, pid, paths, names):
    loud, quiet = names[:arguments.loud], names[arguments.loud:]
    sizes = [arguments.loud_bytes] * len(loud) + [arguments.bytes] * len(quiet)
    total = {"lines": 0, "lost untold": 0, "gaps": 0, "skipped": 0, "refused": 0, "connected again": 0, "delays": []}
    end = time.time() + 60 * arguments.minutes
    many = int(arguments.clients * arguments.stuck)
    started = time.time()
    readers = []
    for i in range(arguments.clients - many):
        readers.append(await connect(port, loud[i // 2] if i < 2 * len(loud) else quiet[i % len(quiet)], total))
        if i % 50 == 0:
            await asyncio.sleep(0.02)
    print(f"{len(readers)} clients that read, connected in {time.time() - started:.1f} s", flush=True)
    writing = asyncio.create_task(writer(paths, sizes, arguments.rate, end))
    slow = []
    minute = 0
    while time.time() < end:
        if minute == 2:
            slow = [asyncio.create_task(stuck(port, (loud or quiet)[i % len(loud or quiet)], total, end)) for i in range(many)]
            print(f"{many} clients that do not read come in", flush=True)
        total["delays"], before, began = [], cpu(pid), time.time()
        await asyncio.sleep(min(60, max(1, end - time.time())))
        used, delays = cpu(pid) - before, total["delays"]
        # The collection that tells the heap stops all threads, which is not the server's doing.
        total["delays"] = None
        resident, heap = await asyncio.to_thread(memory, pid)
        counts = {key: value for key, value in total.items() if key != "delays"}
        print(f"minute {minute}: {len(delays)} lines, p50 {share(delays, .5):.1f} p99 {share(delays, .99):.1f} max {share(delays, 1):.0f} ms; "
              f"CPU {100 * used / (time.time() - began):.0f} %, resident {resident} MB, heap after a collection {heap} MB; {counts}", flush=True)
        minute += 1
    await writing
    await asyncio.sleep(2)
    print(f"{sum(not reader.ended.done() for reader in readers)} of {len(readers)} that read are still connected", flush=True)
    for task in slow:
        task.cancel()


class Counter:
    """One event stream or log socket, of which only the number of each row or line is read."""

    def __init__(self, port, run, address, log):
        self.got, self.rest, self.pattern = 0, b"", LINE if log else ROW
        self.socket = socket.create_connection(("127.0.0.1", port), 30, (address, 0))
        path, headers = ("logs/ws?tail=1", UPGRADE) if log else ("metrics_step/stream", "")
        self.socket.sendall(f"GET /api/runs/{run}/{path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
        received = b""
        # The first event says from where rows are sent, and the first line that the log was joined.
        while not re.search(rb"L \d+ end" if log else rb"\nid: ", received):
            data = self.socket.recv(1 << 16)
            assert data, f"refused: {received[:200]}"
            received += data
        self.socket.setblocking(False)

    def read(self):
        """Returns the numbers that have arrived, or nothing when the connection has ended."""
        try:
            data = self.socket.recv(1 << 18)
        except BlockingIOError:
            return []
        except OSError:
            return None
        if not data:
            return None
        # A ping without content; what else is sent is ASCII.
        if b"\x89\0" in data:
            self.socket.send(b"\x8a\x80\0\0\0\0")
        data = self.rest + data
        numbers, end = [], 0
        for match in self.pattern.finditer(data):
            numbers.append(int(match[1]))
            end = match.end()
        # A number may be cut off at the end of what was received, but no row or line is written in more than 64 bytes up to it.
        self.rest = data[max(end, len(data) - 64):]
        self.got += len(numbers)
        return numbers


def counters(arguments, port, pid, folder):
    run, log, count = os.path.basename(folder), bool(arguments.sockets), arguments.sockets or arguments.streams
    file, selector = open(os.path.join(folder, "logs.txt" if log else "events.jsonl"), "a", buffering=1), selectors.DefaultSelector()
    write = (lambda number: file.write(f"L {number} end\n")) if log else (
        lambda number: file.write(f'{{"type": "metrics", "data": {{"global_step": {number}, "loss": 0.5}}}}\n'))
    write(0)
    started, every = time.time(), []
    for i in range(count):
        counter = Counter(port, run, f"127.0.1.{1 + i % arguments.addresses}", log)
        selector.register(counter.socket, selectors.EVENT_READ, counter)
        every.append(counter)
    print(f"{count} {'sockets' if log else 'streams'} of {arguments.addresses} addresses, opened in {time.time() - started:.1f} s", flush=True)
    appended, ended, rounds = {}, 0, int(60 * arguments.rate)
    for minute in range(max(1, round(arguments.minutes))):
        delays, first, before = [], len(appended) + 1, sum(counter.got for counter in every)
        used, own, began = cpu(pid), time.process_time(), time.perf_counter()
        deadline = began + rounds / arguments.rate + 10
        while (len(delays) < count * rounds or len(appended) < first - 1 + rounds) and time.perf_counter() < deadline:
            due = began + (len(appended) + 1 - first) / arguments.rate
            if len(appended) < first - 1 + rounds and time.perf_counter() >= due:
                number = len(appended) + 1
                appended[number] = time.perf_counter()
                write(number)
                due += 1 / arguments.rate
            for key, _ in selector.select(max(0, min(due - time.perf_counter(), 1))):
                numbers = key.data.read()
                if numbers is None:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()
                    ended += 1
                    continue
                now = time.perf_counter()
                delays += [now - appended[number] for number in numbers]
        seconds = time.perf_counter() - began
        lost = count * rounds - (sum(counter.got for counter in every) - before)
        print(f"minute {minute}: {rounds} appends at {arguments.rate:g}/s: median {share(delays, .5):.1f} ms, 99 % {share(delays, .99):.1f} ms, "
              f"max {share(delays, 1):.0f} ms; {lost} of {count * rounds} missing, {ended} ended; CPU of the server {100 * (cpu(pid) - used) / seconds:.0f} %, "
              f"of this client {100 * (time.process_time() - own) / seconds:.0f} %", flush=True)
    for key in list(selector.get_map().values()):
        key.fileobj.close()


def main():
    parser = argparse.ArgumentParser()
    for name, kind, default in (("clients", int, 5000), ("logs", int, 50), ("streams", int, 0), ("sockets", int, 0), ("addresses", int, 40), ("minutes", float, None), ("stuck", float, 0.1), ("rate", float, None), ("bytes", int, 1000), ("loud", int, 5), ("loud-bytes", int, 400_000)):
        parser.add_argument("--" + name, type=kind, default=default)
    arguments = parser.parse_args()
    arguments.minutes = arguments.minutes or (1 if arguments.streams or arguments.sockets else 15)
    arguments.rate = arguments.rate or (10 if arguments.streams or arguments.sockets else 1)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    root = tempfile.mkdtemp(prefix="runmetrics-listeners-")
    names = [f"run-{i}" for i in range(arguments.logs)]
    paths = []
    for name in names:
        folder = os.path.join(root, "runs", "live", name)
        os.makedirs(folder)
        open(os.path.join(folder, "status.json"), "w").write('{"status": "running"}')
        paths.append(os.path.join(folder, "logs.txt"))
        open(paths[-1], "w").close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "METRICS_STORAGE_ROOT": root, "METRICS_WEBSOCKET_PER_CLIENT": "100000"}
    server = subprocess.Popen(["java", "-jar", JAR, "--port", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                if urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5).status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        if arguments.streams or arguments.sockets:
            counters(arguments, port, server.pid, os.path.dirname(paths[0]))
        else:
            asyncio.run(run(arguments, port, server.pid, paths, names))
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
