"""Recognising an own post in a list: by its text as Meta may have stored it, and by its time.

Source: https://developers.facebook.com/docs/graph-api/results (`paging.cursors.after`, `limit`; read 2026-11-25).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from platforms.meta.errors import entries_of
from platforms.meta.graph import GraphClient
from platforms.text import composed

BEFORE = timedelta(seconds=120)
"""How far Meta's clock may be behind ours."""

_PAGE_SIZE = 100
_MOST_PAGES = 5
_LINE_END = re.compile(r"\r\n?")


def same_text(one: object, other: str) -> bool:
    """Whether two texts are one to a reader: composed alike, with one kind of line end, without space around them."""
    return isinstance(one, str) and _plain(one) == _plain(other)


async def list_since(
    graph: GraphClient,
    path: str,
    *,
    token: str,
    fields: str,
    time_field: str,
    moment: datetime,
    order: str | None = None,
) -> tuple[list[Mapping[str, Any]], bool]:
    """Read the entries of a list, newest first, that are not older than `moment`.

    `order` is how a list is asked for that is not newest first by itself.

    Returns:
        The entries, and whether that is all of them: a list that goes on for too long is not.

    Raises:
        PlatformError: the list could not be read.
    """
    params = {"fields": fields, "since": str(int(moment.timestamp())), "limit": str(_PAGE_SIZE)}
    if order is not None:
        params["order"] = order
    found: list[Mapping[str, Any]] = []
    for _ in range(_MOST_PAGES):
        answer = await graph.get(path, token=token, params=params)
        entries = entries_of(answer)
        recent = [entry for entry in entries if _is_since(entry.get(time_field), moment)]
        found += recent
        after = _next(answer)
        if after is None or len(recent) < len(entries):
            return found, True
        params["after"] = after
    return found, False


def moment_of(value: object) -> datetime | None:
    """Read Meta's time, such as `2026-11-25T10:00:00+0000`; None when it cannot be read."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is None or at.tzinfo is not None else at.replace(tzinfo=UTC)


def _plain(text: str) -> str:
    return composed(_LINE_END.sub("\n", text)).strip()


def _next(answer: Mapping[str, Any]) -> str | None:
    paging = answer.get("paging")
    if not isinstance(paging, dict) or "next" not in paging:
        return None
    cursors = cast("dict[str, Any]", paging).get("cursors")
    after = cast("dict[str, Any]", cursors).get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) else None


def _is_since(value: object, moment: datetime) -> bool:
    """Compare Meta's time; one that cannot be read rules nothing out."""
    at = moment_of(value)
    return at is None or at >= moment
