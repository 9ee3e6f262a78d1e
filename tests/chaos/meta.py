"""Facebook and Instagram under chaos: posts, photos, videos, Reels and first comments, at the sandbox."""

from typing import Any

from tests.chaos.quarter import SIGN_INS, Fault, Ground, Order, break_sandbox, seen_in
from tests.chaos.wanted import Wanted
from tests.support.journey import Channels, Journey, image

_FILM = "width=720&height=1280&seconds=5"
QUICK = ("facebook", "facebook", "facebook", "photo", "instagram")
"""Kinds that are public as soon as their call is answered."""
FAULTS = (
    Fault("land_then_drop", "POST /feed", 0.03),
    Fault("land_then_500", "POST /feed", 0.02),
    Fault("html_502", "POST /feed", 0.02),
    Fault("drop_before", "POST /feed", 0.02),
    Fault("no_id", "POST /feed", 0.02),
    Fault("rate", "POST /feed", 0.01, {"code": 32, "minutes": 0.05}),
    Fault("land_then_drop", "POST /media_publish", 0.03),
    Fault("publish_then_2207051", "POST /media_publish", 0.03),
    Fault("finished_but_9007", "POST /media_publish", 0.02),
    Fault("clean_503", "POST /media_publish", 0.02),
    Fault("clean_503", "POST /media", 0.05),
    Fault("land_then_drop", "POST /photos", 0.05),
    Fault("clean_503", "GET /published_posts", 0.1),
    Fault("container_unreadable", "GET /container", 0.02),
    Fault("feed_lag", "POST /feed", 0.1, {"seconds": 1.0}),
    Fault("land_then_drop", "POST /videos/transfer", 0.05),
    Fault("land_then_drop", "POST /videos/finish", 0.05),
    Fault("land_then_drop", "POST /video_reels/finish", 0.05),
    Fault("land_then_drop", "POST /comments", 0.05),
    Fault("drop_before", "POST /comments", 0.05),
)
"""About a tenth of all public calls ends in one of these."""


class MetaQuarter:
    """A person's Pages with their Instagram accounts."""

    kinds = (*QUICK, "video", "reel")
    commented = frozenset(kinds)

    async def open(self, ground: Ground, channels: int) -> None:
        """Sign in as somebody with that many Pages, and choose them all."""
        self._sandbox, persona, journey = ground.sandbox, f"many:{channels}", Journey(ground.client)
        account = await journey.connect(persona, tries=SIGN_INS)
        people = (await ground.sandbox.personas())["people"]
        self.shops: list[Channels] = await journey.choose_all(account, people[persona]["pages"])

    async def break_platform(self, seed: int) -> None:
        """Put the sandbox's faults in force."""
        await break_sandbox(self._sandbox, FAULTS, seed)

    async def heal(self) -> None:
        """Lift all faults of the sandbox."""
        await self._sandbox.clear_faults()

    def order(self, item: Wanted) -> Order:
        """Say what to ask the API for."""
        platform = "instagram" if item.kind == "instagram" else "facebook"
        shop = self.shops[item.place % len(self.shops)]
        content: dict[str, Any] = {"text" if platform == "facebook" else "caption": item.text}
        samples = f"{self._sandbox.url}/samples/{item.number}"
        if item.kind in {"video", "reel"}:
            content["media"] = [image(f"{samples}.mp4?{_FILM}")]
        elif item.kind != "facebook":
            content["media"] = [image(f"{samples}.jpg?width=400&height=400")]
        if item.kind == "reel":
            content["options"] = {"placement": "REEL"}
        return Order(platform.capitalize(), {"channelId": shop.of(platform), **content})

    async def seen(self) -> dict[str, list[str]]:
        """Read the sandbox's ledger."""
        return await seen_in(self._sandbox, frozenset({"facebook", "instagram"}))
