"""Tortoise's SQLite backend with BEGIN IMMEDIATE.

A transaction that begins deferred and writes later fails at once when another process wrote in between, whatever the
busy timeout; beginning as a writer waits its turn instead.
"""

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper


class ImmediateTransaction(SqliteTransactionWrapper):
    """A transaction that is a writer from its first statement."""

    async def begin(self) -> None:
        """Begin as a writer."""
        await self._connection.commit()
        await self._connection.execute("BEGIN IMMEDIATE")


class ImmediateSqliteClient(SqliteClient):
    """SQLite for several processes on one host."""

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(ImmediateTransaction(self), self._lock)


client_class = ImmediateSqliteClient
