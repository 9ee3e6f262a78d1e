"""The matrix as data: kinds of posts, faults with where they strike, and what must come of each pair."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PostKind:
    """A kind of post: where it goes, how many images it has, and the call that makes it public."""

    title: str
    platform: str
    public_call: str
    images: int = 0
    link: bool = False


FACEBOOK, INSTAGRAM = "POST /feed", "POST /media_publish"
KINDS = (
    PostKind("Facebook text", "facebook", FACEBOOK),
    PostKind("Facebook link", "facebook", FACEBOOK, link=True),
    PostKind("Facebook photo", "facebook", FACEBOOK, images=1),
    PostKind("Facebook three photos", "facebook", FACEBOOK, images=3),
    PostKind("Instagram image", "instagram", INSTAGRAM, images=1),
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

    `alone` where it befalls everything of the person who signed in.
    """

    title: str
    strikes: tuple[Strike, ...]
    ends: str = "PUBLISHED"
    copies: int = 1
    only: str | None = None
    alone: bool = False


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
    Row("container unreadable", (Strike("container_unreadable", "GET /container", when=ALWAYS),), only="instagram"),
    Row(
        "container unreadable, and the answer cut",
        (Strike("container_unreadable", "GET /container", when=ALWAYS), Strike("land_then_drop")),
        only="instagram",
    ),
    Row(
        "the Page is rate limited, with headers",
        (Strike("rate", options={"code": 80001, "minutes": 0.05}),),
        only="facebook",
    ),
    Row(
        "the account is rate limited, with headers",
        (Strike("rate", options={"code": 80002, "minutes": 0.05}),),
        only="instagram",
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
        only="facebook",
    ),
)


def cells() -> list[tuple[Row, PostKind]]:
    """List every pair that can happen, row by row."""
    return [(row, kind) for row in ROWS for kind in KINDS if row.only in {None, kind.platform}]
