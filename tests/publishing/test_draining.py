"""A worker that is asked to stop ends the calls it is in, and begins none that it could not see through."""

import asyncio

import pytest

from platforms.base import Done, Receipt
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.lifecycle import Reason, Status
from tests.publishing.test_races import due, furnished, working
from tests.publishing.town import history, status_of
from tests.support.programs import until
from workers import publications


async def test_what_is_still_being_prepared_is_given_back_and_what_is_being_sent_is_finished(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(publications, "_BREATH_SECONDS", 0.05)
    street = await furnished(deps, count=2)
    slow, quick = [await due(deps, street, channel=number) for number in range(2)]
    preparing, sending, answered, ready = (asyncio.Event() for _ in range(4))
    sent: list[str] = []

    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            sent.append(delivery.channel_id)
            sending.set()
            await answered.wait()
            return Receipt(f"{delivery.channel_id}_1", "https://example.com/1")

        if delivery.channel_id == "0":
            preparing.set()
            await ready.wait()
        return Done(await delivery.make_public("POST /x/feed", send))

    async with working(deps, monkeypatch, step) as worker:
        await asyncio.gather(preparing.wait(), sending.wait())
        stopping = asyncio.create_task(worker.drain(seconds=1))

        async def given_back() -> bool:
            return stopping.done() or await status_of(slow) is not Status.PREPARING

        await until(given_back, what="what is given back")
        ready.set()
        answered.set()
        await stopping

    assert sent == ["1"]
    assert (await status_of(slow), await status_of(quick)) == (Status.QUEUED, Status.PUBLISHED)
    assert (await history(slow))[-1] == (Status.PREPARING, Status.QUEUED, Reason.GIVEN_BACK)
