"""Pages that are named for what goes wrong on them: whoever connects them chooses a mishap by choosing a Page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MINUTE, DAY = 60, 86_400
TO_FACEBOOK = (
    "POST /feed",
    "POST /videos",
    "POST /videos/finish",
    "POST /video_reels/finish",
    "POST /video_stories/finish",
    "POST /photo_stories",
)
TO_INSTAGRAM = "POST /media_publish"


@dataclass(frozen=True, slots=True)
class StandingFault:
    """A fault that is always in force on one Page, or on its Instagram account."""

    name: str
    endpoint: str
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    on_instagram: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong on a Page.

    Attributes:
        name: The Page's name.
        about: The same in a sentence, for the consent page.
        faults: What is in force there; nobody can lift it.
        processing_seconds: How long Instagram works on a container; None is what the sandbox's settings say.
        token_seconds: How long a Page token of it works; None is as long as any other.
    """

    name: str
    about: str
    faults: tuple[StandingFault, ...] = ()
    processing_seconds: float | None = None
    token_seconds: float | None = None


def _facebook(name: str, *endpoints: str, **options: Any) -> tuple[StandingFault, ...]:
    """At every call that makes something public on a Page, or at those that are named."""
    return tuple(StandingFault(name, endpoint, options) for endpoint in endpoints or TO_FACEBOOK)


def _instagram(name: str, endpoint: str = TO_INSTAGRAM, **options: Any) -> StandingFault:
    return StandingFault(name, endpoint, options, on_instagram=True)


def _both(name: str, **options: Any) -> tuple[StandingFault, ...]:
    return (*_facebook(name, **options), _instagram(name, **options))


TROUBLES = (
    Trouble("All is well", "Nothing goes wrong here."),
    Trouble("Slow Facebook", "Facebook takes 20 seconds before it works on a post.", _facebook("slow", seconds=20)),
    Trouble("Slow Instagram", "Instagram works 45 seconds on each image.", processing_seconds=45),
    Trouble("Instagram never finishes", "Instagram works on an image until it expires.", processing_seconds=2 * DAY),
    Trouble(
        "Loses the answer", "The post goes out, then the connection is cut without an answer.", _both("land_then_drop")
    ),
    Trouble("Hangs up", "The connection is cut before anything is done.", _both("drop_before")),
    Trouble("Asks to retry", "The post goes out, and the answer is 500: please retry.", _both("land_then_500")),
    Trouble("Half an answer", "The post goes out, and the answer breaks off in the middle.", _both("unreadable_200")),
    Trouble("Out of order", "Every call to publish is answered 503.", _both("clean_503", retry_after=30)),
    Trouble(
        "Rate limited",
        "Every call to publish is refused for a minute: too many calls.",
        (
            *_facebook("rate", "POST *", code=80001, minutes=1),
            _instagram("rate", "POST *", code=80002, minutes=1),
        ),
    ),
    Trouble("Token expires soon", "The token of this Page works for ten minutes.", token_seconds=10 * MINUTE),
    Trouble(
        "Token dies",
        "The first call to publish ends the token of this Page (190/467).",
        _both("reset_token", subcode=467),
    ),
    Trouble(
        "Says duplicate",
        "Facebook refuses every text as posted already (506).",
        _facebook("duplicate_506", "POST /feed", "POST /videos", "POST /videos/finish", "POST /video_reels/finish"),
    ),
    Trouble(
        "Blocked after posting",
        "Instagram publishes, then says that this is blocked.",
        (_instagram("publish_then_2207051"),),
    ),
    Trouble(
        "Not ready yet",
        "Instagram refuses a finished image twice as not ready.",
        (_instagram("finished_but_9007", times=2),),
    ),
    Trouble(
        "Unreadable container",
        "Instagram denies that an image is there, and publishes it all the same.",
        (_instagram("container_unreadable", "GET /container"),),
    ),
    Trouble(
        "No permalink",
        "What was posted has no permalink that can be read.",
        (*_facebook("permalink_100_33", "GET /post"), _instagram("permalink_100_33", "GET /ig-media")),
    ),
    Trouble("Late in the feed", "Posts show up in lists two minutes late.", _both("feed_lag", seconds=2 * MINUTE)),
)
"""In the order in which the consent page shows them."""
