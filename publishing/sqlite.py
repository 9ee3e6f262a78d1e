"""Tortoise's SQLite backend with BEGIN IMMEDIATE, and few turns between the event loop and SQLite's thread.

A transaction that begins deferred and writes later fails at once when another process wrote in between, whatever the
busy timeout; beginning as a writer waits its turn instead. Each turn of a busy loop, ten milliseconds and more, is
time in which an open transaction holds up all other writers: BEGIN goes to the thread with the first statement, and
what nobody waits for with the next one or with COMMIT.
"""
# pyright: reportPrivateUsage=false
# ruff: noqa: SLF001 - what Tortoise's own classes do with aiosqlite and with each other is done here in their place

import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import aiosqlite
from tortoise.backends.base.client import NestedTransactionContext, TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

Answer = TypeVar("Answer")
Statement = tuple[str, Any]


class _Together:
    """aiosqlite's connection during a transaction: what is to go with the next statement waits here for it."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._first: list[Statement] = [("BEGIN IMMEDIATE", ())]
        self._begun = False

    def add(self, statement: str, values: Any) -> None:
        """Execute a statement with the next; its error is the next one's."""
        self._first.append((statement, values))

    def forget(self) -> None:
        """Execute none of what waits: it is about to be undone, and its error would stand in the way of that."""
        self._first = []

    async def run(self, act: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Execute in SQLite's thread what waits, and then what is asked for, in one turn.

        Raises:
            IntegrityError, OperationalError: Tortoise's, of the first that could not be executed.
        """
        first, self._first = self._first, []
        self._begun = True
        with _as_tortoise_raises():
            return await cast("Any", self._connection)._execute(_in_order, self._connection._conn, first, act)

    async def execute(self, statement: str, values: Any = ()) -> Any:
        """Execute a statement."""
        return await self.run(lambda connection: connection.execute(statement, values))

    async def execute_insert(self, statement: str, values: Any) -> Any:
        """Execute an INSERT; gives the row's number, as a row."""
        return await self.run(lambda connection: (connection.execute(statement, values).lastrowid,))

    async def executemany(self, statement: str, values: Any) -> Any:
        """Execute a statement for each of many values."""
        return await self.run(lambda connection: connection.executemany(statement, values))

    async def commit(self) -> None:
        """Execute what waits and commit, or undo all of it and raise as `run` does; nothing where no statement came."""
        if not self._begun and len(self._first) == 1:
            return
        first, self._first = self._first, []
        with _as_tortoise_raises():
            await cast("Any", self._connection)._execute(_commit, self._connection._conn, first)

    async def rollback(self) -> None:
        """Undo all of it; a BEGIN that was canceled may be on its way, and is undone after it."""
        self.forget()
        if self._begun:
            await self._connection.rollback()


@contextmanager
def _as_tortoise_raises() -> Generator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error


def _in_order(
    connection: sqlite3.Connection, first: Sequence[Statement], act: Callable[[sqlite3.Connection], Answer]
) -> Answer:
    for statement, values in first:
        connection.execute(statement, values)
    return act(connection)


def _commit(connection: sqlite3.Connection, first: Sequence[Statement]) -> None:
    try:
        _in_order(connection, first, sqlite3.Connection.commit)
    except BaseException:
        connection.rollback()
        raise


class _NumberedMarks:
    """Statements whose marks are numbered (`?1`) get their values by number: to Python's driver these are names."""

    async def execute_query(self, query: str, values: Any = None) -> tuple[int, Sequence[dict[str, Any]]]:
        """Execute a statement; gives the number of rows and the rows."""
        return await cast("Any", super()).execute_query(query, _by_number(query, values))

    async def execute_query_dict(self, query: str, values: Any = None) -> list[dict[str, Any]]:
        """Execute a statement and give its rows."""
        return await cast("Any", super()).execute_query_dict(query, _by_number(query, values))


def _by_number(query: str, values: Any) -> Any:
    numbered = bool(values) and not isinstance(values, dict) and "?1" in query
    return {str(number): value for number, value in enumerate(values, start=1)} if numbered else values


class ImmediateTransaction(SqliteTransactionWrapper):
    """A transaction that is a writer from its first statement."""

    _connection: Any

    async def begin(self) -> None:
        """Begin with the first statement, which raises OperationalError when others write past the busy timeout."""
        self._connection = _Together(self._connection)

    async def execute_query(self, query: str, values: Any = None) -> tuple[int, Sequence[dict[str, Any]]]:
        """Execute a statement; gives the number of rows and the rows."""
        async with self.acquire_connection() as connection:
            act = _counting(query.replace("\x00", "'||CHAR(0)||'"), _by_number(query, values) or ())
            return await cast("Any", connection).run(act)

    async def execute_query_dict(self, query: str, values: Any = None) -> list[dict[str, Any]]:
        """Execute a statement and give its rows."""
        return [dict(row) for row in (await self.execute_query(query, values))[1]]

    async def execute_with_next(self, query: str, values: Any) -> None:
        """Execute a statement whose rows nobody asks for, with the next or at the end; that one raises its error."""
        self._connection.add(query, _by_number(query, values))

    async def execute_script(self, query: str) -> None:
        """Execute one statement: SQLite commits before a script, which would end this transaction half-way."""
        await self.execute_query(query)

    async def savepoint_rollback(self) -> None:
        """Undo what was done since the savepoint."""
        self._connection.forget()
        await super().savepoint_rollback()

    async def release_savepoint(self) -> None:
        """Keep what was done since the savepoint; where something of it cannot be done, all of it is undone."""
        try:
            await super().release_savepoint()
        except (IntegrityError, OperationalError):
            await self.savepoint_rollback()
            raise

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(ImmediateTransaction(cast("Any", self)))


def _counting(query: str, values: Any) -> Callable[[sqlite3.Connection], tuple[int, Sequence[Any]]]:
    def act(connection: sqlite3.Connection) -> tuple[int, Sequence[Any]]:
        before = connection.total_changes
        rows = connection.execute(query, values).fetchall()
        return (connection.total_changes - before) or len(rows), rows

    return act


class ImmediateTransactionContext(SqliteTransactionContext):
    """Gives the connection back when a transaction could not begin; Tortoise's own would keep it locked for ever."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
        except BaseException:
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        await self.connection.begin()
        return self.connection


class ImmediateSqliteClient(_NumberedMarks, SqliteClient):
    """SQLite for several processes on one host."""

    async def execute_with_next(self, query: str, values: Any) -> None:
        """Execute a statement: without a transaction nothing comes after it."""
        await self.execute_query(query, values)

    def _in_transaction(self) -> TransactionContext:
        return ImmediateTransactionContext(ImmediateTransaction(self), self._lock)


client_class = ImmediateSqliteClient
