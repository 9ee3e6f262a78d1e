"""Calls to AT Protocol servers: queries and procedures by their names, each sent once.

The server is whichever the account is at. One that a person named is called under guard: never in this server's own
networks. The one that the operator configured is trusted.

Source: https://atproto.com/specs/xrpc (read 2026-11-26).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from net.errors import NetError
from net.http import PlatformClient
from platforms.bluesky.errors import answer_of, of_net_error

_UPLOADS = 8
"""At once, in one process: each holds an image."""


class XrpcClient:
    """Makes calls; `home` is the origin of the configured server."""

    def __init__(self, client: PlatformClient, home: str) -> None:
        self._client = client
        self.home = home.rstrip("/")
        self._uploads = asyncio.Semaphore(_UPLOADS)

    async def query(
        self, service: str, name: str, *, params: Mapping[str, str] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """Ask for something.

        Raises:
            PlatformError: its class says what to do; never `OutcomeUnknownError`.
        """
        return await self._call("GET", service, name, token=token, params=params)

    async def procedure(
        self, service: str, name: str, *, body: Any = None, token: str | None = None, public: bool = False
    ) -> dict[str, Any]:
        """Have something done; `public` when it makes a post public.

        Raises:
            PlatformError: its class says what to do.
        """
        return await self._call("POST", service, name, token=token, json=body, public=public)

    async def upload(
        self, service: str, read: Callable[[], Awaitable[bytes]], mime_type: str, *, token: str
    ) -> dict[str, Any]:
        """Upload a file, which is read when it is its turn; gives what a record shows it by.

        Raises:
            PlatformError: its class says what to do.
        """
        headers = {"content-type": mime_type}
        name = "com.atproto.repo.uploadBlob"
        async with self._uploads:
            return await self._call("POST", service, name, token=token, content=await read(), headers=headers)

    async def _call(
        self,
        method: str,
        service: str,
        name: str,
        *,
        token: str | None,
        headers: Mapping[str, str] | None = None,
        public: bool = False,
        **given: Any,
    ) -> dict[str, Any]:
        sent = {**(headers or {}), **({"authorization": f"Bearer {token}"} if token is not None else {})}
        url, guarded = f"{service}/xrpc/{name}", service != self.home
        try:
            reply = await self._client.request(method, url, headers=sent, guarded=guarded, **given)
        except NetError as error:
            failure = of_net_error(error, public=public)
        else:
            return answer_of(reply, public=public)
        raise failure
