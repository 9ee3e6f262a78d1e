"""A worker is there when something becomes due, and hears a ring before it polls for it."""

import asyncio
from datetime import timedelta

import pytest

from platforms.base import Done, Receipt
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.lifecycle import Status
from publishing.queue import RUNG, Bell, Queue, redis_client
from publishing.system import claim_due
from tests.publishing.test_doorbell import Woken
from tests.publishing.test_races import furnished, is_in, working
from tests.publishing.town import NOW, SECOND, at, open_street
from tests.support.programs import until
from workers.main import _cancel
from workers.rings import hear_rings


async def test_a_claim_that_finds_nothing_says_when_the_next_is_due(deps: Deps):
    street = await open_street(channels=3)
    await street.publish(Status.PUBLISHING, channel=0)
    for status, channel, seconds in ((Status.QUEUED, 0, -5), (Status.RETRYING, 1, 9), (Status.SCHEDULED, 2, 7)):
        await street.publish(status, channel=channel, due_at=NOW + seconds * SECOND)

    batch = await claim_due(at(deps, NOW), limit=10)

    assert (batch.size, batch.next_due_in) == (0, timedelta(seconds=7))
    assert (await claim_due(at(deps, NOW + 10 * SECOND), limit=10)).size == 2


async def test_what_becomes_due_goes_out_although_nobody_rings_or_sweeps(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    street = await furnished(deps)
    now = await deps.clock.now()
    row = await street.publish(Status.SCHEDULED, due_at=now + SECOND / 2, created_at=now)

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
