"""Deaths that repeat, a stop in good order, and two workers at once; each single death is in `test_crash_points`."""

import signal
from collections.abc import Awaitable, Callable

from tests.e2e.conftest import Town
from tests.support.programs import until

OwnTown = Callable[..., Awaitable[Town]]


async def test_a_worker_that_dies_three_times_while_preparing_asks_for_a_person(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Survivor")
    for _ in range(3):
        doomed = await town.stack.start_worker(AGM_FAILPOINT="p4")
        assert await doomed.ends() == 137

    await town.stack.start_worker()
    found = await town.journey.outcome(publication_id)

    assert found["status"] == "NEEDS_ATTENTION"
    assert await town.public(shop, "facebook") == []


async def test_a_worker_that_is_asked_to_stop_finishes_the_call_it_is_in(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    await town.sandbox.add_fault("POST /feed", "slow", account=shop.page_id, seconds=0.6)
    worker = await town.stack.start_worker()
    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Survivor")

    async def called() -> bool:
        return bool(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id))

    await until(called, what="the call")
    assert await worker.stop(signal.SIGTERM) == 0

    assert (await town.journey.publication(publication_id))["status"] == "PUBLISHED"
    assert len(await town.public(shop, "facebook")) == 1


async def test_t17_two_workers_share_the_work_and_double_nothing(own_town: OwnTown):
    town = await own_town(shops=8)
    shops = list(town.free)
    ids = [
        await town.journey.accepted("facebook", shop.facebook, text=f"Round {number}")
        for number in range(5)
        for shop in shops
    ]

    await town.stack.start_worker()
    await town.stack.start_worker()

    for publication_id in ids:
        assert (await town.journey.outcome(publication_id))["status"] == "PUBLISHED"
    for shop in shops:
        texts = [entry["text"] for entry in await town.public(shop, "facebook")]
        assert sorted(texts) == [f"Round {number}" for number in range(5)]
    assert len(await town.sandbox.calls(endpoint="POST /feed")) == len(ids)
