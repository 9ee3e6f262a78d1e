"""Sign-ins: exchange codes, look for pages, revoke what was disconnected. A queue of its own: a code lives seconds."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from publishing import tracing
from publishing.deps import Deps
from publishing.ids import Kind, public_id
from publishing.queue import Queue
from publishing.system import claim_connections, claim_revocations, complete_claimed, revoke_claimed
from workers.deps import WorkerDeps
from workers.runner import Job, Runner

LIMIT = 20


def connections_runner(worker: WorkerDeps) -> Runner:
    """Build the runner of the interactive queue."""

    async def claim(free: int) -> Sequence[Job]:
        deps = worker.deps
        attempts = await claim_connections(deps, limit=free)
        accounts = await claim_revocations(deps, limit=free)
        return [
            *(partial(_complete, deps, attempt_id) for attempt_id in attempts),
            *(partial(_revoke, deps, account_id) for account_id in accounts),
        ]

    return Runner("connections", claim, limit=LIMIT)


async def _complete(deps: Deps, attempt_id: UUID) -> None:
    with tracing.processing(Queue.INTERACTIVE, public_id(Kind.CONNECTION_ATTEMPT, attempt_id)):
        await complete_claimed(deps, attempt_id=attempt_id)


async def _revoke(deps: Deps, account_id: UUID) -> None:
    with tracing.processing(Queue.INTERACTIVE, public_id(Kind.CONNECTED_ACCOUNT, account_id)):
        await revoke_claimed(deps, account_id=account_id)
