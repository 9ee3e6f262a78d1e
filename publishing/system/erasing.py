"""Erasing what a person's sign-in brought here: who they are, what it offered, and where its posts are.

What the workspace itself wrote stays: texts, pictures, and that something went out when.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from publishing import credentials, models
from publishing.attempts import fail_sign_ins
from publishing.db import transaction
from publishing.deps import Deps
from publishing.events import ACCOUNT_CHANGED, CHANNEL_CHANGED, note_event
from publishing.lifecycle import Reason, Status, sources
from publishing.models import ConnectionStatus, FollowUpState
from publishing.transitions import Change, advance

log = structlog.get_logger(__name__)
ACTOR = "system:callbacks"
_LEASE = timedelta(minutes=5)
_LONGEST_CALL = timedelta(hours=1)
_BREATH = timedelta(seconds=5)
_ERASED = "deleted-"


async def claim_erasures(deps: Deps, *, limit: int) -> list[UUID]:
    """Claim deletions that were asked for; a claim holds for five minutes."""
    now = await deps.clock.now()
    due = await models.Removal.filter(due_at__lte=now).order_by("due_at").limit(limit)
    return [
        row.id for row in due if await models.Removal.filter(id=row.id, due_at=row.due_at).update(due_at=now + _LEASE)
    ]


async def erase_claimed(deps: Deps, *, removal_id: UUID) -> None:
    """Erase what is left of a person, in one transaction; a worker that dies leaves it to the next.

    A post whose call is under way is waited for, an hour at most. What a call that took longer brings is erased when
    the deletion is looked at again.
    """
    row = await models.Removal.get(id=removal_id)
    now = await deps.clock.now()
    if row.completed_at is not None:
        await _erase_late()
        await models.Removal.filter(id=row.id).update(due_at=None)
        return
    accounts = await models.ConnectedAccount.filter(
        platform=row.platform, environment=row.environment, platform_user_id=row.platform_user_id
    )
    if now - row.received_at < _LONGEST_CALL and await _is_under_way(accounts):
        await models.Removal.filter(id=row.id).update(due_at=now + _BREATH)
        return
    async with transaction():
        for account in accounts:
            await _erase(account, now)
        await models.Removal.filter(id=row.id).update(
            due_at=now + _LONGEST_CALL, platform_user_id=None, completed_at=now
        )
    log.info("person_erased", removal=str(row.id))
    deps.bell.announce()


async def _is_under_way(accounts: Sequence[models.ConnectedAccount]) -> bool:
    channels = models.Channel.filter(account_id__in=[account.id for account in accounts])
    ids = [UUID(str(one)) for one in await channels.values_list("id", flat=True)]
    return await models.Publication.filter(channel_id__in=ids, status=Status.PUBLISHING).exists()


async def _erase_late() -> None:
    """Erase what came back for channels that were erased: an answer of a worker that was frozen, or a comment's id."""
    channels = models.Channel.filter(platform_account_id__startswith=_ERASED)
    ids = [UUID(str(one)) for one in await channels.values_list("id", flat=True)]
    await _erase_publications(ids)


async def _erase(account: models.ConnectedAccount, now: datetime) -> None:
    for channel in await models.Channel.filter(workspace_id=account.workspace_id, account_id=account.id):
        await _erase_channel(channel, now)
    await models.SelectablePage.filter(account_id=account.id).delete()
    await credentials.forget(workspace_id=account.workspace_id, account_id=account.id)
    await models.ConnectedAccount.filter(id=account.id).update(
        platform_user_id=f"{_ERASED}{account.id}",
        name="Deleted person",
        status=ConnectionStatus.DISCONNECTED,
        granted_permissions=[],
        missing_permissions=[],
        diagnosis=None,
        expires_at=None,
        data_access_expires_at=None,
        check_due_at=None,
        revoke_due_at=None,
    )
    await fail_sign_ins(account, now)
    await models.ConnectionAttempt.filter(account_id=account.id).update(error=None, sealed_code=None)
    await note_event(ACCOUNT_CHANGED, workspace_id=account.workspace_id, subject_id=account.id, now=now)


async def _erase_channel(channel: models.Channel, now: datetime) -> None:
    waiting = await models.Publication.filter(channel_id=channel.id, status__in=list(sources(Status.CANCELED)))
    changes = [Change(one.id, Status.CANCELED, Reason.CHANNEL_REMOVED, ACTOR) for one in waiting]
    await advance(changes, now=now)
    followed = models.FollowUp.filter(publication_id__in=await _erase_publications([channel.id]))
    await followed.filter(due_at__isnull=False).update(state=FollowUpState.FAILED, due_at=None, finished_at=now)
    await _forget_counts(channel)
    await models.Channel.filter(id=channel.id).update(
        platform_account_id=f"{_ERASED}{channel.id}",
        name="Deleted channel",
        handle=None,
        avatar_url=None,
        profile_url=None,
        page_id=None,
        removed_at=channel.removed_at or now,
    )
    await note_event(CHANNEL_CHANGED, workspace_id=channel.workspace_id, subject_id=channel.id, now=now)


async def _erase_publications(channel_ids: Sequence[UUID]) -> list[UUID]:
    """Erase where the posts of channels are, and what was said of them; gives which those are."""
    publications = models.Publication.filter(channel_id__in=list(channel_ids))
    ids = [UUID(str(one)) for one in await publications.values_list("id", flat=True)]
    await publications.update(platform_post_id=None, permalink=None, error=None, handles={})
    await models.Attempt.filter(publication_id__in=ids).update(error=None, request="erased")
    await models.FollowUp.filter(publication_id__in=ids).update(error=None, handles={}, platform_id=None)
    return ids


async def _forget_counts(channel: models.Channel) -> None:
    """Forget what was counted for the account, unless another channel, of whatever workspace, counts on it."""
    same = models.Channel.filter(
        platform=channel.platform,
        environment=channel.environment,
        platform_account_id=channel.platform_account_id,
        removed_at=None,
    )
    if await same.exclude(id=channel.id).exists():
        return
    for counted in (models.CapUse, models.RateBudget):
        await counted.filter(environment=channel.environment, subject=channel.platform_account_id).delete()
