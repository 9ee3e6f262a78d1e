"""Bluesky under chaos: texts, images, link cards and threads, at a real server behind a road with faults."""

import random
from typing import Any

from tests.chaos.quarter import Ground, Order
from tests.chaos.wanted import Wanted
from tests.support.bluesky import channel_of
from tests.support.journey import Journey, image
from tests.support.pds import Person, running_pds
from tests.support.xrpc_road import CREATE, Meeting, xrpc_road

_UPLOAD, _LOOK = "com.atproto.repo.uploadBlob", "com.atproto.repo.getRecord"
_LIMITED = {"error": "RateLimitedExceeded", "message": "Rate Limit Exceeded"}
MEETINGS = {
    CREATE: (
        (0.03, Meeting(lands=True)),
        (0.02, Meeting(lands=True, status=500, body={"error": "InternalServerError"})),
        (0.02, Meeting(lands=True, status=200, body=b"<html>")),
        (0.02, Meeting(lands=False)),
        (0.02, Meeting(lands=False, status=502, body=b"<html>")),
        (0.01, Meeting(lands=False, status=429, body=_LIMITED, headers={"retry-after": "3"})),
    ),
    _UPLOAD: ((0.05, Meeting(lands=False)), (0.05, Meeting(lands=True))),
    _LOOK: ((0.1, Meeting(lands=False, status=503, body={"error": "UpstreamFailure"})),),
}
"""What the calls of a name meet with, and how likely: about a tenth of all public ones."""
_IMAGES = {"image": 1, "images": 4}
_MOST_ACCOUNTS = 8  # a server takes its time for each password


class BlueskyQuarter:
    """Some accounts on one server."""

    kinds = ("text", "text", "image", "images", "link", "thread")
    commented = frozenset[str]()

    async def open(self, ground: Ground, channels: int) -> None:
        """Run a server and its road, make accounts and connect them."""
        self._sandbox = ground.sandbox
        self._pds = await ground.held.enter_async_context(running_pds())
        self._road = await ground.held.enter_async_context(xrpc_road(self._pds.url))
        self._people: list[Person] = [await self._pds.person() for _ in range(min(channels, _MOST_ACCOUNTS))]
        journey = Journey(ground.client)
        self._channels = [await channel_of(journey, self._road.url, person) for person in self._people]

    async def break_platform(self, seed: int) -> None:
        """Let calls on the road go wrong by chance."""
        chance = random.Random(seed)

        def drawn(name: str) -> Meeting | None:
            draw = chance.random()
            for probability, meeting in MEETINGS.get(name, ()):
                if (draw := draw - probability) < 0:
                    return meeting
            return None

        self._road.by_chance = drawn

    async def heal(self) -> None:
        """Let every call through."""
        self._road.by_chance = lambda _: None

    def order(self, item: Wanted) -> Order:
        """Say what to ask the API for."""
        content: dict[str, Any] = {"channelId": self._channels[item.place % len(self._channels)], "text": item.text}
        if item.kind in _IMAGES:
            samples = (f"{self._sandbox.url}/samples/{item.number}-{one}.jpg" for one in range(_IMAGES[item.kind]))
            content["media"] = [image(f"{sample}?width=400&height=400") for sample in samples]
        if item.kind == "link":
            content["link"] = "https://example.com/news"
        if item.further:
            content["thread"] = [{"text": text} for text in item.further]
        return Order("Bluesky", content)

    async def seen(self) -> dict[str, list[str]]:
        """Read the accounts' records."""
        copies: dict[str, list[str]] = {}
        for person in self._people:
            for post in await self._pds.posts(person):
                copies.setdefault(post["value"]["text"], []).append(post["uri"])
        return copies
