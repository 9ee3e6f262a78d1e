"""The outbox's rows for publications that changed, written with the change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from publishing import setwise
from publishing.ids import new_id

PUBLICATION_CHANGED = "publication.changed"
_EVENT = {
    "id": "uuid",
    "workspace_id": "uuid",
    "type": "text",
    "subject_id": "uuid",
    "post_id": "uuid",
    "channel_id": "uuid",
    "occurred_at": "timestamptz",
}


async def note_changes(rows: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
    """Append an event for each publication in the open transaction.

    `rows` give `id`, `workspace_id`, `post_id` and `channel_id` of each.
    """
    await setwise.insert(changed_rows(rows, now))


def changed_rows(rows: Sequence[Mapping[str, Any]], now: datetime) -> setwise.Rows:
    """Give the events of publications that changed, to be inserted."""
    events = [
        {
            "id": new_id(),
            "workspace_id": row["workspace_id"],
            "type": PUBLICATION_CHANGED,
            "subject_id": row["id"],
            "post_id": row["post_id"],
            "channel_id": row["channel_id"],
            "occurred_at": now,
        }
        for row in rows
    ]
    return setwise.Rows("event", _EVENT, events)
