"""Care for sign-ins: when the platform is asked about one, and when a person is told that something of it ends.

Pure: time comes in, decisions come out.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from platforms.sign_in import RefreshTerms

WARN_DAYS = (14, 7, 1, 0)
"""How many days before an end a person is told, once each; 0 is when it has come."""
_SAME_END = timedelta(hours=12)
"""Ends nearer to each other than this are one: platforms tell them to the second, and not always the same second."""
_REFRESHES_WITHIN = timedelta(days=1)
"""Sign-ins made in one minute are renewed within a day, not within a minute."""
_jitter = random.SystemRandom()


def end_of(*ends: datetime | None) -> datetime | None:
    """Say which end comes first; None when nothing ends."""
    return min((end for end in ends if end is not None), default=None)


def warn_days(terms: RefreshTerms | None) -> tuple[int, ...]:
    """Say how many days before an end a person is told; not before the days on which it is put off without them."""
    return tuple(days for days in WARN_DAYS if terms is None or timedelta(days=days) < terms.ahead)


def nears(end: datetime | None, now: datetime, *, days: Sequence[int] = WARN_DAYS) -> bool:
    """Say whether an end is so near that a person should act."""
    return end is not None and end - now <= timedelta(days=days[0])


def refresh_from(end: datetime | None, terms: RefreshTerms | None) -> datetime | None:
    """Say from when on a token is renewed without its person; None when it is not."""
    return end - terms.ahead if end is not None and terms is not None else None


def refresh_due(end: datetime | None, terms: RefreshTerms | None, *, issued_at: datetime, now: datetime) -> bool:
    """Say whether a token is to be renewed now."""
    start = refresh_from(end, terms)
    return start is not None and terms is not None and now >= max(start, issued_at + terms.youngest.value)


def warning_due(
    end: datetime | None,
    now: datetime,
    *,
    warned_of: datetime | None,
    warned_days: int | None,
    days: Sequence[int] = WARN_DAYS,
) -> int | None:
    """Say of how many days before the end a person is to be told now; None when nothing is due, or all was told.

    `warned_of` and `warned_days` are the end and the days that somebody was told of last.
    """
    if end is None:
        return None
    due = min((ahead for ahead in days if end - now <= timedelta(days=ahead)), default=None)
    told = warned_of is not None and warned_days is not None and abs(warned_of - end) < _SAME_END
    if due is None or (told and warned_days is not None and warned_days <= due):
        return None
    return due


def next_check(
    now: datetime, *, every: timedelta, end: datetime | None, refresh_from: datetime | None = None
) -> datetime:
    """Say when the platform is asked next: about `every` so often, at another moment for each sign-in.

    A moment at which a person is to be told is not slept through, nor the day from which its token is renewed.
    """
    moments = [end - timedelta(days=days) for days in WARN_DAYS] if end is not None else []
    if refresh_from is not None:
        moments.append(refresh_from + _REFRESHES_WITHIN * _jitter.random())
    regular = now + every * _jitter.uniform(0.75, 1.25)
    return min([regular, *(moment for moment in moments if moment > now)])
