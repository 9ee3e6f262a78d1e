"""The same intents through this server and through Meta's own SDK leave the same ledger."""

from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.strangers.conftest import run_client, strangers_python
from tests.support.journey import image

DEEDS = ("text", "link", "photo", "photos", "image")
COMPARED = ("platform", "kind", "text", "link", "image_hashes", "video_hashes", "parent_id", "deleted_at")


def said(entries: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Give what the public sees, without ids and times."""
    return [tuple(entry[name] for name in COMPARED) for entry in entries]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
async def test_the_public_cannot_tell_this_server_from_the_sdk(town: Town):
    shop, journey = town.shop(), town.journey
    pictures = {name: image(f"{town.sandbox.url}/samples/{name}.jpg") for name in ("one", "two")}
    intents: list[tuple[str, dict[str, Any]]] = [
        ("facebook", {"text": "A text"}),
        ("facebook", {"text": "A link", "link": "https://example.com/a"}),
        ("facebook", {"text": "A photo", "media": [pictures["one"]]}),
        ("facebook", {"text": "Two photos", "media": [pictures["one"], pictures["two"]]}),
        ("instagram", {"caption": "An image", "media": [pictures["one"]]}),
    ]
    for platform, content in intents:
        await journey.outcome(await journey.accepted(platform, getattr(shop, platform), **content))
    ours = [*await town.public(shop, "facebook"), *await town.public(shop, "instagram")]

    await run_client(strangers_python(), town.sandbox, "facebook_business_all", persona="solo", deeds=DEEDS)
    solo = (await town.sandbox.personas())["people"]["solo"]["pages"][0]
    theirs = [*await town.sandbox.ledger(solo["id"]), *await town.sandbox.ledger(solo["instagram"]["id"])]

    assert len(theirs) == len(DEEDS)
    assert said(ours) == said(theirs)
