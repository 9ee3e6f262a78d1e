"""Connecting: a started sign-in, and what comes back from the platform. A worker exchanges the code.

The state is 256 random bits, bound to workspace, actor, platform and redirect address, stored hashed and shown once.
It is good for one answer; the same answer again is answered like the first time.
"""

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from platforms.base import Environment, Platform
from platforms.network import Network
from platforms.sign_in import OAuth, Renewal
from publishing import failures, models, records
from publishing.accounts import owned_account, revocations_over
from publishing.attempts import OVER, change_attempt, refused
from publishing.checks import redirect_address
from publishing.deps import Deps
from publishing.errors import AuthorizationError, NotAllowedAddressError, NotConfiguredError, UnsupportedError
from publishing.ids import Kind, new_id, parse_id
from publishing.mapping import Mapper
from publishing.models import ConnectionAttemptStatus
from publishing.queue import Queue
from publishing.records import Caller, StartedConnection
from publishing.sealing import SealedIn, seal
from publishing.store import store_errors

LIFE = timedelta(minutes=10)
_LONGEST_ADDRESS = 2_000
PATIENCE_SECONDS = 10.0
_ATTEMPT = Mapper(models.ConnectionAttempt, records.ConnectionAttempt, error=failures.read)
_LOOKS = (0.05, 0.05, 0.1, 0.1, 0.2)


@store_errors
async def start_connection(
    deps: Deps,
    caller: Caller,
    *,
    platform: Platform,
    environment: Environment,
    return_to: str | None,
    redirect_uri: str | None,
) -> StartedConnection:
    """Start a sign-in and say where to send the browser.

    Raises:
        NotConfiguredError: app credentials, or the sandbox, are not set.
        NotAllowedAddressError: `return_to` or `redirect_uri` is not on the allow-list.
        StoreUnavailableError: the database is away; nothing was written.
    """
    return await _start(
        deps,
        caller,
        platform=platform,
        environment=environment,
        return_to=return_to,
        redirect_uri=redirect_uri,
        reconnects=None,
    )


@store_errors
async def connect_by_password(
    deps: Deps, caller: Caller, *, platform: Platform, environment: Environment, secret: str
) -> records.ConnectionAttempt:
    """Sign in with what a person gave instead of a browser's visit, and wait up to ten seconds for a worker.

    `secret` is what the platform's sign-in exchanges; it is kept sealed until then, and not after.

    Raises:
        NotConfiguredError, UnsupportedError, StoreUnavailableError: as `start_connection`.
    """
    _network(deps, platform, environment)
    await revocations_over(workspace_id=caller.workspace_id, platform=platform, environment=environment)
    now = await deps.clock.now()
    row = models.ConnectionAttempt(
        id=new_id(),
        workspace_id=caller.workspace_id,
        actor=caller.actor,
        platform=platform,
        environment=environment,
        status=ConnectionAttemptStatus.COMPLETING,
        state_hash=hash_state(secrets.token_urlsafe(32)),
        redirect_uri="",
        due_at=now,
        expires_at=now + LIFE,
        created_at=now,
    )
    row.sealed_code = seal(deps.token_keys, secret, code_place(row))
    await row.save(force_create=True)
    deps.bell.ring(Queue.INTERACTIVE)
    return await _wait(row.workspace_id, row.id)


@store_errors
async def reconnect_account(
    deps: Deps, caller: Caller, *, account_id: str, return_to: str | None, redirect_uri: str | None
) -> StartedConnection:
    """Start the sign-in of a connected account again; its channels and publications stay.

    Raises:
        NotFoundError: no such account for this caller.
        NotConfiguredError, NotAllowedAddressError, StoreUnavailableError: as `start_connection`.
    """
    row = await owned_account(workspace_id=caller.workspace_id, account_id=account_id)
    renewal = Renewal.PERMISSIONS if row.missing_permissions else Renewal.ACCESS
    return await _start(
        deps,
        caller,
        platform=row.platform,
        environment=row.environment,
        return_to=return_to,
        redirect_uri=redirect_uri,
        reconnects=row.id,
        renewal=renewal,
    )


@store_errors
async def complete_connection(
    deps: Deps,
    caller: Caller,
    *,
    state: str,
    code: str | None,
    callback_url: str | None,
    error: str | None,
) -> records.ConnectionAttempt:
    """Take what the platform handed back, and wait up to ten seconds for a worker to finish the sign-in.

    Raises:
        AuthorizationError: the state is unknown in this workspace, or what came back does not belong to it.
        StoreUnavailableError: the database is away; nothing was written.
    """
    if callback_url is not None:
        code, error = _read_callback(callback_url, state)
    row = await models.ConnectionAttempt.get_or_none(workspace_id=caller.workspace_id, state_hash=hash_state(state))
    if row is None:
        raise AuthorizationError("No sign-in was started with this state here: start again.", path=("state",))
    return await take_answer(deps, row, code=code, error=error)


@store_errors
async def get_attempts(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.ConnectionAttempt]:
    """Read started sign-ins of a workspace; ids that lead nowhere are left out."""
    query = models.ConnectionAttempt.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await _ATTEMPT.read(query)}


@store_errors
async def get_attempt(*, workspace_id: UUID, attempt_id: str) -> records.ConnectionAttempt | None:
    """Read one started sign-in; None when the id leads nowhere for this workspace."""
    parsed = parse_id(Kind.CONNECTION_ATTEMPT, attempt_id)
    found = await get_attempts(workspace_id=workspace_id, ids=[parsed]) if parsed else {}
    return found.get(parsed) if parsed else None


async def take_answer(
    deps: Deps, row: models.ConnectionAttempt, *, code: str | None, error: str | None
) -> records.ConnectionAttempt:
    """Store what came back for a started sign-in, once, and wait for the worker."""
    now = await deps.clock.now()
    if row.status is ConnectionAttemptStatus.WAITING:
        await _store_answer(deps, row, code, error, now)
    return await _wait(row.workspace_id, row.id)


def hash_state(state: str) -> str:
    """Hash a state as it is stored."""
    return hashlib.sha256(state.encode()).hexdigest()


def code_place(row: models.ConnectionAttempt) -> SealedIn:
    """Say where an authorisation code is sealed."""
    return SealedIn("connection_attempt", "sealed_code", row.workspace_id, row.id)


def verifier_of(deps: Deps, row: models.ConnectionAttempt) -> str:
    """Give the secret of PKCE (RFC 7636) of a started sign-in: 43 characters that only this server can make again.

    It is not stored; a sign-in that is under way while AGM_SECRET_KEYS gets a new first key has to start again.
    """
    digest = hmac.new(deps.secret_keys.newest_key, b"pkce\x1f" + row.id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def _start(
    deps: Deps,
    caller: Caller,
    *,
    platform: Platform,
    environment: Environment,
    return_to: str | None,
    redirect_uri: str | None,
    reconnects: UUID | None,
    renewal: Renewal | None = None,
) -> StartedConnection:
    oauth = _oauth(deps, platform, environment)
    _check_address(deps.settings.return_urls, return_to, "returnTo")
    _check_address(deps.settings.return_urls, redirect_uri, "redirectUri")
    await revocations_over(workspace_id=caller.workspace_id, platform=platform, environment=environment)
    now = await deps.clock.now()
    state = secrets.token_urlsafe(32)
    row = await models.ConnectionAttempt.create(
        id=new_id(),
        workspace_id=caller.workspace_id,
        actor=caller.actor,
        platform=platform,
        environment=environment,
        status=ConnectionAttemptStatus.WAITING,
        state_hash=hash_state(state),
        redirect_uri=redirect_uri or redirect_address(deps.settings, oauth.callback_name),
        return_to=return_to,
        reconnects_id=reconnects,
        expires_at=now + LIFE,
        created_at=now,
    )
    verifier = verifier_of(deps, row)
    url = oauth.authorize_url(state=state, redirect_uri=row.redirect_uri, verifier=verifier, renewal=renewal)
    return StartedConnection(attempt=_ATTEMPT.copy(row), authorization_url=url, state=state)


def _oauth(deps: Deps, platform: Platform, environment: Environment) -> OAuth:
    oauth = _network(deps, platform, environment).oauth
    if oauth is None:
        message = f"{platform.label} has no sign-in in the browser: connect the account with its own mutation."
        raise UnsupportedError(message, path=("platform",))
    return oauth


def _network(deps: Deps, platform: Platform, environment: Environment) -> Network:
    if not deps.networks.has(environment):
        raise NotConfiguredError(platform, ("AGM_SANDBOX_URL",), path=("environment",))
    network = deps.networks.find(platform, environment)
    if network is None:
        message = f"The sandbox does not stand in for {platform.label}: use the environment LIVE."
        raise UnsupportedError(message, path=("environment",))
    if missing := network.sign_in.missing_settings():
        raise NotConfiguredError(platform, missing, path=("platform",))
    return network


def _check_address(allowed: Sequence[str], url: str | None, name: str) -> None:
    if url is not None and len(url) > _LONGEST_ADDRESS:
        message = f"This address has {len(url):,} characters; {_LONGEST_ADDRESS:,} are allowed."
        raise NotAllowedAddressError(message, path=(name,))
    if url is None or any(_covers(entry, url) for entry in allowed):
        return
    message = "This address is not on the allow-list: an operator adds it to AGM_RETURN_URLS."
    raise NotAllowedAddressError(message, path=(name,))


def _covers(entry: str, url: str) -> bool:
    """The entry itself, or more of its path or query; never a longer host name."""
    if any(character.isspace() or character == "\\" or not character.isprintable() for character in url):
        return False
    if {".", ".."} & set(unquote(url.partition("?")[0]).split("/")):
        return False
    base = entry.rstrip("/")
    return url == entry or (url.startswith(base) and url[len(base) : len(base) + 1] in {"", "/", "?"})


def _read_callback(callback_url: str, state: str) -> tuple[str | None, str | None]:
    try:
        query = parse_qs(urlsplit(callback_url).query)
    except ValueError:
        message = "This is no address: pass the one that the browser was sent to, whole."
        raise AuthorizationError(message, path=("result", "callbackUrl")) from None
    if not secrets.compare_digest(query.get("state", [""])[0].encode(), state.encode()):
        message = "The address carries another state than the one given: pass the address of this sign-in."
        raise AuthorizationError(message, path=("result", "callbackUrl"))
    return query.get("code", [None])[0], query.get("error", [None])[0]


async def _store_answer(
    deps: Deps, row: models.ConnectionAttempt, code: str | None, error: str | None, now: datetime
) -> None:
    if now > row.expires_at:
        _fail(row, "The sign-in took longer than ten minutes and is void.", None)
    elif error is not None:
        _fail(row, "The person, or the platform, said no to the sign-in.", _code(error))
    elif code is None:
        _fail(row, "The platform sent neither a code nor an error.", None)
    else:
        row.status, row.due_at = ConnectionAttemptStatus.COMPLETING, now
        row.sealed_code = seal(deps.token_keys, code, code_place(row))
    if await change_attempt(row, ConnectionAttemptStatus.WAITING, now):
        deps.bell.ring(Queue.INTERACTIVE)
        deps.bell.announce()


def _code(error: str) -> str | None:
    """Keep what looks like a platform's code: the rest of an address is written by whoever made it."""
    return error if re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", error) else None


def _fail(row: models.ConnectionAttempt, message: str, code: str | None) -> None:
    row.status = ConnectionAttemptStatus.FAILED
    row.error = failures.stored(refused(row.platform, message, code=code), retryable=False)


async def _wait(workspace_id: UUID, attempt_id: UUID) -> records.ConnectionAttempt:
    """Look until the worker is done or patience ends; whatever is stored then is the answer."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    looks = iter(_LOOKS)
    while True:
        (record,) = await _ATTEMPT.read(models.ConnectionAttempt.filter(workspace_id=workspace_id, id=attempt_id))
        if record.status in OVER or asyncio.get_running_loop().time() > deadline:
            return record
        await asyncio.sleep(next(looks, _LOOKS[-1]))
