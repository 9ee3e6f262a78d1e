"""Callers who do not give up: each publication is asked for with its idempotency key until an API accepts it."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.chaos.city import City
from tests.chaos.wanted import Wanted
from tests.support.journey import PUBLISH
from tests.support.stack import Stack

_PATIENCE = 1000
_COMMENTED = 0.2
_PLACES = 10_000


def wanted(
    city: City, seed: int, count: int, kinds: Mapping[str, Sequence[str]], shares: Mapping[str, int]
) -> list[Wanted]:
    """Draw what to publish; about a fifth of what can have a first comment has one, with a text of its own."""
    chance, items = random.Random(seed), list[Wanted]()
    for number in range(count):
        (quarter,) = chance.choices(list(kinds), weights=[shares[name] for name in kinds])
        kind = chance.choice(kinds[quarter])
        item = Wanted(number, f"chaos {seed} {number}", quarter, kind, chance.randrange(_PLACES))
        is_commented = chance.random() < _COMMENTED and kind in city.quarters[quarter].commented
        item.comment = f"comment on {item.text}" if is_commented else None
        items.append(item)
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
    order = city.quarters[item.quarter].order(item)
    given = {**order.input, "idempotencyKey": item.text}
    if item.comment:
        given["firstComment"] = item.comment
    try:
        answer = await stack.client.send(PUBLISH % (order.name, order.name), input=given)
    except (httpx.TransportError, ValueError):
        return None
    if answer.get("errors"):
        codes = {error["extensions"]["code"] for error in answer["errors"]}
        assert codes <= {"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL"}, answer
        return None
    return answer["data"][f"publishTo{order.name}"]
