#!/usr/bin/python3
"""Thousands of clients of many logs, some of which do not read: what is lost, how late lines are, what it costs.

listeners.py [--clients 5000] [--logs 50] [--minutes 15] [--stuck 0.1] [--rate 1] [--bytes 1000] [--loud 5] [--loud-bytes 400000]
Starts the jar on a temporary storage. Clients that do not read pause for 20 to 100 s, and connect again when the server sends them away. They have
logs of long lines, so that neither the kernel nor the server can hold for them what they leave; two clients of each such log do read.
Prints a line a minute: delays of those that read, memory and CPU of the server.

listeners.py --streams 2000 [--addresses 40] [--rate 10] [--minutes 1]
Opens so many event streams of one run instead, from several loopback addresses, as the server limits the streams of each address. Appends rows to
the run and prints the delay from append to event, how many rows did not arrive, and how many streams ended."""
import argparse, asyncio, os, random, re, resource, selectors, shutil, socket, subprocess, tempfile, time, urllib.request

JAR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../metrics-ear/target/metrics.jar")
GAP = re.compile(rb"\[info\] (\d+) lines skipped")
ROW = re.compile(rb'\{"global_step":(\d+)')


class Listener(asyncio.Protocol):
    """Reads frames and checks that each line follows the one before, or that the gap is told."""

    def __init__(self, log, total):
        self.log, self.total, self.buffer, self.next, self.open = log, total, bytearray(), None, False
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        transport.write((f"GET /api/runs/{self.log}/logs/ws?tail=1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())

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


class Stream:
    """One event stream, of which only the step of each row is read."""

    def __init__(self, port, run, address):
        self.rows, self.rest = 0, b""
        self.socket = socket.create_connection(("127.0.0.1", port), 30, (address, 0))
        self.socket.sendall(f"GET /api/runs/{run}/metrics_step/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        received = b""
        # The first event says from where rows are sent.
        while b"\nid: " not in received:
            data = self.socket.recv(1 << 16)
            assert data, f"no stream: {received[:200]}"
            received += data
        self.socket.setblocking(False)

    def read(self):
        """Returns the steps of the rows that have arrived whole, or nothing when the stream has ended."""
        try:
            data = self.socket.recv(1 << 18)
        except BlockingIOError:
            return []
        except OSError:
            return None
        if not data:
            return None
        end = data.rfind(b"\n\n")
        if end < 0:
            self.rest += data
            return []
        whole, self.rest = self.rest + data[:end], data[end:]
        steps = ROW.findall(whole)
        self.rows += len(steps)
        return steps


def streams(arguments, port, pid, folder):
    run, events, selector = os.path.basename(folder), open(os.path.join(folder, "events.jsonl"), "a", buffering=1), selectors.DefaultSelector()
    events.write('{"type": "metrics", "data": {"global_step": 0, "loss": 0.5}}\n')
    started, all_streams = time.time(), []
    for i in range(arguments.streams):
        stream = Stream(port, run, f"127.0.1.{1 + i % arguments.addresses}")
        selector.register(stream.socket, selectors.EVENT_READ, stream)
        all_streams.append(stream)
    print(f"{arguments.streams} streams of {arguments.addresses} addresses, opened in {time.time() - started:.1f} s", flush=True)
    appended, delays, ended, rounds = [], [], 0, int(60 * arguments.minutes * arguments.rate)
    used, began = cpu(pid), time.perf_counter()
    expected = arguments.streams * rounds
    deadline = began + rounds / arguments.rate + 10
    while (len(delays) < expected or len(appended) < rounds) and time.perf_counter() < deadline:
        due = began + len(appended) / arguments.rate
        if len(appended) < rounds and time.perf_counter() >= due:
            appended.append(time.perf_counter())
            events.write(f'{{"type": "metrics", "data": {{"global_step": {len(appended)}, "loss": 0.5}}}}\n')
            due += 1 / arguments.rate
        for key, _ in selector.select(max(0, min(due - time.perf_counter(), 1))):
            steps = key.data.read()
            if steps is None:
                selector.unregister(key.fileobj)
                key.fileobj.close()
                ended += 1
                continue
            now = time.perf_counter()
            delays += [now - appended[int(step) - 1] for step in steps]
    seconds = time.perf_counter() - began
    lost = sum(rounds - stream.rows for stream in all_streams)
    print(f"append to event, {rounds} rows at {arguments.rate:g}/s: median {share(delays, .5):.1f} ms, 99 % {share(delays, .99):.1f} ms, max {share(delays, 1):.0f} ms; "
          f"{lost} of {expected} lost, {ended} streams ended; CPU of the server {100 * (cpu(pid) - used) / seconds:.0f} %", flush=True)
    for key in list(selector.get_map().values()):
        key.fileobj.close()


def main():
    parser = argparse.ArgumentParser()
    for name, kind, default in (("clients", int, 5000), ("logs", int, 50), ("streams", int, 0), ("addresses", int, 40), ("minutes", float, None), ("stuck", float, 0.1), ("rate", float, None), ("bytes", int, 1000), ("loud", int, 5), ("loud-bytes", int, 400_000)):
        parser.add_argument("--" + name, type=kind, default=default)
    arguments = parser.parse_args()
    arguments.minutes = arguments.minutes or (1 if arguments.streams else 15)
    arguments.rate = arguments.rate or (10 if arguments.streams else 1)
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
                if urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health").status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        if arguments.streams:
            streams(arguments, port, server.pid, os.path.dirname(paths[0]))
        else:
            asyncio.run(run(arguments, port, server.pid, paths, names))
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
