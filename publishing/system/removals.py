"""A person took the app away at the platform: their tokens are forgotten at once, and nothing more goes out with them.

When they want their data deleted, a worker erases the rest (`erasing`). A signed request that comes again does nothing
more.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from tortoise.exceptions import IntegrityError

from platforms.callbacks import CallbackRefusedError
from platforms.callbacks import Removal as Told
from publishing import credentials, models
from publishing.accounts import stop_publications
from publishing.attempts import fail_sign_ins
from publishing.db import transaction
from publishing.deps import Deps
from publishing.events import ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION, note_event
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status
from publishing.models import ConnectionStatus
from publishing.store import store_errors

log = structlog.get_logger(__name__)
ACTOR = "system:callbacks"
PROMISE = timedelta(days=1)
"""Within this everything is erased; tokens are at once."""
_SAME_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Deletion:
    """How far a deletion is. `promised_by` is when it is done at the latest."""

    received_at: datetime
    promised_by: datetime
    completed_at: datetime | None


@store_errors
async def receive_removal(deps: Deps, *, callback_name: str, signed: str, deletes: bool) -> str | None:
    """Take a platform's signed request; the tokens are gone when this returns.

    Returns:
        The code to ask about it with; None when it is not the platform's.
    """
    now = await deps.clock.now()
    for place in deps.networks.callbacks(callback_name):
        try:
            told = place.callbacks.removal(signed, now=now)
        except CallbackRefusedError as error:
            log.info("callback_refused", environment=place.environment.value, reason=str(error))
            continue
        row = models.Removal(
            id=new_id(),
            platform=place.platform,
            environment=place.environment,
            digest=_digest(signed, deletes=deletes),
            code=secrets.token_urlsafe(18),
            deletes=deletes,
            platform_user_id=told.platform_user_id if deletes else None,
            received_at=now,
            due_at=now if deletes else None,
            completed_at=None if deletes else now,
        )
        code = await _take(row, told, now)
        deps.bell.announce()
        return code
    return None


@store_errors
async def find_deletion(*, code: str) -> Deletion | None:
    """Say how far a deletion is; None when the code is unknown."""
    row = await models.Removal.get_or_none(code=code, deletes=True)
    return Deletion(row.received_at, row.received_at + PROMISE, row.completed_at) if row else None


def _digest(signed: str, *, deletes: bool) -> str:
    """Tell requests apart by what their signature is of: the signature itself can be written in several ways.

    The same may come to both addresses, and means something else at each.
    """
    return hashlib.sha256(f"{deletes}:{signed.partition('.')[2]}".encode()).hexdigest()


async def _take(row: models.Removal, told: Told, now: datetime) -> str:
    try:
        async with transaction():
            await row.save(force_create=True)
            for account in await _accounts(row, told):
                await _end(account, now)
    except IntegrityError:  # the same request again
        return (await models.Removal.get(digest=row.digest)).code
    log.info("removal_received", platform=row.platform.value, deletes=row.deletes, removal=str(row.id))
    return row.code


async def _accounts(row: models.Removal, told: Told) -> list[models.ConnectedAccount]:
    """Find the person's sign-ins, in every workspace; one made after the app was removed is meant to stay."""
    found = await models.ConnectedAccount.filter(
        platform=row.platform, environment=row.environment, platform_user_id=told.platform_user_id
    )
    until = told.issued_at + _SAME_SECOND
    return [one for one in found if row.deletes or one.signed_in_at is None or one.signed_in_at < until]


async def _end(account: models.ConnectedAccount, now: datetime) -> None:
    """The platform ended it itself, so it is not told; its tokens are of no more use to anybody."""
    await models.ConnectedAccount.filter(id=account.id).update(
        status=ConnectionStatus.DISCONNECTED, revoke_due_at=None, check_due_at=None
    )
    await fail_sign_ins(account, now)
    await credentials.forget(workspace_id=account.workspace_id, account_id=account.id)
    await _forget_codes(account.id)
    await stop_publications(account, Status.HELD, Reason.ACCOUNT_DISCONNECTED, ACTOR, now)
    for event in (ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION):
        await note_event(event, workspace_id=account.workspace_id, subject_id=account.id, now=now)


async def _forget_codes(account_id: UUID) -> None:
    await models.ConnectionAttempt.filter(account_id=account_id).update(sealed_code=None)
