"""`publishToFacebook` written by hand: graphql-core, bare asyncpg or aiosqlite, and arq's own `enqueue_job`.

It serves the product's schema for the document of the measurement and writes the same five rows (key, post,
publication, transition, event) in one transaction after one read of the channel, then enqueues one job. It knows its
one caller by heart and checks nothing of the text. Run: `python -m bench.handpublish FD DATABASE REDIS KEY WORKSPACE`.
"""

import asyncio
import hashlib
import socket
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import aiosqlite
import asyncpg
import orjson
import uvicorn
from graphql import DocumentNode, ExecutionResult, build_schema, execute, parse, validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.jobs import redis_of
from publishing.ids import Kind, new_id, parse_id, public_id

QUEUE = "bench:hand"
_schema = build_schema((Path(__file__).parent.parent / "schema.graphql").read_text())
_CHANNEL = (
    "SELECT c.kind, c.environment, a.status FROM channel AS c JOIN connected_account AS a ON a.id = c.account_id "
    "WHERE c.id = {} AND c.workspace_id = {} AND c.removed_at IS NULL"
)
_COLUMNS = {
    "idempotency_key": "id workspace_id key request_hash publication_id created_at",
    "post": "id workspace_id text media created_by revision created_at updated_at",
    "publication": "id workspace_id post_id channel_id platform environment status reason text media handles due_at "
    "epoch lost_leases failures attempt_count created_at updated_at",
    "transition": "id publication_id after reason actor epoch at",
    "event": "id workspace_id type subject_id post_id channel_id occurred_at",
}


class Database(Protocol):
    """The bare driver: one read, and five inserts in one transaction."""

    async def channel(self, channel: UUID, workspace: UUID) -> Any: ...
    async def write(self, rows: dict[str, tuple[Any, ...]]) -> None: ...


class Postgres:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def channel(self, channel: UUID, workspace: UUID) -> Any:
        return await self._pool.fetchrow(_CHANNEL.format("$1", "$2"), channel, workspace)

    async def write(self, rows: dict[str, tuple[Any, ...]]) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            for table, values in rows.items():
                await connection.execute(_insert(table, postgres=True), *values)


class Sqlite:
    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._writer = asyncio.Lock()

    async def channel(self, channel: UUID, workspace: UUID) -> Any:
        found = await self._connection.execute(_CHANNEL.format("?", "?"), (str(channel), str(workspace)))
        return await found.fetchone()

    async def write(self, rows: dict[str, tuple[Any, ...]]) -> None:
        async with self._writer:
            await self._connection.execute("BEGIN IMMEDIATE")
            for table, values in rows.items():
                plain = [_plain(value) for value in values]
                await self._connection.execute(_insert(table, postgres=False), plain)
            await self._connection.commit()


@cache
def _document(text: str) -> DocumentNode:
    document = parse(text)
    assert not validate(_schema, document)
    return document


async def _publish(info: Any, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the schema's word
    state = info.context.state
    channel = parse_id(Kind.CHANNEL, input["channelId"])
    assert channel
    found = await state.database.channel(channel, state.workspace)
    assert found["status"] in {"active", "expiring"}
    publication, rows = _rows(state.workspace, channel, found["environment"], input)
    await state.database.write(rows)
    await state.redis.enqueue_job("ring", _queue_name=QUEUE)
    return {
        "publication": {"id": public_id(Kind.PUBLICATION, publication), "status": "QUEUED"},
        "replayed": False,
        "userErrors": [],
    }


def _rows(
    workspace: UUID, channel: UUID, environment: str, given: dict[str, Any]
) -> tuple[UUID, dict[str, tuple[Any, ...]]]:
    now, text, actor = datetime.now(UTC), given["text"], "bench"
    post, publication = new_id(), new_id()
    digest = hashlib.sha256(orjson.dumps(given)).hexdigest()
    return publication, {
        "idempotency_key": (new_id(), workspace, given["idempotencyKey"], digest, publication, now),
        "post": (post, workspace, text, "[]", actor, 1, now, now),
        "publication": (
            *(publication, workspace, post, channel, "facebook", environment, "queued", "accepted", text),
            *("[]", "{}", now, 0, 0, 0, 0, now, now),
        ),
        "transition": (new_id(), publication, "queued", "accepted", actor, 0, now),
        "event": (new_id(), workspace, "publication.changed", publication, post, channel, now),
    }


@cache
def _insert(table: str, *, postgres: bool) -> str:
    names = _COLUMNS[table].split()
    marks = [f"${number}" if postgres else "?" for number in range(1, len(names) + 1)]
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join(marks)})'


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID | datetime) else value


async def _graphql(request: Request) -> Response:
    state = request.app.state
    assert request.headers["authorization"] == state.key
    body = orjson.loads(await request.body())
    result = await execute(
        _schema,
        _document(body["query"]),
        root_value=_ROOT,
        context_value=request.app,
        variable_values=body["variables"],
    )
    assert isinstance(result, ExecutionResult)
    assert not result.errors, result.errors
    return Response(orjson.dumps({"data": result.data}), media_type="application/json")


_ROOT = {"publishToFacebook": _publish}


@asynccontextmanager
async def _open(database: str) -> AsyncGenerator[Database]:
    if database.startswith("postgres"):
        async with asyncpg.create_pool(database, min_size=1, max_size=10) as pool:
            yield Postgres(pool)
        return
    async with aiosqlite.connect(database.removeprefix("sqlite://"), isolation_level=None) as connection:
        connection.row_factory = aiosqlite.Row
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000", "foreign_keys = ON"):
            await connection.execute(f"PRAGMA {pragma}")
        yield Sqlite(connection)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    _, _, database, redis, key, workspace = sys.argv
    async with _open(database) as app.state.database:
        app.state.redis, app.state.key, app.state.workspace = redis_of(redis), f"Bearer {key}", UUID(workspace)
        yield


if __name__ == "__main__":
    app = Starlette(routes=[Route("/graphql", _graphql, methods=["POST"])], lifespan=_lifespan)
    config = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_level="warning")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
