"""Calm days: what is asked for becomes public once, as the platform's ledger shows it."""

import pytest

from tests.e2e.conftest import Town
from tests.support.journey import image


@pytest.mark.parametrize(
    ("content", "kind"),
    [({"text": "Good morning"}, "text"), ({"text": "Look", "link": "https://example.com/menu"}, "link")],
    ids=["text", "link"],
)
async def test_a_facebook_post_without_images_is_public_once(town: Town, content: dict, kind: str):
    shop = town.shop()

    published = await town.journey.with_permalink(await town.journey.accepted("facebook", shop.facebook, **content))

    (entry,) = await town.public(shop, "facebook")
    assert (entry["kind"], entry["text"], entry["link"]) == (kind, content["text"], content.get("link"))
    assert published["status"] == "PUBLISHED"
    assert (published["platformPostId"], published["permalink"]) == (entry["public_id"], entry["permalink"])
    assert published["attemptCount"] == 1
    assert published["error"] is None


@pytest.mark.parametrize("count", [1, 10])
async def test_images_reach_facebook_in_order_with_their_alt_texts(town: Town, count: int):
    shop = town.shop()
    media = [image(town.picture(f"plate-{n}", width=320, height=240), f"Plate {n}") for n in range(count)]

    await town.journey.outcome(
        await town.journey.accepted("facebook", shop.facebook, text=f"{count} plates", media=media)
    )

    (entry,) = await town.public(shop, "facebook")
    assert entry["text"] == f"{count} plates"
    assert entry["alt_texts"] == [f"Plate {n}" for n in range(count)]
    assert len(set(entry["image_hashes"])) == count


async def test_an_image_reaches_instagram_once(town: Town):
    shop = town.shop()
    caption = "Fresh bread 🥖 #bakery @town"

    published = await town.journey.with_permalink(
        await town.journey.accepted(
            "instagram", shop.instagram, caption=caption, media=[image(town.picture("bread"), "A loaf")]
        )
    )

    (entry,) = await town.public(shop, "instagram")
    assert (entry["kind"], entry["text"], entry["alt_texts"]) == ("image", caption, ["A loaf"])
    assert (published["status"], published["platformPostId"]) == ("PUBLISHED", entry["public_id"])
    assert published["permalink"] == entry["permalink"]


async def test_publications_of_one_channel_go_out_one_after_another_all_once(town: Town):
    shop = town.shop()
    texts = [f"Number {number}" for number in range(12)]

    for publication_id in [await town.journey.accepted("facebook", shop.facebook, text=text) for text in texts]:
        assert (await town.journey.outcome(publication_id))["status"] == "PUBLISHED"

    assert sorted(entry["text"] for entry in await town.public(shop, "facebook")) == sorted(texts)
    calls = await town.sandbox.calls(endpoint="POST /feed", account=shop.page_id)
    assert len(calls) == len(texts)


async def test_a_publication_on_its_way_can_be_called_off_and_never_goes_out(town: Town):
    shop = town.shop()
    await town.sandbox.add_fault("GET /container", "clean_503", account=shop.instagram_id)
    await town.sandbox.change_settings(processing={"fixed_seconds": 600})
    try:
        publication_id = await town.journey.accepted("instagram", shop.instagram, media=[image(town.picture("slow"))])
        await town.journey.outcome(publication_id, among=("PROCESSING", "RETRYING"))
        payload = await town.journey.cancel(publication_id)
    finally:
        await town.sandbox.change_settings(processing={"fixed_seconds": 1})

    assert payload == {"publication": {"id": publication_id, "status": "CANCELED"}, "userErrors": []}
    assert await town.public(shop, "instagram") == []


async def test_what_is_public_cannot_be_called_off(town: Town):
    shop = town.shop()
    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Out")
    await town.journey.outcome(publication_id)

    (error,) = (await town.journey.cancel(publication_id))["userErrors"]

    assert (error["code"], error["currentState"]) == ("INVALID_STATE", "PUBLISHED")
