"""What is done for a publication after its call: the first comment, edits, its deletion, and clean-ups."""

from datetime import datetime

import strawberry

from api.enums import expose
from api.user_errors import PlatformError, platform_error
from platforms.following import Task
from publishing import follow_ups, records
from publishing.records import FollowUpState

expose(
    Task,
    name="FollowUpKind",
    description="What is done after a publication's call.",
    values={
        "FIRST_COMMENT": "The first comment is written below it.",
        "EDIT": "Its text is changed.",
        "DELETE": "It is deleted at the platform.",
        "CLEAN_UP": "What it left at the platform, unseen, is deleted: it never went out.",
    },
)
expose(
    FollowUpState,
    name="FollowUpStatus",
    description="Where a follow-up stands.",
    values={
        "PENDING": "A worker does it at `nextAttemptAt`.",
        "UNCONFIRMED": "A call was made and its outcome is not known; the server looks at the platform before anything "
        "else.",
        "DONE": "The platform confirmed it.",
        "FAILED": "It is not tried any more; `error` says why.",
    },
)


@strawberry.type(
    description="Something that is done for a publication after its call. Whatever becomes of it, the publication's "
    "status stands; only a deletion that is done makes it DELETED."
)
class FollowUp:
    kind: Task = strawberry.field(description="What is done.")
    status: FollowUpState = strawberry.field(description="Where it stands.")
    text: str | None = strawberry.field(description="The comment, or the new text.")
    platform_id: str | None = strawberry.field(description="The platform's id of what was made, such as the comment.")
    error: PlatformError | None = strawberry.field(description="The last failure, while there is one.")
    next_attempt_at: datetime | None = strawberry.field(
        description="When it is tried or looked for at the earliest, once due and once its channel has rested; null "
        "once over."
    )
    requested_at: datetime = strawberry.field(description="Since when it is wanted.")
    finished_at: datetime | None = strawberry.field(description="When it was over.")


def follow_up_of(record: records.FollowUp) -> FollowUp:
    """Map a record."""
    return FollowUp(
        kind=record.task,
        status=record.state,
        text=record.text,
        platform_id=record.platform_id,
        error=platform_error(record.error) if record.error else None,
        next_attempt_at=follow_ups.next_attempt_at(record),
        requested_at=record.created_at,
        finished_at=record.finished_at,
    )
