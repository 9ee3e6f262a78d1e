"""Signing in at X by OAuth 2.0 with PKCE: an access token of two hours, and a refresh token that works once.

Sources, read 2026-11-22:
https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
https://docs.x.com/x-api/users/get-my-user (`subscription_type`)
https://www.rfc-editor.org/rfc/rfc7636#section-4.2 (S256)
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from urllib.parse import quote, urlencode

from net.errors import NetError, NotSentError, UnreadableReplyError
from net.http import Reply
from platforms.base import Platform
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    ReconnectRequiredError,
    TransientError,
)
from platforms.rules import Fact
from platforms.sign_in import Grant, RefreshTerms, Renewal, Renewed
from platforms.x.api import XApi
from platforms.x.console import CONSOLE
from platforms.x.errors import OK, refused, unavailable
from platforms.x.matching import floor_id
from platforms.x.profiles import read_profile
from platforms.x.settings import REQUIRED_SETTINGS
from platforms.x.tokens import Token

_OAUTH = "https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code"
TERMS = RefreshTerms(
    youngest=Fact(timedelta(), _OAUTH, date(2026, 11, 22)),
    ahead=timedelta(minutes=5),
    on_use=True,
    idle=timedelta(days=150),
)
"""X does not say how long an unused refresh token lives; developers saw six months."""
_FAILED = FailureCode.AUTHORIZATION_FAILED
_SERVER_FAULT = 500
_BUSY, _UNAUTHORIZED = 429, 401
_LIFE, _LONGEST_LIFE = 7_200, 30 * 24 * 3_600
_OPERATE_AGAIN = timedelta(minutes=1)


class XOAuth:
    """X's sign-in in one environment."""

    callback_name = "x"
    requested_permissions = tuple(CONSOLE.permissions)
    required_settings = REQUIRED_SETTINGS

    def __init__(self, api: XApi) -> None:
        self._api = api

    def missing_settings(self) -> tuple[str, ...]:
        """Names of settings without which nobody can sign in."""
        return self._api.settings.missing

    def authorize_url(
        self,
        *,
        state: str,
        redirect_uri: str,
        verifier: str,
        renewal: Renewal | None = None,  # noqa: ARG002 - the dialog always asks
    ) -> str:
        """Say where to send the browser."""
        digest = hashlib.sha256(verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._api.settings.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(self.requested_permissions),
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{self._api.settings.auth_url}/i/oauth2/authorize?{urlencode(query, quote_via=quote)}"

    async def exchange(self, *, code: str, redirect_uri: str, verifier: str, now: datetime) -> Grant:
        """Turn the code, which lives for thirty seconds, into a grant.

        Raises:
            RejectedError: the code or the app was refused; the person starts again.
            TransientError: X could not be reached.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        answer = _given(await self._ask("token", form))
        pair = _pair_in(answer)
        profile = await read_profile(self._api, access=pair[0], now=now)
        granted = _scopes(answer) or self.requested_permissions
        ends_at = _end(answer, now)
        return Grant(
            platform_user_id=profile.id,
            name=profile.name,
            token=Token(*pair, granted, profile).packed(),
            expires_at=None if pair[1] else ends_at,
            data_access_expires_at=None,
            granted_permissions=granted,
            missing_permissions=self._missing(granted),
            token_expires_at=ends_at,
        )

    async def check(self, *, token: str, now: datetime) -> None:
        """Ask whether a sign-in still works, by a question whose empty answer costs nothing.

        Raises:
            ReconnectRequiredError: the token is dead.
            TransientError: try again later.
        """
        held = Token.read(token)
        params = {"since_id": floor_id(now), "max_results": "5"}
        await self._api.get(f"/2/users/{held.profile.id}/tweets", access=held.access, params=params)

    async def works(self, *, token: str) -> bool:
        """Ask whether a token works.

        Raises:
            PlatformError: X could not be asked.
        """
        told_at = datetime.fromtimestamp(Token.read(token).profile.told_at, UTC)
        try:
            await self.check(token=token, now=told_at)
        except ReconnectRequiredError:
            return False
        return True

    async def revoke(self, *, token: str) -> None:
        """End the sign-in; one that is over already is no error.

        Raises:
            TransientError: try again later.
        """
        held = Token.read(token)
        reply = await self._ask("revoke", {"token": held.refresh or held.access})
        _refuse_busy(reply)

    async def renew(self, *, token: str, now: datetime) -> Renewed:
        """Get a new pair for the refresh token, which is over with that.

        Raises:
            ReconnectRequiredError: the refresh token is over.
            OutcomeUnknownError: X was asked and did not answer: the refresh token may be over.
            TransientError: nothing was renewed.
        """
        held = Token.read(token)
        if held.refresh is None:
            raise ReconnectRequiredError(_over("The sign-in lasts two hours, for renewing was not allowed."))
        form = {"grant_type": "refresh_token", "refresh_token": held.refresh}
        answer = _renewed(await self._ask("token", form, public=True))
        if (access := _text(answer.get("access_token"))) is None:
            raise OutcomeUnknownError(_lost("X renewed the sign-in and gave no token."))
        granted = _scopes(answer) or held.scopes
        fresh = held.renewed(access, _text(answer.get("refresh_token")) or held.refresh, granted)
        return Renewed(fresh.packed(), _end(answer, now), granted, self._missing(granted))

    def _missing(self, granted: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in self.requested_permissions if name not in granted)

    async def _ask(self, name: str, form: Mapping[str, str], *, public: bool = False) -> Reply:
        """Ask a token endpoint; `public` when what was asked cannot be asked again."""
        try:
            return await self._api.ask_oauth(name, form)
        except NetError as error:
            lost = public and not isinstance(error, NotSentError)
            failure = OutcomeUnknownError(_lost(f"{error}.")) if lost else TransientError(unavailable(f"{error}."))
        raise failure


def _given(reply: Reply) -> dict[str, Any]:
    """Read the answer to a code."""
    _refuse_busy(reply)
    if (answer := _read(reply)) is None:
        raise TransientError(unavailable("X's sign-in gave an answer that cannot be read."))
    if reply.status in OK:
        return answer
    if _is_about_the_app(reply.status, answer):
        hint = "An operator checks AGM_X_CLIENT_ID and AGM_X_CLIENT_SECRET."
        raise refused(_refusal_of(answer, reply.status), hint, FailureCode.PLATFORM_NOT_CONFIGURED)
    raise refused(_refusal_of(answer, reply.status), "Start the sign-in again.", _FAILED)


def _renewed(reply: Reply) -> dict[str, Any]:
    """Read the answer to a refresh token: only a clear refusal says that it is over."""
    if reply.status == _BUSY:
        raise TransientError(unavailable("X's sign-in is busy."))
    answer = _read(reply)
    if reply.status >= _SERVER_FAULT or answer is None:
        raise OutcomeUnknownError(_lost(f"X's sign-in answered with status {reply.status}."))
    if reply.status in OK:
        return answer
    message = _refusal_of(answer, reply.status)
    if _is_about_the_app(reply.status, answer):
        hint = "An operator checks AGM_X_CLIENT_ID and AGM_X_CLIENT_SECRET; nobody has to sign in again."
        failure = Failure(FailureCode.PLATFORM_NOT_CONFIGURED, Platform.X, message, hint, http_status=reply.status)
        raise TransientError(failure, retry_after=_OPERATE_AGAIN)
    raise ReconnectRequiredError(_over(message))


def _read(reply: Reply) -> dict[str, Any] | None:
    try:
        answer = reply.json()
    except UnreadableReplyError:
        return None
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else None


def _refuse_busy(reply: Reply) -> None:
    if reply.status >= _SERVER_FAULT or reply.status == _BUSY:
        raise TransientError(unavailable(f"X's sign-in answered with status {reply.status}."))


def _is_about_the_app(status: int, answer: Mapping[str, Any]) -> bool:
    return status == _UNAUTHORIZED or answer.get("error") in {"unauthorized_client", "invalid_client"}


def _refusal_of(answer: Mapping[str, Any], status: int) -> str:
    said = next(filter(None, (_text(answer.get(name)) for name in ("error_description", "error"))), f"status {status}")
    return f"X refused the sign-in: {said[:300]}".replace("\x00", "")


def _over(message: str) -> Failure:
    hint = "Sign in again with reconnectAccount; what is held goes on by itself."
    return Failure(FailureCode.RECONNECT_REQUIRED, Platform.X, message, hint)


def _lost(message: str) -> Failure:
    hint = "It is asked for once more; if that is refused, a person signs in again."
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, Platform.X, f"{message} The sign-in may be renewed.", hint)


def _pair_in(answer: Mapping[str, Any]) -> tuple[str, str | None]:
    if (access := _text(answer.get("access_token"))) is not None:
        return access, _text(answer.get("refresh_token"))
    raise refused("X answered without a token.", "Start the sign-in again.", _FAILED)


def _end(answer: Mapping[str, Any], now: datetime) -> datetime:
    """Say when a token ends; what is no such time stands for X's two hours."""
    seconds = answer.get("expires_in")
    life = seconds if isinstance(seconds, int) and 0 < seconds <= _LONGEST_LIFE else _LIFE
    return now + timedelta(seconds=life)


def _scopes(answer: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple((_text(answer.get("scope")) or "").split())


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
