"""Sign-ins: ask from time to time whether they still work, and erase those of people who want that. In no hurry."""

from collections.abc import Sequence
from functools import partial

from publishing.system import check_account, claim_checks, claim_erasures, erase_claimed
from workers.deps import WorkerDeps
from workers.runner import Job, Runner

LIMIT = 4


def accounts_runner(worker: WorkerDeps) -> Runner:
    """Build the runner that cares for sign-ins."""

    async def claim(free: int) -> Sequence[Job]:
        removals = await claim_erasures(worker.deps, limit=free)
        accounts = await claim_checks(worker.deps, limit=free - len(removals))
        return [
            *(partial(erase_claimed, worker.deps, removal_id=removal_id) for removal_id in removals),
            *(partial(check_account, worker.deps, account_id=account_id) for account_id in accounts),
        ]

    return Runner("accounts", claim, limit=LIMIT)
