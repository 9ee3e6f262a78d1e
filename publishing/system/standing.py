"""The worker's side of care for sign-ins: ask the platform from time to time whether each works, and warn in time.

Where a platform allows it, a token is renewed without its person, in the days before its end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from tortoise.expressions import Q

from platforms.errors import PlatformError, ReconnectRequiredError
from platforms.network import Network
from platforms.registry import refresh_terms
from platforms.sign_in import Renewed, Standing
from publishing import credentials, models
from publishing.care import end_of, nears, next_check, refresh_due, refresh_from, warn_days, warning_due
from publishing.channels import USABLE
from publishing.db import transaction
from publishing.deps import Deps
from publishing.events import ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION, note_event
from publishing.models import ConnectionStatus
from publishing.system.holding import hold_account
from publishing.system.listening import listen_to_channels
from publishing.system.refreshing import fresh_token, token_lives

log = structlog.get_logger(__name__)
_LEASE = timedelta(minutes=5)
_AGAIN = timedelta(hours=1)
_MOST_PAGES = 20


async def claim_checks(deps: Deps, *, limit: int) -> list[UUID]:
    """Claim sign-ins that the platform is to be asked about; a claim holds for five minutes."""
    now = await deps.clock.now()
    due = Q(check_due_at__isnull=True) | Q(check_due_at__lte=now)
    rows = await models.ConnectedAccount.filter(due, status__in=list(USABLE)).order_by("check_due_at").limit(limit)
    claimed: list[UUID] = []
    for row in rows:
        taken = models.ConnectedAccount.filter(id=row.id, check_due_at=row.check_due_at)
        if await taken.update(check_due_at=now + _LEASE):
            claimed.append(row.id)
    return claimed


async def check_account(deps: Deps, *, account_id: UUID) -> None:
    """Ask the platform whether a claimed sign-in works, store what it says, and tell when something of it ends soon.

    A platform that cannot be asked is asked again within the hour; what is known to end is told all the same.
    """
    row = await models.ConnectedAccount.get(id=account_id)
    tokens, _ = await credentials.open_each(deps.token_keys, workspace_id=row.workspace_id, owner_ids=[row.id])
    network = _network(deps, row)
    now = await deps.clock.now()
    found = _Found()
    every = timedelta(seconds=deps.settings.check_seconds)
    try:
        if network is not None and row.id in tokens:
            found = await _ask_or_renew(deps, row, network, tokens[row.id], now)
    except ReconnectRequiredError as error:
        log.info("sign_in_over", account=str(row.id), code=error.failure.platform_code)
        if not await _a_page_works(deps, row, network):
            await hold_account(deps, account_id=row.id, token=tokens[row.id])
            return
    except PlatformError as error:
        log.info("check_failed", account=str(row.id), code=error.failure.platform_code)
        every = min(every, _AGAIN)
    await _store(deps, row, found, every, now)
    if found.works:
        await listen_to_channels(deps, row)
    deps.bell.announce()


@dataclass(frozen=True, slots=True)
class _Found:
    """What the platform said: that it works, what of it, and the token that takes the place of the old one."""

    works: bool = False
    standing: Standing | None = None
    renewed: Renewed | None = None


async def _ask_or_renew(
    deps: Deps, row: models.ConnectedAccount, network: Network, token: str, now: datetime
) -> _Found:
    """Ask; a token that is over before its time, and can be renewed, is renewed before anybody is told."""
    terms = refresh_terms(row.platform)
    try:
        return await _ask(deps, row, network, token, now)
    except ReconnectRequiredError:
        if terms is None or not terms.on_use:
            raise
    await fresh_token(deps, sign_in=row.platform, account_id=row.id, token=token, refused=True)
    return _Found()


async def _ask(deps: Deps, row: models.ConnectedAccount, network: Network, token: str, now: datetime) -> _Found:
    """Renew the token when that is due, which shows that it works; else ask.

    Nobody is asked with a token that is over until it is used: asking would cost a renewal.
    """
    terms = refresh_terms(row.platform)
    if terms is not None and terms.on_use and not await token_lives(deps, row, terms, now):
        return _Found()
    issued_at = max(filter(None, (row.refreshed_at, row.signed_in_at, row.created_at)))
    due = refresh_due(row.expires_at, terms, issued_at=issued_at, now=now)
    if due and network.renewer is not None:
        return _Found(works=True, renewed=await network.renewer.renew(token=token, now=now))
    return _Found(works=True, standing=await network.sign_in.check(token=token, now=now))


def _network(deps: Deps, row: models.ConnectedAccount) -> Network | None:
    return deps.networks.get(row.platform, row.environment) if deps.networks.has(row.environment) else None


async def _a_page_works(deps: Deps, row: models.ConnectedAccount, network: Network | None) -> bool:
    """A person's token may run out while those of the Pages go on: what can be published is not held back."""
    channels = models.Channel.filter(workspace_id=row.workspace_id, account_id=row.id, removed_at=None)
    pages = [channel.page_id for channel in await channels.limit(_MOST_PAGES) if channel.page_id is not None]
    tokens, _ = await credentials.open_each(deps.token_keys, workspace_id=row.workspace_id, owner_ids=pages)
    for token in dict.fromkeys(tokens.values()):
        try:
            if network is not None and await network.sign_in.works(token=token):
                return True
        except PlatformError:  # it could not be asked: nothing is held back for that
            return True
    return False


async def _store(deps: Deps, row: models.ConnectedAccount, found: _Found, every: timedelta, now: datetime) -> None:
    """Write what was found out, unless the sign-in was renewed or ended meanwhile."""
    missing_before = set(row.missing_permissions)
    _fill(row, found, now)
    lost = set(row.missing_permissions) - missing_before
    end, terms = end_of(row.expires_at, row.data_access_expires_at), refresh_terms(row.platform)
    days = warn_days(terms)
    due = warning_due(end, now, warned_of=row.warned_of, warned_days=row.warned_days, days=days)
    if due is not None:
        row.warned_of, row.warned_days = end, due
    before, row.status = (
        row.status,
        ConnectionStatus.EXPIRING if nears(end, now, days=days) else ConnectionStatus.ACTIVE,
    )
    row.check_due_at = next_check(now, every=every, end=end, refresh_from=refresh_from(row.expires_at, terms))
    async with transaction():
        if not await _save(row):
            return
        if found.renewed is not None:
            await credentials.append_for_all(
                deps.token_keys, account=row, token=found.renewed.token, expires_at=found.renewed.expires_at, now=now
            )
        if found.renewed is not None or row.status is not before or set(row.missing_permissions) != missing_before:
            await note_event(ACCOUNT_CHANGED, workspace_id=row.workspace_id, subject_id=row.id, now=now)
        if due is not None or lost:
            await note_event(ACCOUNT_NEEDS_ATTENTION, workspace_id=row.workspace_id, subject_id=row.id, now=now)


def _fill(row: models.ConnectedAccount, found: _Found, now: datetime) -> None:
    if found.works:
        row.checked_at = now
    if (standing := found.standing) is not None:
        row.expires_at, row.data_access_expires_at = standing.expires_at, standing.data_access_expires_at
        row.granted_permissions = list(standing.granted_permissions)
        row.missing_permissions = list(standing.missing_permissions)
    if (renewed := found.renewed) is not None:
        row.expires_at, row.refreshed_at = renewed.expires_at, now
        if renewed.granted_permissions is not None and renewed.missing_permissions is not None:
            row.granted_permissions = list(renewed.granted_permissions)
            row.missing_permissions = list(renewed.missing_permissions)


_WRITTEN = (
    "status",
    "expires_at",
    "data_access_expires_at",
    "refreshed_at",
    "granted_permissions",
    "missing_permissions",
    "checked_at",
    "check_due_at",
    "warned_of",
    "warned_days",
)


async def _save(row: models.ConnectedAccount) -> bool:
    same = models.ConnectedAccount.filter(id=row.id, status__in=list(USABLE), signed_in_at=row.signed_in_at)
    return bool(await same.update(**{name: getattr(row, name) for name in _WRITTEN}))
