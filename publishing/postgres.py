"""PostgreSQL: Tortoise's client, whose transactions give their connection back also when they could not begin."""
# pyright: reportPrivateUsage=false
# ruff: noqa: SLF001 - Tortoise's own context reaches into pool and wrapper in the same way; there is no public one

from typing import Any

import asyncpg
from asyncpg.exceptions import (
    DataError,
    InsufficientResourcesError,
    InterfaceError,
    InternalClientError,
    ObjectNotInPrerequisiteStateError,
    OperatorInterventionError,
    PostgresConnectionError,
    TransactionRollbackError,
)
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections

from publishing.store import count_as_away


class PooledTransactionContext(TransactionContextPooled):
    """A cancellation, or a cut, between taking the connection and BEGIN would otherwise keep it for ever."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        pool = self.client._parent._pool
        self.client._connection = await pool.acquire()
        self.token = get_connections().set(self.connection_name, self.client)
        try:
            await self.client.begin()
        except BaseException:
            get_connections().reset(self.token)
            await pool.release(self.client._connection)
            raise
        return self.client


async def _keep(_: asyncpg.Connection) -> None:
    """Nothing: no session here changes a setting, listens, or holds a lock beyond its transaction."""


class PooledPostgresClient(AsyncpgDBClient):
    """PostgreSQL over a pool that loses no connection.

    Resetting a session that nothing changed would cost a round trip after every statement; an open transaction is
    rolled back all the same before its connection goes to the next.
    """

    async def create_pool(self, *, tls: str | None = None, **kwargs: Any) -> asyncpg.Pool:
        """Open the pool; `tls` is an address that has nothing but libpq's parameters about TLS."""
        return await asyncpg.create_pool(tls, reset=_keep, **kwargs)

    def _in_transaction(self) -> TransactionContext:
        return PooledTransactionContext(TransactionWrapper(self), self._pool_init_lock)


# Tortoise passes a cut connection's errors on as asyncpg's own.
count_as_away(
    PostgresConnectionError,
    OperatorInterventionError,
    InsufficientResourcesError,
    InterfaceError,
    InternalClientError,
    ObjectNotInPrerequisiteStateError,
    TransactionRollbackError,
    answered=DataError,
)
client_class = PooledPostgresClient
