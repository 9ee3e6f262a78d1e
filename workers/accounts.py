"""Sign-ins that work: ask from time to time whether they still do. Few at once, in no hurry."""

from collections.abc import Sequence
from functools import partial

from publishing.system import check_account, claim_checks
from workers.deps import WorkerDeps
from workers.runner import Job, Runner

LIMIT = 4


def accounts_runner(worker: WorkerDeps) -> Runner:
    """Build the runner that cares for sign-ins."""

    async def claim(free: int) -> Sequence[Job]:
        claimed = await claim_checks(worker.deps, limit=free)
        return [partial(check_account, worker.deps, account_id=account_id) for account_id in claimed]

    return Runner("accounts", claim, limit=LIMIT)
