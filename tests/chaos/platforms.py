"""The quarters there are, by their platforms' names."""

import os

from tests.chaos.bluesky import BlueskyQuarter
from tests.chaos.linkedin import LinkedInQuarter
from tests.chaos.meta import MetaQuarter
from tests.chaos.quarter import Quarter
from tests.chaos.x import XQuarter
from tests.support.pds import FOLDER


def all_quarters() -> dict[str, Quarter]:
    """Make a quarter of every platform; Meta's is there twice, for two platforms.

    Raises:
        RuntimeError: There is no server for Bluesky, and this is CI.
    """
    quarters: dict[str, Quarter] = {"meta": MetaQuarter(), "linkedin": LinkedInQuarter(), "x": XQuarter()}
    if (FOLDER / ".ready").is_file():
        return {**quarters, "bluesky": BlueskyQuarter()}
    missing = "NOTHING IS PUBLISHED TO A REAL BLUESKY SERVER: run `make pds`, which needs npm's registry"
    if os.environ.get("CI"):
        raise RuntimeError(missing)
    print(missing)
    return quarters


SHARES = {"meta": 4, "linkedin": 2, "x": 2, "bluesky": 1}
"""How much of what is published goes where."""
