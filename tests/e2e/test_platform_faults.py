"""Bad days of a platform: what surely did not go out is tried again, what may be out never is."""

import pytest
from aiohttp import web

from tests.e2e.conftest import Town
from tests.support.journey import image
from tests.support.webserver import serving


async def test_a_feed_call_without_an_answer_is_found_and_never_sent_again(town: Town):
    shop = town.shop()
    await town.sandbox.add_fault("POST /feed", "land_then_drop", nth=1, account=shop.page_id)

    first = await town.journey.accepted("facebook", shop.facebook, text="Landed")
    unknown = await town.journey.outcome(first, among=("UNCONFIRMED",))
    found = await town.journey.outcome(first)
    second = await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, text="The next one"))

    assert (unknown["error"]["code"], unknown["error"]["retryable"]) == ("OUTCOME_UNKNOWN", False)
    assert (found["status"], found["error"], found["attemptCount"]) == ("PUBLISHED", None, 1)
    assert [entry["public_id"] for entry in await town.public(shop, "facebook")] == [
        found["platformPostId"],
        second["platformPostId"],
    ]
    assert len(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id)) == 2


async def test_an_instagram_publish_without_an_answer_is_found_and_never_sent_again(town: Town):
    shop = town.shop()
    await town.sandbox.add_fault("POST /media_publish", "land_then_drop", account=shop.instagram_id)

    found = await town.journey.outcome(
        await town.journey.accepted("instagram", shop.instagram, media=[image(town.picture("lost"))])
    )

    assert (found["status"], found["error"], found["attemptCount"]) == ("PUBLISHED", None, 1)
    (entry,) = await town.public(shop, "instagram")
    assert entry["public_id"] == found["platformPostId"]
    assert len(await town.sandbox.calls(endpoint="POST /media_publish", account=shop.instagram_id)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_success_without_an_id_that_nobody_can_see_is_for_a_person_and_never_sent_again(own_town):
    town = await own_town(platform_timeout_seconds=2, settle_seconds=3, reconcile_seconds="0.2,1,2,3")
    shop = town.shop()
    await town.sandbox.add_fault("POST /feed", "feed_lag", seconds=600)
    await town.sandbox.add_fault("POST /feed", "no_id")
    await town.stack.start_worker()

    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Nameless")
    unknown = await town.journey.outcome(publication_id, among=("UNCONFIRMED",))
    ended = await town.journey.outcome(publication_id, among=("NEEDS_ATTENTION", "PUBLISHED", "FAILED"))

    assert "did not say its id" in unknown["error"]["message"]
    assert (ended["status"], ended["attemptCount"]) == ("NEEDS_ATTENTION", 1)
    assert len(await town.public(shop, "facebook")) == 1
    assert len(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id)) == 1


async def test_a_503_at_the_call_that_makes_it_public_is_no_proof_of_anything(town: Town):
    shop = town.shop()
    await town.sandbox.add_fault("POST /feed", "clean_503", account=shop.page_id)

    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Maybe")
    await town.journey.outcome(publication_id, among=("UNCONFIRMED",))

    assert await town.public(shop, "facebook") == []
    assert len(await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id)) == 1


@pytest.mark.parametrize(
    ("platform", "endpoint", "fault"),
    [
        ("facebook", "POST /photos", "clean_503"),
        ("facebook", "POST /photos", "land_then_drop"),
        ("instagram", "POST /media", "clean_503"),
        ("instagram", "POST /media", "land_then_drop"),
        ("instagram", "GET /container", "clean_503"),
    ],
)
async def test_a_fault_before_the_public_call_is_tried_again(town: Town, platform: str, endpoint: str, fault: str):
    shop = town.shop()
    labels = (await town.sandbox.fault_choices())["endpoints"]
    assert endpoint in labels, labels
    await town.sandbox.add_fault(endpoint, fault, next_calls=1, account=shop.platform_id(platform))
    content = {"text": "Patience"} if platform == "facebook" else {"caption": "Patience"}

    publication_id = await town.journey.accepted(
        platform, shop.of(platform), media=[image(town.picture("patience"))], **content
    )
    retrying = await town.journey.outcome(publication_id, among=("RETRYING",))
    found = await town.journey.outcome(publication_id)

    assert retrying["error"]["retryable"] is True
    assert (found["status"], found["error"], found["attemptCount"]) == ("PUBLISHED", None, 1)
    assert [entry["text"] for entry in await town.public(shop, platform)] == ["Patience"]


async def test_a_platform_that_cannot_be_connected_to_was_sent_nothing(own_town):
    town = await own_town()
    shop = town.shop()
    await town.stack.start_worker(AGM_SANDBOX_URL="http://127.0.0.1:9")
    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Nobody home")

    retrying = await town.journey.outcome(publication_id, among=("RETRYING",))
    town.stack.kill_worker()
    await town.stack.start_worker()
    found = await town.journey.outcome(publication_id)

    assert (retrying["error"]["code"], retrying["attemptCount"]) == ("PLATFORM_UNAVAILABLE", 1)
    assert found["status"] == "PUBLISHED"
    assert len(await town.public(shop, "facebook")) == 1


async def test_a_platform_that_gives_one_id_twice_leaves_the_second_unconfirmed(own_town):
    """The id proves nothing about the second one, and nothing hangs over it."""
    town = await own_town()
    shop = town.shop()

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"id": "1_1"})

    async with serving(answer) as url:
        await town.stack.start_worker(AGM_SANDBOX_URL=url)
        first = await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, text="One"))
        lost = [await town.journey.accepted("facebook", shop.facebook, text=text) for text in ("Two", "Three")]
        second, third = [await town.journey.outcome(one, among=("UNCONFIRMED",)) for one in lost]

    assert (first["status"], first["platformPostId"]) == ("PUBLISHED", "1_1")
    assert [one["status"] for one in (second, third)] == ["UNCONFIRMED", "UNCONFIRMED"]
    assert "another publication" in second["error"]["message"]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
async def test_t03_a_post_whose_address_cannot_be_read_is_published(town: Town):
    shop = town.shop()
    await town.sandbox.add_fault("GET /ig-media", "permalink_100_33", account=shop.instagram_id)

    found = await town.journey.outcome(
        await town.journey.accepted("instagram", shop.instagram, media=[image(town.picture("no-address"))])
    )

    [entry] = await town.public(shop, "instagram")
    assert (found["status"], found["error"], found["platformPostId"]) == ("PUBLISHED", None, entry["public_id"])


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
async def test_t21_what_cannot_go_together_is_refused_before_anything_is_uploaded(town: Town):
    """A video among photos is known for one once its file is here; eleven photos are known at once."""
    shop = town.shop()
    picture, film = image(town.picture("one")), image(f"{town.sandbox.url}/samples/film.mp4?seconds=10")

    mixed = await town.journey.outcome(
        await town.journey.accepted("facebook", shop.facebook, text="Mixed", media=[picture, film])
    )
    eleven = await town.journey.publish("facebook", shop.facebook, text="Eleven", media=[picture] * 11)

    assert (mixed["status"], mixed["error"]["code"], mixed["attemptCount"]) == ("FAILED", "MEDIA_REJECTED", 0)
    [issue] = eleven["userErrors"][0]["issues"]
    assert (issue["rule"], issue["limit"], issue["actual"]) == ("TOO_MANY_MEDIA", 10, 11)
    assert await town.sandbox.calls(account=shop.page_id) == []


async def test_a_piece_of_a_video_that_arrived_without_an_answer_does_not_stop_the_video(town: Town):
    """Facebook then refuses the same piece, for it is in the wrong place by now; the upload is begun anew."""
    shop = town.shop()
    await town.sandbox.add_fault("POST /videos/transfer", "land_then_drop", account=shop.page_id, next_calls=1)
    text = f"A video in pieces {shop.page_id}"
    media = [image(f"{town.sandbox.url}/samples/piece.mp4?seconds=5")]

    found = await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, text=text, media=media))

    assert found["status"] == "PUBLISHED", found
    assert await town.sandbox.live_copies(shop.page_id, text) == 1
