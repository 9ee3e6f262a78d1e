"""The filter of lists of publications."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from publishing.ids import Kind, parse_id
from publishing.lifecycle import Status
from publishing.publications import PublicationFilter

_NOWHERE = UUID(int=0)


@strawberry.input(description="A half-open period of time: from `since` up to, not including, `until`.")
class DateTimeRangeInput:
    since: datetime | None = strawberry.field(default=None, description="Start, inclusive. Open when left out.")
    until: datetime | None = strawberry.field(default=None, description="End, exclusive. Open when left out.")


@strawberry.input(description="Narrows a list of publications.")
class PublicationFilterInput:
    statuses: list[Status] | None = strawberry.field(default=None, description="Only in these states.")
    channel_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Only on these channels.")
    post_id: strawberry.ID | None = strawberry.field(default=None, description="Only of this post.")
    scheduled: DateTimeRangeInput | None = strawberry.field(default=None, description="Only due in this period.")


def publication_filter(given: PublicationFilterInput | None) -> PublicationFilter:
    """Read a filter. Malformed ids narrow as ids do that lead nowhere."""
    given = given or PublicationFilterInput()
    scheduled = given.scheduled or DateTimeRangeInput()
    return PublicationFilter(
        statuses=tuple(given.statuses) if given.statuses is not None else None,
        channel_ids=_ids(given.channel_ids),
        post_id=(parse_id(Kind.POST, given.post_id) or _NOWHERE) if given.post_id is not None else None,
        scheduled_since=scheduled.since,
        scheduled_until=scheduled.until,
    )


def _ids(texts: Sequence[str] | None) -> tuple[UUID, ...] | None:
    return tuple(parse_id(Kind.CHANNEL, text) or _NOWHERE for text in texts) if texts is not None else None
