"""Sign-ins that are under way: each step by compare-and-set, with its event."""

from datetime import datetime

from platforms.base import Platform
from platforms.errors import Failure, FailureCode
from publishing import failures, models
from publishing.db import transaction
from publishing.events import CONNECTION_ATTEMPT_CHANGED, note_event
from publishing.models import ConnectionAttemptStatus

OVER = frozenset({ConnectionAttemptStatus.COMPLETED, ConnectionAttemptStatus.FAILED})


async def change_attempt(row: models.ConnectionAttempt, before: ConnectionAttemptStatus, now: datetime) -> bool:
    """Save an attempt by compare-and-set on its status, with its event; False when somebody was faster."""
    async with transaction():
        changed = await models.ConnectionAttempt.filter(
            workspace_id=row.workspace_id, id=row.id, status=before, epoch=row.epoch
        ).update(
            status=row.status,
            sealed_code=row.sealed_code,
            account_id=row.account_id,
            error=row.error,
            due_at=row.due_at,
            lease_until=row.lease_until,
            tries=row.tries,
            finished_at=now if row.status in OVER else None,
        )
        if changed:
            event = CONNECTION_ATTEMPT_CHANGED
            await note_event(event, workspace_id=row.workspace_id, subject_id=row.id, now=now)
    return bool(changed)


async def fail_sign_ins(account: models.ConnectedAccount, now: datetime) -> None:
    """End the sign-ins of an account that are being finished, in the open transaction, after the account's own row.

    One that waits for the platform would make the account usable again when it is answered.
    """
    message = "The account was disconnected before its sign-in was finished."
    for row in await models.ConnectionAttempt.filter(
        workspace_id=account.workspace_id, account_id=account.id, status=ConnectionAttemptStatus.COMPLETING
    ):
        row.status, row.sealed_code, row.due_at, row.lease_until = ConnectionAttemptStatus.FAILED, None, None, None
        row.error = failures.stored(refused(row.platform, message), retryable=False)
        await change_attempt(row, ConnectionAttemptStatus.COMPLETING, now)


def refused(platform: Platform, message: str, *, code: str | None = None) -> Failure:
    """Say that a sign-in came to nothing and what to do."""
    hint = "Start the sign-in again."
    return Failure(FailureCode.AUTHORIZATION_FAILED, platform, message, hint, platform_code=code)
