"""Selectable pages: what a sign-in offers, as found when it was last asked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from platforms.base import ChannelKind
from platforms.sign_in import FoundPage
from publishing import models, records
from publishing.channels import CHANNEL
from publishing.ids import new_id
from publishing.mapping import Mapper
from publishing.store import store_errors


@dataclass(frozen=True, slots=True)
class _Offered:
    """A page as it is stored; `linked_to` is the platform's id of the Page before an Instagram account."""

    id: UUID
    account_id: UUID
    kind: ChannelKind
    name: str
    handle: str | None
    avatar_url: str | None
    publishable: bool
    problem: str | None
    platform_account_id: str
    linked_to: str | None


_OFFERED = Mapper(models.SelectablePage, _Offered)


@store_errors
async def pages_of_accounts(
    *, workspace_id: UUID, account_ids: Iterable[UUID]
) -> dict[UUID, tuple[records.SelectablePage, ...]]:
    """Read what sign-ins offer, in the platform's order; Instagram accounts stand behind their Page."""
    ids = list(account_ids)
    query = models.SelectablePage.filter(workspace_id=workspace_id, account_id__in=ids).order_by("position")
    chosen = models.Channel.filter(workspace_id=workspace_id, account_id__in=ids, removed_at=None)
    rows, channels = await _OFFERED.read(query), await CHANNEL.read(chosen)
    by_remote = {(row.account_id, row.kind, row.platform_account_id): row.id for row in channels}
    linked = {(row.account_id, row.linked_to): row.id for row in rows if row.linked_to}
    pages: defaultdict[UUID, list[records.SelectablePage]] = defaultdict(list)
    for row in rows:
        channel_id = by_remote.get((row.account_id, row.kind, row.platform_account_id))
        instagram_id = linked.get((row.account_id, row.platform_account_id))
        pages[row.account_id].append(_page_record(row, channel_id, instagram_id))
    return {account_id: tuple(items) for account_id, items in pages.items()}


async def save_found(
    *, workspace_id: UUID, account_id: UUID, found: Sequence[FoundPage], now: datetime
) -> dict[tuple[ChannelKind, str], UUID]:
    """Store what a sign-in offers now, in the open transaction; what it no longer offers stays, as unpublishable.

    Returns:
        Row ids by kind and the platform's id.
    """
    known = {
        (row.kind, row.platform_account_id): row
        for row in await models.SelectablePage.filter(workspace_id=workspace_id, account_id=account_id)
    }
    fresh: list[models.SelectablePage] = []
    for position, page in enumerate(found):
        key = (page.kind, page.platform_account_id)
        row = known.pop(key, None)
        if row is None:
            row = models.SelectablePage(id=new_id(), workspace_id=workspace_id, account_id=account_id)
            row.kind, row.platform_account_id = key
            fresh.append(row)
            _fill(row, page, position, now)
        else:
            changed = row.tier != page.tier
            _fill(row, page, position, now)
            await row.save()
            if changed:
                await models.Channel.filter(workspace_id=workspace_id, page_id=row.id).update(tier=page.tier)
    await models.SelectablePage.bulk_create(fresh)
    await _mark_gone(known.values())
    rows = await models.SelectablePage.filter(workspace_id=workspace_id, account_id=account_id)
    return {(row.kind, row.platform_account_id): row.id for row in rows}


def _fill(row: models.SelectablePage, page: FoundPage, position: int, now: datetime) -> None:
    row.name = page.name
    row.handle = page.handle
    row.avatar_url = page.avatar_url
    row.profile_url = page.profile_url
    row.publishable = page.problem is None and page.token is not None
    row.problem = page.problem
    row.linked_to = page.linked_to
    row.tier = page.tier
    row.position = position
    row.seen_at = now


async def _mark_gone(rows: Iterable[models.SelectablePage]) -> None:
    for row in rows:
        row.publishable = False
        row.problem = "The platform no longer offers it with this sign-in: connect again and tick it there."
        await row.save(update_fields=["publishable", "problem"])


def _page_record(row: _Offered, channel_id: UUID | None, instagram_id: UUID | None) -> records.SelectablePage:
    return records.SelectablePage(
        id=row.id,
        account_id=row.account_id,
        kind=row.kind,
        name=row.name,
        handle=row.handle,
        avatar_url=row.avatar_url,
        publishable=row.publishable,
        problem=row.problem,
        linked_instagram_id=instagram_id,
        channel_id=channel_id,
    )
