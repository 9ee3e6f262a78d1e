"""Channels: the pages that were chosen. Choosing, removing, and finding one that can be published to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySet

from platforms.base import ChannelKind, Environment, Platform
from platforms.registry import platform_of, rules_for
from platforms.rules import Rules
from publishing import models, records, setwise
from publishing.db import connection, is_postgres, transaction
from publishing.deps import Deps
from publishing.errors import NotFoundError, ReconnectError
from publishing.events import CHANNEL_CHANGED, note_event
from publishing.ids import Kind, new_id, parse_id, public_id
from publishing.lifecycle import Reason, Status, sources
from publishing.lists import page_of
from publishing.mapping import Mapper
from publishing.records import Caller, Page, PageProblem, PageRequest, Selection
from publishing.store import store_errors
from publishing.transitions import Change, advance

CHANNEL = Mapper(models.Channel, records.Channel)
USABLE = frozenset({models.ConnectionStatus.ACTIVE, models.ConnectionStatus.EXPIRING})


@dataclass(frozen=True, slots=True)
class ChannelFilter:
    """Narrows a list; None leaves a part open."""

    platforms: tuple[Platform, ...] | None = None
    kinds: tuple[ChannelKind, ...] | None = None
    environment: Environment | None = None


@dataclass(frozen=True, slots=True)
class UsableChannel:
    """What publishing has to know of a channel; `granted` are the permissions of its sign-in.

    Until `rests_until` its platform wants to hear nothing for it.
    """

    id: UUID
    workspace_id: UUID
    platform: Platform
    environment: Environment
    rules: Rules
    granted: frozenset[str]
    rests_until: datetime | None


@store_errors
async def list_channels(*, workspace_id: UUID, page: PageRequest, filter: ChannelFilter) -> Page[records.Channel]:  # noqa: A002 - the schema's word
    """List a workspace's channels, the oldest first."""
    return await page_of(_narrowed(workspace_id, filter), CHANNEL, page, newest_first=False)


@store_errors
async def count_channels(*, workspace_id: UUID, filter: ChannelFilter) -> int:  # noqa: A002 - the schema's word
    """Count what `list_channels` would list."""
    return await _narrowed(workspace_id, filter).count()


@store_errors
async def get_channels(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.Channel]:
    """Read channels of a workspace, removed ones too, for their history; unknown ids are left out."""
    query = models.Channel.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await CHANNEL.read(query)}


@store_errors
async def channels_of_accounts(
    *, workspace_id: UUID, account_ids: Iterable[UUID]
) -> dict[UUID, tuple[records.Channel, ...]]:
    """Read the channels made from sign-ins, the oldest first."""
    query = models.Channel.filter(workspace_id=workspace_id, account_id__in=list(account_ids), removed_at=None)
    found: defaultdict[UUID, list[records.Channel]] = defaultdict(list)
    for record in await CHANNEL.read(query.order_by("id")):
        found[record.account_id].append(record)
    return {account_id: tuple(items) for account_id, items in found.items()}


@store_errors
async def select_pages(
    deps: Deps,
    caller: Caller,
    *,
    account_id: str,
    page_ids: Sequence[str],
    include_linked_instagram: bool,
    replace: bool,
) -> Selection:
    """Make channels of pages of a sign-in. A page with a problem is named; the others become channels all the same.

    Repeating it changes nothing. A page that is a channel through another sign-in moves to this one; a linked account
    that nobody named stays where it is while that sign-in works, at another platform. `replace` removes channels of
    this account that are not named now.

    Raises:
        NotFoundError: no such account for this caller.
        ReconnectError: the account's sign-in is over, so nothing could be published through it.
        StoreUnavailableError: the database is away; nothing was written.
    """
    account = await _account(caller.workspace_id, account_id)
    if account.status not in USABLE:
        message = f"The sign-in of {account.name!r} no longer works: renew it with reconnectAccount."
        raise ReconnectError(message, account_id=account_id, path=("accountId",))
    offered = await models.SelectablePage.filter(workspace_id=caller.workspace_id, account_id=account.id)
    named, problems = _choose(offered, page_ids)
    linked = _linked(offered, named) if include_linked_instagram else []
    now = await deps.clock.now()
    try:
        kept = await _select(caller, account, named, linked, now, replace=replace)
    except IntegrityError:  # another call chose one of them at the same moment; it is there now
        kept = await _select(caller, account, named, linked, now, replace=replace)
    await _have_listened_to(deps, account, now)
    deps.bell.announce()
    return Selection(channels=tuple(CHANNEL.copy(row) for row in kept), problems=tuple(problems))


@store_errors
async def remove_channel(deps: Deps, caller: Caller, *, channel_id: str) -> UUID:
    """Remove a channel: what has not gone out there is called off, its history stays readable.

    Raises:
        NotFoundError: no such channel for this caller.
        StoreUnavailableError: the database is away; nothing was written.
    """
    row = await _channel(caller.workspace_id, channel_id)
    now = await deps.clock.now()
    async with transaction():
        await _remove(caller, row, now)
    deps.bell.announce()
    return row.id


async def usable_channel(*, workspace_id: UUID, channel_id: str, platform: Platform) -> UsableChannel:
    """Find a channel of this platform that can be published to, with its rules.

    Raises:
        NotFoundError: no such channel of this platform for this workspace.
        ReconnectError: a person has to sign in at the platform first.
    """
    parsed = parse_id(Kind.CHANNEL, channel_id)
    row = await _with_account(workspace_id, parsed, platform) if parsed else None
    if parsed is None or row is None:
        raise NotFoundError(channel_id, path=("channelId",))
    if row["status"] not in USABLE:
        message = f"The sign-in behind {row['name']!r} no longer works: renew it with reconnectAccount."
        account_id = public_id(Kind.CONNECTED_ACCOUNT, UUID(str(row["account_id"])))
        raise ReconnectError(message, account_id=account_id, path=("channelId",))
    rules, environment = rules_for(ChannelKind(row["kind"]), row["tier"]), Environment(row["environment"])
    granted = frozenset[str](orjson.loads(row["granted_permissions"]))
    rests_until = setwise.read_moment(row["rests_until"]) if row["rests_until"] else None
    return UsableChannel(parsed, workspace_id, platform, environment, rules, granted, rests_until)


def _narrowed(workspace_id: UUID, filter: ChannelFilter) -> QuerySet[models.Channel]:  # noqa: A002 - the schema's word
    query = models.Channel.filter(workspace_id=workspace_id, removed_at=None)
    if filter.platforms is not None:
        query = query.filter(platform__in=list(filter.platforms))
    if filter.kinds is not None:
        query = query.filter(kind__in=list(filter.kinds))
    if filter.environment is not None:
        query = query.filter(environment=filter.environment)
    return query


async def _account(workspace_id: UUID, account_id: str) -> models.ConnectedAccount:
    parsed = parse_id(Kind.CONNECTED_ACCOUNT, account_id)
    row = await models.ConnectedAccount.get_or_none(workspace_id=workspace_id, id=parsed) if parsed else None
    if row is None:
        raise NotFoundError(account_id, path=("accountId",))
    return row


async def _channel(workspace_id: UUID, channel_id: str) -> models.Channel:
    parsed = parse_id(Kind.CHANNEL, channel_id)
    row = await models.Channel.get_or_none(workspace_id=workspace_id, id=parsed, removed_at=None) if parsed else None
    if row is None:
        raise NotFoundError(channel_id, path=("channelId",))
    return row


async def _with_account(workspace_id: UUID, channel_id: UUID, platform: Platform) -> dict[str, Any] | None:
    """Read a channel and its account's status in one look: every publication that is accepted passes here."""
    marks = [f"${number}" if is_postgres() else f"?{number}" for number in range(1, 4)]
    rows = await connection().execute_query_dict(
        "SELECT c.name, c.kind, c.tier, c.environment, c.account_id, c.rests_until, a.status, a.granted_permissions "  # noqa: S608 - only marks are put in
        "FROM channel AS c JOIN connected_account AS a ON a.id = c.account_id "
        f"WHERE c.id = {marks[0]} AND c.workspace_id = {marks[1]} AND c.platform = {marks[2]} AND c.removed_at IS NULL",
        [str(channel_id), str(workspace_id), platform.value],
    )
    return rows[0] if rows else None


def _choose(
    offered: Sequence[models.SelectablePage], page_ids: Sequence[str]
) -> tuple[list[models.SelectablePage], list[PageProblem]]:
    by_id = {row.id: row for row in offered}
    chosen: dict[UUID, models.SelectablePage] = {}
    problems: list[PageProblem] = []
    for number, text in enumerate(page_ids):
        parsed = parse_id(Kind.SELECTABLE_PAGE, text)
        row = by_id.get(parsed) if parsed else None
        if row is None:
            message = "This account offers no such page: pass ids of its `pages`."
            problems.append(PageProblem(("pageIds", str(number)), text, message, found=False))
        elif not row.publishable:
            message = row.problem or "This sign-in may not publish to it."
            problems.append(PageProblem(("pageIds", str(number)), text, message, found=True))
        else:
            chosen[row.id] = row
    return list(chosen.values()), problems


def _linked(
    offered: Sequence[models.SelectablePage], named: Sequence[models.SelectablePage]
) -> list[models.SelectablePage]:
    """Find what comes along with the pages that were named."""
    remote, ids = {row.platform_account_id for row in named}, {row.id for row in named}
    return [row for row in offered if row.linked_to in remote and row.publishable and row.id not in ids]


async def _have_listened_to(deps: Deps, account: models.ConnectedAccount, now: datetime) -> None:
    """Have the sign-in checked now where a platform tells of new posts: a worker subscribes to its channels then."""
    if deps.networks.has(account.environment) and deps.networks.get(account.platform, account.environment).listener:
        same = models.ConnectedAccount.filter(workspace_id=account.workspace_id, id=account.id)
        await same.filter(status__in=list(USABLE)).update(check_due_at=now)


async def _select(
    caller: Caller,
    account: models.ConnectedAccount,
    named: Sequence[models.SelectablePage],
    linked: Sequence[models.SelectablePage],
    now: datetime,
    *,
    replace: bool,
) -> list[models.Channel]:
    ids = {page.id for page in named}
    async with transaction():
        in_order = sorted([*named, *linked], key=lambda page: (page.kind.value, page.platform_account_id))
        made = {page.id: await _keep_or_make(account, page, now, is_named=page.id in ids) for page in in_order}
        kept = [made[page.id] for page in (*named, *linked)]
        if replace:
            await _remove_others(caller, account, {row.id for row in kept}, now)
    return kept


async def _keep_or_make(
    account: models.ConnectedAccount, page: models.SelectablePage, now: datetime, *, is_named: bool
) -> models.Channel:
    """Keep the channel of this remote page, whichever sign-in made it, and let it use this one from now on.

    One that was not named and works through a sign-in at another platform goes on there.
    """
    platform = platform_of(page.kind)
    row = await models.Channel.get_or_none(
        workspace_id=account.workspace_id,
        platform=platform,
        environment=account.environment,
        platform_account_id=page.platform_account_id,
        removed_at=None,
    )
    if row is not None and not is_named and await _works_elsewhere(row, account):
        return row
    fresh = row is None
    if row is None:
        row = models.Channel(id=new_id(), workspace_id=account.workspace_id, created_at=now)
        row.platform, row.kind, row.environment = platform, page.kind, account.environment
        row.platform_account_id = page.platform_account_id
    row.account_id, row.page_id = account.id, page.id
    row.name, row.handle, row.tier = page.name, page.handle, page.tier
    row.avatar_url, row.profile_url = page.avatar_url, page.profile_url
    await row.save(force_create=fresh)
    await note_event(CHANNEL_CHANGED, workspace_id=row.workspace_id, subject_id=row.id, now=now)
    return row


async def _works_elsewhere(row: models.Channel, account: models.ConnectedAccount) -> bool:
    others = models.ConnectedAccount.filter(id=row.account_id, status__in=list(USABLE))
    return await others.exclude(platform=account.platform).exists()


async def _remove_others(caller: Caller, account: models.ConnectedAccount, kept: set[UUID], now: datetime) -> None:
    for row in await models.Channel.filter(workspace_id=caller.workspace_id, account_id=account.id, removed_at=None):
        if row.id not in kept:
            await _remove(caller, row, now)


async def _remove(caller: Caller, row: models.Channel, now: datetime) -> None:
    open_rows = await models.Publication.filter(
        workspace_id=caller.workspace_id, channel_id=row.id, status__in=list(sources(Status.CANCELED))
    )
    changes = [
        Change(publication.id, Status.CANCELED, Reason.CHANNEL_REMOVED, caller.actor) for publication in open_rows
    ]
    await advance(changes, now=now)
    row.removed_at = now
    await row.save(update_fields=["removed_at"])
    await note_event(CHANNEL_CHANGED, workspace_id=row.workspace_id, subject_id=row.id, now=now)
