"""Tortoise's SQLite backend with BEGIN IMMEDIATE.

A transaction that begins deferred and writes later fails at once when another process wrote in between, whatever the
busy timeout; beginning as a writer waits its turn instead.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, cast

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError


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


class ImmediateTransaction(_NumberedMarks, SqliteTransactionWrapper):
    """A transaction that is a writer from its first statement."""

    async def begin(self) -> None:
        """Begin as a writer.

        Raises:
            OperationalError: another process did not end its own transaction within the busy timeout.
        """
        try:
            await self._connection.commit()
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error

    async def execute_script(self, query: str) -> None:
        """Execute one statement: SQLite commits before a script, which would end this transaction half-way."""
        await self.execute_query(query)


class ImmediateTransactionContext(SqliteTransactionContext):
    """Gives the connection back when a transaction could not begin; Tortoise's own would keep it locked for ever."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        self.token = None
        try:
            await self.ensure_connection()
            self.token = get_connections().set(self.connection_name, self.connection)
            await self.connection.begin()
        except BaseException:
            await self._give_back()
            raise
        return self.connection

    async def _give_back(self) -> None:
        get_connections().reset(self.token)
        try:
            if self.connection._connection:  # noqa: SLF001 - a canceled BEGIN may still succeed in SQLite's thread
                await self.connection._connection.rollback()  # noqa: SLF001 - as above
        finally:
            self._trxlock.release()


class ImmediateSqliteClient(_NumberedMarks, SqliteClient):
    """SQLite for several processes on one host."""

    def _in_transaction(self) -> TransactionContext:
        return ImmediateTransactionContext(ImmediateTransaction(self), self._lock)


client_class = ImmediateSqliteClient
