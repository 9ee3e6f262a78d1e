"""Signing in at LinkedIn: one app for members, who are named by OpenID Connect, and one for Pages, named by `/v2/me`.

LinkedIn has no PKCE on the web. Tokens live sixty days; only an app with programmatic refresh gets a refresh token,
everybody else signs in again.

Sources, read 2026-11-22:
https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow
https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens
https://learn.microsoft.com/en-us/linkedin/shared/authentication/token-introspection
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from net.errors import UnreadableReplyError
from net.http import Reply
from platforms.base import Platform
from platforms.errors import Failure, FailureCode, ReconnectRequiredError, RejectedError, TransientError
from platforms.linkedin.api import LinkedInApi
from platforms.linkedin.errors import OK, refused, unavailable
from platforms.linkedin.tokens import Token, unpack
from platforms.rules import Fact
from platforms.sign_in import Grant, RefreshTerms, Renewal, Renewed, Standing

TERMS = RefreshTerms(
    youngest=Fact(
        timedelta(hours=24),
        "https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens",
        date(2026, 11, 22),
        confirmed=False,
    ),
    ahead=timedelta(days=15),
)
"""A day more than a person is told ahead, so that those whose app cannot renew are told in time."""
FRESH_WAITS = (1.0, 2.0, 4.0)
"""In seconds: for so long LinkedIn may take a token that it has just given for a revoked one."""
_SEPARATOR = re.compile(r"[,\s]+")
_SERVER_FAULT = 500
_BUSY = 429
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class Connector:
    """One of LinkedIn's sign-ins: what it asks for, and where it reads who signed in."""

    permissions: tuple[str, ...]
    required_settings: tuple[str, ...]
    who: str


class LinkedInOAuth:
    """LinkedIn's sign-in by one app in one environment."""

    callback_name = "linkedin"

    def __init__(self, api: LinkedInApi, connector: Connector, *, fresh_waits: Sequence[float] = FRESH_WAITS) -> None:
        self._api = api
        self._connector = connector
        self._fresh_waits = fresh_waits
        self.requested_permissions = connector.permissions
        self.required_settings = connector.required_settings

    def missing_settings(self) -> tuple[str, ...]:
        """Names of settings without which nobody can sign in."""
        return self._api.settings.missing

    def authorize_url(
        self,
        *,
        state: str,
        redirect_uri: str,
        verifier: str,  # noqa: ARG002 - LinkedIn's web flow has no PKCE
        renewal: Renewal | None = None,  # noqa: ARG002 - nothing makes the dialog ask again
    ) -> str:
        """Say where to send the browser."""
        query = {
            "response_type": "code",
            "client_id": self._api.settings.client_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "scope": " ".join(self.requested_permissions),
        }
        return f"{self._api.settings.auth_url}/oauth/v2/authorization?{urlencode(query, quote_via=quote)}"

    async def exchange(
        self,
        *,
        code: str,
        redirect_uri: str,
        verifier: str,  # noqa: ARG002 - as above
        now: datetime,
    ) -> Grant:
        """Turn the code into a grant.

        Raises:
            RejectedError: the code or the app was refused; the person starts again.
            TransientError: LinkedIn could not be reached.
        """
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        answer = _given(await self._api.ask_oauth("accessToken", form))
        token = await self._named(_token_in(answer), _text(answer.get("refresh_token")))
        granted = _scopes(answer.get("scope")) or self.requested_permissions
        return Grant(
            platform_user_id=token.person_id,
            name=token.name,
            token=token.packed(),
            expires_at=_end(answer, now),
            data_access_expires_at=None,
            granted_permissions=granted,
            missing_permissions=self._missing(granted),
        )

    async def check(self, *, token: str, now: datetime) -> Standing:  # noqa: ARG002 - LinkedIn counts the time itself
        """Ask whether a sign-in still works, until when, and what it may do.

        Raises:
            ReconnectRequiredError: the token is dead.
            TransientError: try again later.
        """
        facts = await self._inspect(unpack(token))
        if facts.get("active") is not True:
            status = _text(facts.get("status")) or "no longer active"
            raise ReconnectRequiredError(_over(f"LinkedIn says that the sign-in is {status}."))
        granted = _scopes(facts.get("scope")) or self.requested_permissions
        return Standing(
            expires_at=_instant(facts.get("expires_at")),
            data_access_expires_at=None,
            granted_permissions=granted,
            missing_permissions=self._missing(granted),
        )

    async def works(self, *, token: str) -> bool:
        """Ask whether a token still works.

        Raises:
            PlatformError: LinkedIn could not be asked.
        """
        return (await self._inspect(unpack(token))).get("active") is True

    async def revoke(self, *, token: str) -> None:
        """End the token at LinkedIn, as well as that can be: the call is not in LinkedIn's documents.

        Raises:
            TransientError: try again later.
        """
        _refuse_busy(await self._api.ask_oauth("revoke", {"token": unpack(token).access}))

    async def renew(self, *, token: str, now: datetime) -> Renewed:
        """Get another sixty days; an app that cannot gets told when the token ends, and keeps it.

        Raises:
            ReconnectRequiredError: the token is dead.
            PlatformError: it was not renewed; the old one goes on to its end.
        """
        held = unpack(token)
        if held.refresh is None:
            standing = await self.check(token=token, now=now)
            if standing.expires_at is None:
                raise TransientError(unavailable("LinkedIn did not say when the token ends."))
            return Renewed(token, standing.expires_at, standing.granted_permissions, standing.missing_permissions)
        form = {"grant_type": "refresh_token", "refresh_token": held.refresh}
        try:
            answer = _given(await self._api.ask_oauth("accessToken", form))
        except RejectedError as error:
            if error.failure.code is FailureCode.PLATFORM_NOT_CONFIGURED:
                raise
            raise ReconnectRequiredError(_over("LinkedIn does not renew the sign-in any more.")) from error
        renewed = replace(held, access=_token_in(answer), refresh=_text(answer.get("refresh_token")) or held.refresh)
        granted = _scopes(answer.get("scope")) or None
        missing = self._missing(granted) if granted is not None else None
        return Renewed(renewed.packed(), _end(answer, now), granted, missing)

    def _missing(self, granted: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in self.requested_permissions if name not in granted)

    async def _inspect(self, token: Token) -> dict[str, Any]:
        return _given(await self._api.ask_oauth("introspectToken", {"token": token.access}))

    async def _named(self, access: str, refresh: str | None) -> Token:
        who = await self._who(access)
        person = _text(who.get("sub")) or _text(who.get("id"))
        if person is None:
            raise refused("LinkedIn did not say who signed in.", "Start the sign-in again.", _FAILED)
        parts = (who.get("localizedFirstName"), who.get("localizedLastName"))
        name = _text(who.get("name")) or " ".join(part for part in map(_text, parts) if part) or person
        return Token(access, person, name, refresh, _text(who.get("picture")))

    async def _who(self, access: str) -> dict[str, Any]:
        """Read who signed in; the code is used up, so a token that LinkedIn does not know yet is tried again."""
        for wait in self._fresh_waits:
            try:
                return await self._api.get(self._connector.who, access=access)
            except ReconnectRequiredError as error:
                if error.failure.http_status != _UNAUTHORIZED:
                    raise
            except TransientError as error:
                if error.failure.http_status == _BUSY:
                    raise
            await asyncio.sleep(wait)
        return await self._api.get(self._connector.who, access=access)


_FAILED = FailureCode.AUTHORIZATION_FAILED


def _given(reply: Reply) -> dict[str, Any]:
    """Read the answer of the sign-in's own endpoint, whose errors have a shape of their own."""
    _refuse_busy(reply)
    try:
        answer = reply.json()
    except UnreadableReplyError as error:
        failure = TransientError(unavailable(str(error)))
    else:
        if reply.status in OK and isinstance(answer, dict):
            return answer
        raise _refused_by(answer if isinstance(answer, dict) else {}, reply.status)
    raise failure


def _refuse_busy(reply: Reply) -> None:
    if reply.status >= _SERVER_FAULT or reply.status == _BUSY:
        raise TransientError(unavailable(f"LinkedIn's sign-in answered with status {reply.status}."))


def _refused_by(answer: Mapping[str, Any], status: int) -> RejectedError:
    error, said = _text(answer.get("error")), _text(answer.get("error_description"))
    message = f"LinkedIn refused the sign-in: {said or error or f'status {status}'}"
    if error == "invalid_client" or status == _UNAUTHORIZED:
        hint = "An operator checks the app's client id and secret in the settings."
        return _refusal(FailureCode.PLATFORM_NOT_CONFIGURED, message, hint, error, status)
    return _refusal(_FAILED, message, "Start the sign-in again.", error, status)


def _refusal(code: FailureCode, message: str, hint: str, error: str | None, status: int) -> RejectedError:
    return RejectedError(Failure(code, Platform.LINKEDIN, message, hint, platform_code=error, http_status=status))


def _over(message: str) -> Failure:
    hint = "Sign in again with reconnectAccount; what is held goes on by itself."
    return Failure(FailureCode.RECONNECT_REQUIRED, Platform.LINKEDIN, message, hint)


def _token_in(answer: Mapping[str, Any]) -> str:
    if (token := _text(answer.get("access_token"))) is not None:
        return token
    raise refused("LinkedIn answered without a token.", "Start the sign-in again.", _FAILED)


def _end(answer: Mapping[str, Any], now: datetime) -> datetime:
    """Say when a token ends, by the answer: a renewed one may live shorter than sixty days."""
    seconds = answer.get("expires_in")
    if isinstance(seconds, int | str) and str(seconds).isdigit():
        return now + timedelta(seconds=int(seconds))
    raise refused("LinkedIn answered without the end of the token.", "Start the sign-in again.", _FAILED)


def _scopes(value: object) -> tuple[str, ...]:
    """Read permissions, which LinkedIn separates by spaces in its documents and by commas in its answers."""
    return tuple(filter(None, _SEPARATOR.split(value))) if isinstance(value, str) else ()


def _instant(value: object) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
