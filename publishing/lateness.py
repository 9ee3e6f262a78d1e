"""Lateness: what is later than AGM_MAX_LATENESS_SECONDS goes to a person, never out as a surprise.

It counts from when a publication was to go out: its time, else when it was accepted; or when a person last wanted it
tried again. Waiting for a sign-in, a platform or a look counts, however often `due_at` moved on meanwhile. Waiting for
room in a quota does not, for that is what its caller chose (`whenQuotaIsUsedUp`): from then on it is wanted again.
"""

from datetime import datetime

WANTED_AT = "COALESCE(c.asked_again_at, c.scheduled_at, c.created_at)"
"""The same as SQL about the alias `c`."""


def wanted_at(*, asked_again_at: datetime | None, scheduled_at: datetime | None, created_at: datetime) -> datetime:
    """Say from when on a publication could have gone out."""
    return asked_again_at or scheduled_at or created_at
