"""What may be killing workers is prepared by a worker that has nothing else that one more death would condemn."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from platforms.base import Done, Receipt
from platforms.errors import Failure, FailureCode, Reach, TransientError
from publishing import models, setwise
from publishing.claiming import AHEAD, claim
from publishing.db import connection
from publishing.delivery import ACTOR, Delivery
from publishing.deps import Deps
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import Reason, Status
from publishing.models import ConnectionStatus
from publishing.resting import Rest, let_rest
from publishing.system import Batch, claim_due, sweep_publications
from publishing.transitions import Advanced, _finding
from tests.publishing.test_history import steps_of
from tests.publishing.test_races import due, furnished, idle, is_in, working
from tests.publishing.town import NOW, SECOND, Street, at, open_street, status_of

MINUTE = 60 * SECOND
LAST = {"lost_leases": 2}


def taken(batch: Batch) -> list[UUID]:
    return [claimed.assignment.publication_id for claimed in batch.work]


async def queued(street: Street, channels: Sequence[int], **columns: Any) -> list[models.Publication]:
    """Put one into each of these channels, the first due first."""
    return [
        await street.publish(Status.QUEUED, channel=channel, due_at=NOW + (number - 60) * SECOND, **columns)
        for number, channel in enumerate(channels)
    ]


async def receipt(delivery: Delivery) -> Done:
    return Done(Receipt(f"{delivery.channel_id}_1", "https://x.example/1"))


async def test_a_claim_takes_one_on_its_last_chance_and_all_others(deps: Deps):
    street = await furnished(deps, count=5)
    first, _ = await queued(street, [0, 1], **LAST)
    others = await queued(street, [2, 3], lost_leases=1) + await queued(street, [4])

    batch = await claim_due(at(deps, NOW), limit=10)

    assert set(taken(batch)) == {first.id, *(row.id for row in others)}
    assert batch.last_chance == first.id


async def test_who_has_one_takes_no_other_and_none_waits_behind_them(deps: Deps):
    street = await furnished(deps, count=4)
    waiting = await queued(street, [0, 1, 2], **LAST)
    other = await street.publish(Status.QUEUED, channel=3)

    batch = await claim_due(at(deps, NOW), limit=1, last_chance=False)
    nothing = await claim_due(at(deps, NOW), limit=10, last_chance=False)

    assert (taken(batch), nothing.size, nothing.next_due_in) == ([other.id], 0, None)
    assert {await status_of(row) for row in waiting} == {Status.QUEUED}


async def test_one_that_cannot_be_taken_now_does_not_stand_in_the_way_of_the_next(deps: Deps):
    street = await furnished(deps, count=4)
    _, rests, behind, free = await queued(street, [0, 1, 2, 3], **LAST)
    await street.publish(Status.PREPARING, channel=0)
    await let_rest(rests.id, Rest(Reach.CHANNEL, MINUTE), now=NOW)
    before = await street.publish(Status.QUEUED, channel=2, due_at=NOW - MINUTE - SECOND)

    batch = await claim_due(at(deps, NOW), limit=10)

    assert behind.id not in taken(batch)
    assert set(taken(batch)) == {before.id, free.id}


async def test_none_is_claimed_ahead_and_each_is_at_its_time(deps: Deps):
    street = await furnished(deps, count=2)
    row = await street.publish(Status.SCHEDULED, due_at=NOW + AHEAD / 2, **LAST)
    other = await street.publish(Status.SCHEDULED, channel=1, due_at=NOW + AHEAD / 2)

    ahead = await claim_due(at(deps, NOW), limit=10)
    nothing = await claim_due(at(deps, NOW), limit=10)
    batch = await claim_due(at(deps, NOW + AHEAD / 2), limit=10)

    assert (taken(ahead), nothing.size, nothing.next_due_in) == ([other.id], 0, AHEAD / 2)
    assert taken(batch) == [row.id]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_claim_passes_over_what_another_is_taking(deps: Deps, database: str):
    street = await furnished(deps, count=2)
    first, second = await queued(street, [0, 1], **LAST)
    other = await asyncpg.connect(database)
    try:
        async with other.transaction():
            await other.execute("SELECT id FROM publication WHERE id = $1 FOR UPDATE", first.id)
            batch = await claim_due(at(deps, NOW), limit=10)
    finally:
        await other.close()

    assert taken(batch) == [second.id]


async def test_three_deaths_condemn_what_kills_and_none_of_its_neighbours(deps: Deps):
    """Two workers side by side: who claims the poison dies, with all that it has, and who does not brings it out."""
    street = await furnished(deps, count=6)
    *neighbours, poison = await queued(street, range(6))
    deaths, moment = 0, NOW
    while await status_of(poison) is not Status.NEEDS_ATTENTION:
        batches = [await claim_due(at(deps, moment), limit=10) for _ in range(2)]
        assert any(batch.size for batch in batches)
        for batch in batches:
            if poison.id in taken(batch):
                deaths += 1
            else:
                await models.Publication.filter(id__in=taken(batch)).update(status=Status.PUBLISHED, lease_until=None)
        moment += 2 * MINUTE
        await sweep_publications(at(deps, moment))

    assert deaths == 3
    assert (await models.Publication.get(id=poison.id)).reason is Reason.WORKER_CRASHED
    assert {await status_of(row) for row in neighbours} <= {Status.QUEUED, Status.PUBLISHED}


async def test_a_worker_has_one_in_hand_at_a_time_and_brings_out_all(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps, count=7)
    for channel in range(5):
        await models.Publication.filter(id=(await due(deps, street, channel=channel)).id).update(**LAST)
    others = [await due(deps, street, channel=channel) for channel in (5, 6)]
    in_hand, most = set[str](), 0
    both = asyncio.Barrier(3)

    async def step(delivery: Delivery) -> Done:
        nonlocal most
        if int(delivery.channel_id) >= 5:
            await both.wait()
            return await receipt(delivery)
        if not most:
            await both.wait()
        in_hand.add(delivery.channel_id)
        most = max(most, len(in_hand))
        await asyncio.sleep(0.02)  # in which another could be begun
        in_hand.remove(delivery.channel_id)
        return await receipt(delivery)

    async with working(deps, monkeypatch, step) as worker:
        for row in await models.Publication.all():
            await is_in(row, Status.PUBLISHED)
        await idle(worker)

    assert (most, len(others)) == (1, 2)


async def test_one_that_cannot_be_worked_on_is_in_hand_until_that_is_written(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    street = await furnished(deps, count=3)
    for channel in range(3):
        await models.Publication.filter(id=(await due(deps, street, channel=channel)).id).update(**LAST)
    await models.ConnectedAccount.all().update(status=ConnectionStatus.RECONNECT_REQUIRED)
    in_hand, write = list[int](), Ledger.write

    async def slow(ledger: Ledger, entry: Entry) -> Advanced | None:
        await asyncio.sleep(0.1)  # in which another could be claimed
        in_hand.append(await models.Publication.filter(status=Status.PREPARING).count())
        return await write(ledger, entry)

    monkeypatch.setattr(Ledger, "write", slow)
    async with working(deps, monkeypatch, receipt):
        for row in await models.Publication.all():
            await is_in(row, Status.HELD)

    assert in_hand == [1, 1, 1]


async def test_what_cannot_be_written_leaves_its_place_to_the_next(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    """Its lease runs out, and in the end a person is asked; it was not sent."""
    street = await furnished(deps, count=2)
    first = await due(deps, street)
    second = await due(deps, street, channel=1)
    await models.Publication.all().update(**LAST)
    write = Ledger.write

    async def failing(ledger: Ledger, entry: Entry) -> Advanced | None:
        if entry.publication_id == first.id:
            raise ValueError("it alone cannot be written")
        return await write(ledger, entry)

    async def step(delivery: Delivery) -> Done:
        if delivery.channel_id == "0":
            raise TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, delivery.platform, "No.", "Wait."))
        return await receipt(delivery)

    monkeypatch.setattr(Ledger, "write", failing)
    monkeypatch.setattr("workers.publications._RECORD_PAUSES", (0.0, 0.0))
    async with working(deps, monkeypatch, step) as worker:
        await is_in(second, Status.PUBLISHED)
        await idle(worker)

    assert await status_of(first) is Status.PREPARING
    assert worker._held == {}


async def test_a_refusal_is_written_when_the_database_is_back(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    row = await due(deps, street)
    await models.ConnectedAccount.all().update(status=ConnectionStatus.RECONNECT_REQUIRED)
    write, away = Ledger.write, iter(range(3))

    async def failing(ledger: Ledger, entry: Entry) -> Advanced | None:
        if next(away, None) is not None:
            raise ConnectionError
        return await write(ledger, entry)

    monkeypatch.setattr(Ledger, "write", failing)
    monkeypatch.setattr("workers.publications._RECORD_PAUSES", (0.0, 0.0))
    async with working(deps, monkeypatch, receipt):
        await is_in(row, Status.HELD)

    assert (await models.Publication.get(id=row.id)).lost_leases == 0


async def test_each_worker_has_one(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps, count=2)
    first = await due(deps, street)
    second = await due(deps, street, channel=1)
    await models.Publication.all().update(**LAST)
    both = asyncio.Barrier(2)

    async def step(delivery: Delivery) -> Done:
        await both.wait()
        return await receipt(delivery)

    async with working(deps, monkeypatch, step):
        await is_in(first, Status.PREPARING)
        async with working(deps, monkeypatch, step):
            await is_in(first, Status.PUBLISHED)
            await is_in(second, Status.PUBLISHED)


async def test_one_that_is_given_back_is_still_on_its_last_chance(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("workers.publications._BREATH_SECONDS", 0.0)
    street = await furnished(deps)
    row = await due(deps, street)
    await models.Publication.all().update(**LAST)

    async def step(_: Delivery) -> Done:
        await asyncio.Event().wait()
        raise AssertionError

    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PREPARING)
        await worker.drain(seconds=5)
    batch = await claim_due(deps, limit=10)

    assert (taken(batch), batch.last_chance) == ([row.id], row.id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_none_is_on_its_last_chance_a_claim_looks_for_none(deps: Deps):
    """In steps of SQLite's machine, over many that are due and one that can be taken."""
    street = await open_street(channels=2)
    await street.publish_all([(Status.QUEUED, 0)] * 500)
    await street.publish(Status.PREPARING)

    with_one, without = [
        await steps_of(partial(claim_due, at(deps, NOW), limit=10, last_chance=last)) for last in (True, False)
    ]

    assert abs(with_one - without) <= 10


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_nor_does_it_on_postgresql_and_both_walk_the_index(database: str):
    street = await open_street(channels=400)
    *_, last = await street.publish_all([(Status.QUEUED, number % 400) for number in range(4000)])
    await connection().execute_query("ANALYZE publication")
    claims_none = await _scans()
    await models.Publication.filter(id=last.id).update(due_at=NOW - SECOND, **LAST)
    claims_one = await _scans()

    assert [scans["risky"]["Actual Loops"] for scans in (claims_none, claims_one)] == [0, 1]
    for scans in (claims_none, claims_one):
        assert {scans[row]["Index Name"] for row in ("c", "risky")} == {"publication_due"}


async def _scans() -> dict[str, dict[str, Any]]:
    """Run what a claim looks for on PostgreSQL, and give how each table was read, by the name it has there."""
    taking = claim(now=NOW, lease=MINUTE, limit=400, actor=ACTOR)
    parameters = [setwise.parameter([{}]), *taking.parameters]
    [row] = await connection().execute_query_dict(
        f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM {_finding(taking)}", parameters
    )
    told = next(iter(row.values()))
    [plan] = json.loads(told) if isinstance(told, str) else told
    return {node["Alias"]: node for node in _nodes(plan["Plan"]) if "Alias" in node}


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", []):
        yield from _nodes(inner)
