"""Connected accounts: one OAuth sign-in each. Reading them, and ending one."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from platforms.base import Environment, Platform
from platforms.errors import Failure, FailureCode
from publishing import failures, models, records
from publishing.attempts import fail_sign_ins
from publishing.db import transaction
from publishing.deps import Deps
from publishing.doubt_hints import tell_doubted
from publishing.errors import NotFoundError
from publishing.events import ACCOUNT_CHANGED, note_event
from publishing.ids import Kind, parse_id
from publishing.lifecycle import Reason, Status, sources
from publishing.lists import page_of
from publishing.mapping import Mapper
from publishing.publications import get_publications
from publishing.queue import Queue
from publishing.records import Caller, Page, PageRequest
from publishing.store import store_errors
from publishing.transitions import Change, advance

Platforms = tuple[Platform, ...] | None
_ACCOUNT = Mapper(
    models.ConnectedAccount, records.ConnectedAccount, granted_permissions=tuple, missing_permissions=tuple
)
_PATIENCE_SECONDS = 10.0
_LOOK_SECONDS = 0.1


@store_errors
async def list_accounts(
    *, workspace_id: UUID, page: PageRequest, platforms: Platforms
) -> Page[records.ConnectedAccount]:
    """List a workspace's sign-ins, the oldest first."""
    return await page_of(_narrowed(workspace_id, platforms), _ACCOUNT, page, newest_first=False)


@store_errors
async def count_accounts(*, workspace_id: UUID, platforms: Platforms) -> int:
    """Count what `list_accounts` would list."""
    return await _narrowed(workspace_id, platforms).count()


@store_errors
async def get_accounts(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.ConnectedAccount]:
    """Read sign-ins of a workspace; ids that lead nowhere are left out."""
    query = models.ConnectedAccount.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await _ACCOUNT.read(query)}


async def owned_account(*, workspace_id: UUID, account_id: str) -> models.ConnectedAccount:
    """Find a sign-in of a workspace by the id a caller gave.

    Raises:
        NotFoundError: no such account for this workspace.
    """
    parsed = parse_id(Kind.CONNECTED_ACCOUNT, account_id)
    row = await models.ConnectedAccount.get_or_none(workspace_id=workspace_id, id=parsed) if parsed else None
    if row is None:
        raise NotFoundError(account_id, path=("accountId",))
    return row


@store_errors
async def disconnect_account(
    deps: Deps, caller: Caller, *, account_id: str, cancel_scheduled: bool
) -> tuple[records.ConnectedAccount, tuple[records.Publication, ...]]:
    """End a sign-in: nothing is published with it from now on; a worker revokes it at the platform.

    The tokens are forgotten once the platform has been told. What has not gone out is held back, or called off.

    Raises:
        NotFoundError: no such account for this caller.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await owned_account(workspace_id=caller.workspace_id, account_id=account_id)
    now = await deps.clock.now()
    after = Status.CANCELED if cancel_scheduled else Status.HELD
    async with transaction():
        row.status, row.revoke_due_at, row.revoke_tries = models.ConnectionStatus.DISCONNECTED, now, 0
        await row.save(update_fields=["status", "revoke_due_at", "revoke_tries"])
        await fail_sign_ins(row, now)
        affected = await stop_publications(row, after, Reason.ACCOUNT_DISCONNECTED, caller.actor, now)
        await note_event(ACCOUNT_CHANGED, workspace_id=row.workspace_id, subject_id=row.id, now=now)
    deps.bell.ring(Queue.INTERACTIVE)
    deps.bell.announce()
    publications = await get_publications(workspace_id=caller.workspace_id, ids=affected)
    return _ACCOUNT.copy(row), tuple(publications.values())


async def stop_publications(
    account: models.ConnectedAccount, after: Status, reason: Reason, actor: str, now: datetime
) -> list[UUID]:
    """Hold back or call off what has not gone out with a sign-in, in the open transaction.

    Of what may have gone out, a person is told that the server cannot look for it any more.
    """
    channels = await models.Channel.filter(workspace_id=account.workspace_id, account_id=account.id)
    rows = await models.Publication.filter(
        workspace_id=account.workspace_id,
        channel_id__in=[channel.id for channel in channels],
        status__in=list(sources(after)),
    )
    error = failures.stored(_stopped(account.platform, reason), retryable=False) if after is Status.HELD else None
    changes = [Change(row.id, after, reason, actor, error=error) for row in rows if row.status is not Status.PUBLISHING]
    doubted = models.Publication.filter(
        workspace_id=account.workspace_id,
        channel_id__in=[channel.id for channel in channels],
        status=Status.UNCONFIRMED,
    )
    await tell_doubted(await doubted.order_by("id"), signed_in=False, now=now)
    return list(await advance(changes, now=now))


def _stopped(platform: Platform, reason: Reason) -> Failure:
    ended = reason is Reason.ACCOUNT_DISCONNECTED
    what = "The account was disconnected" if ended else "The sign-in behind the channel stopped working"
    return Failure(
        code=FailureCode.RECONNECT_REQUIRED,
        platform=platform,
        message=f"{what} before this went out; nothing was sent.",
        hint="Renew it with reconnectAccount and it goes on by itself, or cancel it with cancelPublication.",
    )


async def revocations_over(*, workspace_id: UUID, platform: Platform, environment: Environment) -> None:
    """Wait, at most ten seconds, until the platform was told of every sign-in that was ended.

    A platform ends what a person granted as a whole: a sign-in begun before it was told would be ended with it.
    """
    deadline = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if not await models.ConnectedAccount.filter(
            workspace_id=workspace_id, platform=platform, environment=environment, revoke_due_at__isnull=False
        ).exists():
            return
        await asyncio.sleep(_LOOK_SECONDS)


def _narrowed(workspace_id: UUID, platforms: Platforms) -> QuerySet[models.ConnectedAccount]:
    query = models.ConnectedAccount.filter(workspace_id=workspace_id)
    return query if platforms is None else query.filter(platform__in=list(platforms))
