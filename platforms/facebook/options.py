"""What only Facebook knows of a post."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FacebookPlacement(StrEnum):
    """Where a Facebook post appears."""

    FEED = "feed"
    REEL = "reel"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class FacebookOptions:
    """Options of a post on a Page. `title` is that of a video or Reel; `backdated_to` is always refused."""

    placement: FacebookPlacement = FacebookPlacement.FEED
    title: str | None = None
    backdated_to: datetime | None = None
