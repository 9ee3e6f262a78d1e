"""Callers who do not give up: each publication is asked for with its idempotency key until an API accepts it."""

import asyncio
import random
from dataclasses import dataclass
from typing import Any

import httpx

from tests.chaos.city import City
from tests.support.journey import PUBLISH, image
from tests.support.stack import Stack

_PATIENCE = 1000
_PLATFORMS = ("facebook", "facebook", "facebook", "photo", "instagram")


@dataclass
class Wanted:
    """Something to publish: its text is its own, so the ledger shows how often it went out."""

    number: int
    text: str
    kind: str
    channel: int
    publication_id: str = ""
    tries: int = 0


def wanted(seed: int, count: int, channels: int) -> list[Wanted]:
    """Draw what to publish."""
    chance = random.Random(seed)
    return [
        Wanted(number, f"chaos {seed} {number}", chance.choice(_PLATFORMS), chance.randrange(channels))
        for number in range(count)
    ]


async def ask_for(city: City, item: Wanted) -> None:
    """Publish through one API or the other until one has accepted it."""
    while not item.publication_id:
        item.tries += 1
        assert item.tries < _PATIENCE, f"nobody accepts {item}"
        answer = await _answer(city.stacks[item.tries % len(city.stacks)], city, item)
        if answer is None:
            await asyncio.sleep(0.1)
            continue
        assert not answer["userErrors"], answer
        item.publication_id = answer["publication"]["id"]


async def _answer(stack: Stack, city: City, item: Wanted) -> Any:
    """Give the payload; None when there was no answer, or one that says to come again."""
    platform = "instagram" if item.kind == "instagram" else "facebook"
    name, shop = platform.capitalize(), city.channels[item.channel]
    content: dict[str, Any] = {"text": item.text} if platform == "facebook" else {"caption": item.text}
    if item.kind != "facebook":
        content["media"] = [image(f"{city.sandbox.url}/samples/{item.number}.jpg?width=400&height=400")]
    given = {"channelId": shop.of(platform), "idempotencyKey": item.text, **content}
    try:
        answer = await stack.client.send(PUBLISH % (name, name), input=given)
    except (httpx.TransportError, ValueError):
        return None
    if answer.get("errors"):
        codes = {error["extensions"]["code"] for error in answer["errors"]}
        assert codes <= {"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL"}, answer
        return None
    return answer["data"][f"publishTo{name}"]
