"""Each point of docs/lifecycle.md at which a process dies: what another makes of it, as the platform's ledger shows."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.api.subscriber import calling
from tests.e2e.conftest import Town
from tests.support.journey import Channels, image
from tests.support.programs import until
from tests.support.road import Ambush, Moment, road_to

TEXT = "Survivor"
PUBLIC_CALL = {"facebook": "POST /feed", "instagram": "POST /media_publish"}
UPLOAD = {"facebook": "POST /photos", "instagram": "POST /media"}
FOLLOWED = "query ($id: ID!) { publication(id: $id) { followUps { status } } }"
CHANGED = "subscription ($id: ID!) { publicationChanged(publicationId: $id) { status } }"

on_each_platform = pytest.mark.parametrize("platform", list(PUBLIC_CALL))


@dataclass(frozen=True)
class Death:
    """A failpoint of a worker: which state is stored and how many copies are public then; how it goes on from there.

    `photos` are a Facebook post's, for an Instagram post has always one; `uploads` is how often one went up in the end.
    """

    stored: str
    copies: int
    attempts: int = 1
    photos: int = 0
    uploads: int = 1


DEATHS = {
    "p4": Death("PREPARING", 0),
    "p5": Death("PREPARING", 0, photos=1, uploads=2),
    "p6": Death("PREPARING", 0, photos=1),
    "p7": Death("PUBLISHING", 0, attempts=2),
    "p10": Death("PUBLISHING", 1),
    "p11": Death("PUBLISHED", 1),
    "p14": Death("UNCONFIRMED", 1),
}
ON_THE_WAY = {
    "p8, never arrives": (Moment.LOST, Death("PUBLISHING", 0, attempts=2)),
    "p8, arrives": (Moment.UNDER_WAY, Death("PUBLISHING", 1)),
    "p9": (Moment.ANSWERED, Death("PUBLISHING", 1)),
}


def content(town: Town, platform: str, photos: int) -> dict[str, Any]:
    pictures = max(photos, 1) if platform == "instagram" else photos
    media = [image(town.picture(f"survivor-{number}", width=400, height=400)) for number in range(pictures)]
    return {"text" if platform == "facebook" else "caption": TEXT, **({"media": media} if media else {})}


async def accepted(town: Town, shop: Channels, platform: str, *, photos: int = 0) -> str:
    return await town.journey.accepted(platform, shop.of(platform), **content(town, platform, photos))


async def calls(town: Town, shop: Channels, platform: str, endpoint: dict[str, str]) -> int:
    return len(await town.sandbox.calls(endpoint=endpoint[platform], account=shop.platform_id(platform)))


async def seen(town: Town, shop: Channels, platform: str, publication_id: str) -> tuple[str, int]:
    """Tell what is stored, and how many copies the public sees."""
    return (await town.journey.publication(publication_id))["status"], len(await town.public(shop, platform))


async def is_public(town: Town, shop: Channels, platform: str) -> bool:
    return bool(await town.public(shop, platform))


async def ends_well(town: Town, shop: Channels, platform: str, publication_id: str, *, attempts: int = 1) -> None:
    """Wait until it is published, once, as what is stored; and the platform was asked for it once."""
    found = await town.journey.outcome(publication_id)
    assert (found["status"], found["error"], found["attemptCount"]) == ("PUBLISHED", None, attempts), (
        town.stack.worker.tail()
    )
    (entry,) = await town.public(shop, platform)
    assert (entry["text"], entry["public_id"]) == (TEXT, found["platformPostId"])
    assert await calls(town, shop, platform, PUBLIC_CALL) == 1


@asynccontextmanager
async def doomed_api(town: Town, point: str) -> AsyncIterator[None]:
    """An API that dies at a point, and is followed by another in the end."""
    assert town.stack.api
    await town.stack.api.stop()
    doomed = await town.stack.start_api(AGM_FAILPOINT=point)
    try:
        yield
        assert await doomed.ends() == 137
    finally:
        doomed.kill()
        await town.stack.start_api()


@on_each_platform
@pytest.mark.parametrize(("point", "already"), [("p1", False), ("p2", True)])
async def test_who_repeats_what_an_api_died_of_publishes_it_once(
    mortal_town: Town, point: str, already: bool, platform: str
):
    town, shop = mortal_town, mortal_town.shop()
    given = {**content(town, platform, 0), "idempotencyKey": f"{point}-{platform}"}
    async with doomed_api(town, point):
        with pytest.raises(httpx.TransportError):
            await town.journey.publish(platform, shop.of(platform), **given)

    again = await town.journey.publish(platform, shop.of(platform), **given)
    await town.stack.start_worker()
    await ends_well(town, shop, platform, again["publication"]["id"])

    assert again["replayed"] is already


@on_each_platform
async def test_p3_what_nobody_rang_for_is_published_all_the_same(mortal_town: Town, platform: str):
    town, shop = mortal_town, mortal_town.shop()
    given = {**content(town, platform, 0), "idempotencyKey": f"p3-{platform}"}
    await town.stack.start_worker()

    async with doomed_api(town, "p3"):
        with suppress(httpx.TransportError):  # the answer may be out by then
            await town.journey.publish(platform, shop.of(platform), **given)
    await until(lambda: is_public(town, shop, platform), what="the post")

    again = await town.journey.publish(platform, shop.of(platform), **given)
    await ends_well(town, shop, platform, again["publication"]["id"])
    assert again["replayed"] is True


@on_each_platform
@pytest.mark.parametrize("point", DEATHS)
async def test_a_worker_that_dies_is_followed_by_one_that_finds_out(mortal_town: Town, point: str, platform: str):
    town, shop, death = mortal_town, mortal_town.shop(), DEATHS[point]
    if point == "p14":  # there is nothing to look for unless an answer was lost
        account = shop.platform_id(platform)
        await town.sandbox.add_fault(PUBLIC_CALL[platform], "land_then_drop", next_calls=1, account=account)
    doomed = await town.stack.start_worker(AGM_FAILPOINT=point)
    publication_id = await accepted(town, shop, platform, photos=death.photos)
    assert await doomed.ends() == 137
    at_death = await seen(town, shop, platform, publication_id)

    await town.stack.start_worker()
    await ends_well(town, shop, platform, publication_id, attempts=death.attempts)

    assert at_death == (death.stored, death.copies)
    if death.photos or platform == "instagram":
        assert await calls(town, shop, platform, UPLOAD) == death.uploads


@on_each_platform
@pytest.mark.parametrize("point", ON_THE_WAY)
async def test_a_worker_that_is_killed_while_its_call_is_on_the_way(mortal_town: Town, point: str, platform: str):
    town, shop, (moment, death) = mortal_town, mortal_town.shop(), ON_THE_WAY[point]
    call = f"{shop.platform_id(platform)}/{PUBLIC_CALL[platform].removeprefix('POST /')}"
    async with road_to(town.sandbox.url, Ambush(call, moment, lambda: town.stack.worker.ask(signal.SIGKILL))) as road:
        doomed = await town.stack.start_worker(AGM_SANDBOX_URL=road)
        publication_id = await accepted(town, shop, platform)
        await doomed.ends()
        if moment is Moment.UNDER_WAY:
            await until(lambda: is_public(town, shop, platform), what="the arrival")
    at_death = await seen(town, shop, platform, publication_id)

    await town.stack.start_worker()
    await ends_well(town, shop, platform, publication_id, attempts=death.attempts)

    assert at_death == (death.stored, death.copies)


@on_each_platform
async def test_p18_a_comment_whose_answer_died_with_its_worker_is_found(mortal_town: Town, platform: str):
    town, shop = mortal_town, mortal_town.shop()
    doomed = await town.stack.start_worker(AGM_FAILPOINT="p18")
    given = {**content(town, platform, 0), "firstComment": "More below"}
    publication_id = await town.journey.accepted(platform, shop.of(platform), **given)
    assert await doomed.ends() == 137
    at_death = (await town.journey.publication(publication_id))["status"], len(await town.public(shop, platform))

    await town.stack.start_worker()

    async def is_found() -> bool:
        return (await town.journey.ask(FOLLOWED, id=publication_id))["followUps"][0]["status"] == "DONE"

    await until(is_found, what="the comment")
    assert at_death == ("PUBLISHED", 2)
    post, comment = await town.public(shop, platform)
    assert (comment["parent_id"], comment["text"]) == (post["public_id"], "More below")


@on_each_platform
async def test_p11_who_watches_hears_of_what_a_dead_worker_published(mortal_town: Town, platform: str):
    town, shop = mortal_town, mortal_town.shop()
    doomed = await town.stack.start_worker(AGM_FAILPOINT="p11")
    async with calling(town.stack.url) as watcher:
        await watcher.enter(town.stack.client.api_key)
        publication_id = await accepted(town, shop, platform)
        await watcher.subscribe(CHANGED, id=publication_id)
        await doomed.ends()
        await town.stack.start_worker()
        heard = ""
        async with asyncio.timeout(20):
            while heard != "PUBLISHED":
                heard = (await watcher.hear())["payload"]["data"]["publicationChanged"]["status"]

    await ends_well(town, shop, platform, publication_id)


async def test_p12_a_sign_in_whose_token_was_lost_is_made_again_and_lets_go_what_is_held(mortal_town: Town):
    town = mortal_town
    await town.stack.start_worker()
    account = await town.journey.connect("solo")
    (shop,) = await town.journey.choose_all(account, (await town.sandbox.personas())["people"]["solo"]["pages"])
    await town.sandbox.kill_tokens("solo", 460)
    held = {platform: await accepted(town, shop, platform, photos=1) for platform in PUBLIC_CALL}
    for publication_id in held.values():
        assert (await town.journey.outcome(publication_id))["status"] == "HELD"
    await town.stack.workers.pop().stop()

    doomed = await town.stack.start_worker(AGM_FAILPOINT="p12")
    lost = (await town.journey.reconnect(account["id"]))["attempt"]
    await town.journey.sign_in(lost, "solo")
    assert await doomed.ends() == 137
    await town.stack.start_worker()
    failed = await town.journey.attempt_over(lost["id"])
    waiting = {await seen(town, shop, platform, one) for platform, one in held.items()}
    made = (await town.journey.reconnect(account["id"]))["attempt"]
    await town.journey.sign_in(made, "solo")

    assert (failed["status"], failed["error"]["code"]) == ("FAILED", "AUTHORIZATION_FAILED")
    assert waiting == {("HELD", 0)}
    assert (await town.journey.attempt_over(made["id"]))["account"]["id"] == account["id"]
    for platform, publication_id in held.items():
        await ends_well(town, shop, platform, publication_id)


@pytest.mark.parametrize(("failpoint", "uploads"), [("p5:2", 4), ("p6:2", 3)])
async def test_p15_a_post_of_three_parts_goes_on_with_the_one_where_a_worker_died(
    mortal_town: Town, failpoint: str, uploads: int
):
    town, shop = mortal_town, mortal_town.shop()
    doomed = await town.stack.start_worker(AGM_FAILPOINT=failpoint)
    publication_id = await accepted(town, shop, "facebook", photos=3)
    assert await doomed.ends() == 137
    at_death = await seen(town, shop, "facebook", publication_id)

    await town.stack.start_worker()
    await ends_well(town, shop, "facebook", publication_id)

    (entry,) = await town.public(shop, "facebook")
    assert at_death == ("PREPARING", 0)
    assert (entry["kind"], len(set(entry["image_hashes"]))) == ("photos", 3)
    assert await calls(town, shop, "facebook", UPLOAD) == uploads
