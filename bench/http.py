"""The outbound client against bare aiohttp: processor time per call, and connections opened.

One hundred calls in flight, a platform that takes 100 ms; the arms take turns in one process, so that both meet the
same machine. A default httpx client would be about thirty times aiohttp here: the ratio is what keeps it out.
Run: python -m bench.http
"""

import asyncio
import json
import statistics
import time
import urllib.request
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import uvloop

from bench.fakeplatform import running
from net.http import PlatformClient

IN_FLIGHT = 100
CALLS = 2000
MOST_TIMES_AIOHTTP = 3.0
_TOKEN = {"Authorization": "Bearer " + "t" * 180}
_PAYLOAD = {"message": "m" * 400, "published": True, "link": "https://example.com/a"}

Call = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Arm:
    """What one way of calling cost, one figure per round: processor milliseconds per call, connections opened."""

    name: str
    cpu_ms: tuple[float, ...]
    connections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Our cost against the bare one's (medians over the rounds); `holds` is the goal."""

    ours: Arm
    bare: Arm

    @property
    def times(self) -> float:
        return statistics.median(self.ours.cpu_ms) / statistics.median(self.bare.cpu_ms)

    @property
    def holds(self) -> bool:
        return self.times <= MOST_TIMES_AIOHTTP and max(self.ours.connections) <= IN_FLIGHT


async def measure(rounds: int = 3, calls: int = CALLS) -> Ratio:
    """Let the arms take turns for some rounds; the first turn of each warms it up and does not count."""
    async with running() as origin:
        results: dict[str, list[tuple[float, int]]] = {"aiohttp": [], "net.http": []}
        for round_ in range(rounds + 1):
            for name, arm in (("aiohttp", _bare), ("net.http", _ours)):
                async with arm(f"{origin}/d/100/v26.0/1/feed") as call:
                    result = await _turn(call, origin, calls if round_ else IN_FLIGHT)
                if round_:
                    results[name].append(result)
    bare, ours = (Arm(name, *map(tuple, zip(*turns, strict=True))) for name, turns in results.items())
    return Ratio(ours=ours, bare=bare)


@asynccontextmanager
async def _bare(url: str) -> AsyncGenerator[Call]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=IN_FLIGHT)) as session:

        async def call() -> object:
            async with session.post(url, json=_PAYLOAD, headers=_TOKEN) as response:
                return json.loads(await response.read())

        yield call


@asynccontextmanager
async def _ours(url: str) -> AsyncGenerator[Call]:
    async with PlatformClient(max_connections=IN_FLIGHT) as client:

        async def call() -> object:
            return (await client.request("POST", url, json=_PAYLOAD, headers=_TOKEN)).json()

        yield call


async def _turn(call: Call, origin: str, calls: int) -> tuple[float, int]:
    _stats(origin)
    numbers = iter(range(calls))

    async def lane() -> None:
        for _ in numbers:
            await call()

    started = time.process_time()
    await asyncio.gather(*(lane() for _ in range(IN_FLIGHT)))
    cpu_ms = (time.process_time() - started) * 1000 / calls
    return cpu_ms, _stats(origin)["connections"]


def _stats(origin: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{origin}/_stats", timeout=5) as answer:
        return json.loads(answer.read())


def _print(arm: Arm) -> None:
    low, middle, high = min(arm.cpu_ms), statistics.median(arm.cpu_ms), max(arm.cpu_ms)
    print(f"{arm.name:10} {middle:.3f} ms a call [{low:.3f}-{high:.3f}], {max(arm.connections)} connections")


def main() -> None:
    """Measure, print, and exit with 1 when the goal does not hold."""
    ratio = uvloop.run(measure())
    _print(ratio.bare)
    _print(ratio.ours)
    print(f"{ratio.times:.2f} x aiohttp (at most {MOST_TIMES_AIOHTTP:.0f}): {'holds' if ratio.holds else 'MISSED'}")
    raise SystemExit(not ratio.holds)


if __name__ == "__main__":
    main()
