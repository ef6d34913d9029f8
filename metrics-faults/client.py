"""One request over HTTP/1.1 from a loopback address of the client's own, so that limits for each client do not meet."""
import asyncio
import dataclasses
import json

from judge import marked_once


@dataclasses.dataclass
class Answer:
    """A status of 0 is an answer that never came or broke off; trouble says how."""

    status: int
    headers: dict
    body: bytes = b""
    trouble: str = ""

    def json(self):
        return json.loads(marked_once(self.body.decode()))


def address(number):
    """A loopback address for a client; 127.0.0.1 itself is left to the harness."""
    return f"127.1.{number // 250}.{number % 250 + 2}"


async def body_of(reader, headers):
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    if headers.get("transfer-encoding") == "chunked":
        pieces = []
        while size := int(await reader.readline(), 16):
            pieces.append((await reader.readexactly(size + 2))[:-2])
        await reader.readline()
        return b"".join(pieces)
    return await reader.read()


async def head_of(reader):
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split()[1]), {name.lower(): value for name, value in headers.items()}


async def get(port, path, source="127.0.0.1", timeout=60, headers=""):
    writer = None
    status, found = 0, {}
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0), limit=2 ** 20)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n".encode())
            status, found = await head_of(reader)
            return Answer(status, found, await body_of(reader, found))
    except TimeoutError:
        return Answer(0, found, trouble=f"no answer in {timeout} s")
    except (OSError, ValueError, IndexError, asyncio.IncompleteReadError) as broken:
        when = f"after its {status}" if status else "before its status"
        return Answer(0, found, trouble=f"{type(broken).__name__} {when}")
    finally:
        if writer:
            writer.close()
