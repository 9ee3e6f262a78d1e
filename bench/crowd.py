"""Many channels and publications, written in the form in which the product's own mutations leave them.

Ten thousand channels are not signed in one by one: they are rows of one sign-in, each with a page and a sealed token of
its own. Publications are SCHEDULED for one instant, as the product's workers already claim them; the rows are those of
`publishTo…` (post, publication, transition, event), and the ring is the product's own.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bench.bare import TEXT
from bench.place import Place
from platforms.base import ChannelKind, Environment, Platform
from publishing import credentials, models
from publishing.changes import PUBLICATION_CHANGED
from publishing.credentials import NewToken
from publishing.db import connection, is_postgres, open_database, transaction
from publishing.ids import Kind, new_id, parse_id
from publishing.keyring import parse_keyring
from publishing.lifecycle import Reason, Status
from publishing.queue import Bell, Queue, redis_client
from publishing.setwise import moment
from tests.support.dialect import forget_dialect

_TOKEN = "t" * 180
_PART = 1000
_LATER = timedelta(days=1)


@dataclass
class Crowd:
    """Channels of one workspace, and who rings for their publications. Numbers of posts are never used again."""

    channels: list[models.Channel]
    bell: Bell
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def schedule(self, size: int) -> list[int]:
        """Write publications on so many channels, due at a time far ahead; gives the numbers in their texts."""
        numbers = [next(self._numbers) for _ in range(size)]
        for start in range(0, size, _PART):
            chosen = zip(numbers[start : start + _PART], self.channels[start : start + _PART], strict=True)
            await _write([_rows(channel, number) for number, channel in chosen])
        if is_postgres():  # autovacuum would have done it a minute later
            await connection().execute_script("ANALYZE")
        return numbers

    async def due_at(self, instant: datetime) -> None:
        """Let everything that is scheduled be due at one instant, and ring for it."""
        mark = "$1" if is_postgres() else "?"
        await connection().execute_query(
            f"UPDATE publication SET due_at = {mark} WHERE status = 'scheduled'", [moment(instant)]
        )
        self.bell.ring(Queue.PUBLISHING, at=instant, now=datetime.now(UTC))

    async def due_each(self, instants: Mapping[int, datetime]) -> None:
        """Let each number be due at an instant of its own, and ring for each."""
        marks = ("$1", "$2") if is_postgres() else ("?", "?")
        for number, instant in instants.items():
            await connection().execute_query(
                f"UPDATE publication SET due_at = {marks[0]} WHERE status = 'scheduled' AND text = {marks[1]}",
                [moment(instant), TEXT.format(number=number)],
            )
            self.bell.ring(Queue.PUBLISHING, at=instant, now=datetime.now(UTC))

    async def is_done(self) -> bool:
        """Whether nothing is due or under way."""
        query = "SELECT count(*) AS n FROM publication WHERE status IN ({})"
        open_ones = ("scheduled", "queued", "retrying", "processing"), ("preparing", "publishing")
        for statuses in open_ones:  # one index each
            listed = ", ".join(f"'{status}'" for status in statuses)
            if (await connection().execute_query_dict(query.format(listed)))[0]["n"]:
                return False
        return True

    async def is_quiet(self) -> bool:
        """Whether every event has its number and every published post its address. Asks seldom: it reads a table."""
        await asyncio.sleep(0.2)
        for condition in (
            "event WHERE position IS NULL",
            "publication WHERE status = 'published' AND permalink IS NULL",
        ):
            if await connection().execute_query_dict(f"SELECT 1 AS found FROM {condition} LIMIT 1"):
                return False
        return True


@asynccontextmanager
async def crowd_of(here: Place, size: int) -> AsyncGenerator[Crowd]:
    """Give the place's only sign-in so many channels; the database is open in this process meanwhile."""
    forget_dialect()
    async with open_database(here.database_url):
        known = parse_id(Kind.CHANNEL, here.shops[0].facebook)
        like = await models.Channel.get(id=known)
        keys = parse_keyring(here.stack.settings["AGM_TOKEN_KEYS"])
        channels: list[models.Channel] = []
        for start in range(0, size, _PART):
            pages = [_page(like, number) for number in range(start, min(start + _PART, size))]
            await models.SelectablePage.bulk_create(pages)
            tokens = [NewToken(like.account_id, page.id, f"{_TOKEN}{page.position}", None) for page in pages]
            await credentials.append(keys, workspace_id=like.workspace_id, tokens=tokens, now=like.created_at)
            made = [_channel(like, page) for page in pages]
            await models.Channel.bulk_create(made)
            channels += made
        bell = Bell(redis_client(here.stack.settings["AGM_REDIS_URL"]))
        try:
            yield Crowd(channels, bell)
        finally:
            await bell.aclose()


def _page(like: models.Channel, number: int) -> models.SelectablePage:
    return models.SelectablePage(
        id=new_id(),
        workspace_id=like.workspace_id,
        account_id=like.account_id,
        kind=ChannelKind.FACEBOOK_PAGE,
        platform_account_id=f"9{number:014}",
        name=f"Shop {number}",
        publishable=True,
        position=1000 + number,
        seen_at=like.created_at,
    )


def _channel(like: models.Channel, page: models.SelectablePage) -> models.Channel:
    return models.Channel(
        id=new_id(),
        workspace_id=like.workspace_id,
        account_id=like.account_id,
        page_id=page.id,
        platform=Platform.FACEBOOK,
        kind=page.kind,
        environment=Environment.SANDBOX,
        platform_account_id=page.platform_account_id,
        name=page.name,
        created_at=like.created_at,
    )


def _rows(channel: models.Channel, number: int) -> tuple[Any, ...]:
    now, text = datetime.now(UTC), TEXT.format(number=number)
    own = {"workspace_id": channel.workspace_id}
    post = models.Post(**own, text=text, media=[], created_by="bench", created_at=now, updated_at=now)
    publication = models.Publication(
        **own,
        post_id=post.id,
        channel_id=channel.id,
        platform=channel.platform,
        environment=channel.environment,
        status=Status.SCHEDULED,
        reason=Reason.ACCEPTED,
        text=text,
        media=[],
        handles={},
        scheduled_at=now + _LATER,
        due_at=now + _LATER,
        created_at=now,
        updated_at=now,
    )
    transition = models.Transition(
        publication_id=publication.id, after=Status.SCHEDULED, reason=Reason.ACCEPTED, actor="bench", epoch=0, at=now
    )
    event = models.Event(
        **own,
        type=PUBLICATION_CHANGED,
        subject_id=publication.id,
        post_id=post.id,
        channel_id=channel.id,
        occurred_at=now,
    )
    return post, publication, transition, event


async def _write(rows: list[tuple[Any, ...]]) -> None:
    kinds = (models.Post, models.Publication, models.Transition, models.Event)
    async with transaction():
        for kind, those in zip(kinds, zip(*rows, strict=True), strict=True):
            await kind.bulk_create(those)
