"""Points of docs/lifecycle.md at which no process dies: it stands still, its clock is wrong, or nothing can be written.

A worker is stopped by a failpoint (p13, p17, p19) as a paused virtual machine is, and woken by SIGCONT.
"""

import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import Town
from tests.e2e.test_crash_points import PUBLIC_CALL, UPLOAD, accepted, calls, ends_well, on_each_platform, seen
from tests.support.nursery import CLOCK_OFF
from tests.support.programs import Program, until
from tests.support.proxy import running_proxy

Broken = tuple[Program, Callable[[], Awaitable[None]]]
"""A worker, and how to take away what it writes to."""
HOUR = 3600
OWN_LIMIT = {"facebook": 80001, "instagram": 80002}
_FULL_AT, _FILLED = 200_000, 400_000
"""Bytes: more than a worker's log, and more than that in SQLite's own log."""


async def stands_still(worker: Program) -> None:
    async def is_stopped() -> bool:
        return worker.stands_still

    await until(is_stopped, what="the standstill")


@on_each_platform
@pytest.mark.parametrize(("failpoint", "attempts"), [("p17", 1), ("p13", 2)], ids=["before the mark", "after the mark"])
async def test_p13_a_worker_that_stood_still_too_long_sends_nothing_when_it_wakes(
    mortal_town: Town, failpoint: str, attempts: int, platform: str
):
    town, shop = mortal_town, mortal_town.shop()
    asleep = await town.stack.start_worker(AGM_FAILPOINT=failpoint)
    publication_id = await accepted(town, shop, platform)
    await stands_still(asleep)

    await town.stack.start_worker()
    await ends_well(town, shop, platform, publication_id, attempts=attempts)
    asleep.ask(signal.SIGCONT)

    assert await asleep.stop() == 0
    await ends_well(town, shop, platform, publication_id, attempts=attempts)


@on_each_platform
async def test_p19_a_worker_that_stood_still_with_the_answer_in_hand_says_nothing_new(mortal_town: Town, platform: str):
    town, shop = mortal_town, mortal_town.shop()
    asleep = await town.stack.start_worker(AGM_FAILPOINT="p19")
    publication_id = await accepted(town, shop, platform)
    await stands_still(asleep)

    await town.stack.start_worker()
    await ends_well(town, shop, platform, publication_id)
    asleep.ask(signal.SIGCONT)

    assert await asleep.stop() == 0
    await ends_well(town, shop, platform, publication_id)


@on_each_platform
@pytest.mark.parametrize("mortal_town", ["postgres"], indirect=True)
async def test_p16_a_worker_whose_clock_is_ahead_of_the_databases_calls_nobody_early(mortal_town: Town, platform: str):
    town, shop, other = mortal_town, mortal_town.shop(), mortal_town.shop()
    account = shop.platform_id(platform)
    limit = {"code": OWN_LIMIT[platform], "minutes": 60}
    await town.sandbox.add_fault(UPLOAD[platform], "rate", next_calls=1, account=account, **limit)
    await town.stack.start_worker()
    publication_id = await accepted(town, shop, platform, photos=1)
    await town.journey.outcome(publication_id, among=("RETRYING",))
    town.stack.kill_worker()

    await town.stack.start_worker(**{CLOCK_OFF: str(3 * HOUR)})
    await ends_well(town, other, platform, await accepted(town, other, platform))

    assert await seen(town, shop, platform, publication_id) == ("RETRYING", 0)
    assert await town.sandbox.violations(account) == []


@on_each_platform
@pytest.mark.parametrize("mortal_town", ["sqlite"], indirect=True)
async def test_p16_a_host_whose_clock_jumps_ahead_sends_once(mortal_town: Town, platform: str):
    """With SQLite the host's clock is the time: every lease is over at once, and the settle window is not."""
    town, shop = mortal_town, mortal_town.shop()
    doomed = await town.stack.start_worker(AGM_FAILPOINT="p7")
    publication_id = await accepted(town, shop, platform)
    await doomed.ends()

    await town.stack.start_worker(**{CLOCK_OFF: str(3 * HOUR)})
    await ends_well(town, shop, platform, publication_id, attempts=2)


@on_each_platform
async def test_p16_a_worker_whose_clock_is_behind_takes_nothing_from_another(mortal_town: Town, platform: str):
    town, shop = mortal_town, mortal_town.shop()
    await town.stack.start_worker(**{CLOCK_OFF: str(-3 * HOUR)})
    if _is_sqlite(town):  # to that worker everything is due in three hours
        await town.stack.start_worker()

    await ends_well(town, shop, platform, await accepted(town, shop, platform))


@on_each_platform
async def test_p17_a_worker_that_cannot_write_its_mark_sends_nothing(mortal_town: Town, platform: str):
    town, shop = mortal_town, mortal_town.shop()
    async with _no_room(town) if _is_sqlite(town) else _no_way(town) as (worker, take_away):
        publication_id = await accepted(town, shop, platform)
        await stands_still(worker)
        await take_away()
        worker.ask(signal.SIGCONT)
        await until(lambda: _says(worker, "not_recorded"), what="the end of its step")
        worker.kill()
    assert await seen(town, shop, platform, publication_id) == ("PREPARING", 0)
    assert await calls(town, shop, platform, PUBLIC_CALL) == 0

    await town.stack.start_worker()
    await ends_well(town, shop, platform, publication_id)


@asynccontextmanager
async def _no_way(town: Town) -> AsyncIterator[Broken]:
    """A worker whose way to PostgreSQL is cut."""
    address = urlsplit(town.stack.settings["AGM_DATABASE_URL"])
    async with running_proxy(address.hostname or "", address.port or 0) as proxy:
        way = address._replace(netloc=f"postgres@127.0.0.1:{proxy.port}").geturl()
        yield await town.stack.start_worker(AGM_FAILPOINT="p17", AGM_DATABASE_URL=way), proxy.shut


@asynccontextmanager
async def _no_room(town: Town) -> AsyncIterator[Broken]:
    """A worker that cannot lengthen SQLite's log any more, as on a full disk."""
    worker = await town.stack.start_worker(AGM_FAILPOINT="p17")
    file = town.stack.settings["AGM_DATABASE_URL"].removeprefix("sqlite://")
    with closing(sqlite3.connect(file, isolation_level=None)) as own:

        async def fill() -> None:
            own.execute("PRAGMA wal_checkpoint(RESTART)")
            own.execute(f"CREATE TABLE filler AS SELECT zeroblob({_FILLED}) AS room")
            resource.prlimit(worker.process.pid, resource.RLIMIT_FSIZE, (_FULL_AT, resource.RLIM_INFINITY))

        yield worker, fill
        own.execute("DROP TABLE filler")


def _is_sqlite(town: Town) -> bool:
    return town.stack.settings["AGM_DATABASE_URL"].startswith("sqlite")


async def _says(worker: Program, word: str) -> bool:
    return word in worker.said()
