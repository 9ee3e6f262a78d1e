"""Claims: a worker takes due publications, with everything a step needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import structlog

from platforms.base import ChannelKind, Environment, Platform
from platforms.errors import Failure, FailureCode
from platforms.registry import rules_for
from publishing import credentials, failures, media, models, threads
from publishing.assignment import Assignment
from publishing.channels import USABLE
from publishing.claiming import AHEAD, claim, is_last_chance
from publishing.db import transaction
from publishing.delivery import ACTOR
from publishing.deps import Deps
from publishing.drafts import MediaUse, uses_of
from publishing.lateness import wanted_at
from publishing.ledger import Entry
from publishing.lifecycle import Reason, Status
from publishing.mapping import Mapper
from publishing.models import ConnectionStatus
from publishing.outlook import look_out
from publishing.records import Attachment, ThreadPart
from publishing.sealing import SealError
from publishing.store import is_away
from publishing.transitions import Advanced, Change, advance, advance_found
from publishing.twins import twins_of

log = structlog.get_logger(__name__)
_OPERATOR_PAUSE = timedelta(seconds=60)
_BREATH = AHEAD
"""Not shorter, for what is given back must not become due before its time."""


@dataclass(frozen=True, slots=True)
class _Now:
    """One instant by the store's clock and by this process's own (monotonic, seconds)."""

    time: datetime
    monotonic: float

    def until(self, moment: datetime) -> float:
        """Tell when it is that moment, by this process's clock."""
        return self.monotonic + (moment - self.time).total_seconds()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claimed publication: what a step needs, and the files that have to be there first.

    Nothing is done for it before `not_before`, by the monotonic clock, in seconds; `ahead` says that this was still to
    come when it was claimed.
    """

    assignment: Assignment
    media: tuple[MediaUse, ...]
    not_before: float
    ahead: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """What one claim took: work to do, and entries for what cannot be worked on.

    A claim that took nothing, or not all that it could have, says in how long it is worth looking again. `last_chance`
    is the one of them, worked on or not, of which one more death asks for a person.
    """

    work: tuple[Claimed, ...]
    refused: tuple[Entry, ...]
    next_due_in: timedelta | None = None
    last_chance: UUID | None = None

    @property
    def size(self) -> int:
        """How many publications the claim took."""
        return len(self.work) + len(self.refused)


@dataclass(frozen=True, slots=True)
class _Publication:
    """The columns of a publication that a step needs."""

    id: UUID
    workspace_id: UUID
    channel_id: UUID
    platform: Platform
    environment: Environment
    text: str
    link: str | None
    media: tuple[Attachment, ...]
    options: dict[str, Any] | None
    thread: tuple[ThreadPart, ...] | None
    handles: dict[str, str]
    epoch: int
    lost_leases: int
    failures: int
    error: dict[str, Any] | None
    traceparent: str | None
    created_at: datetime
    scheduled_at: datetime | None
    asked_again_at: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class _Channel:
    """The columns of a channel that a step needs."""

    id: UUID
    workspace_id: UUID
    account_id: UUID
    page_id: UUID | None
    kind: ChannelKind
    tier: str | None
    platform_account_id: str
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Account:
    """Whether a sign-in can be used, and where it was."""

    id: UUID
    platform: Platform
    status: ConnectionStatus


@dataclass(frozen=True, slots=True)
class _Beside:
    """What claimed publications need beside their own rows: by channel, account and page, and by publication."""

    channels: Mapping[UUID, _Channel]
    accounts: Mapping[UUID, _Account]
    tokens: Mapping[UUID, str]
    closed: Mapping[UUID | None, SealError]
    twins: Mapping[tuple[UUID, str], datetime]
    places: Mapping[UUID, threads.Place]
    uses: Mapping[UUID, tuple[MediaUse, ...]]

    def token(self, channel: _Channel) -> str | None:
        """Give the token of a channel's page."""
        return self.tokens.get(channel.page_id) if channel.page_id else None


_PUBLICATIONS = Mapper(models.Publication, _Publication, media=media.attachments_of, thread=threads.parts_of)
_CHANNELS = Mapper(models.Channel, _Channel)
_ACCOUNTS = Mapper(models.ConnectedAccount, _Account)


async def claim_due(deps: Deps, *, limit: int, ahead: int | None = None, last_chance: bool = True) -> Batch:
    """Claim due publications in one statement, at most one of a channel, and load what their steps need.

    Where none is due that can be taken, scheduled ones are claimed a little before their time, `ahead` of them at most
    (as many as `limit` unless it is given), and must wait for it (`Claimed.not_before`). While there is no room for
    what is due, none is: it would overtake that. Of those on their last chance one is claimed at most, and none
    without `last_chance`.
    """
    now = await deps.clock.now()
    read = _Now(now, monotonic())
    outlook = await look_out(now)
    ahead = limit if ahead is None else ahead
    taken = await _take(deps, now, limit, last_chance=last_chance) if outlook.due and limit > 0 else []
    if not taken and outlook.ahead and ahead > 0 and not (outlook.due and limit <= 0):
        taken = await _take(deps, now, ahead, ahead=True)
    if not taken:
        return Batch(work=(), refused=(), next_due_in=outlook.next_in)
    try:
        return await _load(deps, [row.id for row in taken], read)
    except Exception as error:  # the rows are taken by now: they are given back, or loaded one by one
        if is_away(error):
            await _give_back(taken, now)
            raise
        log.exception("load_fault", error=type(error).__name__)
        return await _load_singly(deps, taken, read)


async def _take(
    deps: Deps, now: datetime, limit: int, *, last_chance: bool = False, ahead: bool = False
) -> list[Advanced]:
    lease = timedelta(seconds=deps.settings.lease_seconds)
    found = claim(now=now, lease=lease, limit=limit, actor=ACTOR, ahead=ahead, last_chance=last_chance)
    async with transaction():
        return await advance_found(found, now=now)


async def _load_singly(deps: Deps, taken: Sequence[Advanced], read: _Now) -> Batch:
    """One of them cannot be loaded: it alone waits for the end of its lease, which after three asks for a person."""
    batches: list[Batch] = []
    for row in taken:
        try:
            batches.append(await _load(deps, [row.id], read))
        except Exception as error:  # belongs to this row alone
            log.exception("load_fault", publication=str(row.id), error=type(error).__name__)
    return Batch(
        work=tuple(one for batch in batches for one in batch.work),
        refused=tuple(one for batch in batches for one in batch.refused),
        next_due_in=timedelta(),
        last_chance=next((batch.last_chance for batch in batches if batch.last_chance is not None), None),
    )


async def _give_back(taken: Sequence[Advanced], now: datetime) -> None:
    """What could not be loaded is due again soon, instead of at the end of a lease that counts as a death."""
    changes = [
        Change(
            row.id,
            Status.QUEUED,
            Reason.GIVEN_BACK,
            ACTOR,
            fence=row.epoch,
            before=frozenset({Status.PREPARING}),
            due_in=_BREATH,
        )
        for row in taken
    ]
    async with transaction():
        await advance(changes, now=now)


async def _load(deps: Deps, ids: Sequence[UUID], read: _Now) -> Batch:
    rows = await _PUBLICATIONS.read(models.Publication.filter(id__in=list(ids)))
    beside = await _load_beside(deps, rows)
    refusals = {row.id: _refusal(deps, row, beside, read.time) for row in rows}
    return Batch(
        work=tuple(_claimed(row, beside, read) for row in rows if refusals[row.id] is None),
        refused=tuple(entry for entry in refusals.values() if entry is not None),
        last_chance=next((row.id for row in rows if is_last_chance(row.lost_leases)), None),
    )


async def _load_beside(deps: Deps, rows: Sequence[_Publication]) -> _Beside:
    wanted = {row.channel_id for row in rows}
    channels = {row.id: row for row in await _CHANNELS.read(models.Channel.filter(id__in=list(wanted)))}
    behind = {channel.account_id for channel in channels.values()}
    accounts = {row.id: row for row in await _ACCOUNTS.read(models.ConnectedAccount.filter(id__in=list(behind)))}
    tokens, closed = await _tokens(deps, list(channels.values()))
    twins = await twins_of(list(channels))
    out = await threads.parts_out([row.id for row in rows if row.thread])
    places = {row.id: threads.place_of(row.thread, out.get(row.id, ())) for row in rows}
    uses = await uses_of({row.id: threads.files_of(row.media, row.thread, places[row.id]) for row in rows})
    return _Beside(channels, accounts, tokens, closed, twins, places, uses)


def _refusal(deps: Deps, row: _Publication, beside: _Beside, now: datetime) -> Entry | None:
    """Say what to write instead of working on it; None where it can be worked on."""
    channel = beside.channels[row.channel_id]
    if channel.removed_at is not None:
        return _removed(row)
    if _wanted_at(row) < now - timedelta(seconds=deps.settings.max_lateness_seconds):
        return _overdue(row)
    if (twin := beside.twins.get((row.channel_id, row.text))) is not None:
        return _after(row, twin, now)
    if (missing := _missing(deps, row, beside)) is not None:
        return _waiting(row, missing)
    if beside.token(channel) is None or beside.accounts[channel.account_id].status not in USABLE:
        return _held(row)
    return None


def _missing(deps: Deps, row: _Publication, beside: _Beside) -> str | None:
    """Say what an operator has to put right first."""
    if not deps.networks.has(row.environment):
        return f"This server has the environment {row.environment.name} switched off."
    closed = beside.closed.get(beside.channels[row.channel_id].page_id)
    return f"The channel's token does not open: {closed}." if closed is not None else None


def _claimed(row: _Publication, beside: _Beside, read: _Now) -> Claimed:
    begins = max(read.time, row.due_at)
    ahead = begins > read.time
    return Claimed(_assignment(row, beside, begins), beside.uses[row.id], not_before=read.until(begins), ahead=ahead)


async def _tokens(deps: Deps, channels: Sequence[_Channel]) -> tuple[dict[UUID, str], dict[UUID | None, SealError]]:
    tokens: dict[UUID, str] = {}
    closed: dict[UUID | None, SealError] = {}
    for workspace_id in {channel.workspace_id for channel in channels}:
        owners = {c.page_id for c in channels if c.workspace_id == workspace_id and c.page_id is not None}
        opened, sealed = await credentials.open_each(deps.token_keys, workspace_id=workspace_id, owner_ids=owners)
        tokens |= opened
        closed |= sealed
    return tokens, closed


def _assignment(row: _Publication, beside: _Beside, now: datetime) -> Assignment:
    channel, place = beside.channels[row.channel_id], beside.places[row.id]
    account, token = beside.accounts[channel.account_id], beside.token(channel)
    rules = rules_for(channel.kind, channel.tier)
    return Assignment(
        publication_id=row.id,
        workspace_id=row.workspace_id,
        account_id=channel.account_id,
        rules=rules,
        platform=row.platform,
        environment=row.environment,
        sign_in=account.platform,
        platform_account_id=channel.platform_account_id,
        token=token or "",
        draft=threads.draft_of(row, row.thread, place, rules),
        place=place,
        handles=dict(row.handles),
        epoch=row.epoch,
        failures=row.failures,
        alike=failures.alike(row.error, row.failures),
        now=now,
        failed_by=failures.patience_used(row.error),
        traceparent=row.traceparent,
    )


def _waiting(row: _Publication, message: str) -> Entry:
    """What an operator has to put right: it waits, and goes on by itself."""
    hint = "An operator puts it right; it is looked at again every minute."
    failure = Failure(FailureCode.PLATFORM_NOT_CONFIGURED, row.platform, f"{message} Nothing is sent meanwhile.", hint)
    change = Change(
        publication_id=row.id,
        after=Status.RETRYING,
        reason=Reason.NOT_CONFIGURED,
        actor=ACTOR,
        fence=row.epoch,
        due_in=_OPERATOR_PAUSE,
        error=failures.stored(failure, retryable=True),
    )
    return Entry(row.id, row.epoch, change=change)


def _after(row: _Publication, moment: datetime, now: datetime) -> Entry:
    change = Change(
        publication_id=row.id,
        after=Status.QUEUED,
        reason=Reason.CHANNEL_BUSY,
        actor=ACTOR,
        fence=row.epoch,
        before=frozenset({Status.PREPARING}),
        due_in=max(moment - now, _BREATH),
    )
    return Entry(row.id, row.epoch, change=change)


def _wanted_at(row: _Publication) -> datetime:
    return wanted_at(asked_again_at=row.asked_again_at, scheduled_at=row.scheduled_at, created_at=row.created_at)


def _overdue(row: _Publication) -> Entry:
    change = Change(
        publication_id=row.id,
        after=Status.NEEDS_ATTENTION,
        reason=Reason.OVERDUE,
        actor=ACTOR,
        fence=row.epoch,
        error=failures.stored(failures.overdue(row.platform), retryable=False),
    )
    return Entry(row.id, row.epoch, change=change)


def _removed(row: _Publication) -> Entry:
    change = Change(row.id, Status.CANCELED, Reason.CHANNEL_REMOVED, ACTOR, fence=row.epoch)
    return Entry(row.id, row.epoch, change=change)


def _held(row: _Publication) -> Entry:
    failure = Failure(
        code=FailureCode.RECONNECT_REQUIRED,
        platform=row.platform,
        message="The sign-in behind the channel no longer works; nothing is sent until it is renewed.",
        hint="Renew it with reconnectAccount; the publication goes on by itself.",
    )
    change = Change(
        publication_id=row.id,
        after=Status.HELD,
        reason=Reason.RECONNECT_REQUIRED,
        actor=ACTOR,
        fence=row.epoch,
        error=failures.stored(failure, retryable=False),
    )
    return Entry(row.id, row.epoch, change=change)
