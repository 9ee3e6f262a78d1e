"""The matrix as data: kinds of posts, faults with where they strike, and what must come of each pair."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PostKind:
    """A kind of post: where it goes, what it has, and the call that makes it public.

    `told`: its upload has an id from the start, of which the platform itself says whether it is out.
    """

    title: str
    platform: str
    public_call: str
    images: int = 0
    videos: int = 0
    link: bool = False
    placement: str | None = None
    told: bool = False

    @property
    def has_text(self) -> bool:
        """Whether people can read something in it; a story has no text."""
        return self.placement != "STORY"


FEED, MEDIA_PUBLISH = "POST /feed", "POST /media_publish"
KINDS = (
    PostKind("Facebook text", "facebook", FEED),
    PostKind("Facebook link", "facebook", FEED, link=True),
    PostKind("Facebook photo", "facebook", FEED, images=1),
    PostKind("Facebook three photos", "facebook", FEED, images=3),
    PostKind("Facebook video", "facebook", "POST /videos/finish", videos=1, told=True),
    PostKind("Facebook Reel", "facebook", "POST /video_reels/finish", videos=1, placement="REEL", told=True),
    PostKind("Facebook video story", "facebook", "POST /video_stories/finish", videos=1, placement="STORY", told=True),
    PostKind("Facebook photo story", "facebook", "POST /photo_stories", images=1, placement="STORY"),
    PostKind("Instagram image", "instagram", MEDIA_PUBLISH, images=1),
    PostKind("Instagram carousel", "instagram", MEDIA_PUBLISH, images=2, videos=1),
    PostKind("Instagram Reel", "instagram", MEDIA_PUBLISH, videos=1, placement="REEL"),
    PostKind("Instagram story", "instagram", MEDIA_PUBLISH, images=1, placement="STORY"),
)


@dataclass(frozen=True)
class Strike:
    """One rule of the sandbox: a fault, where (None: at the public call), and which of the calls."""

    fault: str
    endpoint: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    when: dict[str, Any] = field(default_factory=lambda: {"next_calls": 1})


ALWAYS: dict[str, Any] = {}


@dataclass(frozen=True)
class Row:
    """A fault of the matrix. `ends` is the state that is true, `copies` how many the public then sees.

    `once_told` is the same where the platform says of an upload whether it is out. `alone` where it befalls everything
    of the person who signed in, `about_text` where there is no such fault without a text, `long` where it takes
    minutes.
    """

    title: str
    strikes: tuple[Strike, ...]
    ends: str = "PUBLISHED"
    copies: int = 1
    once_told: tuple[int, str] | None = None
    only: str | None = None
    alone: bool = False
    about_text: bool = False
    long: bool = False

    def befalls(self, kind: PostKind) -> bool:
        """Whether there is such a fault for a kind of post."""
        return self.only in {None, kind.platform} and (kind.has_text or not self.about_text)

    def wanted(self, kind: PostKind) -> tuple[int, str]:
        """Say how many copies there must be in the end, and in which state."""
        return self.once_told if kind.told and self.once_told else (self.copies, self.ends)


ROWS = (
    Row("none", ()),
    Row("accepted, then the connection is cut", (Strike("land_then_drop"),)),
    Row("accepted, then HTTP 500", (Strike("land_then_500"),)),
    Row("HTML 502", (Strike("html_502"),)),
    Row("clean 503 for five seconds, everywhere", (Strike("clean_503", "*", when={"lasting_seconds": 5}),)),
    Row("cut before anything was done", (Strike("drop_before"),)),
    Row("slower than the timeout", (Strike("slow", options={"seconds": 2, "landed": True}),)),
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


def cells() -> list[tuple[Row, PostKind]]:
    """List every pair that can happen, row by row."""
    return [(row, kind) for row in ROWS for kind in KINDS if row.befalls(kind)]
