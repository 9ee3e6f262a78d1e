"""The Graph API's client: tokens in the header only, `appsecret_proof` on every call with a token where there is one.

Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests (read 2026-11-22). Instagram's own host
is documented without proofs.
"""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from net.errors import NetError
from net.http import PlatformClient
from platforms.base import Platform
from platforms.errors import ReconnectRequiredError
from platforms.meta.errors import answer_of, foreign_upload, of_net_error, refused_app
from platforms.meta.settings import MetaSettings
from platforms.meta.usage import usages_of
from platforms.usage import report

_UPLOAD_SECONDS = 60.0
_SLOWEST_UPLOAD = 100_000
"""Bytes a second below which an upload is given up, and goes on from there later."""
_UPLOADS = 8
"""Files that are sent at once: each has a piece of up to 16 MB in memory, and all share one line."""


class GraphClient:
    """Calls the Graph API for one platform in one environment."""

    def __init__(self, client: PlatformClient, settings: MetaSettings, platform: Platform) -> None:
        self._client = client
        self.settings = settings
        self.platform = platform
        self._uploads = asyncio.Semaphore(_UPLOADS)

    @asynccontextmanager
    async def uploading(self) -> AsyncGenerator[None]:
        """Wait for a place to send a file's bytes from, which are better read after that."""
        async with self._uploads:
            yield

    async def get(self, path: str, *, token: str | None, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Read a node or edge; `path` starts with a slash.

        Raises:
            PlatformError: its class says what to do.
        """
        query = {**(params or {}), **self._proof(token)}
        return await self._call("GET", path, token=token, params=query, form=None, public=False)

    async def post(self, path: str, *, token: str, form: Mapping[str, str], public: bool = False) -> dict[str, Any]:
        """Make or change something; `public` when this call makes a post public.

        Raises:
            PlatformError: its class says what to do; OutcomeUnknownError only when `public`.
        """
        body = {**form, **self._proof(token)}
        return await self._call("POST", path, token=token, params=None, form=body, public=public)

    async def post_part(
        self, path: str, *, token: str, form: Mapping[str, str], name: str, part: bytes
    ) -> dict[str, Any]:
        """Send a piece of a file, as the field `name` of a multipart form; makes nothing public.

        Read the piece and send it within `uploading`.

        Raises:
            PlatformError: its class says what to do.
        """
        boundary = secrets.token_hex(16)
        body = multipart({**form, **self._proof(token)}, name, part, boundary)
        headers = {
            "content-type": f"multipart/form-data; boundary={boundary}",
            "content-length": str(sum(map(len, body))),
        }
        url, seconds = f"{self.settings.graph_base}{path}", _patience(len(part))
        return await self._send("POST", url, token=token, headers=headers, content=_each(body), seconds=seconds)

    async def upload(
        self, url: str, *, token: str, offset: int, size: int, pieces: AsyncIterable[bytes]
    ) -> dict[str, Any]:
        """Send a file's bytes from `offset` to the address that the platform named for them; makes nothing public.

        Source: https://developers.facebook.com/docs/video-api/guides/reels-publishing (read 2026-11-22).

        Raises:
            PlatformError: its class says what to do; TransientError also when the address is not one of Meta's.
        """
        own = self.settings.upload_url
        if own is None or urlsplit(url)[:2] != urlsplit(own)[:2]:
            raise foreign_upload(self.platform)
        headers = {"offset": str(offset), "file_size": str(size), "content-length": str(size - offset)}
        async with self.uploading():
            return await self._send(
                "POST",
                url,
                token=token,
                params=self._proof(token),
                headers=headers,
                content=pieces,
                scheme="OAuth",
                seconds=_patience(size - offset),
            )

    async def delete(self, path: str, *, token: str) -> dict[str, Any]:
        """Delete or revoke something.

        Raises:
            PlatformError: its class says what to do.
        """
        return await self._call("DELETE", path, token=token, params=self._proof(token), form=None, public=False)

    async def sign_in(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Ask for a token with the app's secret, which travels in the body.

        Raises:
            PlatformError: its class says what to do.
        """
        app = {"client_id": self.settings.app_id, "client_secret": self.settings.app_secret}
        return await self._call(
            "POST", "/oauth/access_token", token=None, params=None, form={**app, **form}, public=False
        )

    async def inspect_token(self, token: str) -> dict[str, Any]:
        """Ask what a token is and until when it works.

        The one call whose subject is a token: the documented form has no other place for it than the query
        (https://developers.facebook.com/docs/graph-api/reference/debug_token, read 2026-11-22).

        Raises:
            RejectedError: the app itself is refused; an operator puts that right.
            PlatformError: its class says what to do.
        """
        app_token = f"{self.settings.app_id}|{self.settings.app_secret}"
        try:
            answer = await self.get("/debug_token", token=app_token, params={"input_token": token})
        except (
            ReconnectRequiredError
        ) as error:  # about the app's own token: it says nothing of the one that is asked about
            raise refused_app(error) from error
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    def _proof(self, token: str | None) -> dict[str, str]:
        if token is None or not self.settings.proves_calls:
            return {}
        digest = hmac.new(self.settings.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        return {"appsecret_proof": digest}

    async def _call(
        self,
        method: str,
        path: str,
        *,
        token: str | None,
        params: Mapping[str, str] | None,
        form: Mapping[str, str] | None,
        public: bool,
    ) -> dict[str, Any]:
        url = f"{self.settings.graph_base}{path}"
        return await self._send(method, url, token=token, params=params, form=form, public=public)

    async def _send(
        self,
        method: str,
        url: str,
        *,
        token: str | None,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | AsyncIterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        public: bool = False,
        scheme: str = "Bearer",
        seconds: float | None = None,
    ) -> dict[str, Any]:
        sent = {**(headers or {}), **({"authorization": f"{scheme} {token}"} if token is not None else {})}
        try:
            reply = await self._client.request(
                method, url, headers=sent, params=params, form=form, content=content, timeout_seconds=seconds
            )
        except NetError as error:
            failure = of_net_error(error, platform=self.platform, public=public)
        else:
            report(usages_of(reply.headers, app_id=self.settings.app_id))
            return answer_of(reply, platform=self.platform, public=public)
        raise failure


def multipart(form: Mapping[str, str], name: str, part: bytes, boundary: str) -> list[bytes]:
    """Write a multipart form with one file part, in pieces."""
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in form.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="part"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    return [*(line.encode() for line in lines), head.encode(), part, f"\r\n--{boundary}--\r\n".encode()]


def _patience(size: int) -> float:
    """Say how many seconds so many bytes may take."""
    return _UPLOAD_SECONDS + size / _SLOWEST_UPLOAD


async def _each(body: Iterable[bytes]) -> AsyncGenerator[bytes]:
    for piece in body:
        yield piece
