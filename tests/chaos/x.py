"""X under chaos: texts, images, polls and threads, at the sandbox."""

import asyncio
from typing import Any

from tests.chaos.quarter import SIGN_INS, Fault, Ground, Order, break_sandbox, seen_in
from tests.chaos.wanted import Wanted
from tests.support.journey import Journey, image

_POSTS = "POST /2/tweets"
FAULTS = (
    Fault("land_then_drop", _POSTS, 0.03),
    Fault("land_then_500", _POSTS, 0.02),
    Fault("x_refusal", _POSTS, 0.02, {"error": "500", "landed": True}),
    Fault("html_502", _POSTS, 0.02),
    Fault("drop_before", _POSTS, 0.02),
    Fault("no_id", _POSTS, 0.02),
    Fault("x_limit", _POSTS, 0.02, {"seconds": 3}),
    Fault("clean_503", "POST /2/media/upload", 0.05),
    Fault("land_then_drop", "POST /2/media/upload", 0.05),
    Fault("clean_503", "GET /2/users/:id/tweets", 0.1),
)
"""More than a tenth of all public calls ends in one of these. A limit of X's, else of a quarter of an hour, is over in
seconds."""
_IMAGES = {"image": 1, "images": 4}
_POLL = {"poll": {"options": ["Tea", "Coffee"]}}
_PLENTY = 1_000_000
_MOST_ACCOUNTS, _AT_ONCE = 20, 4


class XQuarter:
    """Some accounts, each with a sign-in of its own."""

    kinds = ("text", "text", "image", "images", "poll", "thread")
    commented = frozenset[str]()

    async def open(self, ground: Ground, channels: int) -> None:
        """Connect accounts; a day's posts are not counted, and there is money for all."""
        self._sandbox, journey, places = ground.sandbox, Journey(ground.client), asyncio.Semaphore(_AT_ONCE)
        await self._sandbox.change_x(credits_usd=_PLENTY, posts_per_user_day=_PLENTY, posts_per_app_day=_PLENTY)

        async def connected(number: int) -> str:
            async with places:
                account = await journey.connect(f"ordinary:{number}", platform="X", tries=SIGN_INS)
                (channel,) = await journey.select(account, [page["id"] for page in account["pages"]])
            return channel["id"]

        numbers = range(1, min(channels, _MOST_ACCOUNTS) + 1)
        self._channels = await asyncio.gather(*(connected(number) for number in numbers))

    async def break_platform(self, seed: int) -> None:
        """Put the sandbox's faults in force."""
        await break_sandbox(self._sandbox, FAULTS, seed)

    async def heal(self) -> None:
        """Lift all faults of the sandbox."""
        await self._sandbox.clear_faults()

    def order(self, item: Wanted) -> Order:
        """Say what to ask the API for."""
        content: dict[str, Any] = {"channelId": self._channels[item.place % len(self._channels)], "text": item.text}
        if item.kind in _IMAGES:
            samples = (f"{self._sandbox.url}/samples/{item.number}-{one}.jpg" for one in range(_IMAGES[item.kind]))
            content["media"] = [image(f"{sample}?width=400&height=400") for sample in samples]
        if item.kind == "poll":
            content["options"] = _POLL
        if item.further:
            content["thread"] = [{"text": text} for text in item.further]
        return Order("X", content)

    async def seen(self) -> dict[str, list[str]]:
        """Read the sandbox's ledger."""
        return await seen_in(self._sandbox, frozenset({"x"}))
