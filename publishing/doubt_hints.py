"""What a person is told of publications whose outcome is not known: the server finds out, or it cannot any more."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from publishing import failures, models
from publishing.changes import note_changes
from publishing.db import transaction
from publishing.lifecycle import Status

_NOTED = ("id", "workspace_id", "post_id", "channel_id")


async def tell_doubted(rows: Iterable[models.Publication], *, signed_in: bool, now: datetime) -> bool:
    """Keep the hints of UNCONFIRMED publications to what holds now.

    `signed_in`: the account's sign-in works, so that the server can look at the platform.

    Returns:
        Whether any was told anew.
    """
    anew = [row for row in rows if _tells_otherwise(row.error, signed_in=signed_in)]
    if not anew:
        return False
    async with transaction():
        for row in anew:
            hint = failures.looking(row.platform) if signed_in else failures.UNSEEN
            doubted = models.Publication.filter(id=row.id, status=Status.UNCONFIRMED)
            await doubted.update(error={**(row.error or {}), "hint": hint})
        await note_changes([{name: getattr(row, name) for name in _NOTED} for row in anew], now=now)
    return True


def _tells_otherwise(error: dict[str, Any] | None, *, signed_in: bool) -> bool:
    """Whether a hint is no more true; a platform's own words are, for as long as the server can look."""
    return error is not None and (error["hint"] == failures.UNSEEN) is signed_in
