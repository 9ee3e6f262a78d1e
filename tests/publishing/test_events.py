"""Events: numbered after their commit, in one row without gaps, and handed to those who watch their workspace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest

from publishing import models, setwise
from publishing.db import transaction
from publishing.deps import Deps
from publishing.events import EventHub, note_event
from publishing.ids import new_id
from publishing.queue import EVENTS_NUMBERED
from publishing.records import EventNote
from publishing.system import number_events
from tests.publishing.town import NOW, open_street
from tests.support.programs import until

_COLUMNS = {"id": "uuid", "workspace_id": "uuid", "type": "text", "subject_id": "uuid", "occurred_at": "timestamptz"}


async def note(workspace_id: UUID, count: int = 1) -> list[UUID]:
    """Write events and give their ids."""
    ids = [new_id() for _ in range(count)]
    common = {"workspace_id": workspace_id, "type": "test", "occurred_at": NOW}
    await setwise.insert(setwise.Rows("event", _COLUMNS, [{"id": one, "subject_id": one, **common} for one in ids]))
    return ids


async def positions() -> list[int | None]:
    return [row.position for row in await models.Event.all().order_by("position")]


async def test_events_get_positions_in_order_without_gaps(database: str):
    street = await open_street()
    ids = await note(street.workspace_id, 5)

    assert await number_events() == 5
    assert await number_events() == 0

    numbered = {row.position: row.id for row in await models.Event.all()}
    assert numbered == dict(enumerate(sorted(ids), start=1))


async def test_more_events_than_one_batch_are_all_numbered(database: str):
    street = await open_street()
    await note(street.workspace_id, 2_345)

    assert await number_events() == 2_345
    assert await positions() == list(range(1, 2_346))


async def test_relays_side_by_side_with_writers_leave_no_gap_and_no_double(database: str):
    street = await open_street()

    async def write() -> None:
        for _ in range(10):
            await note(street.workspace_id, 7)

    async def relay() -> None:
        for _ in range(10):
            await number_events()

    await asyncio.gather(*(write() for _ in range(4)), *(relay() for _ in range(4)))
    await number_events()

    assert await positions() == list(range(1, 281))


async def test_an_event_that_is_rolled_back_takes_no_position(database: str):
    street = await open_street()

    async def fail_after_it() -> None:
        async with transaction():
            await note_event("test", workspace_id=street.workspace_id, subject_id=new_id(), now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after_it()
    await note(street.workspace_id)
    await number_events()

    assert await positions() == [1]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_an_event_that_is_committed_late_comes_after_what_was_numbered_before(database: str):
    street = await open_street()
    written, leave = asyncio.Event(), asyncio.Event()
    late: list[UUID] = []

    async def hold() -> None:
        async with transaction():
            late.extend(await note(street.workspace_id))
            written.set()
            await leave.wait()

    holder = asyncio.create_task(hold())
    await written.wait()
    (early,) = await note(street.workspace_id)
    assert await number_events() == 1
    leave.set()
    await holder
    assert await number_events() == 1

    assert late[0] < early
    assert {row.id: row.position for row in await models.Event.all()} == {early: 1, late[0]: 2}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_one_relay_at_a_time(database: str):
    from publishing.system import relay

    street = await open_street()
    await note(street.workspace_id)
    other = await asyncpg.connect(database)
    await other.execute("SELECT pg_advisory_lock($1)", relay._LOCK)

    waiting = asyncio.create_task(number_events())
    done, _ = await asyncio.wait([waiting], timeout=0.2)
    assert not done
    assert await positions() == [None]

    await other.close()
    assert await waiting == 1


# -- those who watch --------------------------------------------------------------------------------------------


@asynccontextmanager
async def running_hub(deps: Deps, *, sweep_seconds: float) -> AsyncIterator[EventHub]:
    hub = EventHub(deps.bell, sweep_seconds=sweep_seconds)
    task = asyncio.create_task(hub.run())

    async def begun() -> bool:
        return hub._position is not None

    await until(begun)
    yield hub
    hub.close()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def heard(listener: AsyncIterator[EventNote], count: int) -> list[EventNote]:
    async with asyncio.timeout(20):
        return [await anext(listener) for _ in range(count)]


async def test_a_listener_hears_its_workspace_in_order_from_now_on(deps: Deps):
    mine, stranger = await open_street(name="Mine"), await open_street(name="Stranger")
    await note(mine.workspace_id, 3)
    await number_events()

    async with running_hub(deps, sweep_seconds=0.05) as hub, hub.listen(workspace_id=mine.workspace_id) as listener:
        ids: list[UUID] = []
        for _ in range(3):
            ids += await note(mine.workspace_id, 2)
            await note(stranger.workspace_id, 2)
        await number_events()
        notes = await heard(listener, 6)

    assert [one.subject_id for one in notes] == ids
    assert {one.workspace_id for one in notes} == {mine.workspace_id}
    assert [one.position for one in notes] == sorted(one.position for one in notes)


async def test_a_message_wakes_the_hub_long_before_its_sweep(deps: Deps):
    street = await open_street()

    async with running_hub(deps, sweep_seconds=300) as hub, hub.listen(workspace_id=street.workspace_id) as listener:
        (subject,) = await note(street.workspace_id)
        await number_events()
        await deps.bell.publish(EVENTS_NUMBERED, "")
        (one,) = await heard(listener, 1)

    assert one.subject_id == subject


async def test_a_listener_that_falls_too_far_behind_is_ended_rather_than_left_with_a_gap(deps: Deps):
    street = await open_street()

    async with running_hub(deps, sweep_seconds=0.05) as hub, hub.listen(workspace_id=street.workspace_id) as listener:
        await note(street.workspace_id, 1_500)
        await number_events()

        async def read() -> bool:
            return (hub._position or 0) >= 1_500

        await until(read)
        left = [one async for one in listener]

    assert len(left) < 1_500


async def test_a_closed_hub_ends_its_listeners_and_those_who_come_later(deps: Deps):
    street = await open_street()

    async with running_hub(deps, sweep_seconds=0.05) as hub, hub.listen(workspace_id=street.workspace_id) as listener:
        hub.close()
        assert [one async for one in listener] == []
        async with hub.listen(workspace_id=street.workspace_id) as late:
            assert [one async for one in late] == []
