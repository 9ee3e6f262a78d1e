"""A platform that answers each call with a new id after a delay and remembers what it saw; never the limit itself.

`async with running(delay_ms=100) as platform` compiles `fakeplatform.c`, whose head says what it answers, with the
machine's `cc`, and runs it. Where there is none (or no epoll), the one below speaks the same; it costs about ten times
as much for each call, and `platform.note` says so.
"""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

_SOURCE = Path(__file__).with_suffix(".c")
_DELAY = re.compile(rb"^/d/(\d+)/")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_NUMBER = re.compile(rb"nr-(\d+)")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the platform saw since it was last asked; times are seconds of the host's monotonic clock.

    `times` is how often the number of a post (`nr-<number>` in its text) came, `first` when it came first.
    """

    connections: int
    calls: int
    peak: int
    arrivals: list[float]
    times: dict[int, int]
    first: dict[int, float]

    @property
    def doubled(self) -> int:
        """How many posts came more than once."""
        return sum(count > 1 for count in self.times.values())


@dataclass(frozen=True, slots=True)
class FakePlatform:
    """A running one. `note` says what a reader of the figures must know."""

    origin: str
    note: str

    async def seen(self) -> Seen:
        """Tell what came since it was last asked."""
        return await asyncio.to_thread(self._seen)

    def _seen(self) -> Seen:
        with urllib.request.urlopen(f"{self.origin}/_stats", timeout=20) as answer:
            told = json.loads(answer.read())
        return Seen(
            connections=told["connections"],
            calls=told["calls"],
            peak=told["peak"],
            arrivals=told["arrivals"],
            times={number: times for number, times, _ in told["seen"]},
            first={number: first for number, _, first in told["seen"]},
        )


@asynccontextmanager
async def running(*, delay_ms: int = 0, compiled: bool = True) -> AsyncGenerator[FakePlatform]:
    """Run it in a process of its own; `compiled=False` takes the slow one although there is a compiler."""
    with tempfile.TemporaryDirectory(prefix="agm-bench-platform-") as folder:
        program = compile_in(Path(folder)) if compiled else None
        command = (str(program),) if program else (sys.executable, "-m", "bench.fakeplatform")
        note = "" if program else " There is no C compiler here: the platform of this run is the slow one, in Python."
        process = await asyncio.create_subprocess_exec(
            *command, str(delay_ms), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdin
        assert process.stdout
        try:
            yield FakePlatform((await process.stdout.readline()).decode().strip(), note)
        finally:
            process.stdin.close()  # it ends with its standard input, so it cannot outlive a killed bench either
            await process.wait()


def compile_in(folder: Path) -> Path | None:
    """Compile the fast one; None where that cannot be done."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None or sys.platform != "linux":
        return None
    program = folder / "fakeplatform"
    done = subprocess.run([compiler, "-O2", "-o", program, _SOURCE], check=False, capture_output=True)
    return program if done.returncode == 0 else None


@dataclass
class Tally:
    delay_ms: int = 0
    connections: int = 0
    calls: int = 0
    in_flight: int = 0
    peak: int = 0
    last_id: int = 0
    arrivals: list[float] = field(default_factory=list[float])
    times: Counter[int] = field(default_factory=Counter[int])
    first: dict[int, float] = field(default_factory=dict[int, float])

    def tell(self) -> bytes:
        """Say what was seen, and forget it. The asking connection does not count."""
        seen = [[number, times, self.first[number]] for number, times in self.times.items()]
        told = {
            "connections": self.connections - 1,
            "calls": self.calls,
            "peak": self.peak,
            "arrivals": self.arrivals,
            "seen": seen,
        }
        self.connections, self.calls, self.peak = 0, 0, self.in_flight
        self.arrivals, self.times, self.first = [], Counter(), {}
        return json.dumps(told).encode()

    def take(self, method: bytes, body: bytes, began: float) -> bytes:
        """Note a call and give its answer."""
        self.calls += 1
        self.last_id += 1
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        if method != b"POST":
            link = b"https://platform.example/%d" % self.last_id
            return b'{"id":"%d","permalink_url":"%b"}' % (self.last_id, link)
        self.arrivals.append(began)
        if number := _NUMBER.search(body):
            self.times[int(number[1])] += 1
            self.first.setdefault(int(number[1]), began)
        return b'{"id":"%d"}' % self.last_id


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
        body, self._unread = self._unread[end + 4 : whole], self._unread[whole:]
        method, path, _ = head.split(b" ", 2)
        self._take(method, path, body)

    def _take(self, method: bytes, path: bytes, body: bytes) -> None:
        if path == b"/_stats":
            self._write(self._tally.tell())
            return
        answer = self._tally.take(method, body, self._began)
        delay = _DELAY.match(path)
        self._loop.call_later((int(delay[1]) if delay else self._tally.delay_ms) / 1000, self._answer, answer)

    def _answer(self, body: bytes) -> None:
        self._tally.in_flight -= 1
        self._write(body)

    def _write(self, body: bytes) -> None:
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
