"""The publish mutation against the same rows written by bare Tortoise, in turns."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import count, cycle
from uuid import UUID

from bench.place import DATABASES, Place, place
from bench.plainhttp import PlainClient
from bench.report import Figure
from publishing import models
from publishing.db import open_database, transaction
from publishing.ids import Kind, new_id, parse_id
from publishing.lifecycle import Reason, Status
from tests.support.dialect import forget_dialect
from tests.support.journey import PUBLISH

GROUP = "Publish mutation"
HOW = (
    "`publishToFacebook` with text and idempotency key over HTTP to one API process, while no worker runs; against one "
    "transaction of Tortoise `create` calls with the same five rows (key, post, publication, transition, event)."
)
_ROUNDS, _CALLS, _LANES = 5, 60, 8
Once = Callable[[], Awaitable[None]]


async def measure() -> list[Figure]:
    """Measure on both databases."""
    return [figure for database in DATABASES for figure in await _on(database)]


async def _on(database: str) -> list[Figure]:
    async with place(database, pages=40) as here, AsyncExitStack() as held:
        clients = [await held.enter_async_context(_client(here)) for _ in range(_LANES)]
        forget_dialect()
        async with open_database(here.database_url):
            numbers = count()
            lanes = [_request(here, client, numbers) for client in clients]
            ours, bare = lanes[0], await _rows(here)
            asked: list[float] = []
            written: list[float] = []
            rates: list[float] = []
            await _one_by_one(ours, 30)
            for _ in range(_ROUNDS):
                asked.append(statistics.median(await _one_by_one(ours, _CALLS)))
                written.append(statistics.median(await _one_by_one(bare, _CALLS)))
                rates.append(await _together(lanes, _CALLS * 4))
    p50, rows, rate = statistics.median(asked), statistics.median(written), statistics.median(rates)
    return [
        Figure(GROUP, f"p50 at concurrency 1, {database}", p50 * 1000, "ms", 10, HOW),
        Figure(GROUP, f"the same rows by bare Tortoise, {database}", rows * 1000, "ms", None, HOW),
        Figure(GROUP, f"request against bare rows, {database}", p50 / rows, "x", 2.5, HOW),
        Figure(GROUP, f"rate at concurrency {_LANES}, {database}", rate, "/s", 100, HOW, at_least=True),
    ]


def _client(here: Place) -> PlainClient:
    return PlainClient(f"{here.stack.url}/graphql", here.stack.client.headers)


def _request(here: Place, client: PlainClient, numbers: Iterator[int]) -> Once:
    document = PUBLISH % ("Facebook", "Facebook")
    shops = cycle(here.shops)

    async def once() -> None:
        number = next(numbers)
        content = {"channelId": next(shops).facebook, "text": f"Number {number}", "idempotencyKey": f"bench-{number}"}
        answer = await client.post({"query": document, "variables": {"input": content}})
        assert answer["data"]["publishToFacebook"]["publication"], answer

    return once


async def _rows(here: Place) -> Once:
    channels = [await models.Channel.get(id=_uuid(shop.facebook)) for shop in here.shops]
    numbers: Iterator[int] = count()

    async def once() -> None:
        number = next(numbers)
        await _write(channels[number % len(channels)], f"Number {number}", f"bare-{new_id()}")

    return once


async def _write(channel: models.Channel, text: str, key: str) -> None:
    now, post, publication = channel.created_at, new_id(), new_id()
    workspace = {"workspace_id": channel.workspace_id}
    async with transaction():
        await models.IdempotencyKey.create(
            id=new_id(), **workspace, key=key, request_hash="0" * 64, publication_id=publication, created_at=now
        )
        await models.Post.create(
            id=post, **workspace, text=text, media=[], created_by="bench", created_at=now, updated_at=now
        )
        await models.Publication.create(
            id=publication,
            **workspace,
            post_id=post,
            channel_id=channel.id,
            platform=channel.platform,
            environment=channel.environment,
            status=Status.QUEUED,
            reason=Reason.ACCEPTED,
            text=text,
            media=[],
            handles={},
            due_at=now,
            created_at=now,
            updated_at=now,
        )
        await models.Transition.create(
            id=new_id(),
            publication_id=publication,
            after=Status.QUEUED,
            reason=Reason.ACCEPTED,
            actor="bench",
            epoch=0,
            at=now,
        )
        await models.Event.create(
            id=new_id(), **workspace, type="publication.changed", subject_id=publication, occurred_at=now
        )


async def _one_by_one(once: Once, times: int) -> list[float]:
    taken: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        await once()
        taken.append(time.perf_counter() - began)
    return taken


async def _together(lanes: Sequence[Once], times: int) -> float:
    left = iter(range(times))

    async def run(once: Once) -> None:
        for _ in left:
            await once()

    began = time.perf_counter()
    await asyncio.gather(*map(run, lanes))
    return times / (time.perf_counter() - began)


def _uuid(public: str) -> UUID:
    found = parse_id(Kind.CHANNEL, public)
    assert found
    return found
