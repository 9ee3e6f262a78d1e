"""What only X knows of a post."""

from dataclasses import dataclass
from enum import StrEnum


class XPlacement(StrEnum):
    """What a post on X is besides its text and files."""

    FEED = "feed"
    POLL = "poll"


class XReplySettings(StrEnum):
    """Who may reply to a post."""

    EVERYONE = "everyone"
    FOLLOWING = "following"
    MENTIONED = "mentioned"
    SUBSCRIBERS = "subscribers"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class XPoll:
    """Answers to choose from, below a post's text."""

    options: tuple[str, ...]
    duration_minutes: int = 1_440


@dataclass(frozen=True, slots=True)
class XOptions:
    """Options of a post on X; of a thread they are those of its first part."""

    reply_settings: XReplySettings = XReplySettings.EVERYONE
    quote_post_id: str | None = None
    poll: XPoll | None = None

    @property
    def placement(self) -> XPlacement:
        """Which kinds of post it can be: a poll has no files."""
        return XPlacement.POLL if self.poll else XPlacement.FEED
