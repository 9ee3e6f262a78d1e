"""What only LinkedIn knows of a post."""

from dataclasses import dataclass
from enum import StrEnum


class LinkedInPlacement(StrEnum):
    """What a LinkedIn post is besides its text and files."""

    FEED = "feed"
    POLL = "poll"


class LinkedInVisibility(StrEnum):
    """Who sees a LinkedIn post."""

    PUBLIC = "public"
    CONNECTIONS = "connections"


class PollDuration(StrEnum):
    """How long a poll takes votes."""

    ONE_DAY = "one_day"
    THREE_DAYS = "three_days"
    SEVEN_DAYS = "seven_days"
    FOURTEEN_DAYS = "fourteen_days"


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with its answers."""

    question: str
    options: tuple[str, ...]
    duration: PollDuration = PollDuration.THREE_DAYS


@dataclass(frozen=True, slots=True)
class LinkedInOptions:
    """Options of a LinkedIn post. `link_title` and `link_description` are of the card of a post's link."""

    visibility: LinkedInVisibility = LinkedInVisibility.PUBLIC
    poll: Poll | None = None
    link_title: str | None = None
    link_description: str | None = None
    video_title: str | None = None
    document_title: str | None = None

    @property
    def placement(self) -> LinkedInPlacement:
        """Which kinds of post it can be: a poll has no files."""
        return LinkedInPlacement.POLL if self.poll else LinkedInPlacement.FEED
