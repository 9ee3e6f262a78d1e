"""After a restore: what may have happened since the backup, and the hold by which nothing of it happens twice.

A backup knows what was to be done when it was made, not what was done afterwards. Whatever was due by now may be
public; only a look at the platform tells, and after days, edits and deletions a look is no proof of absence any more.
So a person decides (`resolvePublication`). What is due later cannot have gone out yet, and stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tortoise.expressions import Subquery

from platforms.base import Platform
from platforms.errors import Failure, FailureCode
from platforms.following import Task
from publishing import failures, models, setwise
from publishing.db import transaction
from publishing.deps import Deps
from publishing.lifecycle import CLAIMABLE, Reason, Status
from publishing.models import AttemptOutcome, FollowUpState
from publishing.transitions import Found, advance_found

ACTOR = "system:restore"
_MOST = 500


@dataclass(frozen=True, slots=True)
class InDoubt:
    """What may be public since the backup, counted by state.

    `held` is what a hold would put before a person; `leased` is under a call whose lease has not ended, which a hold
    leaves; `ahead` is due later and cannot have gone out; `decided` is what an earlier hold put before a person.
    """

    held: Mapping[Status, int]
    leased: int
    ahead: int
    decided: int


async def find_in_doubt(deps: Deps) -> InDoubt:
    """Count what may have gone out since the backup."""
    horizon = await _horizon(await deps.clock.now())
    due = models.Publication.filter(status__in=list(CLAIMABLE), due_at__lte=horizon)
    held = {status: await due.filter(status=status).count() for status in sorted(CLAIMABLE)}
    for status in (Status.PREPARING, Status.UNCONFIRMED, Status.HELD):
        held[status] = await models.Publication.filter(status=status).count()
    calls = models.Publication.filter(status=Status.PUBLISHING)
    held[Status.PUBLISHING] = await calls.filter(lease_until__lt=horizon).count()
    return InDoubt(
        held={status: count for status, count in held.items() if count},
        leased=await calls.filter(lease_until__gte=horizon).count(),
        ahead=await models.Publication.filter(status__in=list(CLAIMABLE), due_at__gt=horizon).count(),
        decided=await models.Publication.filter(status=Status.NEEDS_ATTENTION, reason=Reason.RESTORED).count(),
    )


async def hold_back(deps: Deps) -> int:
    """Put before a person whatever may be public since the backup; no worker and no sign-in lets it go by itself.

    May be interrupted and started again.

    Returns:
        How many publications a person has to decide about now.
    """
    now = await deps.clock.now()
    horizon = await _horizon(now)
    held = 0
    for platform in Platform:
        await _move(_lost_calls(platform, horizon), now)
        for found in _steps(platform, horizon):
            held += await _move(found, now)
        held += await _end_follow_ups(platform, now)
    if held:
        deps.bell.announce()
    return held


async def newest_record() -> datetime | None:
    """Tell when the last thing happened that this database knows of."""
    found = [
        await models.Event.all().order_by("-id").first().values_list("occurred_at", flat=True),
        await models.Transition.all().order_by("-id").first().values_list("at", flat=True),
    ]
    return max((moment for moment in found if isinstance(moment, datetime)), default=None)


async def _horizon(now: datetime) -> datetime:
    """What was due up to here may be out: also where this host's clock is behind the one that wrote the rows."""
    return max(now, await newest_record() or now)


def _lost_calls(platform: Platform, horizon: datetime) -> Found:
    """A call that was on its way when the backup was made: its worker is gone, and with it the answer."""
    return Found(
        where="c.platform = {0} AND c.lease_until < {1}",
        parameters=(platform.value, setwise.moment(horizon)),
        before=frozenset({Status.PUBLISHING}),
        after=Status.UNCONFIRMED,
        reason=Reason.LEASE_LOST,
        actor=ACTOR,
        limit=_MOST,
        order="c.id",
    )


def _steps(platform: Platform, horizon: datetime) -> tuple[Found, ...]:
    due = Found(
        where="c.platform = {0} AND c.due_at <= {1}",
        parameters=(platform.value, setwise.moment(horizon)),
        before=CLAIMABLE,
        after=Status.NEEDS_ATTENTION,
        reason=Reason.RESTORED,
        actor=ACTOR,
        limit=_MOST,
        order="c.id",
        error=failures.stored(_doubtful(platform), retryable=False),
    )
    begun = replace(
        due,
        where="c.platform = {0}",
        parameters=(platform.value,),
        before=frozenset({Status.PREPARING, Status.UNCONFIRMED, Status.HELD}),
    )
    return due, begun


async def _move(found: Found, now: datetime) -> int:
    """Move all that a step finds, a part at a time, and end the attempts that nobody will end any more."""
    moved = 0
    while True:
        async with transaction():
            rows = await advance_found(found, now=now)
            await models.Attempt.filter(
                publication_id__in=[row.id for row in rows], outcome=AttemptOutcome.IN_FLIGHT
            ).update(outcome=AttemptOutcome.UNKNOWN, finished_at=now)
        moved += len(rows)
        if len(rows) < _MOST:
            return moved


async def _end_follow_ups(platform: Platform, now: datetime) -> int:
    """Call off what was to be done after publications' calls: it may be done, or be about a state that is past.

    What was to be deleted is deleted all the same: that is done once or found done.
    """
    publications = models.Publication.filter(platform=platform).values_list("id", flat=True)
    open_ = models.FollowUp.filter(due_at__isnull=False, publication_id__in=Subquery(publications))
    return await open_.exclude(task=Task.DELETE).update(
        state=FollowUpState.FAILED,
        due_at=None,
        finished_at=now,
        error=failures.stored(_undone(platform), retryable=False),
    )


def _undone(platform: Platform) -> Failure:
    message = "The database was restored from a backup: it may have been done after that was made."
    hint = "Look at the post, and do at the platform what is missing."
    return Failure(FailureCode.OUTCOME_UNKNOWN, platform, message, hint)


def _doubtful(platform: Platform) -> Failure:
    message = "The database was restored from a backup: it may have been published after that was made."
    hint = "Look at the channel, then say with resolvePublication whether it is there; it is not sent before."
    return Failure(FailureCode.OUTCOME_UNKNOWN, platform, message, hint)
