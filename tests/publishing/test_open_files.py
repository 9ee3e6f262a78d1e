"""A worker has a connection for each call under way, also where a system gives a process few files."""

import asyncio
import sys
from textwrap import dedent

import pytest

from platforms.base import Done, Receipt
from platforms.registry import _CONNECTIONS
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.lifecycle import Status
from tests.publishing.test_races import furnished, idle, is_in, working
from tests.publishing.town import status_of
from tests.support.programs import ROOT
from workers.publications import LIMIT, WAITING

_LOOK = dedent(
    """
    import resource
    from workers.open_files import allow_files
    resource.setrlimit(resource.RLIMIT_NOFILE, ({given}, {most}))
    at_once = allow_files()
    print("found", *resource.getrlimit(resource.RLIMIT_NOFILE), at_once)
    """
)


async def test_a_worker_takes_the_files_that_the_system_lets_it_have():
    assert await _allowed(256, 20_000) == ((4096, 20_000), LIMIT, "")
    assert await _allowed(9000, 20_000) == ((9000, 20_000), LIMIT, "")


@pytest.mark.parametrize(("most", "at_once"), [(4000, LIMIT), (2000, 500), (1024, 256), (128, 32)])
async def test_too_few_files_are_told_and_carry_fewer_publications(most: int, at_once: int):
    limits, carried, told = await _allowed(most // 2, most)

    assert (limits, carried) == ((most, most), at_once)
    assert "few_files" in told
    assert f"at_once={at_once} " in told


def test_there_is_a_connection_for_each_publication_under_way():
    assert LIMIT + WAITING < _CONNECTIONS < 4096


async def test_no_more_are_under_way_than_the_files_carry(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps, count=5)
    now, done, under_way, most = await deps.clock.now(), asyncio.Event(), 0, 0
    rows = [await street.publish(Status.QUEUED, channel=number, due_at=now, created_at=now) for number in range(5)]

    async def step(_: Delivery) -> Done:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await done.wait()
        under_way -= 1
        return Done(Receipt(platform_post_id="1", permalink="https://x.example/1"))

    async with working(deps, monkeypatch, step, at_once=2) as worker:
        await asyncio.gather(*(is_in(row, Status.PREPARING) for row in rows[:2]))
        worker.runner.wake()
        await asyncio.sleep(0.1)  # nothing tells that a third was not begun
        begun = under_way
        done.set()
        await asyncio.gather(*(is_in(row, Status.PUBLISHED) for row in rows))
        await idle(worker)

    assert (begun, most) == (2, 2)
    assert {await status_of(row) for row in rows} == {Status.PUBLISHED}


async def _allowed(given: int, most: int) -> tuple[tuple[int, int], int, str]:
    """Run where a process may have so many files; gives the limits it then has, what they carry, what it said."""
    code = _LOOK.format(given=given, most=most)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=pipe)
    told, found = (await process.communicate())[0].decode().split("found")
    *limits, carried = map(int, found.split())
    return (limits[0], limits[1]), carried, told
