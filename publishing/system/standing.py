"""The worker's side of care for sign-ins: ask the platform from time to time whether each works, and warn in time."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from tortoise.expressions import Q

from platforms.errors import PlatformError, ReconnectRequiredError
from platforms.sign_in import OAuth, Standing
from publishing import credentials, models
from publishing.care import end_of, nears, next_check, warning_due
from publishing.channels import USABLE
from publishing.db import transaction
from publishing.deps import Deps
from publishing.events import ACCOUNT_CHANGED, ACCOUNT_NEEDS_ATTENTION, note_event
from publishing.models import ConnectionStatus
from publishing.system.claims import hold_account

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
    oauth = _oauth(deps, row)
    now = await deps.clock.now()
    standing: Standing | None = None
    every = timedelta(seconds=deps.settings.check_seconds)
    try:
        if oauth is not None and row.id in tokens:
            standing = await oauth.check(token=tokens[row.id], now=now)
    except ReconnectRequiredError as error:
        log.info("sign_in_over", account=str(row.id), code=error.failure.platform_code)
        if not await _a_page_works(deps, row, oauth):
            await hold_account(deps, account_id=row.id, token=tokens[row.id])
            return
    except PlatformError as error:
        log.info("check_failed", account=str(row.id), code=error.failure.platform_code)
        every = min(every, _AGAIN)
    await _store(row, standing, every, now)
    deps.bell.announce()


def _oauth(deps: Deps, row: models.ConnectedAccount) -> OAuth | None:
    if not deps.networks.has(row.environment):
        return None
    return deps.networks.get(row.platform, row.environment).oauth


async def _a_page_works(deps: Deps, row: models.ConnectedAccount, oauth: OAuth | None) -> bool:
    """A person's token may run out while those of the Pages go on: what can be published is not held back."""
    channels = models.Channel.filter(workspace_id=row.workspace_id, account_id=row.id, removed_at=None)
    pages = [channel.page_id for channel in await channels.limit(_MOST_PAGES) if channel.page_id is not None]
    tokens, _ = await credentials.open_each(deps.token_keys, workspace_id=row.workspace_id, owner_ids=pages)
    for token in dict.fromkeys(tokens.values()):
        try:
            if oauth is not None and await oauth.works(token=token):
                return True
        except PlatformError:  # it could not be asked: nothing is held back for that
            return True
    return False


async def _store(row: models.ConnectedAccount, standing: Standing | None, every: timedelta, now: datetime) -> None:
    """Write what was found out, unless the sign-in was renewed or ended meanwhile."""
    missing_before = set(row.missing_permissions)
    if standing is not None:
        row.expires_at, row.data_access_expires_at = standing.expires_at, standing.data_access_expires_at
        row.granted_permissions = list(standing.granted_permissions)
        row.missing_permissions = list(standing.missing_permissions)
        row.checked_at = now
    lost = set(row.missing_permissions) - missing_before
    end = end_of(row.expires_at, row.data_access_expires_at)
    due = warning_due(end, now, warned_of=row.warned_of, warned_days=row.warned_days)
    if due is not None:
        row.warned_of, row.warned_days = end, due
    before, row.status = row.status, ConnectionStatus.EXPIRING if nears(end, now) else ConnectionStatus.ACTIVE
    row.check_due_at = next_check(now, every=every, end=end)
    async with transaction():
        if not await _save(row):
            return
        if row.status is not before or set(row.missing_permissions) != missing_before:
            await note_event(ACCOUNT_CHANGED, workspace_id=row.workspace_id, subject_id=row.id, now=now)
        if due is not None or lost:
            await note_event(ACCOUNT_NEEDS_ATTENTION, workspace_id=row.workspace_id, subject_id=row.id, now=now)


_WRITTEN = (
    "status",
    "expires_at",
    "data_access_expires_at",
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
