#!/usr/bin/env python3
"""Measures a server end to end, each figure beside a reference of the same minute.

    mvn -q -DskipTests package && python3 metrics-benchmark/measure.py

Writes runs of its own into a temporary folder (2 GB, removed at the end), starts the runnable jar
on a free port of this machine, and needs nothing but Python and curl. Takes about twelve minutes;
name parts to take fewer: answers, growth, restart, queries, neighbours, stream, runs, idle, memory.
"""
import json, math, os, random, resource, selectors, shutil, socket, subprocess, sys, tempfile, time

STEPS = 1_000_000
START = 1767225600.0
JAR = os.path.join(os.path.dirname(__file__), "..", "metrics-ear", "target", "metrics.jar")


def line(chance, time_logged, step):
    x, r = step / STEPS, chance.random
    data = {"loss": round(2.3 * math.exp(-4 * x) + 0.05 * r(), 6), "acc": round(0.99 - 0.9 * math.exp(-5 * x), 6),
            "top5": round(1 - 0.5 * math.exp(-6 * x) - 0.005 * r(), 6), "lr": 0.0005 * (1 + math.cos(math.pi * x)),
            "grad_norm": round(1.5 * math.exp(-2 * x) + r(), 5), "weight_norm": round(35 + 8 * x + 0.01 * r(), 5),
            "imgs_per_s": round(1900 + 60 * r(), 2), "gpu_mem_mb": 10240 + int(512 * r()),
            "global_step": step, "time": time_logged, "stage": "warmup" if step <= STEPS // 100 else "train"}
    return json.dumps({"ts": time_logged, "type": "metrics", "data": data}) + "\n"


def write_events(path, steps):
    chance, now = random.Random(steps), START
    with open(path, "w") as file:
        for step in range(1, steps + 1):
            now = round(now + 0.125 + chance.random() * 0.01, 6)
            file.write(line(chance, now, step))


class Storage:
    def __init__(self, folder):
        self.root = os.path.join(folder, "storage")
        os.makedirs(self.root)
        self.long, self.middle, self.short = (os.path.join(folder, f"{name}.jsonl") for name in ("long", "middle", "short"))
        write_events(self.long, STEPS)
        write_events(self.middle, STEPS // 10)
        write_events(self.short, STEPS // 100)

    def run(self, name, events, link=True):
        """Makes a run; one that only reads can be a hard link, which is another run all the same."""
        folder = os.path.join(self.root, "runs", "bench", name)
        os.makedirs(folder)
        (os.link if link else shutil.copyfile)(events, os.path.join(folder, "events.jsonl"))
        with open(os.path.join(folder, "status.json"), "w") as file:
            json.dump({"status": "finished", "started_at": START}, file)
        return name


class Server:
    def __init__(self, root, options=(), **settings):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {**os.environ, "METRICS_RATELIMIT_ENABLED": "false", "METRICS_STORAGE_ROOT": root, **settings}
        self.process = subprocess.Popen(["java", *options, "-jar", JAR, "--port", str(self.port)], env=environment, stdout=subprocess.DEVNULL)
        while True:
            try:
                self.get("/api/health")
                return
            except OSError:
                time.sleep(0.2)

    def get(self, path, keep=False):
        """Returns milliseconds to the first byte and to the last, the length, and the text if asked for."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            start = time.perf_counter()
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            block = connection.recv(1 << 20)
            if not block.startswith(b"HTTP/1.1 200"):
                raise OSError(block[:100])
            first, length, kept = time.perf_counter(), 0, []
            while block:
                length += len(block)
                if keep:
                    kept.append(block)
                block = connection.recv(1 << 20)
        return (first - start) * 1000, (time.perf_counter() - start) * 1000, length, b"".join(kept)

    def table(self, run):
        return self.get(f"/api/runs/{run}/metrics_step")

    def statistics(self):
        text = self.get("/api/metrics/cache/stats", keep=True)[3]
        return json.loads(text[text.index(b"{"):text.rindex(b"}") + 1])

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(entry.split()[1]) // 1024 for entry in status if entry.startswith("VmHWM"))

    def cpu(self, seconds):
        """Returns the share of one core that the server takes while nothing happens."""
        def used():
            with open(f"/proc/{self.process.pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        before = used()
        time.sleep(seconds)
        return (used() - before) / seconds * 100

    def listen(self, path, *headers):
        """Opens a stream or a socket, which is never read again."""
        connection = socket.create_connection(("127.0.0.1", self.port))
        lines = f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""
        connection.sendall("\r\n".join(lines).encode())
        answer = connection.recv(1 << 16)
        assert answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 101")), answer[:100]
        return connection

    def stop(self):
        self.process.terminate()
        self.process.wait()


def warm(server, storage, name):
    for i in range(6):
        run = storage.run(f"{name}-{i}", storage.long)
        server.table(run)
        server.table(run)
    short = storage.run(name + "-short", storage.short)
    for _ in range(300):
        server.table(short)
    return short


def reference(path):
    """Milliseconds that Python takes to parse each line."""
    start = time.perf_counter()
    with open(path, encoding="utf-8") as file:
        for entry in file:
            json.loads(entry)
    return (time.perf_counter() - start) * 1000


def median(values, share=0.5):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


PREPARED = ["-Xms2g", "-XX:+AlwaysPreTouch"]


def answers(storage):
    for options in [], PREPARED:
        print(f"java {' '.join(options)}:")
        answers_with(options, storage)


def answers_with(options, storage):
    server = Server(storage.root, options)
    kind = "prepared" if options else "answers"
    warm(server, storage, kind)
    cold, again, plain = [], [], []
    for i in range(5):
        run = storage.run(f"cold-{kind}-{i}", storage.long)
        cold.append(server.table(run)[1])
        again.append(server.table(run)[1])
        plain.append(reference(storage.long))
    for name, values in ("first time", cold), ("unchanged", again):
        ratios = [value / other for value, other in zip(values, plain)]
        print(f"all rows, {name}: median {median(values):.0f} ms, {median(ratios):.3f} of json.loads ({median(plain):.0f} ms)")
    statistics, runs = server.statistics(), 11
    print(f"memory of a cached run: {statistics['heap_bytes'] / runs / STEPS:.1f} bytes a row")
    server.stop()


def growth(storage):
    server = Server(storage.root)
    warm(server, storage, "growth")
    run, chance, extra, grown, unchanged = storage.run("grows", storage.long, link=False), random.Random(1), 0, [], []
    events = os.path.join(storage.root, "runs", "bench", run, "events.jsonl")
    server.table(run)
    for i in range(40):
        before, added = server.statistics()["bytes_read"], "".join(line(chance, START + STEPS + s, STEPS + s) for s in range(100 * i, 100 * i + 100))
        with open(events, "a") as file:
            file.write(added)
        grown.append(server.table(run)[0])
        extra += server.statistics()["bytes_read"] - before - len(added)
        unchanged.append(server.table(run)[0])
    print(f"100 lines added, first byte: median {median(grown):.1f} ms, 90 % {median(grown, 0.9):.1f} ms; unchanged {median(unchanged):.1f} ms; bytes read besides the new ones: {extra}")
    server.stop()


def restart(storage):
    run, cache = storage.run("restarts", storage.long), os.path.join(os.path.dirname(storage.root), "cache")
    for state in "cold", "restarted":
        server = Server(storage.root, METRICS_CACHE_DISK="2GB", METRICS_CACHE_DIRECTORY=cache)
        first = server.table(run)[0]
        print(f"disk tier, {state}: first byte {first:.0f} ms, {server.statistics()['lines_read']} lines read")
        server.stop()


def queries(storage):
    """Samples, curves and a delta: queries that were not asked before, and the same again."""
    server = Server(storage.root)
    warm(server, storage, "queries")
    hundred = [storage.run(f"hundred-{i}", storage.middle) for i in range(10)]
    long = [storage.run(f"long-{i}", storage.long) for i in range(10)]
    names = "loss,acc,top5,lr,grad_norm,weight_norm,imgs_per_s,gpu_mem_mb"
    kinds = {}
    for title, runs_asked in ("1M", long), ("100k", hundred):
        kinds[f"downsample=1000 of {title} steps"] = (1000, f"/api/runs/{runs_asked[0]}/metrics_step?downsample=%d")
        kinds[f"series, 10 runs x 8 metrics x 800 points of {title} steps"] = (800, f"/api/v2/series?runs={','.join(runs_asked)}&metrics={names}&points=%d")
    new = {title: [] for title in kinds}
    for i in range(300):
        for title, (base, path) in kinds.items():
            # Long and short runs in turn, so that a slow minute is one for both. The first ones warm up, as queries that
            # were asked before would not: those are answered without the work.
            new[title].append(server.get(path % (base - 250 + i))[1])
    for title, (base, path) in kinds.items():
        server.get(path % base)
        again = [server.get(path % base)[1] for _ in range(100)]
        print(f"{title}: new {median(new[title][200:]):.1f} ms (10 % {median(new[title][200:], 0.1):.1f}), again {median(again):.1f} ms")
    print(f"health: {median([server.get('/api/health')[1] for _ in range(200)]):.1f} ms")
    server.stop()


def neighbours(storage):
    server = Server(storage.root)
    short, all_rows = warm(server, storage, "neighbours"), []
    for i in range(6):
        run = storage.run(f"busy-{i}", storage.long)
        other = subprocess.Popen(["curl", "-s", "-o", os.devnull, f"http://127.0.0.1:{server.port}/api/runs/{run}/metrics_step"])
        while other.poll() is None:
            all_rows.append(server.table(short)[1])
            time.sleep(0.005)
    print(f"a run of {STEPS // 100} steps, all rows, while a long one is read and sent: median {median(all_rows):.1f} ms, 99 % {median(all_rows, 0.99):.1f} ms of {len(all_rows)}")
    server.stop()


def stream(storage):
    """From append to event at 100 listeners, ten lines a second."""
    server = Server(storage.root)
    run, chance, listeners = storage.run("streams", storage.short, link=False), random.Random(2), selectors.DefaultSelector()
    folder = os.path.join(storage.root, "runs", "bench", run)
    with open(os.path.join(folder, "status.json"), "w") as file:
        json.dump({"status": "running"}, file)
    for _ in range(100):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(f"GET /api/runs/{run}/metrics_step/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        received = b""
        while b"id: " not in received:
            received += connection.recv(1 << 16)
        listeners.register(connection, selectors.EVENT_READ)
    times, rounds = [], 300
    with open(os.path.join(folder, "events.jsonl"), "a") as file:
        for i in range(rounds):
            step, waiting, heard = STEPS + i, 100, {}
            file.write(line(chance, START + step, step))
            start = time.perf_counter()
            file.flush()
            while waiting and time.perf_counter() - start < 5:
                for key, _ in listeners.select(1):
                    sought, before = f'"global_step":{step},'.encode(), heard.get(key.fd, b"")
                    heard[key.fd] = before + key.fileobj.recv(1 << 16)
                    if sought in heard[key.fd] and sought not in before:
                        waiting -= 1
                        times += [(time.perf_counter() - start) * 1000] if i >= rounds // 3 else []
            assert not waiting, f"{waiting} listeners did not hear of step {step}"
            time.sleep(max(0, start + 0.1 - time.perf_counter()))
    print(f"append to event, 100 listeners, 10 lines a second: median {median(times):.1f} ms, 99 % {median(times, 0.99):.1f} ms of {len(times)}")
    for key in list(listeners.get_map().values()):
        key.fileobj.close()
    server.stop()


def many_runs(storage):
    root = os.path.join(os.path.dirname(storage.root), "many")
    if os.path.exists(root):
        return root
    for i in range(4000):
        folder = os.path.join(root, "runs", f"group{i % 8}", f"run-{i:04}")
        os.makedirs(folder)
        for name, value in ("meta", {"created_at": START + i, "pid": i, "tags": ["a"]}), ("status", {"status": "finished"}), ("summary", {"best_metric_name": "acc", "best_metric_value": i / 4000}):
            with open(os.path.join(folder, name + ".json"), "w") as file:
                json.dump(value, file)
    return root


def runs(storage):
    server = Server(many_runs(storage))
    times = [server.get("/api/runs")[1] for _ in range(400)][200:]
    print(f"list of 4000 runs: median {median(times):.1f} ms, 99 % {median(times, 0.99):.1f} ms")
    server.stop()


def idle(storage):
    """What listening costs while nothing is written: looks at files, looks at the list of runs."""
    root = os.path.join(os.path.dirname(storage.root), "quiet")
    for i in range(1000):
        folder = os.path.join(root, "runs", "bench", f"quiet-{i}")
        os.makedirs(folder)
        with open(os.path.join(folder, "status.json"), "w") as file:
            json.dump({"status": "running"}, file)
        for name in "events.jsonl", "logs.txt":
            with open(os.path.join(folder, name), "w") as file:
                file.write("{}\n")
    upgrade = "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"
    for milliseconds in 1000, 100:
        settings = {"METRICS_POLL_MILLISECONDS": str(milliseconds), "METRICS_WEBSOCKET_PER_CLIENT": "2000", "METRICS_STREAM_PER_CLIENT": "2000"}
        server = Server(root, **settings)
        for _ in range(200):
            server.get("/api/runs")
        nobody = server.cpu(5)
        held = [server.listen(f"/api/runs/quiet-{i}/logs/ws", *upgrade) for i in range(1000)]
        time.sleep(5)
        logs = server.cpu(10)
        for connection in held:
            connection.close()
        time.sleep(3)
        left = server.cpu(5)
        held = [server.listen(f"/api/runs/quiet-{i}/metrics_step/stream") for i in range(1000)]
        time.sleep(5)
        print(f"a look each {milliseconds} ms: CPU with nobody {nobody:.1f} %, with listeners of 1000 logs {logs:.1f} %, when they left {left:.1f} %, with listeners of 1000 runs' metrics {server.cpu(10):.1f} %")
        for connection in held:
            connection.close()
        server.stop()
    server = Server(many_runs(storage))
    for _ in range(200):
        server.get("/api/runs")
    nobody = server.cpu(5)
    held = server.listen("/api/runs/stream")
    time.sleep(3)
    print(f"the list of 4000 runs: CPU with nobody {nobody:.1f} %, with a listener {server.cpu(10):.1f} %")
    held.close()
    server.stop()


def memory(storage):
    server = Server(storage.root, ["-Xmx512m"])
    names = [storage.run(f"memory-{i}", storage.long) for i in range(100)]
    lengths = {server.table(name)[2] for name in names}
    url = f"http://127.0.0.1:{server.port}/api/runs/"
    for i in range(0, 100, 8):
        clients = [subprocess.Popen(["curl", "-sf", "-o", os.devnull, "-w", "%{size_download}", url + name + "/metrics_step"], stdout=subprocess.PIPE) for name in names[i:i + 8]]
        lengths |= {int(client.communicate()[0]) for client in clients}
        assert not any(client.returncode for client in clients)
    print(f"100 runs of {STEPS} steps with -Xmx512m, one after the other and 8 at a time: at most {server.resident()} MB resident, {len(lengths)} lengths with and without headers")
    server.stop()


def main():
    parts = [answers, growth, restart, queries, neighbours, stream, runs, idle, memory]
    # A thousand listeners are as many files here.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    chosen = sys.argv[1:] or [part.__name__ for part in parts]
    folder = tempfile.mkdtemp(prefix="runmetrics-measure-")
    try:
        storage = Storage(folder)
        for part in parts:
            if part.__name__ in chosen:
                part(storage)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
