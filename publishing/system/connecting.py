"""The worker's side of a sign-in: exchange the code, look for pages, store both. Each part is repeatable.

First the grant is stored with its token; only then the pages are asked for, with the stored token. A worker that dies
in between leaves a sign-in that the next one finishes, although the code is used up.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from tortoise.exceptions import IntegrityError

from platforms.base import ChannelKind
from platforms.errors import Failure, FailureCode, PlatformError, RejectedError, TransientError
from platforms.network import Network
from platforms.registry import refresh_terms
from platforms.sign_in import FoundPage, Grant
from publishing import credentials, failures, models, setwise
from publishing.attempts import change_attempt, refused
from publishing.care import end_of, next_check, refresh_from
from publishing.connections import code_place, verifier_of
from publishing.credentials import NewToken
from publishing.db import connection, is_postgres, transaction
from publishing.deps import Deps
from publishing.events import ACCOUNT_CHANGED, note_event
from publishing.failpoints import CrashPoint, crash_here
from publishing.ids import new_id
from publishing.lifecycle import Status
from publishing.models import ConnectionAttemptStatus, ConnectionStatus
from publishing.pages import save_found
from publishing.queue import Queue
from publishing.sealing import SealError, unseal
from publishing.store import away, is_away
from publishing.system.resuming import resume_held

log = structlog.get_logger(__name__)
ACTOR = "system:connector"
_TRIES = 5
_PAUSE = timedelta(seconds=2)
_KEEP_PAUSES = (0.1, 0.5, 2.0, 5.0)
_STARTED_AGAIN = frozenset({FailureCode.RECONNECT_REQUIRED, FailureCode.PLATFORM_REJECTED})


async def claim_connections(deps: Deps, *, limit: int) -> list[UUID]:
    """Claim sign-ins whose code waits to be exchanged."""
    now = setwise.moment(await deps.clock.now())
    lock, marks = ("FOR UPDATE SKIP LOCKED", ("$1", "$2")) if is_postgres() else ("", ("?1", "?2"))
    until = setwise.moment(await deps.clock.now() + _lease(deps))
    rows = await connection().execute_query_dict(
        f"""UPDATE connection_attempt SET epoch = epoch + 1, lease_until = {marks[1]}, tries = tries + 1
        WHERE id IN (
            SELECT id FROM connection_attempt
            WHERE status = 'completing' AND due_at <= {marks[0]} AND (lease_until IS NULL OR lease_until < {marks[0]})
            ORDER BY due_at LIMIT {int(limit)} {lock})
        RETURNING id""",  # noqa: S608 - only marks and a number are put in
        [now, until],
    )
    return [UUID(str(row["id"])) for row in rows]


async def complete_claimed(deps: Deps, *, attempt_id: UUID) -> None:
    """Bring a claimed sign-in to its end, or give it back for another try."""
    row = await models.ConnectionAttempt.get(id=attempt_id)
    now = await deps.clock.now()
    try:
        async with _kept_lease(deps, row):
            await _bring_on(deps, row, now)
    except _ClaimLostError:
        log.info("claim_lost", attempt=str(row.id))
    except TransientError as error:
        await _again(deps, row, error, now)
    except PlatformError as error:
        await _fail(deps, row, error.failure, now)
    except SealError as error:
        await _fail(deps, row, refused(row.platform, f"A secret of this sign-in does not open: {error}."), now)
    except Exception as error:  # a fault of our own is tried again too, and ends with the tries
        if is_away(error):  # the lease ends, and somebody looks again
            raise
        log.exception("connector_fault", attempt=str(row.id), error=type(error).__name__)
        await _again(deps, row, TransientError(_fault(row, error)), now)
    deps.bell.announce()


async def _bring_on(deps: Deps, row: models.ConnectionAttempt, now: datetime) -> None:
    if row.tries > _TRIES:
        raise RejectedError(refused(row.platform, f"This sign-in did not come to its end in {_TRIES} tries."))
    network = _network(deps, row)
    if row.account_id is None:
        await _exchange(deps, row, network, now)
    if row.status is ConnectionAttemptStatus.COMPLETING:
        await _find_pages(deps, row, network, now)


def _fault(row: models.ConnectionAttempt, error: Exception) -> Failure:
    message = f"The server met a fault of its own ({type(error).__name__}) while finishing the sign-in."
    hint = "Start the sign-in again; if it stays, report it with the server's log."
    return Failure(FailureCode.AUTHORIZATION_FAILED, row.platform, message, hint)


class _ClaimLostError(Exception):
    """Another worker has this sign-in, or it is over."""


@asynccontextmanager
async def _kept_lease(deps: Deps, row: models.ConnectionAttempt) -> AsyncGenerator[None]:
    """Show that this worker lives while it works: asking for three thousand Pages takes longer than a lease."""
    keeping = asyncio.get_running_loop().create_task(_keep_lease(deps, row))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def _keep_lease(deps: Deps, row: models.ConnectionAttempt) -> None:
    while True:
        await asyncio.sleep(_lease(deps).total_seconds() / 3)
        try:
            row.lease_until = until = await deps.clock.now() + _lease(deps)
            await models.ConnectionAttempt.filter(
                id=row.id, epoch=row.epoch, status=ConnectionAttemptStatus.COMPLETING
            ).update(lease_until=until)
        except away() as error:
            log.warning("store_away", use_case="keep_lease", error=type(error).__name__)


def _lease(deps: Deps) -> timedelta:
    return timedelta(seconds=deps.settings.lease_seconds)


def _network(deps: Deps, row: models.ConnectionAttempt) -> Network:
    if not deps.networks.has(row.environment):
        message = f"This server has the environment {row.environment.name} switched off; nobody was asked."
        hint = "An operator switches it on; then start the sign-in again."
        raise TransientError(Failure(FailureCode.PLATFORM_NOT_CONFIGURED, row.platform, message, hint))
    return deps.networks.get(row.platform, row.environment)


async def _exchange(deps: Deps, row: models.ConnectionAttempt, network: Network, now: datetime) -> None:
    if row.sealed_code is None:
        raise RejectedError(refused(row.platform, "The code of this sign-in is gone."))
    code = unseal(deps.token_keys, row.sealed_code, code_place(row))
    verifier = verifier_of(deps, row)
    grant = await network.sign_in.exchange(code=code, redirect_uri=row.redirect_uri, verifier=verifier, now=now)
    crash_here(CrashPoint.TOKEN_NOT_KEPT)
    if not await _same_person(row, grant):
        message = "Somebody else signed in than the person whose account is being renewed."
        raise RejectedError(refused(row.platform, message))
    for pause in _KEEP_PAUSES:  # the code is used up: what it gave is written until it stands
        try:
            await _keep_grant(deps, row, grant, now)
        except (IntegrityError, *away()) as error:
            log.warning("not_recorded", attempt=str(row.id), error=type(error).__name__)
            await asyncio.sleep(pause)
        else:
            return
    await _keep_grant(deps, row, grant, now)


async def _keep_grant(deps: Deps, row: models.ConnectionAttempt, grant: Grant, now: datetime) -> None:
    async with transaction():
        every = timedelta(seconds=deps.settings.check_seconds)
        account = await _save_account(row, grant, every, now)
        token = NewToken(account.id, None, grant.token, grant.token_ends_at)
        await credentials.append(deps.token_keys, workspace_id=row.workspace_id, tokens=[token], now=now)
        row.account_id, row.sealed_code = account.id, None
        await _change(row, now)


async def _change(row: models.ConnectionAttempt, now: datetime) -> None:
    """Write in the open transaction, which is undone when the claim is lost."""
    if not await change_attempt(row, ConnectionAttemptStatus.COMPLETING, now):
        raise _ClaimLostError


async def _find_pages(deps: Deps, row: models.ConnectionAttempt, network: Network, now: datetime) -> None:
    """Find what can be published to, with the newest token: whose person signed in once more meanwhile is asked again.

    An older sign-in's tokens are never stored above those of a newer one.
    """
    while not await _find_with_newest(deps, row, network, now):
        log.info("overtaken", attempt=str(row.id))
    deps.bell.ring(Queue.PUBLISHING)


async def _find_with_newest(deps: Deps, row: models.ConnectionAttempt, network: Network, now: datetime) -> bool:
    account = await models.ConnectedAccount.get_or_none(workspace_id=row.workspace_id, id=row.account_id)
    owners = [account.id] if account is not None else []
    tokens = await credentials.open_tokens(deps.token_keys, workspace_id=row.workspace_id, owner_ids=owners)
    if account is None or account.id not in tokens:
        raise RejectedError(refused(row.platform, "The account was disconnected before its sign-in was finished."))
    offer = await network.finder.offer(token=tokens[account.id], now=now, granted=account.granted_permissions)
    async with transaction():
        same = models.ConnectedAccount.filter(id=account.id, signed_in_at=account.signed_in_at)
        if not await same.update(diagnosis=offer.diagnosis):
            return False
        await _keep_pages(deps, row, account.id, offer.pages, now)
        await _activate(deps, row, account.id, now)
        row.status, row.due_at, row.lease_until = ConnectionAttemptStatus.COMPLETED, None, None
        await _change(row, now)
    return True


async def _keep_pages(
    deps: Deps, row: models.ConnectionAttempt, account_id: UUID, found: tuple[FoundPage, ...], now: datetime
) -> None:
    ids = await save_found(workspace_id=row.workspace_id, account_id=account_id, found=found, now=now)
    tokens = _page_tokens(account_id, found, ids)
    await credentials.append(deps.token_keys, workspace_id=row.workspace_id, tokens=tokens, now=now)


async def _same_person(row: models.ConnectionAttempt, grant: Grant) -> bool:
    if row.reconnects_id is None:
        return True
    known = await models.ConnectedAccount.get(workspace_id=row.workspace_id, id=row.reconnects_id)
    return known.platform_user_id == grant.platform_user_id


async def _save_account(
    row: models.ConnectionAttempt, grant: Grant, every: timedelta, now: datetime
) -> models.ConnectedAccount:
    account = await models.ConnectedAccount.get_or_none(
        workspace_id=row.workspace_id,
        platform=row.platform,
        environment=row.environment,
        platform_user_id=grant.platform_user_id,
    )
    fresh = account is None
    if account is None:
        account = models.ConnectedAccount(id=new_id(), workspace_id=row.workspace_id, created_at=now)
        account.platform, account.environment = row.platform, row.environment
        account.platform_user_id, account.status = grant.platform_user_id, ConnectionStatus.ACTIVE
    account.name = grant.name
    account.granted_permissions = list(grant.granted_permissions)
    account.missing_permissions = list(grant.missing_permissions)
    account.expires_at, account.data_access_expires_at = grant.expires_at, grant.data_access_expires_at
    account.checked_at = account.signed_in_at = now
    account.warned_of = account.warned_days = account.revoke_due_at = account.refreshed_at = None
    end, terms = end_of(grant.expires_at, grant.data_access_expires_at), refresh_terms(row.platform)
    account.check_due_at = next_check(now, every=every, end=end, refresh_from=refresh_from(grant.expires_at, terms))
    await account.save(force_create=fresh)
    return account


def _page_tokens(
    account_id: UUID, found: tuple[FoundPage, ...], ids: dict[tuple[ChannelKind, str], UUID]
) -> list[NewToken]:
    return [
        NewToken(account_id, ids[(page.kind, page.platform_account_id)], page.token, page.token_expires_at)
        for page in found
        if page.token is not None
    ]


async def _activate(deps: Deps, row: models.ConnectionAttempt, account_id: UUID, now: datetime) -> None:
    """The sign-in works again: what was held back for it goes on by itself."""
    activated = await models.ConnectedAccount.filter(id=account_id, revoke_due_at=None).update(
        status=ConnectionStatus.ACTIVE, checked_at=now
    )
    if not activated:  # ended again by its owner in the meantime
        return
    await note_event(ACCOUNT_CHANGED, workspace_id=row.workspace_id, subject_id=account_id, now=now)
    offered = await models.SelectablePage.filter(account_id=account_id, publishable=True).values_list("id", flat=True)
    channels = await models.Channel.filter(
        workspace_id=row.workspace_id, account_id=account_id, removed_at=None, page_id__in=list(offered)
    )
    held = await models.Publication.filter(channel_id__in=[c.id for c in channels], status=Status.HELD)
    await resume_held(deps, held, actor=ACTOR, now=now)


async def _again(deps: Deps, row: models.ConnectionAttempt, error: TransientError, now: datetime) -> None:
    if row.tries >= _TRIES:
        await _fail(deps, row, error.failure, now)
        return
    row.due_at = now + max(_PAUSE, error.retry_after or _PAUSE)
    row.lease_until = None
    await change_attempt(row, ConnectionAttemptStatus.COMPLETING, now)
    deps.bell.ring(Queue.INTERACTIVE, at=row.due_at, now=now)


async def _fail(deps: Deps, row: models.ConnectionAttempt, failure: Failure, now: datetime) -> None:
    log.info("connection_failed", attempt=str(row.id), code=failure.platform_code)
    row.status, row.sealed_code, row.due_at, row.lease_until = ConnectionAttemptStatus.FAILED, None, None, None
    if failure.code in _STARTED_AGAIN:
        failure = replace(failure, code=FailureCode.AUTHORIZATION_FAILED, hint="Start the sign-in again.")
    row.error = failures.stored(failure, retryable=False)
    async with transaction():
        if await change_attempt(row, ConnectionAttemptStatus.COMPLETING, now) and row.account_id is not None:
            await _end_unfinished(row.workspace_id, row.account_id, now)
    deps.bell.ring(Queue.INTERACTIVE)


async def _end_unfinished(workspace_id: UUID, account_id: UUID, now: datetime) -> None:
    """End an account that no sign-in brought to life: nobody knows that its token is there."""
    ended = models.ConnectedAccount.filter(id=account_id, status=ConnectionStatus.DISCONNECTED)
    others = models.ConnectionAttempt.filter(account_id=account_id).exclude(status=ConnectionAttemptStatus.FAILED)
    if await ended.exists():
        others = others.filter(status=ConnectionAttemptStatus.COMPLETING)
    elif await models.SelectablePage.filter(account_id=account_id).exists():
        return
    if await others.exists():
        return
    await models.ConnectedAccount.filter(id=account_id).update(
        status=ConnectionStatus.DISCONNECTED, revoke_due_at=now, revoke_tries=0
    )
    await note_event(ACCOUNT_CHANGED, workspace_id=workspace_id, subject_id=account_id, now=now)
