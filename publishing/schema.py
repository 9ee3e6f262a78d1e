"""The schema's version: bring a database to this release's, take one step back, or refuse to start beside it.

Migrations are aerich's, in `migrations/`, each for SQLite and PostgreSQL. aerich takes no lock, so the functions here
do: processes that start together migrate once.
"""

import asyncio
import fcntl
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError

from publishing.db import APP, CONNECTION, connection, tortoise_config

if TYPE_CHECKING:
    from aerich import Command

LOCATION = Path(__file__).parent.parent / "migrations"
"""Beside this package, in a checkout as in an installation."""

_LOCK = 0x61676D_6D696772  # "agm migr"; PostgreSQL's advisory locks are numbers


class MigrationError(Exception):
    """The database's schema is not this release's; the message says the command that changes it."""


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """Migrations by file name, oldest first.

    Attributes:
        applied: those the database has.
        pending: those of this release it has not.
        unknown: those it has and this release has not: a newer release was here.
    """

    applied: tuple[str, ...]
    pending: tuple[str, ...]
    unknown: tuple[str, ...]


async def upgrade(database_url: str) -> list[str]:
    """Apply what is pending, each migration in one transaction, and name it; waits while another process migrates.

    A folder for an SQLite file is made when missing.

    Raises:
        MigrationError: a newer release has migrated this database.
        ValueError: the address is neither SQLite's nor PostgreSQL's.
    """
    async with _alone(database_url) as command:
        _refuse_unknown(await _status())
        return await command.upgrade()


async def downgrade(database_url: str) -> list[str]:
    """Take the last applied migration back and name it; nothing happens when none is applied. Data in it is lost.

    Raises:
        MigrationError: a newer release has migrated this database.
        ValueError: the address is neither SQLite's nor PostgreSQL's.
    """
    async with _alone(database_url) as command:
        status = await _status()
        _refuse_unknown(status)
        return await command.downgrade(version=-1, delete=False) if status.applied else []


async def status(database_url: str) -> MigrationStatus:
    """Say which migrations a database has; it is not changed, and not made when there is none.

    Raises:
        ValueError: the address is neither SQLite's nor PostgreSQL's.
    """
    file = _sqlite_file(database_url)
    if file and not file.exists():
        return MigrationStatus(applied=(), pending=version_files(LOCATION), unknown=())
    async with _opened(database_url):
        return await _status()


async def check_head() -> None:
    """Refuse to go on unless the open database has exactly this release's migrations.

    Raises:
        MigrationError: it has not.
    """
    _refuse_other(await _status())


async def check_reached() -> None:
    """Refuse to go on unless the open database has at least this release's migrations.

    What runs already goes on beside those of a newer release: they only add, and the newer processes come one by one.

    Raises:
        MigrationError: some are missing.
    """
    _refuse_missing(await _status())


async def check_database(database_url: str) -> None:
    """Do what `check_head` does, beside the database that this process may have open.

    Raises:
        MigrationError: the database has not exactly this release's migrations.
        ValueError: the address is neither SQLite's nor PostgreSQL's.
    """
    _refuse_other(await status(database_url))


def version_files(location: Path) -> tuple[str, ...]:
    """List the migrations of a folder by file name, oldest first."""
    names = (path.name for path in (location / APP).glob("*.py"))
    return tuple(sorted((name for name in names if re.match(r"\d+_", name)), key=lambda name: int(name.split("_")[0])))


async def _status() -> MigrationStatus:
    try:
        rows = await connection().execute_query_dict(f"SELECT version FROM aerich WHERE app = '{APP}'")  # noqa: S608 - its own name
        applied = {row["version"] for row in rows}
    except OperationalError:  # aerich's table comes with the first migration
        applied = set[str]()
    known = version_files(LOCATION)
    return MigrationStatus(
        applied=tuple(version for version in known if version in applied),
        pending=tuple(version for version in known if version not in applied),
        unknown=tuple(sorted(applied - set(known))),
    )


def _refuse_other(found: MigrationStatus) -> None:
    _refuse_unknown(found)
    _refuse_missing(found)


def _refuse_missing(found: MigrationStatus) -> None:
    if found.pending:
        raise MigrationError(
            f"The database lacks {', '.join(found.pending)}. Stop what uses it and run: agm migrate up"
        )


def _refuse_unknown(found: MigrationStatus) -> None:
    if found.unknown:
        raise MigrationError(
            f"The database has {', '.join(found.unknown)} of a newer release. Use that release, or run there first: "
            "agm migrate down"
        )


@asynccontextmanager
async def _opened(database_url: str, *, migrating: bool = False) -> AsyncGenerator[TortoiseContext]:
    """Open the database beside the one that this process may have open, not in its place."""
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(database_url, migrating=migrating))
        yield context


@asynccontextmanager
async def _alone(database_url: str) -> AsyncGenerator["Command"]:
    from aerich import Command  # noqa: PLC0415 - large, and a server at work changes no schema

    file = _sqlite_file(database_url)
    async with _opened(database_url, migrating=True) as context, _file_lock(file) if file else _advisory_lock(context):
        command = Command(tortoise_config(database_url, migrating=True), app=APP, location=str(LOCATION))
        await command.init()
        yield command


@asynccontextmanager
async def _advisory_lock(context: TortoiseContext) -> AsyncGenerator[None]:
    """Hold a connection of its own for the lock: PostgreSQL takes it back when that ends, however it ends."""
    async with context.db().acquire_connection() as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        try:
            yield
        finally:
            await connection.execute("SELECT pg_advisory_unlock($1)", _LOCK)


@asynccontextmanager
async def _file_lock(database: Path) -> AsyncGenerator[None]:
    """Lock a file beside the database: a migration that rebuilds a table cannot run inside an outer transaction."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(f"{database.name}.migrating").open("w") as file:
        await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
        yield


def _sqlite_file(database_url: str) -> Path | None:
    known = tortoise_config(database_url)["connections"][CONNECTION]
    file = known["credentials"].get("file_path")
    return Path(file) if file else None
