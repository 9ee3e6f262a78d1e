"""The database's part of a list: 100 publications with their channels, against the bare driver and the same records."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import aiosqlite
import asyncpg
import orjson

from bench.place import DATABASES
from bench.report import Figure, median_of, ratio_of
from bench.turns import Arm, take_turns
from platforms.base import ChannelKind, Environment, Platform
from publishing import channels, failures, media, models, publications, records, schema, threads
from publishing.db import open_database
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status
from publishing.publications import PublicationFilter
from publishing.records import PageRequest
from tests.publishing.town import open_street
from tests.support.dialect import forget_dialect
from tests.support.postgres import PostgresServer, running_postgres

GROUP = "Database, a list"
HOW = (
    "100 publications of 10 channels, with those channels: the functions that the API calls, against the same two "
    "statements over the bare driver (asyncpg, aiosqlite), whose rows become the same frozen records. Processor time "
    "of this process; of SQLite that includes the database."
)
_ROUNDS, _TIMES = 7, 40
_PUBLICATION = ", ".join(f"p.{field.name}" for field in fields(records.Publication) if field.name != "rests_until")
_CHANNEL = ", ".join(field.name for field in fields(records.Channel))
Both = tuple[list[records.Publication], dict[UUID, records.Channel]]
Once = Callable[[], Awaitable[Both]]


async def measure() -> list[Figure]:
    """Measure on both databases."""
    parts = [(number / len(DATABASES), (number + 1) / len(DATABASES)) for number in range(len(DATABASES))]
    return [figure for database, part in zip(DATABASES, parts, strict=True) for figure in await _on(database, part)]


@asynccontextmanager
async def both_readers(database: str) -> AsyncGenerator[tuple[Once, Once]]:
    """Read one list by the product's functions and by the bare driver."""
    async with _filled(database) as (url, workspace_id), _bare(url, workspace_id) as bare:

        async def ours() -> Both:
            page = PageRequest(first=100)
            found = await publications.list_publications(
                workspace_id=workspace_id, page=page, filter=PublicationFilter()
            )
            wanted = {record.channel_id for record in found.items}
            return [*found.items], await channels.get_channels(workspace_id=workspace_id, ids=wanted)

        yield ours, bare


async def _on(database: str, part: tuple[float, float]) -> list[Figure]:
    async with both_readers(database) as (ours, bare):
        arms = {"bare driver": _timed(bare), "ours": _timed(ours)}
        spent = await take_turns(arms, rounds=_ROUNDS, of=database, part=part)
    bare_ms, ours_ms = spent.values()
    return [
        median_of(GROUP, f"processor time, {database}", ours_ms, "ms", how=HOW),
        ratio_of(GROUP, f"against the bare driver, {database}", ours_ms, bare_ms, most=3, how=HOW, goal="G10"),
    ]


def _timed(once: Once) -> Arm:
    async def arm() -> float:
        began = time.process_time()
        for _ in range(_TIMES):
            await once()
        return (time.process_time() - began) / _TIMES * 1000

    return arm


@asynccontextmanager
async def _filled(database: str) -> AsyncGenerator[tuple[str, UUID]]:
    with TemporaryDirectory(prefix="agm-bench-") as folder:
        forget_dialect()
        async with _empty(database, Path(folder)) as url:
            await schema.upgrade(url)
            async with open_database(url):
                street = await open_street(channels=10)
                await write_publications(street.channels)
                yield url, street.workspace_id


@asynccontextmanager
async def _empty(database: str, folder: Path) -> AsyncGenerator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'agm.db'}"
        return
    with running_postgres(durable=False) as url:
        admin = await asyncpg.connect(url)
        try:
            yield await PostgresServer(url, admin).new_database(template="template1")
        finally:
            await admin.close()


async def write_publications(of: Sequence[models.Channel], *, number: int = 120) -> None:
    """Write published posts, one publication each, over these channels; the database is open."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    home = {"workspace_id": of[0].workspace_id, "text": "The autumn menu is here: come and taste it.", "media": []}
    when = {"created_at": now, "updated_at": now}
    posts = [models.Post(id=new_id(), **home, created_by="key_bench", **when) for _ in range(number)]
    await models.Post.bulk_create(posts)
    rows = [
        models.Publication(
            id=new_id(),
            **home,
            **when,
            post_id=post.id,
            channel_id=of[place % len(of)].id,
            platform=of[place % len(of)].platform,
            environment=Environment.SANDBOX,
            status=Status.PUBLISHED,
            reason=Reason.ACCEPTED,
            handles={},
            scheduled_at=now + timedelta(minutes=place),
            due_at=now,
            published_at=now + timedelta(minutes=place, milliseconds=730),
            permalink=f"https://www.facebook.com/1029384756/posts/{place}",
            platform_post_id=f"1029384756_{place}",
            attempt_count=1,
        )
        for place, post in enumerate(posts)
    ]
    await models.Publication.bulk_create(rows)


@asynccontextmanager
async def _bare(url: str, workspace_id: UUID) -> AsyncGenerator[Once]:
    listed = (
        f"SELECT {_PUBLICATION}, c.rests_until FROM publication AS p LEFT JOIN channel AS c ON c.id = p.channel_id "
        "WHERE p.workspace_id = $1 ORDER BY p.id DESC LIMIT 101"
    )
    if not url.startswith("sqlite"):
        found = f"SELECT {_CHANNEL} FROM channel WHERE workspace_id = $1 AND id = ANY($2)"
        async with asyncpg.create_pool(url, min_size=1, max_size=2, reset=_keep) as pool:

            async def fetch_both() -> Both:
                rows = await pool.fetch(listed, workspace_id)
                items = [_publication(row, _as_it_is, _as_it_is) for row in rows[:100]]
                rows = await pool.fetch(found, workspace_id, [*{item.channel_id for item in items}])
                return items, {row[0]: _channel(row, _as_it_is, _as_it_is) for row in rows}

            yield fetch_both
        return
    async with aiosqlite.connect(url.removeprefix("sqlite://")) as database:

        async def read_both() -> Both:
            rows = [*await database.execute_fetchall(listed.replace("$1", "?"), (str(workspace_id),))]
            items = [_publication(row, UUID, datetime.fromisoformat) for row in rows[:100]]
            wanted = [*{str(item.channel_id) for item in items}]
            marks = ", ".join("?" * len(wanted))
            found = f"SELECT {_CHANNEL} FROM channel WHERE workspace_id = ? AND id IN ({marks})"
            rows = await database.execute_fetchall(found, (str(workspace_id), *wanted))
            return items, {UUID(row[0]): _channel(row, UUID, datetime.fromisoformat) for row in rows}

        yield read_both


async def _keep(_: object) -> None:
    """As the product's own pool does: no session changes a setting."""


def _as_it_is(value: Any) -> Any:
    return value


_PLATFORMS, _STATUSES, _REASONS, _KINDS, _ENVIRONMENTS = (
    {member.value: member for member in enum} for enum in (Platform, Status, Reason, ChannelKind, Environment)
)


def _publication(row: Any, uuid: Callable[[Any], Any], instant: Callable[[Any], Any]) -> records.Publication:
    return records.Publication(
        uuid(row[0]),
        uuid(row[1]),
        uuid(row[2]),
        _PLATFORMS[row[3]],
        _STATUSES[row[4]],
        _REASONS[row[5]],
        row[6],
        row[7],
        media.attachments_of(orjson.loads(row[8])),
        orjson.loads(row[9]) if row[9] else None,
        row[10],
        threads.parts_of(orjson.loads(row[11])) if row[11] else None,
        instant(row[12]) if row[12] else None,
        instant(row[13]) if row[13] else None,
        instant(row[14]) if row[14] else None,
        row[15],
        row[16],
        failures.read(orjson.loads(row[17])) if row[17] else None,
        row[18],
        instant(row[19]),
        instant(row[20]) if row[20] else None,
    )


def _channel(row: Any, uuid: Callable[[Any], Any], instant: Callable[[Any], Any]) -> records.Channel:
    return records.Channel(
        uuid(row[0]),
        uuid(row[1]),
        _PLATFORMS[row[2]],
        _KINDS[row[3]],
        _ENVIRONMENTS[row[4]],
        *row[5:11],
        bool(row[11]),
        instant(row[12]),
        instant(row[13]) if row[13] else None,
    )
