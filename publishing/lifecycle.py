"""The publication's state machine: the states, why one stops, and the one table of who may follow whom.

Nothing here writes. `publishing.transitions.advance` is the only writer of a publication's status and asks this table.
The diagram in `docs/lifecycle.md` is printed from it.
"""

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """Where a publication stands. Each member says when it is set, by whom, and what moves it on."""

    PENDING = "pending"
    """Set when its post is a draft. A person who schedules or publishes the post moves it on."""

    SCHEDULED = "scheduled"
    """Set by a person with a time ahead. A worker claims it up to a second before `due_at`, and waits for it."""

    HELD = "held"
    """Set while the channel is paused or its account must be connected again. Resuming either moves it on."""

    QUEUED = "queued"
    """Set when it is to go out now. A worker claims it."""

    PREPARING = "preparing"
    """Set by the claim of a worker, which fetches media and makes what the platform wants beforehand. Invisible to
    the public and freely repeatable; a lease that runs out puts it back to QUEUED."""

    PROCESSING = "processing"
    """Set by a worker when the platform is busy with it. A worker claims it again at `due_at`, the next check."""

    PUBLISHING = "publishing"
    """Set, with an attempt row, right before the one call that makes it public. The call's outcome moves it on; a
    lease that runs out leads to UNCONFIRMED, never back to QUEUED."""

    UNCONFIRMED = "unconfirmed"
    """Set when that call was made and its outcome is not known, or not yet, as of a video that the platform works on. A
    worker looks at the platform at `due_at`; only what it finds there, or a person, moves it on."""

    NEEDS_ATTENTION = "needs_attention"
    """Set when only a person can decide; the reason says why. Parts of a thread that are out stay out until a person
    deletes them."""

    RETRYING = "retrying"
    """Set after a failure that passes. A worker claims it again at `due_at`."""

    PUBLISHED = "published"
    """Set on proof that it is public: the platform's answer with its id."""

    FAILED = "failed"
    """Set when the platform refused it for good. A person can retry it. Parts of a thread that went out before stay
    out until a person deletes them."""

    CANCELED = "canceled"
    """Set by a person before it went out, or before all of its thread did: what is out of that stays out until a
    person deletes it."""

    DELETED = "deleted"
    """Set when it, or parts of its thread, were public and were deleted at the platform."""


class Reason(StrEnum):
    """Why a publication is where it is, where the status alone does not say."""

    ACCEPTED = "accepted"
    CLAIMED = "claimed"
    PLATFORM_PROCESSING = "platform_processing"
    ABOUT_TO_SEND = "about_to_send"
    CONFIRMED = "confirmed"
    PART_PUBLISHED = "part_published"
    TRANSIENT_FAILURE = "transient_failure"
    RATE_LIMITED = "rate_limited"
    NOT_CONFIGURED = "not_configured"
    REFUSED = "refused"
    MEDIA_REJECTED = "media_rejected"
    RECONNECT_REQUIRED = "reconnect_required"
    RECONNECTED = "reconnected"
    OUTCOME_UNKNOWN = "outcome_unknown"
    FOUND = "found"
    ABSENT = "absent"
    RESOLVED_BY_CALLER = "resolved_by_caller"
    RETRIED_BY_CALLER = "retried_by_caller"
    LEASE_LOST = "lease_lost"
    GIVEN_BACK = "given_back"
    CHANNEL_BUSY = "channel_busy"
    WORKER_CRASHED = "worker_crashed"
    OVERDUE = "overdue"
    RESTORED = "restored"
    CANCELED_BY_CALLER = "canceled_by_caller"
    CHANNEL_REMOVED = "channel_removed"
    ACCOUNT_DISCONNECTED = "account_disconnected"
    DELETED_AT_PLATFORM = "deleted_at_platform"


class Step(StrEnum):
    """What a recorded call to a platform is for."""

    PUBLISH = "PUBLISH"


_S = Status
TRANSITIONS: dict[Status, frozenset[Status]] = {
    _S.PENDING: frozenset({_S.SCHEDULED, _S.QUEUED, _S.CANCELED}),
    **dict.fromkeys(
        (_S.SCHEDULED, _S.QUEUED, _S.RETRYING, _S.PROCESSING),
        frozenset({_S.PREPARING, _S.CANCELED, _S.HELD, _S.NEEDS_ATTENTION}),
    ),
    _S.PREPARING: frozenset(
        {
            _S.PROCESSING,
            _S.PUBLISHING,
            _S.RETRYING,
            _S.QUEUED,
            _S.HELD,
            _S.FAILED,
            _S.CANCELED,
            _S.NEEDS_ATTENTION,
        }
    ),
    _S.PUBLISHING: frozenset({_S.PUBLISHED, _S.PROCESSING, _S.RETRYING, _S.HELD, _S.FAILED, _S.UNCONFIRMED}),
    _S.UNCONFIRMED: frozenset({_S.PUBLISHED, _S.RETRYING, _S.FAILED, _S.NEEDS_ATTENTION}),
    _S.HELD: frozenset({_S.QUEUED, _S.SCHEDULED, _S.CANCELED, _S.NEEDS_ATTENTION}),
    _S.NEEDS_ATTENTION: frozenset({_S.PUBLISHED, _S.QUEUED, _S.CANCELED, _S.DELETED}),
    _S.FAILED: frozenset({_S.QUEUED, _S.DELETED}),
    _S.PUBLISHED: frozenset({_S.DELETED}),
    _S.CANCELED: frozenset({_S.DELETED}),
    _S.DELETED: frozenset(),
}

ON_PROOF: frozenset[Status] = frozenset(Status) - {Status.PUBLISHED, Status.DELETED}
"""From any of these, proof that it is public leads to PUBLISHED: evidence wins over every belief."""

ON_PART: frozenset[Status] = frozenset({Status.NEEDS_ATTENTION, Status.FAILED, Status.CANCELED, Status.DELETED})
"""From any of these, a part of a thread that is public after all, or of which the platform cannot say whether it is,
leads to NEEDS_ATTENTION: nobody is to believe that nothing is public."""

STARTS: frozenset[Status] = frozenset({Status.PENDING, Status.SCHEDULED, Status.QUEUED})
"""What a new publication may be."""

CLAIMABLE: frozenset[Status] = frozenset({Status.SCHEDULED, Status.QUEUED, Status.RETRYING, Status.PROCESSING})
"""What a worker may claim once it is due."""

LEASED: frozenset[Status] = frozenset({Status.PREPARING, Status.PUBLISHING})
"""What a worker is busy with, under a lease."""


def may_follow(before: Status, after: Status, *, proof: bool = False) -> bool:
    """Say whether the table allows this step; `proof` is evidence from the platform that it, or a part, is public."""
    if proof and after is Status.PUBLISHED:
        return before in ON_PROOF
    if proof and after is Status.NEEDS_ATTENTION and before in ON_PART:
        return True
    return after in TRANSITIONS[before]


def sources(after: Status, *, proof: bool = False) -> frozenset[Status]:
    """List the states from which `after` may follow."""
    return frozenset(status for status in Status if may_follow(status, after, proof=proof))


def listed(statuses: Iterable[Status]) -> str:
    """Write statuses for SQL's IN, in the order of the partial indexes.

    SQLite uses such an index only where a query lists the same statuses in the same order; PostgreSQL does not mind.
    """
    return ", ".join(f"'{status.value}'" for status in sorted(statuses, key=_IN_SQL.index))


_FIRST = (_S.SCHEDULED, _S.QUEUED, _S.RETRYING, _S.PROCESSING)
_IN_SQL = (*_FIRST, *(status for status in Status if status not in _FIRST))


def mermaid() -> str:
    """Print the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {status.name}" for status in Status if status in STARTS]
    lines += [
        f"    {before.name} --> {after.name}" for before in Status for after in Status if after in TRANSITIONS[before]
    ]
    return "\n".join(lines)
