"""The same intents through this server and through Meta's own SDK leave the same ledger."""

from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.strangers.conftest import run_client, strangers_python
from tests.support.journey import image
from tests.support.programs import until

DEEDS = ("text", "link", "photo", "photos", "video", "reel", "story", "image", "carousel", "instagram_reel")
COMPARED = (
    "platform",
    "kind",
    "text",
    "link",
    "image_hashes",
    "video_hashes",
    "media_types",
    "parent_id",
    "deleted_at",
)


def said(entries: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Give what the public sees, without ids and times; videos come when the platform has worked on them."""
    return sorted(tuple(str(entry[name]) for name in COMPARED) for entry in entries)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
async def test_the_public_cannot_tell_this_server_from_the_sdk(town: Town):
    shop, journey = town.shop(), town.journey
    pictures = {name: image(f"{town.sandbox.url}/samples/{name}.jpg") for name in ("one", "two", "story")}
    film, reel = image(f"{town.sandbox.url}/samples/bread.mp4"), {"placement": "REEL"}
    intents: list[tuple[str, dict[str, Any]]] = [
        ("facebook", {"text": "A text"}),
        ("facebook", {"text": "A link", "link": "https://example.com/a"}),
        ("facebook", {"text": "A photo", "media": [pictures["one"]]}),
        ("facebook", {"text": "Two photos", "media": [pictures["one"], pictures["two"]]}),
        ("facebook", {"text": "A video", "media": [film]}),
        ("facebook", {"text": "A reel", "media": [film], "options": reel}),
        ("facebook", {"media": [pictures["story"]], "options": {"placement": "STORY"}}),
        ("instagram", {"caption": "An image", "media": [pictures["one"]]}),
        ("instagram", {"caption": "A carousel", "media": [pictures["one"], pictures["two"]]}),
        ("instagram", {"caption": "A reel on Instagram", "media": [film], "options": reel}),
    ]
    for platform, content in intents:
        await journey.outcome(await journey.accepted(platform, getattr(shop, platform), **content))
    ours = [*await town.public(shop, "facebook"), *await town.public(shop, "instagram")]

    solo = (await town.sandbox.personas())["people"]["solo"]["pages"][0]
    before = {entry["sequence"] for entry in await town.sandbox.ledger()}
    await run_client(strangers_python(), town.sandbox, "facebook_business_all", persona="solo", deeds=DEEDS)
    theirs: list[dict[str, Any]] = []

    async def all_out() -> bool:
        seen = [*await town.sandbox.ledger(solo["id"]), *await town.sandbox.ledger(solo["instagram"]["id"])]
        theirs[:] = [entry for entry in seen if entry["sequence"] not in before]
        return len(theirs) >= len(DEEDS)

    await until(all_out, what="the SDK's videos")
    assert len(theirs) == len(DEEDS)
    assert said(ours) == said(theirs)
