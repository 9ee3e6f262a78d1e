"""Deaths that repeat, a stop in good order, and two workers at once; each single death is in `test_crash_points`."""

import signal
from collections.abc import Awaitable, Callable

from tests.e2e.conftest import Town
from tests.support.journey import Channels, image
from tests.support.programs import until

OwnTown = Callable[..., Awaitable[Town]]


async def test_what_three_workers_died_of_asks_for_a_person_and_what_was_beside_it_goes_out(mortal_town: Town):
    """The platform takes one photo at once, which is the end of its worker, while the others are on their way."""
    town, (shop, *beside) = mortal_town, [mortal_town.shop() for _ in range(4)]
    for neighbour in beside:
        await town.sandbox.add_fault("POST /photos", "slow", account=neighbour.page_id, seconds=1.5)
    poison, *neighbours = [await _accepted_photo(town, one) for one in (shop, *beside)]
    for _ in range(3):
        doomed = await town.stack.start_worker(AGM_FAILPOINT="p5")
        assert await doomed.ends() == 137

    await town.stack.start_worker()
    found = await town.journey.outcome(poison)
    others = [await town.journey.outcome(one) for one in neighbours]

    assert (found["status"], await town.public(shop, "facebook")) == ("NEEDS_ATTENTION", [])
    assert [one["status"] for one in others] == ["PUBLISHED"] * 3
    assert [len(await town.public(one, "facebook")) for one in beside] == [1] * 3


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


async def _accepted_photo(town: Town, shop: Channels) -> str:
    media = [image(town.picture("survivor", width=400, height=400))]
    return await town.journey.accepted("facebook", shop.facebook, text="Survivor", media=media)
