"""Twins: publications of a channel that say the same, of which one may be public or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from platforms.base import DOUBTED
from publishing import models, setwise
from publishing.db import connection
from publishing.lifecycle import CLAIMABLE, Status, listed
from publishing.mapping import Mapper


@dataclass(frozen=True, slots=True)
class _Twin:
    """What may be public or not."""

    channel_id: UUID
    status: Status
    text: str
    handles: dict[str, str]
    due_at: datetime | None
    updated_at: datetime


_TWINS = Mapper(models.Publication, _Twin)


async def twins_of(channel_ids: Sequence[UUID]) -> dict[tuple[UUID, str], datetime]:
    """Find what says the same on the same channel and may be public or not, with when it is settled further.

    It is waited for: at the platform the two could not be told apart. What is sent again counts as well, for its
    answer may be about either.
    """
    found = await _open_on(channel_ids)
    still = models.Publication.filter(id__in=found, status__in=[Status.UNCONFIRMED, Status.RETRYING])
    rows = await _TWINS.read(still) if found else []
    return {
        (row.channel_id, row.text): row.due_at or row.updated_at
        for row in rows
        if row.status is Status.UNCONFIRMED or DOUBTED in row.handles
    }


async def _open_on(channel_ids: Sequence[UUID]) -> list[UUID]:
    """Find what of these channels may be sent again or looked for, by its indexes: a channel's history is long."""
    channels = setwise.recordset({"channel_id": "uuid"})
    rows = await connection().execute_query_dict(
        f"""SELECT c.id AS id FROM {channels} CROSS JOIN publication AS c
            WHERE c.channel_id = v.channel_id AND c.status = '{Status.UNCONFIRMED.value}'
        UNION ALL SELECT c.id AS id FROM {channels} CROSS JOIN publication AS c
            WHERE c.channel_id = v.channel_id AND c.status IN ({listed(CLAIMABLE)})
                AND c.status = '{Status.RETRYING.value}'""",  # noqa: S608 - statuses are ours
        [setwise.parameter([{"channel_id": channel_id} for channel_id in channel_ids])],
    )
    return [UUID(str(row["id"])) for row in rows]
