"""PostgreSQL: Tortoise's client, whose transactions give their connection back also when they could not begin."""
# pyright: reportPrivateUsage=false
# ruff: noqa: SLF001 - Tortoise's own context reaches into pool and wrapper in the same way; there is no public one

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections


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


class PooledPostgresClient(AsyncpgDBClient):
    """PostgreSQL over a pool that loses no connection."""

    def _in_transaction(self) -> TransactionContext:
        return PooledTransactionContext(TransactionWrapper(self), self._pool_init_lock)


client_class = PooledPostgresClient
