"""LinkedIn under chaos: a member and Pages, texts, images, polls and first comments, at the sandbox."""

from typing import Any

from tests.chaos.quarter import SIGN_INS, Fault, Ground, Order, break_sandbox, seen_in
from tests.chaos.wanted import Wanted
from tests.support.journey import Journey, image

_POSTS, _COMMENTS = "POST /rest/posts", "POST /rest/socialActions/{urn}/comments"
FAULTS = (
    Fault("land_then_drop", _POSTS, 0.03),
    Fault("land_then_500", _POSTS, 0.02),
    Fault("no_restli_id", _POSTS, 0.02),
    Fault("html_502", _POSTS, 0.02),
    Fault("linkedin_day_limit", _POSTS, 0.02, {"seconds": 3}),
    Fault("drop_before", _POSTS, 0.02),
    Fault("linkedin_error", _POSTS, 0.02, {"error": "504", "landed": True}),
    Fault("clean_503", "POST /rest/images/initializeUpload", 0.05),
    Fault("drop_before", "PUT /dms-uploads/image/{key}", 0.05),
    Fault("clean_503", "GET /rest/posts", 0.1),
    Fault("land_then_drop", _COMMENTS, 0.05),
    Fault("drop_before", _COMMENTS, 0.05),
)
"""More than a tenth of all public calls ends in one of these. LinkedIn's day, after which it takes posts again, is over
in seconds."""
_IMAGES = {"image": 1, "images": 3}
_POLL = {"poll": {"question": "Tea or coffee?", "options": ["Tea", "Coffee"]}}
_PLENTY = 1_000_000


class LinkedInQuarter:
    """A member, and somebody else's Pages."""

    kinds = ("member", "text", "text", "image", "images", "poll")
    commented = frozenset({"text", "image", "images", "poll"})

    async def open(self, ground: Ground, channels: int) -> None:
        """Sign in by both of LinkedIn's apps; a day's posts are not counted."""
        self._sandbox, journey = ground.sandbox, Journey(ground.client)
        await ground.sandbox.change_linkedin(posts_per_member=_PLENTY, posts_per_app=_PLENTY)
        self._member = await _chosen(journey, "member", "LINKEDIN", 1)
        self._pages = await _chosen(journey, "organisations", "LINKEDIN_PAGES", channels)

    async def break_platform(self, seed: int) -> None:
        """Put the sandbox's faults in force."""
        await break_sandbox(self._sandbox, FAULTS, seed)

    async def heal(self) -> None:
        """Lift all faults of the sandbox."""
        await self._sandbox.clear_faults()

    def order(self, item: Wanted) -> Order:
        """Say what to ask the API for."""
        channels = self._member if item.kind == "member" else self._pages
        content: dict[str, Any] = {"channelId": channels[item.place % len(channels)], "text": item.text}
        if item.kind in _IMAGES:
            samples = (f"{self._sandbox.url}/samples/{item.number}-{one}.jpg" for one in range(_IMAGES[item.kind]))
            content["media"] = [image(f"{sample}?width=400&height=400") for sample in samples]
        if item.kind == "poll":
            content["options"] = _POLL
        return Order("LinkedIn", content)

    async def seen(self) -> dict[str, list[str]]:
        """Read the sandbox's ledger."""
        return await seen_in(self._sandbox, frozenset({"linkedin"}))


async def _chosen(journey: Journey, persona: str, platform: str, most: int) -> list[str]:
    account = await journey.connect(persona, platform=platform, tries=SIGN_INS)
    offered = [page["id"] for page in account["pages"] if page["publishable"]][:most]
    return [channel["id"] for channel in await journey.select(account, offered)]
