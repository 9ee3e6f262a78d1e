"""The database: one configuration for SQLite and PostgreSQL, opened with a checked schema.

SQLite runs WAL with `synchronous=FULL` and BEGIN IMMEDIATE (`publishing.sqlite`); a deferred transaction that turns
into a writer half-way would fail with "database is locked" under two processes.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.transactions import in_transaction

APP = "models"
CONNECTION = "default"
_POOL = {"minsize": "1", "maxsize": "10"}
_afterwards: ContextVar[list[Callable[[], None]] | None] = ContextVar("afterwards", default=None)


def tortoise_config(database_url: str, *, migrating: bool = False) -> dict[str, Any]:
    """Say how Tortoise opens this database.

    Args:
        database_url: `sqlite:///path/to/file` or `postgresql://user:password@host/name`, which may end in
            `?sslmode=verify-full&sslrootcert=/path` and other parameters of libpq's about TLS, and in `maxsize=20`,
            the connections that a process opens at most.
        migrating: with aerich's table too, which only what changes the schema knows as a model.

    Raises:
        ValueError: any other scheme.
    """
    models = ["publishing.models", *(["aerich.models"] if migrating else [])]
    return {
        "connections": {CONNECTION: _connection_config(database_url)},
        "apps": {APP: {"models": models, "default_connection": CONNECTION}},
        "use_tz": True,
        "timezone": "UTC",
    }


@asynccontextmanager
async def open_database(database_url: str) -> AsyncGenerator[TortoiseContext]:
    """Open the database for this process; the connection is found from every task.

    The context object is kept for closing: closing by module from another task's context would close nothing and
    leave SQLite's thread alive for ever.
    """
    context = await Tortoise.init(config=tortoise_config(database_url), _enable_global_fallback=True)
    try:
        yield context
    finally:
        await context.close_connections()


def connection() -> BaseDBAsyncClient:
    """Give the connection of the running transaction, or the pool's."""
    return get_connection(CONNECTION)


@asynccontextmanager
async def transaction() -> AsyncGenerator[Any]:
    """Open a transaction (BEGIN IMMEDIATE on SQLite), or a savepoint when one is open already."""
    outer, own = _afterwards.get(), list[Callable[[], None]]()
    token = _afterwards.set(own)
    try:
        async with in_transaction(CONNECTION) as opened:
            yield opened
    finally:
        _afterwards.reset(token)
    if outer is not None:
        outer.extend(own)
        return
    for act in own:
        act()


def after_commit(act: Callable[[], None]) -> None:
    """Do something small when the open transaction stands, and nothing when it is rolled back; at once without one."""
    waiting = _afterwards.get()
    if waiting is None:
        act()
    else:
        waiting.append(act)


def is_postgres() -> bool:
    """Whether the open database is PostgreSQL."""
    return connection().capabilities.dialect == "postgres"


def _connection_config(database_url: str) -> dict[str, Any]:
    parts = urlsplit(database_url)
    if parts.scheme == "sqlite":
        path = Path(
            database_url.removeprefix("sqlite://").removeprefix("/") if ":memory:" in database_url else parts.path
        )
        return {
            "engine": "publishing.sqlite",
            "credentials": {"file_path": str(path), "busy_timeout": 10_000, "synchronous": "FULL"},
        }
    if parts.scheme in {"postgres", "postgresql", "asyncpg"}:
        return _postgres_config(parts)
    raise ValueError("AGM_DATABASE_URL must start with sqlite:/// or postgresql://")


def _postgres_config(parts: SplitResult) -> dict[str, Any]:
    """Tortoise knows its pool; what libpq's addresses say of TLS (`sslmode`, `sslrootcert` …) is left to the driver."""
    given = dict(parse_qsl(parts.query))
    tls = {name: given.pop(name) for name in list(given) if name.startswith("ssl") and name != "ssl"}
    query = urlencode({**_POOL, **given})
    config = expand_db_url(urlunsplit(("asyncpg", parts.netloc, parts.path, query, "")))
    credentials = {**config["credentials"], "tls": f"postgresql://?{urlencode(tls)}" if tls else None}
    if credentials["user"]:
        credentials["user"] = unquote(credentials["user"])
    return {"engine": "publishing.postgres", "credentials": credentials}


# aerich reads this name, to compare models; it opens nothing under it.
TORTOISE_ORM = tortoise_config("sqlite:///:memory:", migrating=True)
