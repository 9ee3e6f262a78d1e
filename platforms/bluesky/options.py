"""What only Bluesky knows of a post: nothing yet but where it appears."""

from dataclasses import dataclass
from enum import StrEnum


class BlueskyPlacement(StrEnum):
    """Where a Bluesky post appears."""

    FEED = "feed"


@dataclass(frozen=True, slots=True)
class BlueskyOptions:
    """Options of a post on a Bluesky account."""

    placement: BlueskyPlacement = BlueskyPlacement.FEED
