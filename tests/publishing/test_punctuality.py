"""A worker is there when something becomes due, and hears a ring before it polls for it."""

import asyncio
from datetime import datetime
from time import monotonic
from uuid import UUID

import pytest
import uvloop

from platforms.base import Done, Receipt
from publishing import claiming, models
from publishing.claiming import AHEAD
from publishing.decisions import cancel_publication
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.ids import Kind, public_id
from publishing.lifecycle import Reason, Status
from publishing.queue import RUNG, Bell, Queue, redis_client
from publishing.system import claim_due, claims
from tests.publishing.test_doorbell import Woken
from tests.publishing.test_races import furnished, idle, is_in, working
from tests.publishing.town import NOW, SECOND, at, open_street, status_of
from tests.support.programs import until
from workers import publications
from workers.main import _cancel
from workers.rings import hear_rings


async def test_a_claim_that_finds_nothing_says_when_the_next_is_due(deps: Deps):
    street = await open_street(channels=3)
    await street.publish(Status.PUBLISHING, channel=0)
    for status, channel, seconds in ((Status.QUEUED, 0, -5), (Status.RETRYING, 1, 9), (Status.SCHEDULED, 2, 7)):
        await street.publish(status, channel=channel, due_at=NOW + seconds * SECOND)

    batch = await claim_due(at(deps, NOW), limit=10)

    assert (batch.size, batch.next_due_in) == (0, 7 * SECOND - AHEAD)
    assert (await claim_due(at(deps, NOW + 10 * SECOND), limit=10)).size == 2


async def test_what_is_scheduled_is_claimed_ahead_and_nothing_else_is(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(claims, "monotonic", lambda: 100.0)
    street = await furnished(deps, count=4)
    soon = AHEAD / 2
    scheduled = await street.publish(Status.SCHEDULED, due_at=NOW + soon)
    await street.publish(Status.RETRYING, channel=1, due_at=NOW + soon / 2)
    await street.publish(Status.PROCESSING, channel=2, due_at=NOW + soon)
    await street.publish(Status.SCHEDULED, channel=3, due_at=NOW + AHEAD + soon)

    batch = await claim_due(at(deps, NOW), limit=10)
    again = await claim_due(at(deps, NOW), limit=10)

    assert [work.assignment.publication_id for work in batch.work] == [scheduled.id]
    assert batch.work[0].not_before == 100.0 + soon.total_seconds()
    assert batch.work[0].assignment.now == NOW + soon
    assert (again.size, again.next_due_in) == (0, soon / 2)


async def test_what_is_claimed_ahead_is_not_touched_before_its_time(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    now = await deps.clock.now()
    row = await street.publish(Status.SCHEDULED, due_at=now + AHEAD, created_at=now)
    begun: list[datetime] = []

    async def step(delivery: Delivery) -> Done:
        begun.append(await deps.clock.now())
        assert delivery.now == now + AHEAD
        return Done(Receipt(platform_post_id="1", permalink="https://x.example/1"))

    async with working(deps, monkeypatch, step):
        await is_in(row, Status.PUBLISHED)

    assert len(begun) == 1
    assert begun[0] >= now + AHEAD


def test_nobody_wakes_too_early_on_the_loop_of_a_worker_either():
    async def slept() -> float:
        moment = monotonic() + 0.0104
        await publications._wait_until(moment)
        return monotonic() - moment

    async def sleep_often() -> list[float]:
        return [await slept() for _ in range(20)]

    assert min(uvloop.run(sleep_often())) >= 0


async def test_what_is_called_off_while_a_worker_waits_with_it_is_not_sent(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(claiming, "AHEAD", 5 * SECOND)
    street = await furnished(deps)
    now = await deps.clock.now()
    row = await street.publish(Status.SCHEDULED, due_at=now + 5 * SECOND, created_at=now)
    sent: list[str] = []

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            sent.append(delivery.channel_id)
            return Receipt(platform_post_id="1", permalink="https://x.example/1")

        return Done(await delivery.make_public("POST /x/feed", send))

    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PREPARING)
        await cancel_publication(deps, street.caller, publication_id=public_id(Kind.PUBLICATION, row.id))
        await idle(worker)

    assert (sent, await status_of(row)) == ([], Status.CANCELED)


async def test_what_waits_for_its_time_takes_no_place_from_what_is_due(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(claiming, "AHEAD", 60 * SECOND)
    monkeypatch.setattr(publications, "LIMIT", 1)
    monkeypatch.setattr(publications, "WAITING", 2)
    street = await furnished(deps, count=4)
    now = await deps.clock.now()
    soon = [await street.publish(Status.SCHEDULED, channel=n, due_at=now + 60 * SECOND, created_at=now) for n in (0, 1)]
    late = await street.publish(Status.SCHEDULED, channel=2, due_at=now + 60 * SECOND, created_at=now)

    async def step(_: Delivery) -> Done:
        return Done(Receipt(platform_post_id="1", permalink="https://x.example/1"))

    async with working(deps, monkeypatch, step) as worker:
        await asyncio.gather(*(is_in(row, Status.PREPARING) for row in soon))
        row = await street.publish(Status.QUEUED, channel=3, due_at=now, created_at=now)
        worker.runner.wake()
        await is_in(row, Status.PUBLISHED)
        statuses = [await status_of(one) for one in (*soon, late)]

    assert statuses == [Status.PREPARING, Status.PREPARING, Status.SCHEDULED]


async def test_nothing_is_claimed_ahead_while_there_is_no_room_for_what_is_due(deps: Deps):
    street = await furnished(deps, count=2)
    await street.publish(Status.SCHEDULED, channel=0, due_at=NOW + AHEAD / 2)
    late = await street.publish(Status.QUEUED, channel=1, due_at=NOW)

    assert (await claim_due(at(deps, NOW), limit=0, ahead=5)).size == 0
    assert [work.assignment.publication_id for work in (await claim_due(at(deps, NOW), limit=1, ahead=0)).work] == [
        late.id
    ]
    assert (await claim_due(at(deps, NOW), limit=0, ahead=5)).size == 1


async def test_what_cannot_be_loaded_holds_up_nothing_behind_it(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(claiming, "CLAIM_LIMIT", 1)
    load = claims._load
    street = await furnished(deps, count=2)
    now = await deps.clock.now()
    bad = await street.publish(Status.QUEUED, channel=0, due_at=now - 2 * SECOND, created_at=now)
    good = await street.publish(Status.QUEUED, channel=1, due_at=now - SECOND, created_at=now)

    async def faulty(deps: Deps, ids: list[UUID], read: object) -> claims.Batch:
        if bad.id in ids:
            raise ValueError
        return await load(deps, ids, read)  # type: ignore[arg-type]

    async def step(_: Delivery) -> Done:
        return Done(Receipt(platform_post_id="1", permalink="https://x.example/1"))

    monkeypatch.setattr(claims, "_load", faulty)
    async with working(deps, monkeypatch, step):
        await is_in(good, Status.PUBLISHED)

    assert await status_of(bad) is Status.PREPARING


async def test_what_a_worker_gives_back_before_its_time_is_due_no_earlier(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(publications, "_BREATH_SECONDS", 0.0)
    monkeypatch.setattr(claiming, "AHEAD", 60 * SECOND)
    street = await furnished(deps)
    now = await deps.clock.now()
    row = await street.publish(Status.SCHEDULED, due_at=now + 60 * SECOND, created_at=now)

    async def step(_: Delivery) -> Done:
        raise AssertionError

    async with working(deps, monkeypatch, step) as worker:
        await is_in(row, Status.PREPARING)
        await worker.drain(seconds=5)

    given_back = await models.Publication.get(id=row.id)
    assert (given_back.status, given_back.reason) == (Status.QUEUED, Reason.GIVEN_BACK)
    assert given_back.due_at is not None
    assert now + 60 * SECOND <= given_back.due_at < now + 90 * SECOND


async def test_what_becomes_due_goes_out_although_nobody_rings_or_sweeps(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    now = await deps.clock.now()
    row = await street.publish(Status.SCHEDULED, due_at=now + 3 * AHEAD / 2, created_at=now)

    async def step(_: Delivery) -> Done:
        return Done(Receipt(platform_post_id="1", permalink="https://x.example/1"))

    async with working(deps, monkeypatch, step):
        await is_in(row, Status.PUBLISHED)


async def test_a_ring_is_heard_by_the_runner_of_its_queue_before_any_poll(valkey_url: str):
    bell, publishing, interactive = Bell(redis_client(valkey_url)), Woken(), Woken()
    runners = {Queue.PUBLISHING: publishing, Queue.INTERACTIVE: interactive}
    hearing = asyncio.create_task(hear_rings(bell, runners))  # type: ignore[arg-type]

    async def heard() -> bool:
        await bell.redis.publish(RUNG, b"\xffno queue")
        bell.ring(Queue.PUBLISHING)
        return publishing.count > 0

    try:
        await until(heard, seconds=10, what="the ring")
        assert interactive.count == 0
    finally:
        await _cancel([hearing])
        await bell.aclose()
