"""Transitions: how a publication came to where it stands."""

from datetime import datetime

import strawberry

from api.actors import Actor, find_actor
from api.context import Info
from api.enums import expose
from publishing import records
from publishing.lifecycle import Reason, Status

expose(
    Status,
    name="PublicationStatus",
    description="Where a publication stands.\n"
    "PENDING -> SCHEDULED -> QUEUED -> PREPARING -> PROCESSING -> PUBLISHING -> PUBLISHED,\n"
    "with RETRYING, UNCONFIRMED, NEEDS_ATTENTION, FAILED, CANCELED, HELD and DELETED on the side.",
    values={
        "PENDING": "Belongs to a draft.",
        "SCHEDULED": "Waits for its time.",
        "HELD": "Held back because its channel is paused or must be reconnected.",
        "QUEUED": "Handed to the workers.",
        "PREPARING": "Media are being made to fit and uploaded.",
        "PROCESSING": "The platform is processing the upload, such as an Instagram container.",
        "PUBLISHING": "The final call is being made.",
        "UNCONFIRMED": "The final call was made and its outcome is not known; the server looks at the platform before "
        "anything else.",
        "NEEDS_ATTENTION": "A person must decide: the outcome could not be found out, it became too late, or a worker "
        "died on it repeatedly; `error` says which.",
        "RETRYING": "Failed for now; tried again at `nextAttemptAt`.",
        "PUBLISHED": "Out, and confirmed.",
        "FAILED": "Failed for good; a person can retry. Of a thread parts may be out, and `error` says how many.",
        "CANCELED": "Called off before it went out; of a thread parts may be out, and `error` says how many.",
        "DELETED": "Was out, wholly or in part, and was deleted at the platform.",
    },
)

_R = Reason
WHY: dict[Reason, str] = {
    _R.ACCEPTED: "It was accepted.",
    _R.CLAIMED: "A worker took it.",
    _R.PLATFORM_PROCESSING: "The platform is working on it.",
    _R.ABOUT_TO_SEND: "The call that makes it public is about to be made.",
    _R.CONFIRMED: "The platform confirmed it.",
    _R.PART_PUBLISHED: "A part of the thread is out.",
    _R.TRANSIENT_FAILURE: "Something failed that passes; it is tried again.",
    _R.RATE_LIMITED: "The platform asked to be left alone for a while.",
    _R.NOT_CONFIGURED: "This server is not set up for it; an operator puts that right.",
    _R.REFUSED: "The platform refused it.",
    _R.MEDIA_REJECTED: "An image could not be used.",
    _R.RECONNECT_REQUIRED: "The sign-in behind the channel no longer works.",
    _R.RECONNECTED: "The sign-in works again.",
    _R.OUTCOME_UNKNOWN: "No clear answer came to the call that makes it public.",
    _R.FOUND: "It was found at the platform.",
    _R.ABSENT: "Everything at the platform could be read, and it is not there; it is sent again.",
    _R.RESOLVED_BY_CALLER: "A person said what became of it.",
    _R.RETRIED_BY_CALLER: "A person wants it tried again.",
    _R.LEASE_LOST: "The worker that had it gave no sign of life.",
    _R.GIVEN_BACK: "A worker that stops gave it back.",
    _R.CHANNEL_BUSY: "Another publication of the channel goes first.",
    _R.WORKER_CRASHED: "Workers died on it too often.",
    _R.OVERDUE: "It is too late to go out unasked.",
    _R.RESTORED: "The database was restored from a backup: it may have gone out after that was made.",
    _R.CANCELED_BY_CALLER: "A person called it off.",
    _R.CHANNEL_REMOVED: "Its channel was removed.",
    _R.ACCOUNT_DISCONNECTED: "Its account was disconnected.",
    _R.DELETED_AT_PLATFORM: "It was deleted at the platform.",
}


@strawberry.type(description="A change of a publication's state.")
class PublicationTransition:
    from_: Status | None = strawberry.field(name="from", description="From which state; null for the first.")
    to: Status = strawberry.field(description="To which state.")
    at: datetime = strawberry.field(description="When.")
    reason: str | None = strawberry.field(description="Why, in one sentence.")
    record: strawberry.Private[records.Transition]

    @strawberry.field(description="Who caused it.")
    async def actor(self, info: Info) -> Actor:
        return await find_actor(info.context, self.record.actor)


def transition_of(record: records.Transition) -> PublicationTransition:
    """Map a record."""
    return PublicationTransition(
        from_=record.before, to=record.after, at=record.at, reason=WHY[record.reason], record=record
    )
