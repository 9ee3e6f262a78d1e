"""One of two workers is killed in the middle of a burst: nothing goes out twice, and all of it ends with the lease."""

import asyncio
import time
from dataclasses import dataclass

from bench.arms import clock
from bench.crowd import Crowd, crowd_of
from bench.fakeplatform import FakePlatform, running
from bench.place import DATABASES, Place, place
from bench.report import Figure, median_of
from bench.turns import step
from tests.support.programs import until
from tests.support.rows import rows_of

GROUP = "Crash"
_ROUNDS, _SIZE, _LEASE, _AHEAD = 3, 2000, 15, 2.0
_PATIENCE = 10
HOW = (
    f"{_SIZE:,} publications due at one instant, two workers, a platform that answers after 300 ms; when it has seen a "
    f"third, one worker is killed (kill -9). AGM_LEASE_SECONDS={_LEASE}. Until nothing is due or under way: what the "
    "dead worker had only prepared goes out by the other, what it was sending is UNCONFIRMED, never sent again by "
    "itself. Posts are counted by the platform."
)


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one kill: seconds until all had ended, posts sent twice, posts in doubt, posts that ended not so."""

    seconds: float
    doubled: int
    unconfirmed: int
    lost: int


async def measure() -> list[Figure]:
    """Measure on both databases."""
    figures: list[Figure] = []
    async with running(delay_ms=300) as platform:
        for database in DATABASES:
            figures += await _on(database, platform)
    return figures


async def _on(database: str, platform: FakePlatform) -> list[Figure]:
    settings = {"AGM_LEASE_SECONDS": str(_LEASE), "AGM_PLATFORM_TIMEOUT_SECONDS": "5"}
    rounds: list[Round] = []
    async with place(database, pages=1, **settings) as here, crowd_of(here, _SIZE) as crowd:
        await here.stack.start_worker(AGM_SANDBOX_URL=platform.origin)
        for number in range(_ROUNDS):
            step(f"{database} · round {number + 1} of {_ROUNDS}", (DATABASES.index(database) + number / _ROUNDS) / 2)
            rounds.append(await _kill_one(here, crowd, platform))
    how = HOW + platform.note
    on = f", {database}"
    seconds = [one.seconds for one in rounds]
    doubt = [float(one.unconfirmed) for one in rounds]
    return [
        median_of(GROUP, f"all ended after the kill{on}", seconds, "s", bound=_LEASE + _PATIENCE, how=how, goal="G8"),
        Figure(GROUP, f"posts sent twice, all rounds{on}", sum(one.doubled for one in rounds), "", 0, how, goal="G8"),
        Figure(GROUP, f"posts lost, all rounds{on}", sum(one.lost for one in rounds), "", 0, how, goal="G8"),
        median_of(GROUP, f"left in doubt by a kill{on}", doubt, "", how=how),
    ]


async def _kill_one(here: Place, crowd: Crowd, platform: FakePlatform) -> Round:
    before = await _counts(here)
    await here.stack.start_worker(AGM_SANDBOX_URL=platform.origin)
    await crowd.schedule(_SIZE)
    await platform.seen()
    instant = time.monotonic() + _AHEAD
    await crowd.due_at(clock(instant))
    await until(lambda: _has_sent(here, before, _SIZE // 3), seconds=60, what="a third of the burst")
    here.stack.kill_worker()
    killed = time.monotonic()
    await until(crowd.is_done, seconds=4 * _LEASE, what="the end of the burst")
    seconds = time.monotonic() - killed
    await asyncio.sleep(1)
    after, seen = await _counts(here), await platform.seen()
    public = after.get("published", 0) - before.get("published", 0)
    doubt = after.get("unconfirmed", 0) - before.get("unconfirmed", 0)
    assert public <= len(seen.times), "more is PUBLISHED than the platform saw"
    return Round(seconds, seen.doubled, doubt, _SIZE - public - doubt)


async def _has_sent(here: Place, before: dict[str, int], wanted: int) -> bool:
    return (await _counts(here)).get("published", 0) - before.get("published", 0) >= wanted


async def _counts(here: Place) -> dict[str, int]:
    rows = await rows_of(here.database_url, "SELECT status, count(*) AS n FROM publication GROUP BY status")
    return {row["status"]: row["n"] for row in rows}
