"""After a restore: what may have happened since the backup, and the hold by which nothing of it happens twice.

A backup knows what was to be done when it was made, not what was done afterwards. Whatever was due by now may be
public; only a look at the platform tells, and after days, edits and deletions a look is no proof of absence any more.
So a person decides (`resolvePublication`). What is due later cannot have gone out yet, and stays as it is.
A thread that waited for a person with parts out may have been sent on since: it is in doubt as to its next part, so
that nobody is told DELETED while that may be public.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from platforms.base import Platform
from platforms.errors import Failure, FailureCode
from platforms.following import Task
from publishing import failures, models, setwise, threads
from publishing.db import transaction
from publishing.deps import Deps
from publishing.lifecycle import CLAIMABLE, Reason, Status
from publishing.models import AttemptOutcome, FollowUpState
from publishing.transitions import Change, Found, advance, advance_found

ACTOR = "system:restore"
_MOST = 500
_LEFT = (Status.FAILED, Status.NEEDS_ATTENTION)
"""Where only a person sends a thread on."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """What may be public since the backup, counted by state.

    `held` is what a hold would put before a person, `threads` how many of it are threads with parts out that a person
    may have sent on; `leased` is under a call whose lease has not ended, which a hold leaves; `ahead` is due later and
    cannot have gone out; `decided` is what an earlier hold put before a person.
    """

    held: Mapping[Status, int]
    threads: int
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
    left = {status: await _left_threads().filter(status=status).count() for status in _LEFT}
    return InDoubt(
        held={status: count for status, count in {**held, **left}.items() if count},
        threads=sum(left.values()),
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
    held += await _doubt_threads(now)
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


def _left_threads() -> QuerySet[models.Publication]:
    """Find threads with parts out that a person may have sent on since; none goes on whose deletion was begun."""
    out = models.PublicationPart.filter(kind=threads.OUT).values_list("publication_id", flat=True)
    deleted = models.FollowUp.filter(task=Task.DELETE).values_list("publication_id", flat=True)
    left = models.Publication.filter(status__in=list(_LEFT), id__in=Subquery(out))
    return left.exclude(reason=Reason.RESTORED).exclude(id__in=Subquery(deleted))


async def _doubt_threads(now: datetime) -> int:
    """Put before a person what a person may have sent on: that the next part is out is what nobody can tell."""
    moved = 0
    while True:
        async with transaction():
            rows = await _left_threads().order_by("id").limit(_MOST)
            out = await threads.parts_out([row.id for row in rows])
            moved += len(await advance([_doubted(row, len(out[row.id])) for row in rows], now=now))
        if len(rows) < _MOST:
            return moved


def _doubted(row: models.Publication, out: int) -> Change:
    return Change(
        row.id,
        Status.NEEDS_ATTENTION,
        Reason.RESTORED,
        ACTOR,
        before=frozenset({row.status}),
        proof=True,
        error=failures.stored(_sent_on(row, out + 1), retryable=False),
    )


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


def _sent_on(row: models.Publication, part: int) -> Failure:
    """Say of a thread that a person may have sent it on, and why it waited for one."""
    message = (
        f"The database was restored from a backup: part {part} of the thread may have gone out after that was made."
    )
    if row.error:
        message += f" What was known then: {row.error['message']}"
    hint = (
        f"Look at the channel. deletePublication looks for part {part} and deletes it with what is out; if you do not "
        "see it, resolvePublication goes on with it, and cancelPublication leaves the thread as it is."
    )
    return Failure(FailureCode.OUTCOME_UNKNOWN, row.platform, message, hint)
