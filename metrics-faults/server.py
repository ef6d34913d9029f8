"""The jar in a process of its own: start it, kill it, and count what it holds."""
import asyncio
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

from client import get

USER = 61234  # Nobody's number: the server is an ordinary user even where the harness is root.


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # For servers that live for a minute.


class Unusable(Exception):
    """A server that does not start, or tells nothing of itself."""


class Server:
    """A server on a storage root, with a cache folder that outlives it."""

    def __init__(self, options, root, folder, heap="512m", flags=(), **settings):
        self.port, self.folder, self.process, self.starts = free_port(), folder, None, 0
        folder.mkdir(parents=True, exist_ok=True)
        self.settings = {"metrics.storage.root": root, "metrics.cache.heap": "48MB", "metrics.cache.disk": "256MB",
                         "metrics.cache.directory": folder / "cache", "java.io.tmpdir": folder, "user.home": folder}
        self.settings.update({"metrics." + name.replace("_", "."): value for name, value in settings.items()})
        self.command = [options.java, f"-Xmx{heap}", *flags, *(f"-D{name}={value}" for name, value in self.settings.items()),
                        "-jar", str(options.jar), "--port", str(self.port)]
        self.user = []
        if os.getuid() == 0:
            os.chown(folder, USER, USER)
            self.user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]

    @property
    def pid(self):
        return self.process.pid

    def start(self):
        self.starts += 1
        with open(self.folder.with_name(self.folder.name + ".log"), "ab") as log:
            self.process = subprocess.Popen([*self.user, *self.command], cwd=self.folder, stdout=log, stderr=log,
                                            env=dict(os.environ, HOME=str(self.folder)))

    async def ready(self, seconds=300):
        end = time.time() + seconds
        while time.time() < end:
            if self.process.poll() is not None:
                raise Unusable(f"the server ended with {self.process.returncode}: see {self.folder}.log")
            answer = await get(self.port, "/api/health/ready", timeout=10)
            if answer.status == 200:
                return
            await asyncio.sleep(0.1)
        raise Unusable(f"the server is not ready after {seconds} s: {answer.status} {answer.trouble}")

    def send(self, number):
        self.process.send_signal(number)

    async def kill(self):
        await self.end(signal.SIGKILL)

    async def end(self, number=signal.SIGTERM, timeout=60):
        if self.process is None:
            return
        if self.process.poll() is None:
            self.send(number)
        for _ in range(timeout * 20):
            if self.process.poll() is not None:
                return
            await asyncio.sleep(0.05)
        self.send(signal.SIGKILL)
        self.process.wait()

    def threads(self):
        return len(os.listdir(f"/proc/{self.pid}/task"))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def limit(self, what, soft):
        """Sets a soft limit of the running process, such as nofile, and returns the one before."""
        command = [*self.user, "prlimit", "--pid", str(self.pid)]
        told = subprocess.run([*command, "--raw", "--noheadings", "--output", "SOFT,HARD", f"--{what}"],
                              check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        subprocess.run([*command, f"--{what}={soft}:{told[1]}"], check=True)
        return told[0]

    async def heap(self):
        """Megabytes in use after a full collection."""
        for _ in range(5):
            await self.jcmd("GC.run")
            if used := re.search(r"used (\d+)K", told := await self.jcmd("GC.heap_info")):
                return int(used[1]) // 1024
            await asyncio.sleep(2)
        raise Unusable(f"jcmd tells no heap: {told}")

    async def jcmd(self, *words):
        tool = pathlib.Path(os.path.realpath(self.java())).with_name("jcmd")
        process = await asyncio.create_subprocess_exec(tool, str(self.pid), *words, stdout=subprocess.PIPE,
                                                       stderr=subprocess.STDOUT)
        return (await process.communicate())[0].decode("utf-8", "replace")

    def java(self):
        return os.readlink(f"/proc/{self.pid}/exe")

    async def held(self):
        """What it holds: threads, descriptors, megabytes of heap."""
        heap = await self.heap()
        return {"threads": self.threads(), "descriptors": self.descriptors(), "heap MB": heap}
