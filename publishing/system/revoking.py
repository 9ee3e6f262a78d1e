"""The worker's side of a disconnect: tell the platform, then forget the tokens."""

from datetime import timedelta
from uuid import UUID

import structlog

from platforms.errors import Failure, FailureCode, PlatformError, TransientError
from publishing import credentials, models
from publishing.db import transaction
from publishing.deps import Deps
from publishing.events import ACCOUNT_CHANGED, note_event
from publishing.models import ConnectionStatus
from publishing.queue import Queue
from publishing.sealing import SealError

log = structlog.get_logger(__name__)
_LEASE = timedelta(seconds=60)
_TRIES = 8


async def claim_revocations(deps: Deps, *, limit: int) -> list[UUID]:
    """Claim disconnected accounts whose platform has not been told; a claim holds for a minute."""
    now = await deps.clock.now()
    rows = await models.ConnectedAccount.filter(status=ConnectionStatus.DISCONNECTED, revoke_due_at__lte=now).limit(
        limit
    )
    claimed: list[UUID] = []
    for row in rows:
        taken = await models.ConnectedAccount.filter(id=row.id, revoke_due_at=row.revoke_due_at).update(
            revoke_due_at=now + _LEASE, revoke_tries=row.revoke_tries + 1
        )
        if taken:
            claimed.append(row.id)
    return claimed


async def revoke_claimed(deps: Deps, *, account_id: UUID) -> None:
    """Revoke a sign-in at its platform and forget its tokens; after eight failures they are forgotten all the same."""
    row = await models.ConnectedAccount.get(id=account_id)
    tokens, closed = await credentials.open_each(deps.token_keys, workspace_id=row.workspace_id, owner_ids=[row.id])
    try:
        if row.id in closed:
            raise TransientError(_shut(row, closed[row.id]))
        if row.id in tokens:
            await _tell_platform(deps, row, tokens[row.id])
    except PlatformError as error:
        log.warning("revoke_failed", account=str(row.id), tries=row.revoke_tries, code=error.failure.platform_code)
        if row.revoke_tries < _TRIES:
            deps.bell.ring(Queue.INTERACTIVE, at=row.revoke_due_at, now=await deps.clock.now())
            return
    now = await deps.clock.now()
    async with transaction():
        done = await models.ConnectedAccount.filter(
            id=row.id, status=ConnectionStatus.DISCONNECTED, revoke_due_at__isnull=False
        ).update(revoke_due_at=None)
        if done:
            await credentials.forget(workspace_id=row.workspace_id, account_id=row.id)
            await note_event(ACCOUNT_CHANGED, workspace_id=row.workspace_id, subject_id=row.id, now=now)
    deps.bell.announce()


async def _tell_platform(deps: Deps, row: models.ConnectedAccount, token: str) -> None:
    if not deps.networks.has(row.environment):
        message = f"This server has the environment {row.environment.name} switched off."
        hint = "An operator switches it on."
        raise TransientError(Failure(FailureCode.PLATFORM_NOT_CONFIGURED, row.platform, message, hint))
    network = deps.networks.get(row.platform, row.environment)
    if not await _is_used_elsewhere(row):
        await network.sign_in.revoke(token=token)


def _shut(row: models.ConnectedAccount, error: SealError) -> Failure:
    message = f"The token of the sign-in does not open ({error}); the platform was not told."
    return Failure(FailureCode.PLATFORM_NOT_CONFIGURED, row.platform, message, "An operator adds the key back.")


async def _is_used_elsewhere(row: models.ConnectedAccount) -> bool:
    """A platform ends what a person granted as a whole, and another workspace may live by it."""
    others = models.ConnectedAccount.filter(
        platform=row.platform, environment=row.environment, platform_user_id=row.platform_user_id
    )
    return await others.exclude(id=row.id).exclude(status=ConnectionStatus.DISCONNECTED).exists()
