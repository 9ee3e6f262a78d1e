"""One publication at a time while the worker idles: how late its call starts, from the answer or from its due time."""

import asyncio
import random
import time

from bench.arms import clock
from bench.crowd import Crowd, crowd_of
from bench.fakeplatform import FakePlatform, running
from bench.place import DATABASES, Place, place
from bench.report import Figure, median_of
from bench.turns import step
from tests.support.programs import until

GROUP = "Punctuality"
HOW = (
    "One text publication at a time, one worker that idles. Accepted: from the mutation's answer to the first byte at "
    "the platform. Scheduled: from the due instant, two to six seconds ahead, to that byte. p50 and p99 of each round."
)
_ROUNDS, _TIMES = 3, 40
_SHOPS = 40
_EACH = 30
"""Scheduled ones of a round: they are due within a few seconds, each at an instant of its own."""


async def measure() -> list[Figure]:
    """Measure on both databases."""
    figures: list[Figure] = []
    async with running(delay_ms=20) as platform:
        for database in DATABASES:
            figures += await _on(database, platform)
    return figures


async def _on(database: str, platform: FakePlatform) -> list[Figure]:
    accepted: list[list[float]] = []
    scheduled: list[list[float]] = []
    async with place(database, pages=_SHOPS) as here, crowd_of(here, _EACH) as crowd:
        await here.stack.start_worker(AGM_SANDBOX_URL=platform.origin)
        await _accepted(here, platform, times=5)
        for number in range(_ROUNDS):
            step(f"{database} · round {number + 1} of {_ROUNDS}", (DATABASES.index(database) + number / _ROUNDS) / 2)
            accepted.append(await _accepted(here, platform, times=_TIMES))
            scheduled.append(await _scheduled(crowd, platform))
    return [*_figures("accepted", database, accepted), *_figures("scheduled", database, scheduled)]


def _figures(what: str, database: str, rounds: list[list[float]]) -> list[Figure]:
    p50 = [_share(late, 0.5) * 1000 for late in rounds]
    p99 = [_share(late, 0.99) * 1000 for late in rounds]
    return [
        median_of(GROUP, f"{what}, lateness p50, {database}", p50, "ms", bound=30, how=HOW, goal="G2"),
        median_of(GROUP, f"{what}, lateness p99, {database}", p99, "ms", bound=100, how=HOW, goal="G2"),
    ]


async def _accepted(here: Place, platform: FakePlatform, *, times: int) -> list[float]:
    answered: list[float] = []
    await platform.seen()
    for number in range(times):
        shop = here.shops[number % _SHOPS]
        publication_id = await here.journey.accepted("facebook", shop.facebook, text=f"Number {number}")
        answered.append(time.monotonic())
        await here.journey.outcome(publication_id)
        await asyncio.sleep(random.uniform(0.1, 0.2))
    arrivals = (await platform.seen()).arrivals
    assert len(arrivals) == len(answered), (len(arrivals), len(answered))
    return [max(0.0, came - said) for came, said in zip(arrivals, answered, strict=True)]


async def _scheduled(crowd: Crowd, platform: FakePlatform) -> list[float]:
    """Due a tenth of a second apart and more: the worker idles in between."""
    numbers = await crowd.schedule(_EACH)
    await until(crowd.is_quiet, seconds=60, what="quiet")
    await platform.seen()
    ahead = [2 + place * 0.13 + random.uniform(0, 0.03) for place in range(_EACH)]
    instants = {number: time.monotonic() + seconds for number, seconds in zip(numbers, ahead, strict=True)}
    await crowd.due_each({number: clock(instant) for number, instant in instants.items()})
    await until(crowd.is_done, seconds=30, what="the last scheduled one")
    first = (await platform.seen()).first
    return [max(0.0, first[number] - instant) for number, instant in instants.items()]


def _share(late: list[float], share: float) -> float:
    return sorted(late)[min(int(share * len(late)), len(late) - 1)]
