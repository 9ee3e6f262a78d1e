"""What `publishing.sqlite` adds to Tortoise: a transaction that cannot begin must not take the connection with it.

Statements that nobody waits for go with the next one; what they did, and what they could not, is never lost.
"""

import asyncio
import sqlite3
from datetime import timedelta, timezone
from uuid import UUID

import aiosqlite
import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from publishing import setwise
from publishing.db import connection, transaction
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status
from publishing.models import Workspace
from publishing.transitions import Change, advance
from tests.publishing.town import NOW, open_street
from tests.support.programs import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def other_writer(database_url):
    other = sqlite3.connect(database_url.removeprefix("sqlite://"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


async def test_a_transaction_that_cannot_begin_gives_the_connection_back(database, other_writer):
    await connection().execute_query("PRAGMA busy_timeout=1")

    with pytest.raises(OperationalError, match="locked"):
        async with transaction():
            await Workspace.all().count()

    other_writer.execute("ROLLBACK")
    async with asyncio.timeout(5), transaction():
        assert await Workspace.all().count() == 0


async def test_a_transaction_canceled_while_it_begins_does_not_stay_open(database, other_writer):
    async def begin():
        async with transaction():
            await Workspace.all().count()

    task = asyncio.create_task(begin())
    await asyncio.sleep(0.05)
    task.cancel()
    other_writer.execute("ROLLBACK")
    with pytest.raises(asyncio.CancelledError):
        await task

    async def may_write():
        other_writer.execute("PRAGMA busy_timeout=0")
        try:
            other_writer.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True

    await until(may_write, seconds=5)


async def test_a_transaction_canceled_while_it_waits_leaves_the_other_alone(database):
    entered, leave = asyncio.Event(), asyncio.Event()

    async def hold():
        async with transaction():
            entered.set()
            await leave.wait()

    async def wait_in_line():
        async with transaction():
            raise AssertionError

    holder = asyncio.create_task(hold())
    await entered.wait()
    waiting = asyncio.create_task(wait_in_line())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    leave.set()
    await holder

    async with asyncio.timeout(5), transaction():
        assert await Workspace.all().count() == 0


def workspaces(*names: str, ids: dict[str, UUID] | None = None) -> setwise.Rows:
    made = [Workspace(id=(ids or {}).get(name) or new_id(), name=name, created_at=NOW) for name in names]
    return setwise.rows_of(*made)


async def named() -> set[str]:
    return {row.name for row in await Workspace.all()}


async def test_a_transaction_without_a_statement_holds_up_no_writer(database, other_writer):
    async with asyncio.timeout(5), transaction():
        pass


async def test_what_nobody_waits_for_is_seen_by_the_next_statement_and_counted_by_none(database):
    async with transaction():
        await setwise.insert(workspaces("one", "two", "three"))
        assert await Workspace.filter(name="one").update(time_zone="Europe/Vienna") == 1
        assert await named() == {"one", "two", "three"}
    assert await named() == {"one", "two", "three"}


async def test_an_error_of_what_nobody_waited_for_undoes_the_transaction(database):
    taken = new_id()

    async def take_twice():
        async with transaction():
            await setwise.insert(workspaces("first", ids={"first": taken}))
            await setwise.insert(workspaces("second", ids={"second": taken}))

    with pytest.raises(IntegrityError):
        await take_twice()
    assert await named() == set()

    async with asyncio.timeout(5), transaction():
        await setwise.insert(workspaces("third", ids={"third": taken}))
    assert await named() == {"third"}


async def test_a_transaction_that_fails_undoes_what_nobody_waited_for(database):
    async def fail():
        async with transaction():
            await setwise.insert(workspaces("one"))
            await Workspace.all().count()
            await setwise.insert(workspaces("two"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await named() == set()


async def test_a_savepoint_undoes_its_own_alone_even_what_would_have_failed(database):
    taken = new_id()

    async def fail():
        async with transaction():
            await setwise.insert(workspaces("inner", ids={"inner": taken}))
            raise RuntimeError

    async with transaction():
        await setwise.insert(workspaces("outer", ids={"outer": taken}))
        with pytest.raises(RuntimeError):
            await fail()
        async with transaction():
            await setwise.insert(workspaces("kept"))
    assert await named() == {"outer", "kept"}


async def test_a_savepoint_of_which_something_cannot_be_done_leaves_nothing_behind(database):
    taken = new_id()

    async def take():
        async with transaction():
            await Workspace.filter(name="outer").update(name="renamed")
            await setwise.insert(workspaces("inner", ids={"inner": taken}))

    async with transaction():
        await setwise.insert(workspaces("outer", ids={"outer": taken}))
        with pytest.raises(IntegrityError):
            await take()
    assert await named() == {"outer"}


async def test_a_savepoint_may_be_the_first_statement_and_waits_its_turn(database, other_writer):
    await connection().execute_query("PRAGMA busy_timeout=1")

    async def begin():
        async with transaction(), transaction():
            await Workspace.all().count()

    with pytest.raises(OperationalError, match="locked"):
        await begin()


async def test_equal_moments_are_written_alike(database):
    """SQLite compares texts."""
    moment = NOW + timedelta(microseconds=7)

    elsewhere = setwise.parameter([{"at": moment.astimezone(timezone(timedelta(hours=5)))}])

    assert elsewhere == setwise.parameter([{"at": moment}]) == setwise.parameter([{"at": moment.isoformat(" ")}])


async def test_a_savepoint_is_a_client_like_its_transaction(database):
    async with transaction(), transaction() as inner:
        await inner.execute_query("UPDATE workspace SET name = ?1 WHERE name = ?2", ["new", "old"])


async def test_steps_of_many_publications_cost_two_turns_of_the_thread(database, monkeypatch: pytest.MonkeyPatch):
    street = await open_street(channels=20)
    rows = await street.publish_all([(Status.QUEUED, number) for number in range(20)])
    turns = 0
    execute = aiosqlite.Connection._execute

    async def counted(self, *args, **kwargs):
        nonlocal turns
        turns += 1
        return await execute(self, *args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    async with transaction():
        held = [Change(row.id, Status.HELD, Reason.ACCEPTED, "test") for row in rows]
        assert len(await advance(held, now=NOW)) == len(rows)

    assert turns == len(("BEGIN and the steps", "their history and COMMIT"))
