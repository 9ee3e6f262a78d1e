"""One worker drains what is due, against a bare script with the same client; and the way of a single publication."""

import asyncio
import signal
import sqlite3
import statistics
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

from bench import fakeplatform
from bench.fakeplatform import FakePlatform
from bench.place import DATABASES, Place, place
from bench.report import Figure
from net.http import PlatformClient
from tests.support.rows import rows_of

GROUP = "Draining"
HOW = (
    "Text publications are accepted while the worker is stopped (SIGSTOP), then it goes on: until the last is "
    "PUBLISHED. The platform answers after 100 ms. The bare script makes the same calls with the same client, all at "
    "once. For the single publication: from the mutation's answer to the first byte at the platform, at idle."
)
LATENCY = 0.1
_ROUNDS, _CHANNELS, _IN_A_ROW, _SINGLES = 3, 200, 20, 50
_TEXT = "A text that is as long as such texts are, give or take a word or two."


async def measure() -> list[Figure]:
    """Measure on both databases."""
    async with fakeplatform.running(delay_ms=int(LATENCY * 1000)) as platform:
        return [figure for database in DATABASES for figure in await _on(database, platform)]


async def _on(database: str, platform: FakePlatform) -> list[Figure]:
    drained: list[float] = []
    bare: list[float] = []
    lined: list[float] = []
    async with _platform(database, platform.origin) as here:
        await _drain(here, 20, over=20)
        for _ in range(_ROUNDS):
            drained.append(await _drain(here, _CHANNELS, over=_CHANNELS))
            bare.append(await _bare(platform.origin, _CHANNELS))
            lined.append(await _drain(here, _IN_A_ROW, over=1))
        first = await _singles(here, platform)
    ours, script = statistics.median(drained), statistics.median(bare)
    line = statistics.median(lined) / (_IN_A_ROW * LATENCY)
    p99 = statistics.quantiles(first, n=100)[98]
    return [
        Figure(GROUP, f"200 publications over 200 channels, {database}", ours * 1000, "ms", None, HOW),
        Figure(GROUP, f"against the bare script ({script * 1000:.0f} ms), {database}", ours / script, "x", 3, HOW),
        Figure(GROUP, f"one channel against n times the latency, {database}", line, "x", 1.5, HOW),
        Figure(GROUP, f"answer to first byte, p50, {database}", statistics.median(first) * 1000, "ms", 50, HOW),
        Figure(GROUP, f"answer to first byte, p99, {database}", p99 * 1000, "ms", 150, HOW),
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


async def _singles(here: Place, platform: FakePlatform) -> list[float]:
    """Publish one at a time, with the worker idle in between; the clock is the host's for both sides."""
    answered: list[float] = []
    await platform.seen()
    for number in range(_SINGLES):
        publication_id = await here.journey.accepted("facebook", here.shops[number].facebook, text=_TEXT)
        answered.append(time.monotonic())
        await here.journey.outcome(publication_id)
        await asyncio.sleep(0.15)
    arrivals = (await platform.seen()).arrivals
    assert len(arrivals) == len(answered), (len(arrivals), len(answered))
    return [max(0.0, came - said) for came, said in zip(arrivals, answered, strict=True)]


async def _published(here: Place) -> int:
    query = "SELECT count(*) AS n FROM publication WHERE status = 'published'"
    return (await rows_of(here.database_url, query))[0]["n"]
