"""X's API, version 2: calls by a signed-in account, each sent once, and those of the app at the token endpoints.

Sources, read 2026-11-22:
https://docs.x.com/x-api/introduction
https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code (the app by HTTP Basic)
"""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from net.errors import NetError, UnreadableReplyError
from net.http import PlatformClient, Reply
from platforms.base import NAMELESS
from platforms.errors import OutcomeUnknownError, TransientError
from platforms.x.errors import OK, error_of, of_net_error, unavailable, unknown
from platforms.x.settings import XSettings

POSTS = "/2/tweets"
_FILE_SECONDS = 60.0
_UPLOADS = 8
"""At once, in one process: each holds a file or a piece of one."""


class XApi:
    """Calls X for the app in one environment."""

    def __init__(self, client: PlatformClient, settings: XSettings) -> None:
        self._client = client
        self.settings = settings
        self._uploads = asyncio.Semaphore(_UPLOADS)

    async def get(self, path: str, *, access: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Read something.

        Raises:
            PlatformError: its class says what to do.
        """
        return _object(await self._send("GET", path, access=access, params=params))

    async def act(self, path: str, *, access: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Do something that makes nothing public.

        Raises:
            PlatformError: its class says what to do.
        """
        return _object(await self._send("POST", path, access=access, json=body))

    async def send_file(
        self, path: str, *, access: str, read: Callable[[], Awaitable[bytes]], fields: Mapping[str, str]
    ) -> dict[str, Any]:
        """Send a file, or a piece of one, as `media`, read when it is its turn; an empty answer is {}.

        Raises:
            PlatformError: its class says what to do.
        """
        async with self._uploads:
            reply = await self._send(
                "POST", path, access=access, form=fields, files={"media": await read()}, timeout_seconds=_FILE_SECONDS
            )
        return _object(reply) if reply.body else {}

    async def create(self, *, access: str, body: Mapping[str, Any]) -> str:
        """Make a post public; gives its id.

        Raises:
            PlatformError: its class says what to do; OutcomeUnknownError also when the answer does not tell the id.
        """
        reply = await self._send("POST", POSTS, access=access, json=body, public=True)
        made = data_of(_object_or_nothing(reply)).get("id")
        if isinstance(made, str) and made.isascii() and made.isdigit():
            return made
        raise OutcomeUnknownError(unknown("X accepted the post and did not say its id.", code=NAMELESS))

    async def delete(self, post_id: str, *, access: str) -> None:
        """Delete a post.

        Raises:
            PlatformError: its class says what to do.
        """
        await self._send("DELETE", f"{POSTS}/{post_id}", access=access)

    async def ask_oauth(self, name: str, form: Mapping[str, str]) -> Reply:
        """Ask a token endpoint as the app; gives the answer whatever it is.

        Raises:
            NetError: no readable answer came; its class says whether anything was sent.
        """
        app = base64.b64encode(f"{self.settings.client_id}:{self.settings.client_secret}".encode()).decode()
        url = f"{self.settings.api_url}/2/oauth2/{name}"
        return await self._client.request("POST", url, form=form, headers={"authorization": f"Basic {app}"})

    async def _send(self, method: str, path: str, *, access: str, public: bool = False, **given: Any) -> Reply:
        headers = {"authorization": f"Bearer {access}"}
        try:
            reply = await self._client.request(method, f"{self.settings.api_url}{path}", headers=headers, **given)
        except NetError as error:
            failure = of_net_error(error, public=public)
        else:
            if reply.status in OK:
                return reply
            failure = error_of(reply, public=public)
        raise failure


def data_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Give the `data` of an answer; {} where there is none."""
    data = answer.get("data")
    return cast("dict[str, Any]", data) if isinstance(data, dict) else {}


def _object(reply: Reply) -> dict[str, Any]:
    if (value := _object_or_nothing(reply)) or reply.body == b"{}":
        return value
    raise TransientError(unavailable("X's answer is no JSON object."))


def _object_or_nothing(reply: Reply) -> dict[str, Any]:
    try:
        value = reply.json()
    except UnreadableReplyError:
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
