"""Signing in at Instagram itself: code → short → long token, which this server renews before it ends.

Instagram tells of no permission or end of a token but in the answers that give one, and has no call to end a sign-in:
the person removes the app in Instagram's settings.

Sources, read 2026-11-26:
https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login
https://developers.facebook.com/documentation/instagram-platform/reference/refresh_access_token
"""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from platforms.base import Platform
from platforms.errors import Failure, FailureCode, ReconnectRequiredError, TransientError
from platforms.instagram.console import CONSOLE
from platforms.instagram.login import LoginClient, id_in, unwrapped
from platforms.instagram.settings import LIVE_SETTINGS, InstagramSettings
from platforms.meta.graph import GraphClient
from platforms.meta.insisting import insist
from platforms.rules import Fact
from platforms.sign_in import Grant, RefreshTerms, Renewal, Renewed

PERMISSIONS = tuple(CONSOLE.permissions)
TERMS = RefreshTerms(
    youngest=Fact(
        timedelta(hours=24),
        "https://developers.facebook.com/documentation/instagram-platform/reference/refresh_access_token",
        date(2026, 11, 26),
    ),
    ahead=timedelta(days=15),
)
"""Of sixty days: at about day 45, a day before the first warning, which comes only where renewing goes wrong."""
_TAILS = ("#_=_", "#_")
"""What the dialog appends to the address it sends the browser back to; a frontend may hand it on with the code."""


class InstagramOAuth:
    """Instagram Login of one app in one environment."""

    requested_permissions = PERMISSIONS
    required_settings = LIVE_SETTINGS
    callback_name = "instagram"

    def __init__(self, settings: InstagramSettings, graph: GraphClient, login: LoginClient) -> None:
        self._settings = settings.api
        self._graph = graph
        self._login = login

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
        """Say where to send the browser; `renewal` makes the dialog ask who it is, for only that account will do."""
        query = {
            "client_id": self._settings.app_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "response_type": "code",
            "scope": ",".join(PERMISSIONS),
            **({"force_reauth": "true"} if renewal else {}),
        }
        return f"{self._settings.dialog_url}/oauth/authorize?{urlencode(query)}"

    async def exchange(
        self,
        *,
        code: str,
        redirect_uri: str,
        verifier: str,  # noqa: ARG002 - as above
        now: datetime,
    ) -> Grant:
        """Turn the code into a grant with a token for sixty days.

        Raises:
            RejectedError: the code or the app was refused; the person starts again.
            TransientError: Instagram could not be reached.
        """
        for tail in _TAILS:
            code = code.removesuffix(tail)
        short = await self._login.exchange_code(code=code, redirect_uri=redirect_uri)
        long = await insist(lambda: self._login.exchange_short(short.token, now=now))
        person = await insist(lambda: self._me(long.token))
        granted = short.permissions if short.permissions is not None else PERMISSIONS
        return Grant(
            platform_user_id=person["id"],
            name=str(person.get("username") or person.get("name") or person["id"]),
            token=long.token,
            expires_at=long.expires_at,
            data_access_expires_at=None,
            granted_permissions=granted,
            missing_permissions=_missing(granted),
        )

    async def check(self, *, token: str, now: datetime) -> None:  # noqa: ARG002 - Instagram counts the time itself
        """Ask whether a sign-in still works; that is all Instagram tells.

        Raises:
            ReconnectRequiredError: the token is dead.
            TransientError: try again later.
        """
        await self._me(token)

    async def works(self, *, token: str) -> bool:
        """Ask whether a token still works.

        Raises:
            PlatformError: Instagram could not be asked.
        """
        try:
            await self._me(token)
        except ReconnectRequiredError:
            return False
        return True

    async def revoke(self, *, token: str) -> None:
        """Instagram has no call for it: the token is forgotten here, and the person removes the app there."""

    async def renew(self, *, token: str, now: datetime) -> Renewed:
        """Get another sixty days for a token that works.

        Raises:
            ReconnectRequiredError: the token is dead.
            PlatformError: it was not renewed; the old one goes on to its end.
        """
        long = await self._login.refresh(token, now=now)
        granted = long.permissions
        return Renewed(long.token, long.expires_at, granted, _missing(granted) if granted is not None else None)

    async def _me(self, token: str) -> dict[str, Any]:
        """Ask who signed in; `id` is the one for this app alone, by which Instagram names them in its callbacks.

        Raises:
            PlatformError: its class says what to do; TransientError also when there is no id.
        """
        answer = await self._graph.get("/me", token=token, params={"fields": "id,username,name"})
        person = unwrapped(answer)
        if (person_id := id_in(person.get("id"))) is not None:
            return {**person, "id": person_id}
        message = "Instagram answered without saying who signed in."
        failure = Failure(FailureCode.PLATFORM_UNAVAILABLE, Platform.INSTAGRAM, message, "It is tried again.")
        raise TransientError(failure)


def _missing(granted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in PERMISSIONS if name not in granted)
