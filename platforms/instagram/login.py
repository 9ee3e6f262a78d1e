"""Instagram Login's token endpoints, which are not the Graph API's: hosts, paths and errors of their own.

A code is exchanged at one host with an answer in either of two shapes and errors in a third; a short token becomes a
long one, and a long one is renewed, at another host, without a version.

Sources, read 2026-11-26:
https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login
https://developers.facebook.com/documentation/instagram-platform/reference/access_token
https://developers.facebook.com/documentation/instagram-platform/reference/refresh_access_token
The flat answer of the code exchange, and ids that are numbers, are known from people who met them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from net.errors import NetError, UnreadableReplyError
from net.http import PlatformClient, Reply
from platforms.base import Platform
from platforms.errors import Failure, FailureCode, PlatformError, RejectedError, TransientError
from platforms.instagram.settings import LIVE_SETTINGS, InstagramSettings
from platforms.meta.errors import answer_of, of_net_error

LIFE = timedelta(days=60)
"""How long a token lives, where an answer does not say it."""
_OK = range(200, 300)
_REFUSED = range(400, 500)
_LONGEST_TEXT = 300
_OF_THE_APP = ("Invalid platform app", "Error validating client secret")


@dataclass(frozen=True, slots=True)
class ShortToken:
    """What a code was exchanged for: good for an hour. `permissions` is None where the answer does not tell them."""

    token: str = field(repr=False)
    permissions: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class LongToken:
    """A token for sixty days. `permissions` is None where the answer does not tell them."""

    token: str = field(repr=False)
    expires_at: datetime
    permissions: tuple[str, ...] | None


class LoginClient:
    """Asks for the tokens of one Instagram app in one environment."""

    def __init__(self, client: PlatformClient, settings: InstagramSettings) -> None:
        self._client = client
        self._settings = settings

    async def exchange_code(self, *, code: str, redirect_uri: str) -> ShortToken:
        """Turn a code into a short token, once.

        Raises:
            RejectedError: the code or the app was refused.
            TransientError: Instagram could not be reached, or answered nonsense.
        """
        app = self._settings.api
        form = {
            "client_id": app.app_id,
            "client_secret": app.app_secret,
            "grant_type": "authorization_code",
            "redirect_uri": redirect_uri,
            "code": code,
        }
        url = f"{self._settings.auth_url}/oauth/access_token"
        answer = _exchanged(await self._request("POST", url, form=form))
        token = _token(answer)
        if token is None:
            raise RejectedError(_no_token(FailureCode.AUTHORIZATION_FAILED, "Start the sign-in again."))
        return ShortToken(token, permissions_in(answer.get("permissions")))

    async def exchange_short(self, token: str, *, now: datetime) -> LongToken:
        """Turn a short token into a long one.

        Raises:
            PlatformError: its class says what to do.
        """
        params = {"grant_type": "ig_exchange_token", "client_secret": self._settings.api.app_secret}
        return await self._long_token("access_token", {**params, "access_token": token}, now)

    async def refresh(self, token: str, *, now: datetime) -> LongToken:
        """Renew a long token that is a day old and has not ended.

        Raises:
            PlatformError: its class says what to do.
        """
        params = {"grant_type": "ig_refresh_token", "access_token": token}
        return await self._long_token("refresh_access_token", params, now)

    async def _long_token(self, path: str, params: Mapping[str, str], now: datetime) -> LongToken:
        """Ask for it as documented: these two calls have no other place for token and secret than the query."""
        reply = await self._request("GET", f"{self._settings.api.graph_url}/{path}", params=params)
        answer = answer_of(reply, platform=Platform.INSTAGRAM, public=False)
        seconds = answer.get("expires_in")
        life = timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else LIFE
        token = _token(answer)
        if token is None:  # it never takes the place of one that works
            raise TransientError(_no_token(FailureCode.PLATFORM_UNAVAILABLE, "It is tried again."))
        return LongToken(token, now + life, permissions_in(answer.get("permissions")))

    async def _request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Reply:
        try:
            return await self._client.request(method, url, params=params, form=form)
        except NetError as error:
            failure = of_net_error(error, platform=Platform.INSTAGRAM, public=False)
        raise failure


def unwrapped(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Take an answer out of the list that Instagram puts some into: `{"data": [{…}]}`."""
    data = answer.get("data")
    first = cast("list[Any]", data)[0] if isinstance(data, list) and data else answer
    return dict(cast("Mapping[str, Any]", first)) if isinstance(first, Mapping) else {}


def id_in(value: object) -> str | None:
    """Read an id, which is a string or a number; None when it is neither."""
    number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if (number or isinstance(value, str)) and value else None


def permissions_in(value: object) -> tuple[str, ...] | None:
    """Read permissions, which are a list or a text with commas; None when they are not told."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return None
    return tuple(name.strip() for name in cast("list[Any]", value) if isinstance(name, str) and name.strip())


def _exchanged(reply: Reply) -> dict[str, Any]:
    """Give the answer of the code exchange.

    Raises:
        PlatformError: it was refused, in the exchange's own shape or in that of the Graph API.
    """
    try:
        value = reply.json()
    except UnreadableReplyError:
        value = None
    answer: dict[str, Any] = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if reply.status in _OK and "error_type" not in answer:
        return unwrapped(answer_of(reply, platform=Platform.INSTAGRAM, public=False))
    if "error_type" not in answer and "error_message" not in answer:
        answer_of(reply, platform=Platform.INSTAGRAM, public=False)
    raise _refusal(reply.status, answer)


def _refusal(status: int, answer: Mapping[str, Any]) -> PlatformError:
    said = str(answer.get("error_message") or answer.get("error_type") or f"status {status}")
    said = said[:_LONGEST_TEXT].replace("\x00", "")
    hint = "Start the sign-in again."
    code = FailureCode.AUTHORIZATION_FAILED
    if said.startswith(_OF_THE_APP):
        code, hint = FailureCode.PLATFORM_NOT_CONFIGURED, f"An operator checks {' and '.join(LIVE_SETTINGS)}."
    failure = Failure(
        code=code,
        platform=Platform.INSTAGRAM,
        message=f"Instagram answered: {said}",
        hint=hint,
        platform_code=id_in(answer.get("code")),
        platform_message=said,
        http_status=status,
    )
    return RejectedError(failure) if status in _REFUSED else TransientError(failure)


def _token(answer: Mapping[str, Any]) -> str | None:
    token = answer.get("access_token")
    return token if isinstance(token, str) and token else None


def _no_token(code: FailureCode, hint: str) -> Failure:
    return Failure(code, Platform.INSTAGRAM, "Instagram answered without a token.", hint)
