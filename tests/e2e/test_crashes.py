"""Bad days of a worker: killed at any point, each publication ends in the true state, as the platform's ledger shows.

The failpoints end the process as `kill -9` would; the last tests send the signal itself.
"""

import signal
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.e2e.conftest import Town
from tests.support.journey import Channels, image
from tests.support.programs import until

OwnTown = Callable[..., Awaitable[Town]]


async def accepted(town: Town, shop: Channels, platform: str) -> str:
    if platform == "facebook":
        return await town.journey.accepted("facebook", shop.facebook, text="Survivor")
    media = [image(town.picture("survivor", width=400, height=400))]
    return await town.journey.accepted("instagram", shop.instagram, caption="Survivor", media=media)


@pytest.mark.parametrize(
    ("platform", "point", "calls"),
    [
        ("facebook", "p4", 1),
        ("facebook", "p7", 2),
        ("facebook", "p10", 1),
        ("facebook", "p11", 1),
        ("instagram", "p5", 1),
        ("instagram", "p6", 1),
        ("instagram", "p7", 2),
        ("instagram", "p10", 1),
    ],
)
async def test_a_worker_that_dies_is_followed_by_one_that_finds_out(
    mortal_town: Town, platform: str, point: str, calls: int
):
    town, shop = mortal_town, mortal_town.shop()
    doomed = await town.stack.start_worker(AGM_FAILPOINT=point)
    publication_id = await accepted(town, shop, platform)
    assert await doomed.ends() == 137

    await town.stack.start_worker()
    found = await town.journey.outcome(publication_id)

    assert (found["status"], found["error"], found["attemptCount"]) == ("PUBLISHED", None, calls), town.stack.logs()
    (entry,) = await town.public(shop, platform)
    assert (entry["text"], entry["public_id"]) == ("Survivor", found["platformPostId"])


async def test_a_container_that_was_kept_is_used_again(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    doomed = await town.stack.start_worker(AGM_FAILPOINT="p6")
    publication_id = await accepted(town, shop, "instagram")
    await doomed.ends()

    await town.stack.start_worker()
    await town.journey.outcome(publication_id)

    assert len(await town.sandbox.calls(endpoint="POST /media", account=shop.instagram_id)) == 1
    assert len(await town.public(shop, "instagram")) == 1


async def test_a_worker_that_dies_three_times_while_preparing_asks_for_a_person(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    publication_id = await accepted(town, shop, "facebook")
    for _ in range(3):
        doomed = await town.stack.start_worker(AGM_FAILPOINT="p4")
        assert await doomed.ends() == 137

    await town.stack.start_worker()
    found = await town.journey.outcome(publication_id)

    assert found["status"] == "NEEDS_ATTENTION"
    assert await town.public(shop, "facebook") == []


async def test_what_a_worker_was_killed_in_the_middle_of_is_found(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    await town.sandbox.add_fault("POST /feed", "slow", account=shop.page_id, seconds=0.6)
    await town.stack.start_worker()
    publication_id = await accepted(town, shop, "facebook")

    async def called() -> bool:
        return bool(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id))

    await until(called, what="the call")
    town.stack.kill_worker()
    await town.stack.start_worker()
    found = await town.journey.outcome(publication_id)

    assert found["status"] == "PUBLISHED"
    assert [entry["public_id"] for entry in await town.public(shop, "facebook")] == [found["platformPostId"]]
    assert len(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id)) == 1


async def test_a_worker_that_is_asked_to_stop_finishes_the_call_it_is_in(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    await town.sandbox.add_fault("POST /feed", "slow", account=shop.page_id, seconds=0.6)
    worker = await town.stack.start_worker()
    publication_id = await accepted(town, shop, "facebook")

    async def called() -> bool:
        return bool(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id))

    await until(called, what="the call")
    assert await worker.stop(signal.SIGTERM) == 0

    assert (await town.journey.publication(publication_id))["status"] == "PUBLISHED"
    assert len(await town.public(shop, "facebook")) == 1


async def test_two_workers_share_the_work_and_double_nothing(own_town: OwnTown):
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


@pytest.mark.parametrize(("point", "already"), [("p1", False), ("p2", True)])
async def test_an_api_that_dies_while_accepting_loses_and_doubles_nothing(own_town: OwnTown, point: str, already: bool):
    town = await own_town()
    shop = town.shop()
    await town.stack.stop()
    doomed = await town.stack.start_api(AGM_FAILPOINT=point)
    with pytest.raises(httpx.TransportError):
        await town.journey.publish("facebook", shop.facebook, text="Once", idempotencyKey="once-more-please")
    await doomed.ends()

    await town.stack.start_api()
    again = await town.journey.publish("facebook", shop.facebook, text="Once", idempotencyKey="once-more-please")
    await town.stack.start_worker()
    found = await town.journey.outcome(again["publication"]["id"])

    assert again["replayed"] is already
    assert found["status"] == "PUBLISHED"
    assert len(await town.public(shop, "facebook")) == 1
