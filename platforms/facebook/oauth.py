"""Signing in with Facebook Login: code → short-lived → long-lived token, and what it may do.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from platforms.base import Grant, Platform
from platforms.errors import (
    Failure,
    FailureCode,
    RateLimitedError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.facebook.console import CONSOLE
from platforms.meta.errors import entries_of, identifier
from platforms.meta.graph import GraphClient
from platforms.meta.settings import LIVE_SETTINGS, MetaSettings

PERMISSIONS = tuple(CONSOLE.permissions)
_TRIES = 3
Answer = TypeVar("Answer")


class FacebookOAuth:
    """Facebook Login of one app in one environment."""

    requested_permissions = PERMISSIONS
    required_settings = LIVE_SETTINGS
    callback_name = "meta"

    def __init__(self, settings: MetaSettings, graph: GraphClient) -> None:
        self._settings = settings
        self._graph = graph

    def missing_settings(self) -> tuple[str, ...]:
        """Names of settings without which nobody can sign in."""
        return self._settings.missing

    def authorize_url(self, *, state: str, redirect_uri: str) -> str:
        """Say where to send the browser."""
        query = {
            "client_id": self._settings.app_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "response_type": "code",
            "scope": ",".join(PERMISSIONS),
        }
        return f"{self._settings.dialog_url}/{self._settings.api_version}/dialog/oauth?{urlencode(query)}"

    async def exchange(self, *, code: str, redirect_uri: str, now: datetime) -> Grant:
        """Turn the code into a grant with a long-lived token.

        Raises:
            RejectedError: the code or the app was refused; the person starts again.
            TransientError: the platform could not be reached.
        """
        short = _token(await self._graph.sign_in({"code": code, "redirect_uri": redirect_uri}))
        form = {"grant_type": "fb_exchange_token", "fb_exchange_token": short}
        answer = await _insist(lambda: self._graph.sign_in(form))
        token = _token(answer)
        person = await _insist(lambda: self._graph.get("/me", token=token, params={"fields": "id,name"}))
        person_id = identifier(person, "the person", platform=self._graph.platform)
        granted = await _insist(lambda: self._granted(token))
        facts = await _insist(lambda: self._graph.inspect_token(token))
        return Grant(
            platform_user_id=person_id,
            name=str(person.get("name") or person_id),
            token=token,
            expires_at=_instant(facts.get("expires_at")) or _after(now, answer.get("expires_in")),
            data_access_expires_at=_instant(facts.get("data_access_expires_at")),
            granted_permissions=granted,
            missing_permissions=tuple(name for name in PERMISSIONS if name not in granted),
        )

    async def revoke(self, *, token: str) -> None:
        """End the grant at Facebook; one that is gone already is no error.

        Raises:
            TransientError: try again later.
        """
        try:
            await self._graph.delete("/me/permissions", token=token)
        except ReconnectRequiredError:
            return

    async def _granted(self, token: str) -> tuple[str, ...]:
        answer = await self._graph.get("/me/permissions", token=token)
        return tuple(str(entry.get("permission")) for entry in entries_of(answer) if entry.get("status") == "granted")


async def _insist(call: Callable[[], Awaitable[Answer]]) -> Answer:
    """Repeat a call that the platform was too busy for: the code is used up, without its token all starts again."""
    for _ in range(_TRIES - 1):
        try:
            return await call()
        except TransientError as error:
            if isinstance(error, RateLimitedError) or error.failure.http_status is None:
                raise
    return await call()


def _token(answer: dict[str, Any]) -> str:
    token = answer.get("access_token")
    if isinstance(token, str) and token:
        return token
    hint = "Start the sign-in again."
    failure = Failure(FailureCode.AUTHORIZATION_FAILED, Platform.FACEBOOK, "Facebook answered without a token.", hint)
    raise RejectedError(failure)


def _instant(value: object) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None


def _after(now: datetime, seconds: object) -> datetime | None:
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) else None
