"""Callers who do not give up: each publication is asked for with its idempotency key until an API accepts it."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.chaos.city import City
from tests.support.journey import PUBLISH, image
from tests.support.stack import Stack

_PATIENCE = 1000
_COMMENTED = 0.2
_FILM = "width=720&height=1280&seconds=5"
QUICK = ("facebook", "facebook", "facebook", "photo", "instagram")
"""Kinds that are public as soon as their call is answered."""
ALL = (*QUICK, "video", "reel")
"""With those that Facebook takes and then works on: their outcome is not known at first."""


@dataclass
class Wanted:
    """Something to publish: its text is its own, so the ledger shows how often it went out."""

    number: int
    text: str
    kind: str
    channel: int
    comment: str | None = None
    publication_id: str = ""
    tries: int = 0


def wanted(seed: int, count: int, channels: int, kinds: Sequence[str] = ALL) -> list[Wanted]:
    """Draw what to publish; about a fifth has a first comment, with a text of its own."""
    chance = random.Random(seed)
    items = [
        Wanted(number, f"chaos {seed} {number}", chance.choice(kinds), chance.randrange(channels))
        for number in range(count)
    ]
    for item in items:
        item.comment = f"comment on {item.text}" if chance.random() < _COMMENTED else None
    return items


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
    if item.kind in {"video", "reel"}:
        content["media"] = [image(f"{city.sandbox.url}/samples/{item.number}.mp4?{_FILM}")]
    elif item.kind != "facebook":
        content["media"] = [image(f"{city.sandbox.url}/samples/{item.number}.jpg?width=400&height=400")]
    if item.kind == "reel":
        content["options"] = {"placement": "REEL"}
    if item.comment:
        content["firstComment"] = item.comment
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
