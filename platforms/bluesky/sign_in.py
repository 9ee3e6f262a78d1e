"""Signing in with an app password: it is exchanged for a session at once, and the session is renewed when it is used.

Sources, read 2026-11-26:
https://github.com/bluesky-social/atproto/tree/main/lexicons/com/atproto/server (createSession, getSession,
refreshSession, deleteSession)
https://docs.bsky.app/docs/get-started (app passwords)
https://github.com/bluesky-social/atproto/blob/main/packages/pds/src/account-manager/helpers/auth.ts (an access token
lives two hours, a refresh token ninety days, and two hours once it was used)
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import orjson

from platforms.base import Platform
from platforms.bluesky.records import shown, text_of
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.errors import (
    Failure,
    FailureCode,
    PlatformError,
    ReconnectRequiredError,
    RejectedError,
)
from platforms.rules import Fact
from platforms.sign_in import Grant, RefreshTerms, Renewed

_SERVER = "com.atproto.server"
_AUTH = "https://github.com/bluesky-social/atproto/blob/main/packages/pds/src/account-manager/helpers/auth.ts"
TERMS = RefreshTerms(
    youngest=Fact(timedelta(), _AUTH, date(2026, 11, 26)),
    ahead=timedelta(minutes=5),
    on_use=True,
    idle=timedelta(days=30),
)
_AT_SERVER = "Open the account in Bluesky's app and follow what it asks for, then connect it again."
_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,100}")
"""Source: https://atproto.com/specs/did (read 2026-11-26); the length is that of a stored id."""
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"


class BlueskySignIn:
    """Sign-in by app password at any server, and the renewal of its sessions."""

    requested_permissions: tuple[str, ...] = ()
    required_settings: tuple[str, ...] = ()

    def __init__(self, client: XrpcClient) -> None:
        self._client = client

    def missing_settings(self) -> tuple[str, ...]:
        """Name no setting: there is no app to register."""
        return ()

    async def exchange(self, *, code: str, redirect_uri: str, verifier: str, now: datetime) -> Grant:  # noqa: ARG002 - those are of browsers
        """Exchange a password for a session; `code` is JSON of `identifier`, `password` and `service` (or null).

        Raises:
            RejectedError: the server, the account or the password is not right; the person gives others.
            TransientError: the server could not be reached.
        """
        given = orjson.loads(code)
        service = origin_of(given.get("service") or self._client.home)
        body = {"identifier": plain_handle(given["identifier"]), "password": given["password"].strip()}
        try:
            answer = await self._client.procedure(service, f"{_SERVER}.createSession", body=body)
        except (ReconnectRequiredError, RejectedError) as error:
            raise _refused(error) from error
        session = _session(service, answer)
        return Grant(
            platform_user_id=session.did,
            name=shown(answer.get("handle")) or session.did,
            token=session.packed(),
            expires_at=None,
            data_access_expires_at=None,
            granted_permissions=(),
            missing_permissions=(),
            token_expires_at=session.ends_at(now),
        )

    async def check(self, *, token: str, now: datetime) -> None:  # noqa: ARG002 - the server counts the time itself
        """Ask whether a session still works.

        Raises:
            ReconnectRequiredError: it is over, or the account is.
            TransientError: try again later.
        """
        answer = await self._ask(Session.read(token))
        if answer.get("active") is False:
            message = f"Bluesky says that the account is {answer.get('status') or 'not active'}."
            raise ReconnectRequiredError(Failure(FailureCode.RECONNECT_REQUIRED, Platform.BLUESKY, message, _AT_SERVER))

    async def works(self, *, token: str) -> bool:
        """Ask whether a session works.

        Raises:
            PlatformError: the server could not be asked.
        """
        try:
            await self._ask(Session.read(token))
        except ReconnectRequiredError:
            return False
        return True

    async def _ask(self, session: Session) -> dict[str, Any]:
        """Ask what a session is good for; a server that does not know its account any more refuses the question."""
        try:
            return await self._client.query(session.service, f"{_SERVER}.getSession", token=session.access)
        except RejectedError as error:
            failure = replace(error.failure, code=FailureCode.RECONNECT_REQUIRED, hint=_AT_SERVER)
            raise ReconnectRequiredError(failure) from error

    async def revoke(self, *, token: str) -> None:
        """End a session; one that is over already is no error.

        Raises:
            TransientError: try again later.
        """
        session = Session.read(token)
        try:
            await self._client.procedure(session.service, f"{_SERVER}.deleteSession", token=session.refresh)
        except (ReconnectRequiredError, RejectedError):
            return

    async def renew(self, *, token: str, now: datetime) -> Renewed:
        """Get a new pair of tokens for the refresh token.

        What is not known to have happened may be asked for again: a refresh token that was used goes on for two hours.

        Raises:
            ReconnectRequiredError: the session is over.
            TransientError: it is not known to be renewed; it may be tried again.
        """
        old = Session.read(token)
        answer = await self._client.procedure(old.service, f"{_SERVER}.refreshSession", token=old.refresh)
        session = _session(old.service, answer)
        if session.did != old.did:
            message = "The server gave the session of another account."
            hint = "Connect the account again with connectBluesky."
            raise ReconnectRequiredError(Failure(FailureCode.RECONNECT_REQUIRED, Platform.BLUESKY, message, hint))
        return Renewed(session.packed(), session.ends_at(now), None, None)


def origin_of(address: str) -> str:
    """Give the origin of a server's address.

    Raises:
        RejectedError: it is none.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    bare = parts.username is None and parts.path in {"", "/"} and not parts.query and not parts.fragment
    if parts.scheme not in {"http", "https"} or not host or not bare:
        message = "This is no address of a server: nobody was asked."
        hint = "Give its origin, such as https://bsky.social."
        raise RejectedError(Failure(FailureCode.AUTHORIZATION_FAILED, Platform.BLUESKY, message, hint))
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{f':{port}' if port else ''}"


def plain_handle(text: str) -> str:
    """Give a handle without an at sign, spaces, and the invisible signs that copying brings along."""
    return text.strip().strip(_INVISIBLE).removeprefix("@").strip(_INVISIBLE).lower()


def _session(service: str, answer: dict[str, Any]) -> Session:
    """Read a session; whoever runs the server may answer what he likes."""
    session = Session(service, *(text_of(answer, name) for name in ("did", "accessJwt", "refreshJwt")))
    if _DID.fullmatch(session.did):
        return session
    message = "The server gave no account's id of a usable form."
    hint = "Ask whoever runs the server."
    raise RejectedError(Failure(FailureCode.AUTHORIZATION_FAILED, Platform.BLUESKY, message, hint))


def _refused(error: PlatformError) -> RejectedError:
    failure = replace(error.failure, code=FailureCode.AUTHORIZATION_FAILED)
    if failure.platform_code == "AuthenticationRequired":
        hint = "Check the handle, and give an app password made in Bluesky's settings."
        failure = replace(failure, hint=hint)
    return RejectedError(failure)
