"""Care for sign-ins: when the platform is asked about one, and when a person is told that something of it ends.

Pure: time comes in, decisions come out.
"""

import random
from datetime import datetime, timedelta

WARN_DAYS = (14, 7, 1, 0)
"""How many days before an end a person is told, once each; 0 is when it has come."""
_SAME_END = timedelta(hours=12)
"""Ends nearer to each other than this are one: platforms tell them to the second, and not always the same second."""
_jitter = random.SystemRandom()


def end_of(*ends: datetime | None) -> datetime | None:
    """Say which end comes first; None when nothing ends."""
    return min((end for end in ends if end is not None), default=None)


def nears(end: datetime | None, now: datetime) -> bool:
    """Say whether an end is so near that a person should act."""
    return end is not None and end - now <= timedelta(days=WARN_DAYS[0])


def warning_due(
    end: datetime | None, now: datetime, *, warned_of: datetime | None, warned_days: int | None
) -> int | None:
    """Say of how many days before the end a person is to be told now; None when nothing is due, or all was told.

    `warned_of` and `warned_days` are the end and the days that somebody was told of last.
    """
    if end is None:
        return None
    due = min((days for days in WARN_DAYS if end - now <= timedelta(days=days)), default=None)
    told = warned_of is not None and warned_days is not None and abs(warned_of - end) < _SAME_END
    if due is None or (told and warned_days is not None and warned_days <= due):
        return None
    return due


def next_check(now: datetime, *, every: timedelta, end: datetime | None) -> datetime:
    """Say when the platform is asked next: about `every` so often, at another moment for each sign-in.

    A moment at which a person is to be told is not slept through.
    """
    moments = [end - timedelta(days=days) for days in WARN_DAYS] if end is not None else []
    regular = now + every * _jitter.uniform(0.75, 1.25)
    return min([regular, *(moment for moment in moments if moment > now)])
