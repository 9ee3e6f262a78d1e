"""The sweep: finds what a dead worker left behind and what nobody rang for. Any worker may run it at any time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from platforms.base import Platform
from platforms.errors import Failure, FailureCode
from publishing import failures, models, setwise
from publishing.attempts import change_attempt, refused
from publishing.claiming import MOST_DEATHS
from publishing.db import connection, is_postgres, transaction
from publishing.delivery import unknown
from publishing.deps import Deps
from publishing.lateness import WANTED_AT
from publishing.lifecycle import CLAIMABLE, LEASED, Reason, Status, listed
from publishing.models import AttemptOutcome, ConnectionAttemptStatus
from publishing.system.resuming import resume_freed
from publishing.transitions import Advanced, Found, advance_found

ACTOR = "system:sweeper"
_MOST = 500


async def sweep_publications(deps: Deps) -> int:
    """Put back what lost its lease while preparing, mark what lost it while publishing, stop what is overdue.

    Returns:
        How many publications moved.
    """
    now = await deps.clock.now()
    lateness = timedelta(seconds=deps.settings.max_lateness_seconds)
    first_look = timedelta(seconds=deps.settings.reconcile_seconds[0])
    moved = 0
    for platform in await _behind(now, now - lateness):
        for found in _steps(platform, now, lateness, first_look):
            async with transaction():
                rows = await advance_found(found, now=now)
                if found.after is Status.UNCONFIRMED:
                    await _close_attempts(rows, platform, now)
            moved += len(rows)
    moved += await resume_freed(deps, actor=ACTOR, now=now)
    if moved:
        deps.bell.announce()
    return moved


async def sweep_connections(deps: Deps) -> int:
    """End sign-ins that nobody came back from in time.

    Returns:
        How many ended.
    """
    now = await deps.clock.now()
    waiting = ConnectionAttemptStatus.WAITING
    rows = await models.ConnectionAttempt.filter(status=waiting, expires_at__lt=now).limit(_MOST)
    ended = 0
    for row in rows:
        row.status = ConnectionAttemptStatus.FAILED
        message = "Nobody came back from the platform within ten minutes."
        row.error = failures.stored(refused(row.platform, message), retryable=False)
        ended += await change_attempt(row, waiting, now)
    if ended:
        deps.bell.announce()
    return ended


def _steps(platform: Platform, now: datetime, lateness: timedelta, first_look: timedelta) -> tuple[Found, ...]:
    return (
        _died_too_often(platform, now),
        _died_preparing(platform, now),
        _died_publishing(platform, now, first_look),
        _late(platform, now - lateness),
    )


_OVER = f"c.status IN ({listed(LEASED)}) AND c.platform = {{0}} AND c.lease_until < {{1}}"
_BY_LEASE = "c.lease_until"
"""An order by the id would let SQLite read the whole table in that order, instead of the index over what is leased."""


async def _behind(now: datetime, before: datetime) -> list[Platform]:
    """Tell which platforms have something to move. Mostly none has, and nobody is locked out for finding that."""
    marks = ("$1", "$2") if is_postgres() else ("?1", "?2")
    rows = await connection().execute_query_dict(
        f"""SELECT c.platform AS platform FROM publication AS c
            WHERE c.status IN ({listed(LEASED)}) AND c.lease_until < {marks[0]}
        UNION SELECT c.platform AS platform FROM publication AS c
            WHERE c.status IN ({listed(CLAIMABLE)}) AND {_is_late(marks[1])}""",  # noqa: S608 - statuses are ours
        [setwise.moment(now), setwise.moment(before)],
    )
    return [Platform(row["platform"]) for row in rows]


def _died_too_often(platform: Platform, now: datetime) -> Found:
    return Found(
        where=f"{_OVER} AND c.lost_leases >= {MOST_DEATHS - 1}",
        parameters=(platform.value, setwise.moment(now)),
        before=frozenset({Status.PREPARING}),
        after=Status.NEEDS_ATTENTION,
        reason=Reason.WORKER_CRASHED,
        actor=ACTOR,
        limit=_MOST,
        order=_BY_LEASE,
        error=failures.stored(_crashed(platform), retryable=False),
        counts_lost_lease=True,
    )


def _died_preparing(platform: Platform, now: datetime) -> Found:
    return Found(
        where=f"{_OVER} AND c.lost_leases < {MOST_DEATHS - 1}",
        parameters=(platform.value, setwise.moment(now)),
        before=frozenset({Status.PREPARING}),
        after=Status.QUEUED,
        reason=Reason.LEASE_LOST,
        actor=ACTOR,
        limit=_MOST,
        order=_BY_LEASE,
        counts_lost_lease=True,
    )


def _died_publishing(platform: Platform, now: datetime, first_look: timedelta) -> Found:
    return Found(
        where=_OVER,
        parameters=(platform.value, setwise.moment(now)),
        before=frozenset({Status.PUBLISHING}),
        after=Status.UNCONFIRMED,
        reason=Reason.LEASE_LOST,
        actor=ACTOR,
        limit=_MOST,
        order=_BY_LEASE,
        error=failures.stored(unknown(platform), retryable=False),
        due_in=first_look,
    )


def _late(platform: Platform, before: datetime) -> Found:
    """What nobody could claim for so long, such as on a channel that rests; the rest is met by the next claim."""
    return Found(
        where=f"c.platform = {{0}} AND {_is_late('{1}')}",
        parameters=(platform.value, setwise.moment(before)),
        before=CLAIMABLE,
        after=Status.NEEDS_ATTENTION,
        reason=Reason.OVERDUE,
        actor=ACTOR,
        limit=_MOST,
        order="c.due_at",
        error=failures.stored(failures.overdue(platform), retryable=False),
    )


def _is_late(mark: str) -> str:
    return f"{WANTED_AT} < {mark} AND c.due_at < {mark}"


async def _close_attempts(rows: Sequence[Advanced], platform: Platform, now: datetime) -> None:
    await models.Attempt.filter(publication_id__in=[row.id for row in rows], outcome=AttemptOutcome.IN_FLIGHT).update(
        outcome=AttemptOutcome.UNKNOWN, finished_at=now, error=failures.stored(unknown(platform), retryable=False)
    )


def _crashed(platform: Platform) -> Failure:
    message = f"A worker died {MOST_DEATHS} times while preparing it; it is not public."
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, failures.LOOK_INTO_LOG)
