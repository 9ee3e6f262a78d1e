"""Workers that come back after days: what was to go out meanwhile waits for a person, as the ledger shows."""

import asyncio
from collections.abc import Sequence

from publishing.ids import Kind, parse_id
from tests.e2e.conftest import Town
from tests.e2e.test_deciding import RETRY, SEEN
from tests.support.journey import Channels, image
from tests.support.rows import change_rows

WAITING = ("SCHEDULED", "QUEUED", "RETRYING", "PROCESSING", "HELD")
OVERDUE = "It is too late to go out unasked."
CRASHED = "Workers died on it too often."


async def test_nothing_goes_out_as_a_surprise_and_a_person_sends_it_or_calls_it_off(mortal_town: Town):
    """From every state that a worker or a renewed sign-in takes up by itself; and what killed its workers."""
    town, shops = mortal_town, [mortal_town.shop() for _ in range(3)]
    *ids, poison = [await _accepted(town, shop, platform) for shop in shops for platform in ("facebook", "instagram")]
    await _age(town, ids, poison)

    await town.stack.start_worker()
    found = await asyncio.gather(*(town.journey.outcome(one, among=("NEEDS_ATTENTION",)) for one in (*ids, poison)))
    seen = [await town.journey.ask(SEEN, id=one["id"]) for one in found]

    assert [one["history"][-1]["reason"] for one in seen] == [OVERDUE] * len(ids) + [CRASHED]
    assert all(one["allowedActions"] == ["CANCEL", "RETRY"] for one in seen)
    assert await _public(town, shops) == []

    called_off, *wanted = [one["id"] for one in found]
    canceled = await town.journey.cancel(called_off)
    for one in wanted:
        assert not (await town.journey.ask(RETRY, input={"publicationId": one}))["userErrors"]
    ended = await asyncio.gather(*(town.journey.outcome(one, among=("PUBLISHED",)) for one in wanted))

    assert canceled["publication"]["status"] == "CANCELED"
    assert sorted(await _public(town, shops)) == sorted(one["platformPostId"] for one in ended)


async def _accepted(town: Town, shop: Channels, platform: str) -> str:
    if platform == "facebook":
        return await town.journey.accepted("facebook", shop.facebook, text="Late")
    media = [image(town.picture("late", width=400, height=400))]
    return await town.journey.accepted("instagram", shop.instagram, caption="Late", media=media)


async def _age(town: Town, ids: Sequence[str], poison: str) -> None:
    """As if nobody had worked since 2020, each in a state of its own and due now; and two workers had died of one."""
    url = town.stack.settings["AGM_DATABASE_URL"]
    for publication_id, status in zip(ids, WAITING, strict=True):
        changed = f"status = '{status.lower()}', created_at = '2020-01-01 00:00:00+00:00'"
        await change_rows(url, _update(publication_id, changed))
    over = "status = 'preparing', lost_leases = 2, lease_until = '2020-01-01 00:00:00+00:00'"
    await change_rows(url, _update(poison, over))


def _update(publication_id: str, changed: str) -> str:
    return f"UPDATE publication SET {changed} WHERE id = '{parse_id(Kind.PUBLICATION, publication_id)}'"


async def _public(town: Town, shops: Sequence[Channels]) -> list[str]:
    return [
        entry["public_id"]
        for shop in shops
        for platform in ("facebook", "instagram")
        for entry in await town.public(shop, platform)
    ]
