"""The outbound client against bare aiohttp: processor time per call, and connections opened.

Calls in flight to a platform that takes 100 ms; the arms take turns in one process, so that both meet the same machine.
A default httpx client would be about thirty times aiohttp here: the ratio is what keeps it out.
"""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bench.fakeplatform import FakePlatform, running
from bench.report import Figure, median_of, ratio_of
from bench.turns import take_turns
from net.http import PlatformClient

IN_FLIGHT = {100: 2000, 1000: 6000}
"""How many at once, and how many calls a round."""
GROUP = "Outbound client"
_ROUNDS = 5
HOW = (
    "Processor time of a call in a round of 2,000 (100 in flight) and 6,000 (1,000 in flight), to a platform that "
    "answers after 100 ms: the product's client against `aiohttp.ClientSession`, each over new connections it keeps."
)
_TOKEN = {"Authorization": "Bearer " + "t" * 180}
_PAYLOAD = {"message": "m" * 400, "published": True, "link": "https://example.com/a"}

Call = Callable[[], Awaitable[object]]
Client = Callable[[str, int], AbstractAsyncContextManager[Call]]


@dataclass(frozen=True, slots=True)
class Turn:
    """One round of a client: processor milliseconds per call, connections opened."""

    cpu_ms: float
    connections: int


async def measure() -> list[Figure]:
    """Let the arms take turns, first with a hundred in flight, then with a thousand."""
    figures: list[Figure] = []
    async with running(delay_ms=100) as platform:
        for number, (in_flight, calls) in enumerate(IN_FLIGHT.items()):
            arms = {"aiohttp": _arm(_bare, platform, in_flight, calls), "ours": _arm(_ours, platform, in_flight, calls)}
            part = number / len(IN_FLIGHT), (number + 1) / len(IN_FLIGHT)
            turns = await take_turns(arms, rounds=_ROUNDS, of=f"{in_flight:,} in flight", part=part)
            figures += _figures(f"{in_flight:,} in flight", in_flight, turns, HOW + platform.note)
    return figures


def _figures(at: str, most: int, turns: dict[str, list[Turn]], how: str) -> list[Figure]:
    cpu = {name: [turn.cpu_ms for turn in those] for name, those in turns.items()}
    opened = [float(turn.connections) for turn in turns["ours"]]
    return [
        median_of(GROUP, f"processor time of a call, {at}", cpu["ours"], "ms", how=how),
        ratio_of(GROUP, f"against plain aiohttp, {at}", cpu["ours"], cpu["aiohttp"], most=3, how=how, goal="G3"),
        median_of(GROUP, f"connections opened, {at}", opened, "", bound=most, how=how, goal="G3"),
    ]


def _arm(client: Client, platform: FakePlatform, in_flight: int, calls: int) -> Callable[[], Awaitable[Turn]]:
    async def turn() -> Turn:
        async with client(f"{platform.origin}/v26.0/1/feed", in_flight) as call:
            await platform.seen()
            numbers = iter(range(calls))

            async def lane() -> None:
                for _ in numbers:
                    await call()

            began = time.process_time()
            await asyncio.gather(*(lane() for _ in range(in_flight)))
            spent = time.process_time() - began
            return Turn(spent * 1000 / calls, (await platform.seen()).connections)

    return turn


@asynccontextmanager
async def _bare(url: str, in_flight: int) -> AsyncGenerator[Call]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=in_flight)) as session:

        async def call() -> object:
            async with session.post(url, json=_PAYLOAD, headers=_TOKEN) as response:
                return json.loads(await response.read())

        yield call


@asynccontextmanager
async def _ours(url: str, in_flight: int) -> AsyncGenerator[Call]:
    async with PlatformClient(max_connections=in_flight) as client:

        async def call() -> object:
            return (await client.request("POST", url, json=_PAYLOAD, headers=_TOKEN)).json()

        yield call
