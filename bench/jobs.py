"""A publishing pipeline as arq's documentation suggests it: a job for each publication, its row updated around it.

Run a worker: `python -m bench.jobs DATABASE REDIS ORIGIN defaults|tuned`; it says `ready`. It keeps no ledger, no
history, no events, no lease and no sealed tokens: beyond the bare script there are the queue and two updates of a row.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import aiosqlite
import asyncpg
import uvloop
from arq.connections import ArqRedis
from arq.worker import Worker, func
from redis.asyncio import BlockingConnectionPool

from bench.bare import publish
from net.http import PlatformClient

TUNED = {"max_jobs": 200, "poll_delay": 0.02, "queue_read_limit": 1000}
IN_FLIGHT = 200
TABLE = "CREATE TABLE IF NOT EXISTS bench_job (id bigint PRIMARY KEY, status text NOT NULL, remote_id text)"
_BEGIN = "UPDATE bench_job SET status = 'publishing' WHERE id = {0} AND status = 'queued'"
_END = "UPDATE bench_job SET status = 'published', remote_id = {1} WHERE id = {0} AND status = 'publishing'"


class Rows(Protocol):
    """The one table, on either database."""

    async def begin(self, number: int) -> bool: ...
    async def end(self, number: int, remote_id: str) -> None: ...


class PostgresRows:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def begin(self, number: int) -> bool:
        return (await self._pool.execute(_BEGIN.format("$1"), number)).endswith("1")

    async def end(self, number: int, remote_id: str) -> None:
        await self._pool.execute(_END.format("$1", "$2"), number, remote_id)


class SqliteRows:
    """Every statement is a transaction, durable as the product's."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def begin(self, number: int) -> bool:
        return (await self._connection.execute(_BEGIN.format("?1"), (number,))).rowcount == 1

    async def end(self, number: int, remote_id: str) -> None:
        await self._connection.execute(_END.format("?1", "?2"), (number, remote_id))


async def open_rows(database: str) -> Rows:
    """Open the table."""
    if database.startswith("postgres"):
        return PostgresRows(await asyncpg.create_pool(database, min_size=4, max_size=4))
    connection = await aiosqlite.connect(database.removeprefix("sqlite://"), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000"):
        await connection.execute(f"PRAGMA {pragma}")
    return SqliteRows(connection)


def redis_of(url: str) -> ArqRedis:
    """Open arq's client, with its own serializer."""
    return ArqRedis(BlockingConnectionPool.from_url(url, max_connections=50))


async def enqueue(redis: ArqRedis, numbers: Sequence[int], *, at: datetime, queue: str) -> None:
    """Enqueue a job for each publication, due `at` an instant. Ids are new: arq refuses one whose result it keeps."""
    left = iter(numbers)

    async def lane() -> None:
        for number in left:
            await redis.enqueue_job(
                "publish_one", number, _job_id=f"{at.timestamp()}:{number}", _defer_until=at, _queue_name=queue
            )

    await asyncio.gather(*(lane() for _ in range(20)))


async def _publish_one(ctx: dict[str, Any], number: int) -> None:
    rows, client = ctx["rows"], ctx["client"]
    if await rows.begin(number):
        await rows.end(number, await publish(client, ctx["origin"], number))


async def _serve(database: str, redis: str, origin: str, kind: str) -> None:
    async with PlatformClient(max_connections=IN_FLIGHT) as client:
        worker = Worker(
            functions=[func(_publish_one, name="publish_one", keep_result=0 if kind == "tuned" else None)],
            queue_name=f"bench:{kind}",
            redis_pool=redis_of(redis),
            ctx={"rows": await open_rows(database), "client": client, "origin": origin},
            **(TUNED if kind == "tuned" else {}),
        )
        print("ready", flush=True)
        await worker.async_run()


if __name__ == "__main__":
    uvloop.run(_serve(*sys.argv[1:]))
