"""A list of 100 publications with 8 fields: the GraphQL of it in this process, and all of it over HTTP."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from unittest.mock import patch

import aiohttp
import orjson
from graphql import parse
from strawberry.types.execution import ExecutionContext

from api.context import Context
from api.executor import PlanExecutor
from api.loaders import Loaders
from api.scalars import config
from api.schema import Mutation, Query, QuietSchema, Subscription, schema
from bench import byhand
from bench.place import Place, place
from bench.reading import by_hand, over_http
from bench.report import Figure, median_of, ratio_of
from bench.rows import write_publications
from bench.turns import Arm, take_turns
from platforms.base import Platform
from publishing import models, publications, records, workspaces
from publishing.db import open_database
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status
from publishing.records import Caller, Page, Scope
from tests.support.dialect import forget_dialect

GROUP = "GraphQL, a list"
FIELDS = "id status scheduledAt publishedAt permalink platformPostId nextAttemptAt attemptCount"
QUERY = f"{{ workspace {{ publications(first: 100) {{ nodes {{ {FIELDS} }} }} }} }}"
HOW = (
    f"`{QUERY}`. In one process, from 100 records in memory to the bytes of the answer, the database left out on both "
    "sides: the product's schema, types and extensions against graphql-core with resolvers written by hand and the "
    "document kept; the two give the same bytes. Without extensions: the same schema, handed the parsed document."
)
HOW_HTTP = (
    "Over HTTP, 32 connections, SQLite: processor time of the server's process, the rows read on both sides by the "
    "product's own function. The product also looks up the caller and checks scopes."
)
_ROUNDS, _TIMES, _REQUESTS = 9, 100, 300


async def measure() -> list[Figure]:
    """Measure in this process, then over HTTP."""
    return [*await _in_process(), *await _over_http()]


async def _in_process() -> list[Figure]:
    with _from_memory() as workspace:
        arms = {
            "by hand": lambda: byhand.answer(QUERY, workspace),
            "ours": lambda: _answer(schema, workspace),
            "without extensions": lambda: _answer(_BARE, workspace),
        }
        first, *others = [await once() for once in arms.values()]
        assert all(other == first for other in others), "all give the same bytes"
        spent = await take_turns({name: _timed(once) for name, once in arms.items()}, rounds=_ROUNDS, part=(0, 0.5))
    ours = spent["ours"]
    return [
        median_of(GROUP, "processor time, without database", ours, "ms", how=HOW),
        ratio_of(GROUP, "against graphql-core by hand", ours, spent["by hand"], most=0.6, how=HOW, goal="G5"),
        ratio_of(
            GROUP, "with extensions against without", ours, spent["without extensions"], most=1.15, how=HOW, goal="G5"
        ),
    ]


async def _over_http() -> list[Figure]:
    async with place("sqlite", pages=10) as here, aiohttp.ClientSession() as http:
        await _fill(here)
        async with by_hand(here.database_url) as (hand, hand_url):
            assert here.stack.api
            url, headers = f"{here.stack.url}/graphql", here.stack.client.headers
            arms = {
                "by hand, http": over_http(http, hand, hand_url, QUERY, times=_REQUESTS),
                "ours, http": over_http(http, here.stack.api, url, QUERY, times=_REQUESTS, headers=headers),
            }
            spent = await take_turns(arms, rounds=5, part=(0.5, 1))
    hand_ms, ours = spent.values()
    return [
        median_of(GROUP, "processor time of a request, with database", ours, "ms", how=HOW_HTTP),
        ratio_of(GROUP, "request against graphql-core by hand, with database", ours, hand_ms, how=HOW_HTTP),
    ]


async def _fill(here: Place) -> None:
    forget_dialect()
    async with open_database(here.database_url):
        await write_publications(await models.Channel.all())


def _timed(once: Callable[[], Awaitable[bytes]]) -> Arm:
    async def arm() -> float:
        began = time.process_time()
        for _ in range(_TIMES):
            await once()
        return (time.process_time() - began) / _TIMES * 1000

    return arm


async def _answer(of: QuietSchema, workspace: records.Workspace) -> bytes:
    caller = Caller(workspace.id, new_id(), "key_bench", frozenset(Scope), None)
    nothing = cast("Any", None)
    context = Context(deps=nothing, hub=nothing, request_id="bench", loaders=nothing, known=caller)
    context.loaders = Loaders(context, keep=True)
    result = await of.execute(QUERY, context_value=context)
    assert not result.errors
    return orjson.dumps({"data": result.data})


class _KnownDocument(QuietSchema):
    """A schema that is handed its document, instead of finding it by an extension."""

    document = parse(QUERY)

    def _create_execution_context(self, *args: Any, **given: Any) -> ExecutionContext:
        context = super()._create_execution_context(*args, **given)
        context.graphql_document, context.pre_execution_errors = self.document, []
        return context


_BARE = _KnownDocument(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=config(),
    execution_context_class=PlanExecutor,
)


@contextmanager
def _from_memory() -> Iterator[records.Workspace]:
    """Let the product's reads give 100 records at once, for both sides."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    workspace = records.Workspace(new_id(), "Bench", "UTC", now)
    page = Page(items=tuple(_record(number, now) for number in range(100)), has_next=True, has_previous=False)

    async def list_publications(**_: object) -> Page[records.Publication]:
        return page

    async def get_workspace(**_: object) -> records.Workspace:
        return workspace

    with (
        patch.object(publications, "list_publications", list_publications),
        patch.object(workspaces, "get_workspace", get_workspace),
    ):
        yield workspace


def _record(number: int, now: datetime) -> records.Publication:
    return records.Publication(
        id=new_id(),
        post_id=new_id(),
        channel_id=new_id(),
        platform=Platform.FACEBOOK,
        status=Status.PUBLISHED,
        reason=Reason.ACCEPTED,
        text="The autumn menu is here: come and taste it.",
        link=None,
        media=(),
        options=None,
        first_comment=None,
        thread=None,
        scheduled_at=now + timedelta(minutes=number),
        due_at=now,
        published_at=now + timedelta(minutes=number, milliseconds=730),
        permalink=f"https://www.facebook.com/1029384756/posts/{number}",
        platform_post_id=f"1029384756_{number}",
        error=None,
        attempt_count=1,
        created_at=now,
        rests_until=None,
    )
