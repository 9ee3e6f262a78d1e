"""The fault matrix of Facebook and Instagram, at the sandbox.

Each cell is a publication of a Page of its own; where the fault befalls a whole person, of a person of its own.
"""

import asyncio
from contextlib import AsyncExitStack

from tests.matrix.cells import ALWAYS, PostKind, Row, Strike
from tests.matrix.place import Matrix, Place
from tests.matrix.sandboxed import SandboxPlace
from tests.matrix.town import NEVER_SECONDS, SLOW_SECONDS, Town
from tests.support.journey import Channels, Journey
from tests.support.programs import ROOT

_HEAD = """# The fault matrix

What comes of one publication when its platform fails in every way it is known for. Each cell is a publication of its
own through the real API, a real worker and the sandbox; copies are counted in the sandbox's ledger, which is what the
public sees. Unless the row says otherwise, the fault strikes the call that makes the post public, once.

A cell shows live copies, the state the server ends in, and the seconds it took while all cells of all platforms were
filled at once, with windows made short (lease 4 s, settle window 6 s, deadline of a call 2 s). "-": that platform has
no such fault. `make matrix` prints the table; `python -m tests.matrix meta --write` writes this page.

"""
_REEL, _STORY = {"placement": "REEL"}, {"placement": "STORY"}
FEED, MEDIA_PUBLISH = "POST /feed", "POST /media_publish"
KINDS = (
    PostKind("Facebook text", "facebook", FEED),
    PostKind("Facebook link", "facebook", FEED, link=True),
    PostKind("Facebook photo", "facebook", FEED, images=1),
    PostKind("Facebook three photos", "facebook", FEED, images=3),
    PostKind("Facebook video", "facebook", "POST /videos/finish", videos=1, told=True, nameless=True),
    PostKind("Facebook Reel", "facebook", "POST /video_reels/finish", videos=1, options=_REEL, told=True),
    PostKind(
        "Facebook video story",
        "facebook",
        "POST /video_stories/finish",
        videos=1,
        options=_STORY,
        told=True,
    ),
    PostKind("Facebook photo story", "facebook", "POST /photo_stories", images=1, options=_STORY),
    PostKind("Instagram image", "instagram", MEDIA_PUBLISH, images=1, told=True),
    PostKind("Instagram carousel", "instagram", MEDIA_PUBLISH, images=2, videos=1, told=True),
    PostKind("Instagram Reel", "instagram", MEDIA_PUBLISH, videos=1, options=_REEL, told=True),
    PostKind("Instagram story", "instagram", MEDIA_PUBLISH, images=1, options=_STORY, told=True),
)


ROWS = (
    Row("none", ()),
    Row("accepted, then the connection is cut", (Strike("land_then_drop"),)),
    Row("accepted, then HTTP 500", (Strike("land_then_500"),)),
    Row("accepted, and its id is not told", (Strike("no_id"),), about_id=True),
    Row(
        "accepted, its id is not told, and it is never shown",
        (Strike("feed_lag", options={"seconds": NEVER_SECONDS}), Strike("no_id")),
        ends="NEEDS_ATTENTION",
        once_told=(1, "PUBLISHED"),
        about_id=True,
    ),
    Row("HTML 502", (Strike("html_502"),)),
    Row("clean 503 for five seconds, everywhere", (Strike("clean_503", "*", when={"lasting_seconds": 5}),)),
    Row("cut before anything was done", (Strike("drop_before"),)),
    Row("slower than the timeout", (Strike("slow", options={"seconds": SLOW_SECONDS, "landed": True}),)),
    Row("answer that cannot be read", (Strike("unreadable_200"),)),
    Row(
        "finished, but 9007 three times",
        (Strike("finished_but_9007", options={"times": 3}, when=ALWAYS),),
        only="instagram",
    ),
    Row("published, but 2207051", (Strike("publish_then_2207051"),), only="instagram"),
    Row(
        "container unreadable",
        (Strike("container_unreadable", "GET /container", when=ALWAYS),),
        only="instagram",
        long=True,
    ),
    Row(
        "container unreadable, and the answer cut",
        (Strike("container_unreadable", "GET /container", when=ALWAYS), Strike("land_then_drop")),
        only="instagram",
        long=True,
    ),
    Row(
        "the Page is rate limited, with headers",
        (Strike("rate", options={"code": 80001, "minutes": 0.05}),),
        only="facebook",
        long=True,
    ),
    Row(
        "the account is rate limited, with headers",
        (Strike("rate", options={"code": 80002, "minutes": 0.05}),),
        only="instagram",
        long=True,
    ),
    Row("token revoked", (Strike("reset_token", options={"subcode": 460}),), ends="HELD", copies=0, alone=True),
    Row(
        "accepted, cut, and shown a second late",
        (Strike("feed_lag", options={"seconds": 1}), Strike("land_then_drop")),
    ),
    Row(
        "said to be a duplicate, and it is not",
        (Strike("duplicate_506"),),
        ends="NEEDS_ATTENTION",
        copies=0,
        once_told=(1, "PUBLISHED"),
        only="facebook",
        about_text=True,
    ),
)


async def _places(town: Town, _: AsyncExitStack) -> list[Place]:
    pairs = META.cells()
    people = [*range(1, sum(row.alone for row, _ in pairs) + 1), len(pairs)]
    *alone, many = await asyncio.gather(*(_person(town, number) for number in people))
    return [_place(town, kind, alone.pop()[0] if row.alone else many.pop()) for row, kind in pairs]


async def _person(town: Town, pages: int) -> list[Channels]:
    """Connect somebody with that many Pages and choose them all."""
    journey, persona = Journey(town.stack.client), f"many:{pages}"
    account = await journey.connect(persona)
    people = (await town.sandbox.personas())["people"]
    return await journey.choose_all(account, people[persona]["pages"])


def _place(town: Town, kind: PostKind, shop: Channels) -> Place:
    return SandboxPlace(town, kind.platform, shop.of(kind.platform), shop.platform_id(kind.platform))


META = Matrix("meta", ROOT / "docs" / "matrix.md", _HEAD, ROWS, KINDS, _places)
