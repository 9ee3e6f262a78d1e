"""What `publishing.sqlite` adds to Tortoise: a transaction that cannot begin must not take the connection with it."""

import asyncio
import sqlite3

import pytest
from tortoise.exceptions import OperationalError

from publishing.db import connection, transaction
from publishing.models import Workspace
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
            raise AssertionError

    other_writer.execute("ROLLBACK")
    async with asyncio.timeout(5), transaction():
        assert await Workspace.all().count() == 0


async def test_a_transaction_canceled_while_it_begins_does_not_stay_open(database, other_writer):
    async def begin():
        async with transaction():
            raise AssertionError

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
