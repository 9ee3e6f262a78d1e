"""When failed work is tried again: exponential, with jitter, never before the platform allows it."""

import random
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum


@dataclass(frozen=True, slots=True)
class Schedule:
    """Waits of `first`, doubling up to `longest`, `tries` times in all."""

    first: timedelta
    longest: timedelta
    tries: int


class Backoff(Enum):
    """How long to insist, by what failed."""

    PLATFORM = Schedule(first=timedelta(seconds=2), longest=timedelta(minutes=5), tries=14)
    """About 40 minutes: an outage of ten loses nothing."""

    MEDIA = Schedule(first=timedelta(seconds=1), longest=timedelta(minutes=1), tries=3)
    """An address that cannot be reached, and three more times, is taken for wrong."""

    FETCH = Schedule(first=timedelta(seconds=2), longest=timedelta(minutes=1), tries=7)
    """Three minutes: a platform that could not fetch a file from this server, as while its API is restarted, often
    answers as if the file were wrong."""


MOST = sum(kind.value.tries for kind in Backoff)
"""Tries of all kinds together: failures that take turns would begin each patience anew, for ever."""
_jitter = random.SystemRandom()


def retry_in(
    backoff: Backoff, failures_before: int, *, retry_after: timedelta | None, alike: int | None = None
) -> timedelta | None:
    """Say how long to wait after one more failure; None when it was the last.

    `failures_before` are of any kind, the last `alike` of them of this one: all, where it is None. `retry_after` is the
    platform's own wish and is never undercut.
    """
    schedule = backoff.value
    if (failures_before if alike is None else alike) >= schedule.tries or failures_before >= MOST:
        return None
    wait = min(schedule.longest, schedule.first * 2 ** min(failures_before, 20))
    spread = wait * _jitter.uniform(0.75, 1.25)
    return max(spread, retry_after) if retry_after is not None else spread
