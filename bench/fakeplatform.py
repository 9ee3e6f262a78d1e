"""A platform that answers every call with a new id after a delay, in as little time of its own as Python allows.

Every call is answered with `{"id":"…"}` after the delay that it was started with, or that its own path asks for:
`POST /d/<milliseconds>/anything`. `GET /_stats` says how many connections and calls there were since it was last asked,
and when the first byte of each POST came, in seconds of the host's monotonic clock. Run as a child:
`async with running() as url`. It stands on the socket, not on an HTTP library, so that it is never what is measured.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

_DELAY = re.compile(rb"^/d/(\d+)/")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@asynccontextmanager
async def running(*, delay_ms: int = 0) -> AsyncGenerator[str]:
    """Run it in a process of its own; yields its origin, such as `http://127.0.0.1:41234`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.fakeplatform",
        str(delay_ms),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()  # it ends with its standard input, so it cannot outlive a killed bench either
        await process.wait()


@dataclass
class Tally:
    delay_ms: int = 0
    connections: int = 0
    calls: int = 0
    last_id: int = 0
    arrivals: list[float] = field(default_factory=list[float])


class Conversation(asyncio.Protocol):
    """One connection; requests on it are answered in turn."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._loop = asyncio.get_running_loop()
        self._unread = b""
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one by shape, not by class
        self._tally.connections += 1

    def data_received(self, data: bytes) -> None:
        if not self._unread:
            self._began = time.monotonic()
        self._unread += data
        end = self._unread.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._unread[: end + 2]
        length = _LENGTH.search(head)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self._unread) < whole:
            return
        self._unread = self._unread[whole:]
        method, path, _ = head.split(b" ", 2)
        self._take(method, path)

    def _take(self, method: bytes, path: bytes) -> None:
        if path == b"/_stats":
            # The asking connection does not count.
            tally = self._tally
            stats = {"connections": tally.connections - 1, "calls": tally.calls, "arrivals": tally.arrivals}
            tally.connections, tally.calls, tally.arrivals = 0, 0, []
            self._answer(json.dumps(stats).encode())
            return
        self._tally.calls += 1
        if method == b"POST":
            self._tally.arrivals.append(self._began)
        self._tally.last_id += 1
        body = b'{"id":"%d"}' % self._tally.last_id
        delay = _DELAY.match(path)
        self._loop.call_later((int(delay[1]) if delay else self._tally.delay_ms) / 1000, self._answer, body)

    def _answer(self, body: bytes) -> None:
        if not self._transport.is_closing():
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            self._transport.write(head + body)


async def serve() -> None:
    """Serve until standard input ends."""
    tally = Tally(delay_ms=int(sys.argv[1]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(tally), "127.0.0.1", 0, backlog=2048)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    server.close()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve())
