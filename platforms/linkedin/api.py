"""LinkedIn's API: versioned calls below `/rest`, the two unversioned ones that identify people, and uploads.

A call is sent once. The id of what a call made is in a header, and the body of such an answer may be empty.

Sources, read 2026-11-22:
https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/protocol-version
https://learn.microsoft.com/en-us/linkedin/marketing/versioning
"""

import asyncio
from collections.abc import AsyncIterable, Mapping
from typing import Any, cast
from urllib.parse import quote, unquote, urlsplit

from net.errors import NetError, UnreadableReplyError
from net.http import PlatformClient, Reply
from platforms.errors import TransientError
from platforms.linkedin.errors import OK, error_of, of_net_error, unavailable
from platforms.linkedin.settings import LinkedInSettings

_UPLOADS = 8
"""At once, in one process and for one app: each holds a megabyte, and they share the way out."""
_UPLOAD_SECONDS = 60.0
_SLOWEST_UPLOAD = 100_000
"""Bytes a second below which an upload is given up."""


def encoded(urn: str) -> str:
    """Write a URN as part of a path or query: all of it percent-encoded."""
    return quote(urn, safe="")


class LinkedInApi:
    """Calls LinkedIn for one app in one environment."""

    def __init__(self, client: PlatformClient, settings: LinkedInSettings) -> None:
        self._client = client
        self.settings = settings
        self._uploads = asyncio.Semaphore(_UPLOADS)

    async def get(self, path: str, *, access: str, method: str = "GET") -> dict[str, Any]:
        """Read something; `path` is written out, query included. `method` is Rest.li's.

        Raises:
            PlatformError: its class says what to do.
        """
        headers = self._versioned(method) if path.startswith("/rest/") else {}
        return _object(await self._call("GET", path, access=access, headers=headers))

    async def act(self, path: str, *, access: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Run an action that makes nothing public; an empty answer is {}.

        Raises:
            PlatformError: its class says what to do.
        """
        reply = await self._call("POST", path, access=access, headers=self._versioned("ACTION"), json=body)
        return _object(reply) if reply.body else {}

    async def create(self, path: str, *, access: str, body: Mapping[str, Any]) -> str | None:
        """Make something public; gives its id, None when the answer does not tell it.

        Raises:
            PlatformError: its class says what to do.
        """
        return _made(await self._create(path, access=access, body=body))

    async def comment(self, path: str, *, access: str, body: Mapping[str, Any]) -> str | None:
        """Write a comment; gives its URN, which the answer's body has: its id alone is one of its post.

        Raises:
            PlatformError: its class says what to do.
        """
        reply = await self._create(path, access=access, body=body)
        try:
            urn = _object(reply).get("commentUrn")
        except TransientError:  # it is written, whatever the answer looks like
            urn = None
        return urn if isinstance(urn, str) else _made(reply)

    async def update(self, path: str, *, access: str, changes: Mapping[str, Any]) -> None:
        """Set fields of something.

        Raises:
            PlatformError: its class says what to do.
        """
        body = {"patch": {"$set": changes}}
        await self._call("POST", path, access=access, headers=self._versioned("PARTIAL_UPDATE"), json=body)

    async def delete(self, path: str, *, access: str) -> None:
        """Delete something.

        Raises:
            PlatformError: its class says what to do.
        """
        await self._call("DELETE", path, access=access, headers=self._versioned("DELETE"))

    async def upload(
        self, url: str, *, access: str | None, size: int, content: AsyncIterable[bytes]
    ) -> Mapping[str, str]:
        """Send bytes to the address that LinkedIn named for them; gives the answer's headers.

        Raises:
            PlatformError: its class says what to do; TransientError also when the address is not LinkedIn's.
        """
        own = {urlsplit(origin)[:2] for origin in (self.settings.api_url, self.settings.auth_url)}
        if urlsplit(url)[:2] not in own:
            message = (
                "LinkedIn named an address for the file on a host that is not its own: check AGM_LINKEDIN_AUTH_URL."
            )
            raise TransientError(unavailable(message))
        headers = {"content-type": "application/octet-stream", "content-length": str(size)}
        seconds = _UPLOAD_SECONDS + size / _SLOWEST_UPLOAD
        async with self._uploads:
            reply = await self._send("PUT", url, access=access, headers=headers, content=content, seconds=seconds)
        return reply.headers

    async def ask_oauth(self, name: str, form: Mapping[str, str]) -> Reply:
        """Ask the sign-in's own endpoint as the app; gives the answer whatever it is.

        Raises:
            TransientError: no readable answer came.
        """
        app = {"client_id": self.settings.client_id, "client_secret": self.settings.client_secret}
        try:
            url = f"{self.settings.auth_url}/oauth/v2/{name}"
            return await self._client.request("POST", url, form={**form, **app})
        except NetError as error:
            failure = of_net_error(error, public=False)
        raise failure

    async def _create(self, path: str, *, access: str, body: Mapping[str, Any]) -> Reply:
        headers = self._versioned("CREATE")
        return await self._call("POST", path, access=access, headers=headers, json=body, public=True)

    def _versioned(self, method: str) -> dict[str, str]:
        return {
            "linkedin-version": self.settings.version,
            "x-restli-protocol-version": "2.0.0",
            "x-restli-method": method,
        }

    async def _call(
        self, method: str, path: str, *, access: str, headers: Mapping[str, str], json: Any = None, public: bool = False
    ) -> Reply:
        url = f"{self.settings.api_url}{path}"
        return await self._send(method, url, access=access, headers=headers, json=json, public=public)

    async def _send(
        self,
        method: str,
        url: str,
        *,
        access: str | None,
        headers: Mapping[str, str],
        json: Any = None,
        content: AsyncIterable[bytes] | None = None,
        public: bool = False,
        seconds: float | None = None,
    ) -> Reply:
        sent = {**headers, **({"authorization": f"Bearer {access}"} if access is not None else {})}
        try:
            reply = await self._client.request(
                method, url, headers=sent, json=json, content=content, timeout_seconds=seconds
            )
        except NetError as error:
            failure = of_net_error(error, public=public)
        else:
            if reply.status in OK:
                return reply
            failure = error_of(reply, public=public)
        raise failure


def _made(reply: Reply) -> str | None:
    made = reply.headers.get("x-restli-id") or reply.headers.get("x-linkedin-id")
    return unquote(made) if made else None


def _object(reply: Reply) -> dict[str, Any]:
    try:
        value = reply.json()
    except UnreadableReplyError as error:
        failure = TransientError(unavailable(str(error)))
    else:
        if isinstance(value, dict):
            return cast("dict[str, Any]", value)
        failure = TransientError(unavailable("LinkedIn's answer is no JSON object."))
    raise failure
