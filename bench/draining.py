"""One worker drains what is due over many channels and over one, against a bare script with the same client."""

import asyncio
import signal
import sqlite3
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

from bench import fakeplatform
from bench.place import DATABASES, Place, place
from bench.report import Figure, median_of, ratio_of
from bench.turns import take_turns
from net.http import PlatformClient
from tests.support.rows import rows_of

GROUP = "Draining"
HOW = (
    "Text publications are accepted while the worker is stopped (SIGSTOP), then it goes on: until the last is "
    "PUBLISHED. The platform answers after 100 ms. The bare script makes the same calls with the same client, all at "
    "once. One channel publishes one at a time, so its ideal is n times the latency."
)
LATENCY = 0.1
_ROUNDS, _CHANNELS, _IN_A_ROW = 3, 200, 20
_TEXT = "A text that is as long as such texts are, give or take a word or two."


async def measure() -> list[Figure]:
    """Measure on both databases."""
    figures: list[Figure] = []
    async with fakeplatform.running(delay_ms=int(LATENCY * 1000)) as platform:
        for number, database in enumerate(DATABASES):
            figures += await _on(database, platform.origin, (number / len(DATABASES), (number + 1) / len(DATABASES)))
    return figures


async def _on(database: str, origin: str, part: tuple[float, float]) -> list[Figure]:
    async with _platform(database, origin) as here:
        arms = {
            "ours": lambda: _drain(here, _CHANNELS, over=_CHANNELS),
            "bare": lambda: _bare(origin, _CHANNELS),
            "one channel": lambda: _drain(here, _IN_A_ROW, over=1),
        }
        taken = await take_turns(arms, rounds=_ROUNDS, of=database, part=part)
    ideal = [_IN_A_ROW * LATENCY] * _ROUNDS
    milliseconds = [seconds * 1000 for seconds in taken["ours"]]
    return [
        median_of(GROUP, f"200 publications over 200 channels, {database}", milliseconds, "ms", how=HOW),
        ratio_of(GROUP, f"against the bare script, {database}", taken["ours"], taken["bare"], most=3, how=HOW),
        ratio_of(
            GROUP,
            f"one channel against n times the latency, {database}",
            taken["one channel"],
            ideal,
            most=1.5,
            how=HOW,
        ),
    ]


@asynccontextmanager
async def _platform(database: str, origin: str) -> AsyncGenerator[Place]:
    """A place whose worker calls the fake platform instead of the sandbox."""
    async with place(database, pages=_CHANNELS) as here:
        await here.stack.start_worker(AGM_SANDBOX_URL=origin)
        yield here


async def _drain(here: Place, publications: int, *, over: int) -> float:
    worker = here.stack.worker
    before = await _published(here)
    await _stop(here)
    for number in range(publications):
        await here.journey.accepted("facebook", here.shops[number % over].facebook, text=_TEXT)
    began = time.perf_counter()
    worker.ask(signal.SIGCONT)
    while await _published(here) < before + publications:  # noqa: ASYNC110 - other processes set no event
        await asyncio.sleep(0.005)
    return time.perf_counter() - began


async def _stop(here: Place) -> None:
    """Stop the worker while it holds no lock: SQLite has one writer, and a stopped one keeps all others waiting."""
    while True:
        await asyncio.sleep(0.3)
        here.stack.worker.ask(signal.SIGSTOP)
        if not here.database_url.startswith("sqlite") or _is_free(here.database_url):
            return
        here.stack.worker.ask(signal.SIGCONT)


def _is_free(database_url: str) -> bool:
    path = database_url.removeprefix("sqlite://")
    with closing(sqlite3.connect(path, timeout=0.1, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        connection.execute("ROLLBACK")
        return True


async def _bare(origin: str, calls: int) -> float:
    async with PlatformClient() as client:

        async def call(number: int) -> None:
            form = {"message": _TEXT, "appsecret_proof": "0" * 64}
            headers = {"authorization": f"Bearer {'t' * 180}"}
            url = f"{origin}/meta/v26.0/{number}/feed"
            assert (await client.request("POST", url, form=form, headers=headers)).json()["id"]

        began = time.perf_counter()
        await asyncio.gather(*map(call, range(calls)))
        return time.perf_counter() - began


async def _published(here: Place) -> int:
    query = "SELECT count(*) AS n FROM publication WHERE status = 'published'"
    return (await rows_of(here.database_url, query))[0]["n"]
