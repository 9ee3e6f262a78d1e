"""The outbound client for the platforms' own APIs: one per platform, every call sent once.

No retries, no redirects, no cookies, no proxies from the environment: what a platform answers is what the caller gets.
"""

import asyncio
from collections.abc import AsyncIterable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol, Self
from urllib.parse import quote, urlencode

import aiohttp
import httpx
import orjson

from net.addresses import FetchPolicy
from net.errors import (
    AddressRefusedError,
    ForbiddenAddressError,
    NetError,
    NoAnswerError,
    NotSentError,
    UnreadableReplyError,
)
from net.names import Resolve, resolve_name
from net.wire import Guard, Journey, journey, open_transport

MAX_REPLY_BYTES = 8 * 1024 * 1024
"""No API answer comes near it; a larger one is refused as unreadable instead of filling the memory."""

_REFUSED = 400
_OWN_HEADERS = {"accept": "*/*", "accept-encoding": "identity", "user-agent": "ai-growth-manager"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the other side answered, whole. The names of `headers` are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            UnreadableReplyError: It is not JSON.
        """
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            pass
        kind = self.headers.get("content-type", "no content type")
        message = f"The answer (status {self.status}, {kind}, {len(self.body)} bytes) is not JSON."
        raise UnreadableReplyError(message, status=self.status)


class Watched(Protocol):
    """What is told how a call ended."""

    def note(self, attribute: str, value: str | int, /) -> None:
        """Say more of it."""
        ...

    def fail(self, kind: str, /) -> None:
        """Mark it as failed, by the kind of error alone."""
        ...


Watch = Callable[[str, str, int], AbstractContextManager[Watched | None]]
"""Watches one call, from before its first byte to the end of its answer: HTTP method, host, port."""


class PlatformClient:
    """Makes the calls to one platform over connections that are kept open; an async context manager.

    `connect_timeout_seconds` covers all that comes before a connection is there: waiting for one of `max_connections`,
    name, TCP and TLS. `timeout_seconds` is the deadline of a whole call, its connecting included. `watch` sees each
    call, without its path and query, which may hold secrets. `policy` says where calls under guard may lead.
    """

    def __init__(
        self,
        *,
        timeout_seconds: float = 30.0,
        connect_timeout_seconds: float = 5.0,
        max_connections: int = 200,
        watch: Watch | None = None,
        policy: FetchPolicy | None = None,
        resolve: Resolve = resolve_name,
    ) -> None:
        self._timeout_seconds = timeout_seconds
        self._watch = watch or _unwatched
        connecting = connect_timeout_seconds
        self._timeouts = {"timeout": {"connect": connecting, "pool": connecting, "read": None, "write": None}}
        # httpx's own client on top would add what is not wanted here (cookies, redirects, proxies from the environment,
        # addresses with their tokens in the log) for a fifth of the processor time.
        self._transport = open_transport(max_connections)
        self._guarded = open_transport(max_connections, Guard(policy or FetchPolicy(), resolve))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections; the client cannot be used afterwards."""
        await self._transport.aclose()
        await self._guarded.aclose()

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes | AsyncIterable[bytes] | None = None,
        files: Mapping[str, bytes] | None = None,
        timeout_seconds: float | None = None,
        guarded: bool = False,
    ) -> Reply:
        """Send one request, once, and return the answer whatever its status.

        `url` goes out as it is written; `params` are appended to its query. Give at most one of `form`, `json` and
        `content`; a `form` with `files` goes out in parts (multipart/form-data). Content that comes piece by piece is
        never held whole; give its `content-length` among the headers. What goes to an address that a user gave is
        `guarded`: it never leads where the client's policy does not.

        Raises:
            NotSentError: Nothing left this machine; `ForbiddenAddressError` when it must not go there.
            NoAnswerError: It may have been received, and no whole answer came within the deadline.
            UnreadableReplyError: The answer is larger than `MAX_REPLY_BYTES` or its encoding is broken.
        """
        full_url = f"{url}{'&' if '?' in url else '?'}{urlencode(params, quote_via=quote)}" if params else url
        body = _encode(form=form, json=json, content=content, files=files)
        own = {name.lower(): value for name, value in (headers or {}).items()}
        sent = _OWN_HEADERS | body.headers | own
        failure: NetError
        try:
            request = httpx.Request(method, full_url, headers=sent, content=body.content, extensions=self._timeouts)
        except httpx.InvalidURL:
            failure = NotSentError(f"{method} was not sent: its address is not a valid URL")
        else:
            with self._watch(method, request.url.host, _port(request.url)) as watched:
                outcome = await self._send(request, timeout_seconds or self._timeout_seconds, guarded=guarded)
                if watched is not None:
                    _tell(watched, outcome)
            if isinstance(outcome, Reply):
                return outcome
            failure = outcome
        # Raised outside of any `except`: the library's own errors quote whole addresses, and a chained traceback
        # would print them.
        raise failure

    async def _send(self, request: httpx.Request, timeout_seconds: float, *, guarded: bool) -> Reply | NetError:
        transport = self._guarded if guarded else self._transport
        travelled = Journey(str(request.url))
        journey.set(travelled)
        try:
            async with asyncio.timeout(timeout_seconds):
                response = await transport.handle_async_request(request)
                try:
                    return await _read(response)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, aiohttp.ClientError, OSError) as error:
            return _conclude(error, request, connected=travelled.connected)
        except AddressRefusedError as error:
            return ForbiddenAddressError(f"{_name(request)} was not sent: {error}")
        except UnreadableReplyError as error:
            return error


def _unwatched(*_: object) -> AbstractContextManager[Watched | None]:
    return nullcontext()


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _tell(watched: Watched, outcome: Reply | NetError) -> None:
    if isinstance(outcome, NetError):
        watched.fail(type(outcome).__name__)
        return
    watched.note("http.response.status_code", outcome.status)
    if outcome.status >= _REFUSED:
        watched.fail(str(outcome.status))


@dataclass(frozen=True, slots=True)
class _Body:
    """What is sent, and the headers that say what it is."""

    content: bytes | AsyncIterable[bytes] | None
    headers: dict[str, str]


def _encode(
    *,
    form: Mapping[str, str] | None,
    json: Any,
    content: bytes | AsyncIterable[bytes] | None,
    files: Mapping[str, bytes] | None,
) -> _Body:
    if (form is not None) + (json is not None) + (content is not None) > 1:
        raise TypeError("Give one of form, json and content, not several")
    if files is not None:
        return _in_parts(form or {}, files)
    if form is not None:
        return _Body(urlencode(form).encode(), {"content-type": "application/x-www-form-urlencoded"})
    return _Body(content, {}) if json is None else _Body(orjson.dumps(json), {"content-type": "application/json"})


def _in_parts(form: Mapping[str, str], files: Mapping[str, bytes]) -> _Body:
    """Let the library write the parts; the request that it writes them for is not sent."""
    named = {name: (name, content, "application/octet-stream") for name, content in files.items()}
    written = httpx.Request("POST", "https://parts.invalid", data=dict(form), files=named)
    return _Body(written.read(), {"content-type": written.headers["content-type"]})


async def _read(response: httpx.Response) -> Reply:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_REPLY_BYTES:
            what = _name(response.request)
            raise UnreadableReplyError(
                f"{what} was answered with more than {MAX_REPLY_BYTES} bytes", status=response.status_code
            )
    return Reply(response.status_code, dict(response.headers), bytes(body))


def _conclude(error: Exception, request: httpx.Request, *, connected: bool) -> NetError:
    # The kind of the error says nothing reliable (the transport calls a cut connection a connect timeout): what
    # counts is whether there was a connection. Its name alone goes into the message: its text may quote the query.
    name, kind = _name(request), type(error.__cause__ or error).__name__
    if connected:
        return NoAnswerError(f"{name} was sent and not answered in full ({kind}): what it asked for may have happened")
    return NotSentError(f"{name} was not sent: no connection ({kind}); it may be tried again")


def _name(request: httpx.Request) -> str:
    return f"{request.method} {request.url.host}{request.url.path}"
