"""Signing in with Facebook Login: code → short-lived → long-lived token, and what it may do.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from platforms.base import Platform
from platforms.errors import Failure, FailureCode, ReconnectRequiredError, RejectedError
from platforms.facebook.console import CONSOLE
from platforms.facebook.listening import PERMISSION as LISTENING
from platforms.meta.codes import row_for
from platforms.meta.errors import entries_of, identifier
from platforms.meta.graph import GraphClient
from platforms.meta.insisting import insist
from platforms.meta.settings import LIVE_SETTINGS, MetaSettings
from platforms.meta.tokens import instant
from platforms.sign_in import Grant, Renewal, Standing

PERMISSIONS = tuple(name for name in CONSOLE.permissions if name != LISTENING)
_DEAD = 190
_AUTH_TYPES = {Renewal.PERMISSIONS: "rerequest", Renewal.ACCESS: "reauthorize"}
"""Sources, read 2026-11-25: https://developers.facebook.com/docs/facebook-login/guides/advanced/re-authentication and
https://developers.facebook.com/docs/facebook-login/auth-vs-data"""


class FacebookOAuth:
    """Facebook Login of one app in one environment."""

    required_settings = LIVE_SETTINGS
    callback_name = "meta"

    def __init__(self, settings: MetaSettings, graph: GraphClient) -> None:
        self._settings = settings
        self._graph = graph
        self.requested_permissions = (*PERMISSIONS, LISTENING) if settings.webhook_token else PERMISSIONS

    def missing_settings(self) -> tuple[str, ...]:
        """Names of settings without which nobody can sign in."""
        return self._settings.missing

    def authorize_url(
        self,
        *,
        state: str,
        redirect_uri: str,
        verifier: str,  # noqa: ARG002 - the app's secret is asked for instead
        renewal: Renewal | None = None,
    ) -> str:
        """Say where to send the browser; `renewal` makes the dialog ask for what it would pass over."""
        query = {
            "client_id": self._settings.app_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "response_type": "code",
            "scope": ",".join(self.requested_permissions),
            **({"auth_type": _AUTH_TYPES[renewal]} if renewal else {}),
        }
        return f"{self._settings.dialog_url}/{self._settings.api_version}/dialog/oauth?{urlencode(query)}"

    async def exchange(
        self,
        *,
        code: str,
        redirect_uri: str,
        verifier: str,  # noqa: ARG002 - as above
        now: datetime,
    ) -> Grant:
        """Turn the code into a grant with a long-lived token.

        Raises:
            RejectedError: the code or the app was refused; the person starts again.
            TransientError: the platform could not be reached.
        """
        short = _token(await self._graph.sign_in({"code": code, "redirect_uri": redirect_uri}))
        form = {"grant_type": "fb_exchange_token", "fb_exchange_token": short}
        answer = await insist(lambda: self._graph.sign_in(form))
        token = _token(answer)
        person = await insist(lambda: self._graph.get("/me", token=token, params={"fields": "id,name"}))
        person_id = identifier(person, "the person", platform=self._graph.platform)
        granted = await insist(lambda: self._granted(token))
        facts = await insist(lambda: self._graph.inspect_token(token))
        return Grant(
            platform_user_id=person_id,
            name=str(person.get("name") or person_id),
            token=token,
            expires_at=instant(facts.get("expires_at")) or _after(now, answer.get("expires_in")),
            data_access_expires_at=instant(facts.get("data_access_expires_at")),
            granted_permissions=granted,
            missing_permissions=self._missing(granted),
        )

    async def check(self, *, token: str, now: datetime) -> Standing:  # noqa: ARG002 - Meta counts the time itself
        """Ask whether a sign-in still works, until when, and what it may do.

        Raises:
            ReconnectRequiredError: the token is dead.
            TransientError: try again later.
        """
        facts = await self._graph.inspect_token(token)
        if facts.get("is_valid") is False:
            raise ReconnectRequiredError(_dead(facts))
        granted = await self._granted(token)
        return Standing(
            expires_at=instant(facts.get("expires_at")),
            data_access_expires_at=instant(facts.get("data_access_expires_at")),
            granted_permissions=granted,
            missing_permissions=self._missing(granted),
        )

    async def works(self, *, token: str) -> bool:
        """Ask whether a Page's token still works; it may outlive the token of the person.

        Raises:
            PlatformError: Meta could not be asked.
        """
        return (await self._graph.inspect_token(token)).get("is_valid") is True

    async def revoke(self, *, token: str) -> None:
        """End the grant at Facebook; one that is gone already is no error.

        Raises:
            TransientError: try again later.
        """
        try:
            await self._graph.delete("/me/permissions", token=token)
        except ReconnectRequiredError:
            return

    def _missing(self, granted: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in self.requested_permissions if name not in granted)

    async def _granted(self, token: str) -> tuple[str, ...]:
        answer = await self._graph.get("/me/permissions", token=token)
        return tuple(str(entry.get("permission")) for entry in entries_of(answer) if entry.get("status") == "granted")


def _token(answer: dict[str, Any]) -> str:
    token = answer.get("access_token")
    if isinstance(token, str) and token:
        return token
    hint = "Start the sign-in again."
    failure = Failure(FailureCode.AUTHORIZATION_FAILED, Platform.FACEBOOK, "Facebook answered without a token.", hint)
    raise RejectedError(failure)


def _dead(facts: dict[str, Any]) -> Failure:
    """Say why a token is dead, with the hint of its row in the table of errors."""
    said = facts.get("error")
    error: dict[str, Any] = said if isinstance(said, dict) else {}
    code, subcode = error.get("code") or _DEAD, error.get("subcode")
    row = row_for(code, subcode) or row_for(_DEAD, None)
    return Failure(
        FailureCode.RECONNECT_REQUIRED,
        Platform.FACEBOOK,
        f"Facebook says that the sign-in is over: {error.get('message') or 'the token does not work'}",
        row.hint if row else "Sign in again with reconnectAccount.",
        platform_code=f"{code}/{subcode}" if subcode else str(code),
    )


def _after(now: datetime, seconds: object) -> datetime | None:
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) else None
