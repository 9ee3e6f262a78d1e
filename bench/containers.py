"""Instagram's containers with a real worker and the sandbox: how soon a ready one is published, what waiting costs."""

import asyncio
import statistics
import time
from pathlib import Path

import psutil

from bench.place import Place, place
from bench.report import Figure
from tests.support.journey import image
from tests.support.programs import until

GROUP = "Instagram containers"
HOW = (
    "Processing times are lognormal (median 3 s, 99th percentile 40 s), drawn by the sandbox, which records when each "
    "container was ready and when it was published; in real time, on PostgreSQL. For the waiting: containers that stay "
    "in progress; memory and processor time of the worker's process over a minute, after their first two minutes."
)
_LAW = {"median_seconds": 3, "p99_seconds": 40}
_SAMPLE, _MANY = 400, 1000
_SETTLE_SECONDS, _WATCH_SECONDS = 125, 60


async def measure() -> list[Figure]:
    """Measure the law, then the waiting."""
    async with place("postgres", pages=_MANY) as here:
        await here.stack.start_worker()
        return [*await _law(here), *await _waiting(here)]


async def _law(here: Place) -> list[Figure]:
    await here.sandbox.change_settings(processing=_LAW)
    accounts = [shop.instagram_id for shop in here.shops[:_SAMPLE]]
    await _publish(here, 0, _SAMPLE, pause=0.05)
    await _wait_for(here, _SAMPLE)
    entries = await here.sandbox.ledger()
    waits = [entry["published_at_unix"] - entry["ready_at"] for entry in entries if entry["account_id"] in accounts]
    asks = await here.sandbox.asked_in(seconds=120)
    calls = [len(asks.get(account, ())) for account in accounts]
    return [
        Figure(GROUP, "mean wait from ready to published", statistics.fmean(waits), "s", 2.5, HOW),
        Figure(GROUP, "mean status calls", statistics.fmean(calls), "", 3.5, HOW),
        Figure(GROUP, "most status calls in two minutes", max(calls), "", 10, HOW),
    ]


async def _waiting(here: Place) -> list[Figure]:
    await here.sandbox.change_settings(processing={"fixed_seconds": 3600})
    began = time.monotonic()
    await _publish(here, 0, _MANY, pause=0)
    process = _python_of(here)
    busy, held = await _peak(process, until_=began + _SETTLE_SECONDS)
    start = process.cpu_times()
    await asyncio.sleep(_WATCH_SECONDS)
    end = process.cpu_times()
    share = (end.user + end.system - start.user - start.system) / _WATCH_SECONDS
    memory = max(held, process.memory_info().rss) / 1e6
    return [
        Figure(GROUP, f"memory with {_MANY} in flight", memory, "MB", 300, HOW),
        Figure(GROUP, f"processor with {_MANY} in flight", share * 100, "% of a core", 10, HOW),
        Figure(GROUP, "the same over their first two minutes, with making them", busy * 100, "% of a core", None, HOW),
    ]


async def _publish(here: Place, first: int, last: int, *, pause: float) -> None:
    media = [image(f"{here.sandbox.url}/samples/bench.jpg?width=320&height=320")]
    for shop in here.shops[first:last]:
        await here.journey.accepted("instagram", shop.instagram, media=media)
        await asyncio.sleep(pause)


async def _wait_for(here: Place, count: int) -> None:
    async def are_public() -> bool:
        return len(await here.sandbox.ledger()) >= count

    await until(are_public, seconds=400, what="the last container")


def _python_of(here: Place) -> psutil.Process:
    ready = Path(here.stack.settings["AGM_DATA_DIR"]) / "worker.ready"
    return psutil.Process(int(ready.read_text()))


async def _peak(process: psutil.Process, *, until_: float) -> tuple[float, int]:
    began, start = time.monotonic(), process.cpu_times()
    held = 0
    while time.monotonic() < until_:
        held = max(held, process.memory_info().rss)
        await asyncio.sleep(1)
    end = process.cpu_times()
    spent = end.user + end.system - start.user - start.system
    return spent / (time.monotonic() - began), held
