"""Reconciling: look at the platform for what was sent and never clearly answered, and write what was found out."""

from collections.abc import Sequence
from functools import partial

import structlog

from platforms.base import Sighting
from platforms.errors import PlatformError, ReconnectRequiredError
from publishing.failpoints import CrashPoint, crash_here
from publishing.reconciling import Conclusion
from publishing.resting import rest_of
from publishing.system import Unconfirmed, claim_unconfirmed, conclude_look, hold_account, postpone_look, publisher_of
from workers.deps import WorkerDeps
from workers.permalinks import Unaddressed, fetch_permalink
from workers.runner import Job, Runner
from workers.telling import working_on

log = structlog.get_logger(__name__)
LIMIT = 20


def reconciling_runner(worker: WorkerDeps) -> Runner:
    """Build the runner that looks at platforms; the sweep wakes it."""

    async def claim(free: int) -> Sequence[Job]:
        cases = await claim_unconfirmed(worker.deps, limit=free)
        return [partial(_reconcile, worker, case) for case in cases]

    return Runner("reconciling", claim, limit=LIMIT)


async def _reconcile(worker: WorkerDeps, case: Unconfirmed) -> None:
    with working_on(case.publication_id, case.workspace_id, case.traceparent):
        await _find_out(worker, case)


async def _find_out(worker: WorkerDeps, case: Unconfirmed) -> None:
    sighting = await _look(worker, case)
    if sighting is None:
        return
    crash_here(CrashPoint.LOOKED)
    conclusion = await conclude_look(worker.deps, case, sighting)
    log.info("looked", belief=conclusion.belief.name, why=conclusion.why)
    await _complete(worker, case, conclusion)


async def _look(worker: WorkerDeps, case: Unconfirmed) -> Sighting | None:
    """Ask the platform; None when it could not be asked, which is noted."""
    deps, rest = worker.deps, None
    try:
        if case.sent is not None:
            publisher = publisher_of(
                deps, case.platform, case.environment, sign_in=case.sign_in, account_id=case.account_id
            )
            with worker.budgets.metering(case.platform, case.environment, case.sent.channel_id, sign_in=case.sign_in):
                return await publisher.look(case.sent)
    except ReconnectRequiredError:
        await hold_account(deps, account_id=case.account_id, token=case.sent.token if case.sent else "")
    except PlatformError as error:
        rest = rest_of(error)
        log.info("look_failed", error=type(error).__name__, code=error.failure.platform_code)
    except Exception as error:
        log.exception("look_fault", error=type(error).__name__)
    await postpone_look(deps, case, rest=rest)
    return None


async def _complete(worker: WorkerDeps, case: Unconfirmed, conclusion: Conclusion) -> None:
    """Read the address of what was found without one."""
    receipt = conclusion.receipt
    if receipt is not None and receipt.permalink is None and case.sent is not None:
        post_id, token = receipt.platform_post_id, case.sent.token
        missing = Unaddressed(case.publication_id, case.platform, case.environment, case.sign_in, post_id, token)
        await fetch_permalink(worker, missing)
