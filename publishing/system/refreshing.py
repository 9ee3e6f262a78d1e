"""The worker's side of tokens that live for hours and end when they are renewed: one renewal of each, by one worker.

A renewal is written down before it is asked for: a worker that meets one under way waits for what it brings. One whose
worker died, or that nobody answered, is asked for again with the same token, at growing distances, until it is refused
or there was no answer for too long: then a person signs in. The new token is stored before it is used.

Source: https://www.rfc-editor.org/rfc/rfc6749#section-10.4 (refresh tokens that are used once; read 2026-11-26).
"""

import asyncio
import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

import structlog
from tortoise.exceptions import IntegrityError

from platforms.base import Platform
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    ReconnectRequiredError,
    TransientError,
)
from platforms.network import Network
from platforms.registry import refresh_terms
from platforms.sign_in import RefreshTerms, Renewed
from publishing import credentials, models
from publishing.channels import USABLE
from publishing.credentials import StoredToken
from publishing.db import transaction
from publishing.deps import Deps
from publishing.failpoints import CrashPoint, crash_here
from publishing.store import is_away
from publishing.uncut import uncut

log = structlog.get_logger(__name__)
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 5, 15, 15, 30, 30))
"""How long after a call that nobody answered the same token is tried again; after the last, a person signs in."""
_LEASE, _MARGIN = timedelta(seconds=45), timedelta(seconds=15)
"""After so long without an end, or so much longer than a call's deadline, a renewal's worker is dead."""
_FRESH = timedelta(minutes=5)
"""A token this young that is refused is not put right by another."""
_PATIENCE_SECONDS = 10.0
_LOOK_SECONDS, _SLOWER, _LONGEST_SECONDS = 0.1, 1.5, 1.0
"""Who waits for a renewal looks less and less often: many who wait would keep the one that renews from the database."""
_AGAIN = timedelta(seconds=5)
_KEEP_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)


class RefreshOutcome(StrEnum):
    """How a renewal ended; one under way has none."""

    RENEWED = "renewed"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


async def fresh_token(deps: Deps, *, sign_in: Platform, account_id: UUID, token: str, refused: bool = False) -> str:
    """Give the token to use in place of one that was loaded: the same, or a renewed one.

    `refused` says that the platform has just answered that it is over.

    Raises:
        ReconnectRequiredError: it cannot be renewed; a person signs in again.
        TransientError: it is not known yet; nothing was sent with it.
    """
    terms = refresh_terms(sign_in)
    if terms is None or not terms.on_use:
        return token
    loop = asyncio.get_running_loop()
    deadline, pause = loop.time() + _PATIENCE_SECONDS, _LOOK_SECONDS
    while True:
        stored = await _stored(deps, account_id)
        now = await deps.clock.now()
        if stored.token != token and not _is_due(stored, terms, now):
            return stored.token
        if not refused and not _is_due(stored, terms, now):
            return token
        if refused and now - stored.created_at < _FRESH:
            raise ReconnectRequiredError(_over(sign_in, "The platform refuses a token that it has just given."))
        refresh = await _begin(stored, sign_in, now, _lease(deps))
        if refresh is not None:
            # A call that is cut off would cost the sign-in.
            return await uncut(_renew(deps, account_id, stored, refresh))
        if loop.time() > deadline:
            raise TransientError(_under_way(sign_in), retry_after=_AGAIN)
        await asyncio.sleep(pause)
        pause = min(_LONGEST_SECONDS, pause * _SLOWER)


async def token_lives(deps: Deps, account: models.ConnectedAccount, terms: RefreshTerms, now: datetime) -> bool:
    """Whether the newest token of a sign-in can be used as it is; one that nobody used for long is renewed first.

    Raises:
        PlatformError: as `fresh_token`.
    """
    stored = await _stored(deps, account.id)
    if terms.idle is not None and now - stored.created_at >= terms.idle:
        await fresh_token(deps, sign_in=account.platform, account_id=account.id, token=stored.token)
        return False
    return not _is_due(stored, terms, now)


def _is_due(stored: StoredToken, terms: RefreshTerms, now: datetime) -> bool:
    return stored.expires_at is not None and stored.expires_at - now < terms.ahead


async def _stored(deps: Deps, account_id: UUID) -> StoredToken:
    account = await models.ConnectedAccount.get(id=account_id)
    stored = await credentials.newest_token(deps.token_keys, workspace_id=account.workspace_id, owner_id=account_id)
    if stored is None or account.status not in USABLE:
        raise ReconnectRequiredError(_over(account.platform, "The sign-in was ended."))
    return stored


def _lease(deps: Deps) -> timedelta:
    return max(_LEASE, timedelta(seconds=deps.settings.platform_timeout_seconds) + _MARGIN)


async def _begin(
    stored: StoredToken, platform: Platform, now: datetime, lease: timedelta
) -> models.RefreshAttempt | None:
    """Take the next renewal of a token; None where another worker has it.

    Its id is made of the token's and its number, so that of two workers one has it.
    """
    earlier = await models.RefreshAttempt.filter(credential_id=stored.id).order_by("started_at")
    if any(_is_under_way(one, now, lease) or one.outcome == RefreshOutcome.RENEWED for one in earlier):
        return None  # what it brings is stored, or will be
    asked = [one for one in earlier if one.outcome != RefreshOutcome.NOT_SENT]
    if len(asked) > len(_WAITS) or any(one.outcome == RefreshOutcome.REFUSED for one in asked):
        raise ReconnectRequiredError(_over(platform, "Renewing the token was asked for, and came to nothing."))
    if asked and (left := asked[-1].started_at + _WAITS[len(asked) - 1] - now) > timedelta():
        raise TransientError(_under_way(platform), retry_after=left)
    try:
        return await models.RefreshAttempt.create(
            id=_refresh_id(stored.id, len(earlier) + 1),
            workspace_id=stored.workspace_id,
            credential_id=stored.id,
            token_hash=hashlib.sha256(stored.token.encode()).hexdigest(),
            started_at=now,
        )
    except IntegrityError:
        return None


def _refresh_id(credential_id: UUID, number: int) -> UUID:
    """Give the id of a token's renewal by its number: two workers cannot both have it."""
    return uuid5(credential_id, str(number))


def _is_under_way(refresh: models.RefreshAttempt, now: datetime, lease: timedelta) -> bool:
    return refresh.outcome is None and now - refresh.started_at < lease


async def _renew(deps: Deps, account_id: UUID, stored: StoredToken, refresh: models.RefreshAttempt) -> str:
    account = await models.ConnectedAccount.get(id=account_id)
    network = deps.networks.get(account.platform, account.environment)
    try:
        renewed = await _ask(network, stored, await deps.clock.now())
    except PlatformError as error:
        await _end(refresh, _outcome_of(error), await deps.clock.now())
        log.info("not_renewed", account=str(account_id), outcome=refresh.outcome)
        if isinstance(error, OutcomeUnknownError):
            raise TransientError(_under_way(account.platform), retry_after=_AGAIN) from error
        raise
    crash_here(CrashPoint.TOKEN_NOT_KEPT)
    return await _keep_at_last(deps, account, renewed, refresh)


async def _ask(network: Network, stored: StoredToken, now: datetime) -> Renewed:
    if network.renewer is None:
        raise RuntimeError(f"{network.platform} has terms for renewing, and nobody who renews")
    return await network.renewer.renew(token=stored.token, now=now)


def _outcome_of(error: PlatformError) -> RefreshOutcome:
    if isinstance(error, OutcomeUnknownError):
        return RefreshOutcome.UNKNOWN
    return RefreshOutcome.NOT_SENT if isinstance(error, TransientError) else RefreshOutcome.REFUSED


async def _keep_at_last(
    deps: Deps, account: models.ConnectedAccount, renewed: Renewed, refresh: models.RefreshAttempt
) -> str:
    """Store it however long the database is away: the token before is over, and this one is nowhere else."""
    pauses = iter(_KEEP_PAUSES)
    while True:
        try:
            return await _keep(deps, account, renewed, refresh)
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("token_not_kept", account=str(account.id), error=type(error).__name__)
        await asyncio.sleep(next(pauses, _KEEP_PAUSES[-1]))


async def _keep(deps: Deps, account: models.ConnectedAccount, renewed: Renewed, refresh: models.RefreshAttempt) -> str:
    """Store a renewed token for the sign-in and all that publish by it, unless its person signed in meanwhile."""
    now = await deps.clock.now()
    async with transaction():
        same = models.ConnectedAccount.filter(id=account.id, signed_in_at=account.signed_in_at)
        if await same.update(refreshed_at=now):
            await credentials.append_for_all(
                deps.token_keys, account=account, token=renewed.token, expires_at=renewed.expires_at, now=now
            )
        await _end(refresh, RefreshOutcome.RENEWED, now)
    return (await _stored(deps, account.id)).token


async def _end(refresh: models.RefreshAttempt, outcome: RefreshOutcome, now: datetime) -> None:
    refresh.outcome, refresh.finished_at = outcome.value, now
    await refresh.save(update_fields=["outcome", "finished_at"])


def _over(platform: Platform, message: str) -> Failure:
    hint = "Renew the sign-in with reconnectAccount; what is held goes on by itself."
    return Failure(FailureCode.RECONNECT_REQUIRED, platform, message, hint)


def _under_way(platform: Platform) -> Failure:
    message = "The sign-in's token is being renewed; nothing was sent."
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, "It is tried again by itself.")
