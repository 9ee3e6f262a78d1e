"""What only Instagram knows of a post."""

from dataclasses import dataclass
from enum import StrEnum


class InstagramPlacement(StrEnum):
    """Where an Instagram post appears. FEED makes a carousel of several files; CAROUSEL insists on one."""

    FEED = "feed"
    CAROUSEL = "carousel"
    REEL = "reel"
    STORY = "story"


class QuotaChoice(StrEnum):
    """What happens to a post for which the account's publishing quota has no room."""

    WAIT = "wait"
    REFUSE = "refuse"


class VideoTransfer(StrEnum):
    """How a video comes to Instagram: fetched by it from this server, or sent by this server."""

    FETCH = "fetch"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class UserTag:
    """An account tagged in a file: fractions of its width and height from the top left; none in a video.

    `media` is the place of the file in the post, from 0.
    """

    handle: str
    x: float | None = None
    y: float | None = None
    media: int = 0


@dataclass(frozen=True, slots=True)
class InstagramOptions:
    """Options of a post on an Instagram account. `cover_offset` is in milliseconds from a video's start."""

    placement: InstagramPlacement = InstagramPlacement.FEED
    user_tags: tuple[UserTag, ...] = ()
    collaborators: tuple[str, ...] = ()
    location_id: str | None = None
    share_to_feed: bool = True
    cover_url: str | None = None
    cover_offset: int | None = None
    video_transfer: VideoTransfer = VideoTransfer.FETCH
    when_quota_is_used_up: QuotaChoice = QuotaChoice.WAIT
