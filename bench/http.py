"""The outbound client against bare aiohttp: processor time per call, and connections opened.

One hundred calls in flight, a platform that takes 100 ms; the arms take turns in one process, so that both meet the
same machine. A default httpx client would be about thirty times aiohttp here: the ratio is what keeps it out.
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

from bench.fakeplatform import running
from bench.report import Figure
from net.http import PlatformClient

IN_FLIGHT = 100
CALLS = 2000
GROUP = "Outbound client"
HOW = (
    "2,000 calls of a round, 100 in flight, to a platform that answers after 100 ms: the product's client against "
    "`aiohttp.ClientSession`, both over kept connections."
)
_TOKEN = {"Authorization": "Bearer " + "t" * 180}
_PAYLOAD = {"message": "m" * 400, "published": True, "link": "https://example.com/a"}

Call = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Arm:
    """What one way of calling cost, one figure per round: processor milliseconds per call, connections opened."""

    name: str
    cpu_ms: tuple[float, ...]
    connections: tuple[int, ...]


async def measure(rounds: int = 5) -> list[Figure]:
    """Let the arms take turns for some rounds; the first turn of each warms it up and does not count."""
    async with running() as origin:
        results: dict[str, list[tuple[float, int]]] = {"aiohttp": [], "net.http": []}
        for round_ in range(rounds + 1):
            for name, arm in (("aiohttp", _bare), ("net.http", _ours)):
                async with arm(f"{origin}/d/100/v26.0/1/feed") as call:
                    result = await _turn(call, origin, CALLS if round_ else IN_FLIGHT)
                if round_:
                    results[name].append(result)
    bare, ours = (Arm(name, *map(tuple, zip(*turns, strict=True))) for name, turns in results.items())
    times = statistics.median(ours.cpu_ms) / statistics.median(bare.cpu_ms)
    return [
        Figure(GROUP, "processor time of a call", statistics.median(ours.cpu_ms), "ms", None, HOW),
        Figure(GROUP, "against plain aiohttp", times, "x", 3, HOW),
        Figure(GROUP, "connections opened for 100 calls in flight", max(ours.connections), "", IN_FLIGHT, HOW),
    ]


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
