"""Follow-ups: first comments, edits, deletions and clean-ups, each a call or a few after a publication's own."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic

import structlog

from platforms.errors import PlatformError
from publishing.failpoints import CrashPoint, crash_here
from publishing.following import Case, Follower, Verdict, put_off, run
from publishing.reconciling import Looks
from publishing.resting import Rest, rest_of
from publishing.store import is_away
from publishing.system import (
    claim_follow_ups,
    conclude_doubt,
    mark_follow_up,
    publisher_of,
    rest_before,
    settle_follow_up,
)
from workers.deps import WorkerDeps
from workers.runner import Job, Runner
from workers.telling import working_on

log = structlog.get_logger(__name__)
LIMIT = 20
_RECORD_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)


def follow_ups_runner(worker: WorkerDeps) -> Runner:
    """Build the runner of what is done after publications' calls."""

    async def claim(free: int) -> Sequence[Job]:
        asked = monotonic()
        return [partial(follow, worker, case, asked) for case in await claim_follow_ups(worker.deps, limit=free)]

    return Runner("follow_ups", claim, limit=LIMIT)


async def follow(worker: WorkerDeps, case: Case, asked: float) -> None:
    """Do one that was claimed at a moment (monotonic, seconds), unless this process was frozen since.

    An edit that goes out late would take the place of a newer one.
    """
    with working_on(case.publication_id, case.workspace_id, case.traceparent):
        verdict = None
        if not _is_stale(worker, asked):
            case, verdict = await _run(worker, case)
        if verdict is None:
            log.info("claim_lost", task=case.following.task)
            return
        crash_here(CrashPoint.COMMENT_NOT_RECORDED)
        await _record(worker, case, verdict)
        log.info("followed", task=case.following.task, state=verdict.state)


async def _run(worker: WorkerDeps, case: Case) -> tuple[Case, Verdict | None]:
    publisher = publisher_of(
        worker.deps, case.platform, case.environment, sign_in=case.sign_in, account_id=case.account_id
    )
    looks, mark = Looks.of(worker.deps.settings), partial(_mark, worker, case)
    with worker.budgets.metering(case.platform, case.environment, case.following.channel_id, sign_in=case.sign_in):
        if (wait := await rest_before(worker.deps, case)) is not None:
            return case, put_off(case, wait)
        case, rest = await _look_for(worker, case, publisher)
        if rest is not None:
            return case, replace(put_off(case, rest.duration), rest=rest)
        return case, await run(case, publisher, looks, mark)


async def _look_for(worker: WorkerDeps, case: Case, publisher: Follower) -> tuple[Case, Rest | None]:
    """Look for the part that a deletion does not know of; what is known is deleted whatever comes of it."""
    if case.doubt is None or case.doubt.sent is None:
        return case, None
    try:
        sighting = await publisher.look(case.doubt.sent)
    except PlatformError as error:
        log.info("look_failed", error=type(error).__name__, code=error.failure.platform_code)
        return case, rest_of(error)
    except Exception as error:
        log.exception("look_fault", error=type(error).__name__)
        return case, None
    crash_here(CrashPoint.LOOKED)
    conclusion = await conclude_doubt(worker.deps, case, case.doubt, sighting)
    log.info("looked", belief=conclusion.belief.name, why=conclusion.why)
    return replace(case, doubt=replace(case.doubt, conclusion=conclusion)), None


async def _mark(worker: WorkerDeps, case: Case) -> datetime | None:
    """Write the mark; a process that was frozen since must not send, for its lease may end before the call does."""
    asked = monotonic()
    marked = await mark_follow_up(worker.deps, case)
    return None if _is_stale(worker, asked) else marked


def _is_stale(worker: WorkerDeps, asked: float) -> bool:
    settings = worker.deps.settings
    return monotonic() - asked > settings.lease_seconds - settings.platform_timeout_seconds


async def _record(worker: WorkerDeps, case: Case, verdict: Verdict) -> None:
    """Write what came of it, however long the database is away: an answer in hand is not to be lost."""
    pauses = iter(_RECORD_PAUSES)
    while True:
        try:
            await settle_follow_up(worker.deps, case, verdict)
        except Exception as error:  # whatever it is: an answer in hand is written again until it stands
            log.warning("not_recorded", error=type(error).__name__, exc_info=None if is_away(error) else error)
            await asyncio.sleep(next(pauses, _RECORD_PAUSES[-1]))
        else:
            return
