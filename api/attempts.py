"""Attempts: the calls that were made to a platform for a publication."""

from datetime import datetime

import strawberry

from api.enums import expose
from api.nodes import Node
from api.user_errors import PlatformError, platform_error
from publishing import records
from publishing.ids import Kind, public_id
from publishing.lifecycle import Step
from publishing.records import AttemptOutcome

expose(
    Step,
    name="PublicationStep",
    description="What a call was for.",
    values={"PUBLISH": "The call that makes it public."},
)
expose(
    AttemptOutcome,
    description="How a call ended.",
    values={
        "IN_FLIGHT": "Sent or about to be sent; no answer yet.",
        "SUCCEEDED": "Well.",
        "FAILED_RETRYABLE": "In a failure that passes.",
        "FAILED_PERMANENT": "In a failure that stays.",
        "UNKNOWN": "Nobody knows: no answer came after the request had left.",
    },
)


@strawberry.type(description="One call to a platform. Secrets are never recorded.")
class PublicationAttempt(Node):
    number: int = strawberry.field(description="Counts from 1 within the publication.")
    step: Step = strawberry.field(description="What the call was for.")
    request: str = strawberry.field(description="HTTP method and path, without its query.")
    http_status: int | None = strawberry.field(description="The HTTP status, when there was an answer.")
    outcome: AttemptOutcome = strawberry.field(description="How it ended.")
    error: PlatformError | None = strawberry.field(description="The failure, when it failed.")
    started_at: datetime = strawberry.field(description="When it started.")
    duration_ms: int | None = strawberry.field(description="How long it took; null while it is in flight.")
    trace_id: str | None = strawberry.field(description="The trace it belongs to; null when it was not traced.")


def publication_attempt_of(record: records.Attempt) -> PublicationAttempt:
    """Map a record."""
    took = record.finished_at - record.started_at if record.finished_at else None
    return PublicationAttempt(
        id=strawberry.ID(public_id(Kind.ATTEMPT, record.id)),
        number=record.number,
        step=record.step,
        request=record.request,
        http_status=record.http_status,
        outcome=record.outcome,
        error=platform_error(record.error) if record.error else None,
        started_at=record.started_at,
        duration_ms=round(took.total_seconds() * 1000) if took is not None else None,
        trace_id=record.trace_id,
    )
