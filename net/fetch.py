"""The guarded fetch, for addresses that users give: no way into this server's own networks.

Each hop is resolved once; every address it leads to is checked before a connection is made, and the connection goes to
a checked one, whatever the name says a moment later. Redirects are followed by hand and checked the same way.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from net.addresses import Address, FetchPolicy, Target, check_addresses, read_target
from net.errors import AddressRefusedError, AnsweredError, EncodedAnswerError, TooLargeError, UnreachableError
from net.names import Resolve, as_results, resolve_name

__all__ = ["FetchPolicy", "Fetched", "GuardedFetcher", "Sink"]

_HEADERS = {"accept": "*/*", "accept-encoding": "identity", "user-agent": "ai-growth-manager"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429})
_OK = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `url` is the last one, after redirects; `content_type` is what the server says."""

    url: str
    body: bytes = field(repr=False)
    content_type: str | None


Sink = Callable[[bytes], Awaitable[None]]
"""Takes what comes, piece by piece, in order."""


class GuardedFetcher:
    """Fetches files from the public internet; an async context manager."""

    def __init__(self, policy: FetchPolicy, *, resolve: Resolve | None = None) -> None:
        self._policy = policy
        self._resolve = resolve or resolve_name

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing stays open between fetches."""

    async def fetch(self, url: str, *, max_bytes: int | None = None) -> Fetched:
        """Fetch a file with GET, at most `max_bytes` of it, within the policy's total time.

        Raises:
            AddressRefusedError: this server must not go there.
            TooLargeError: it is larger.
            UnreachableError: no usable answer now.
            AnsweredError: the address answered with a status that is no success.
        """
        body = bytearray()

        async def keep(piece: bytes) -> None:
            body.extend(piece)

        most = max_bytes or self._policy.max_bytes
        last, content_type = await self.fetch_into(keep, url, max_bytes=most, seconds=self._policy.total_seconds)
        return Fetched(url=last, body=bytes(body), content_type=content_type)

    async def fetch_into(self, sink: Sink, url: str, *, max_bytes: int, seconds: float) -> tuple[str, str | None]:
        """Fetch a file piece by piece, within `seconds`; what is given to `sink` before an error is to be thrown away.

        Returns:
            The last address, and the type that its server says.

        Raises:
            FetchError: as `fetch`.
        """
        host = read_target(url).host
        try:
            async with asyncio.timeout(seconds):
                return await self._follow(url, max_bytes, sink)
        except TimeoutError:
            raise UnreachableError("The address did not answer in time.", host=host) from None
        except (aiohttp.ClientError, OSError) as error:
            raise UnreachableError(f"The address could not be read ({type(error).__name__}).", host=host) from None

    async def _follow(self, url: str, max_bytes: int, sink: Sink) -> tuple[str, str | None]:
        for _ in range(self._policy.max_redirects + 1):
            target = read_target(url)
            result = await self._hop(target, max_bytes, sink)
            if not isinstance(result, str):
                return target.url, result[0]
            try:
                url = urljoin(url, result)
            except ValueError:
                raise AddressRefusedError("It redirects to a malformed address.", host=target.host) from None
        raise UnreachableError("The address redirects too often.", host=read_target(url).host)

    async def _hop(self, target: Target, max_bytes: int, sink: Sink) -> tuple[str | None] | str:
        addresses = await self._addresses(target)
        check_addresses(target, addresses, self._policy)
        connector = aiohttp.TCPConnector(resolver=_Pinned(addresses), use_dns_cache=False, force_close=True)
        async with (
            aiohttp.ClientSession(
                connector=connector,
                headers=_HEADERS,
                trust_env=False,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
            ) as session,
            session.get(target.url, allow_redirects=False) as response,
        ):
            location = response.headers.get("location")
            if response.status in _REDIRECTS and location:
                return location
            _check_answer(target, response, max_bytes)
            await _read(target, response, max_bytes, sink)
            return (response.headers.get("content-type"),)

    async def _addresses(self, target: Target) -> Sequence[Address]:
        try:
            addresses = await self._resolve(target.host, target.port)
        except (OSError, UnicodeError):
            raise UnreachableError("The host has no address.", host=target.host) from None
        if not addresses:
            raise UnreachableError("The host has no address.", host=target.host)
        return addresses


class _Pinned(AbstractResolver):
    """Answers every name with addresses that were checked."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        self._addresses = addresses

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - aiohttp's signature
    ) -> list[ResolveResult]:
        return as_results(host, port, self._addresses)

    async def close(self) -> None:
        """Nothing to close."""


def _check_answer(target: Target, response: aiohttp.ClientResponse, max_bytes: int) -> None:
    if response.status in _PASSING or response.status >= 500:  # noqa: PLR2004 - server errors
        raise UnreachableError(f"The address answered {response.status}.", host=target.host)
    if response.status != _OK:
        message = f"The address answered {response.status}."
        raise AnsweredError(message, host=target.host, status=response.status)
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise EncodedAnswerError("The answer is compressed although that was not asked for.", host=target.host)
    if (response.content_length or 0) > max_bytes:
        raise TooLargeError(f"The file is larger than {max_bytes:,} bytes.", host=target.host)


async def _read(target: Target, response: aiohttp.ClientResponse, max_bytes: int, sink: Sink) -> None:
    size = 0
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > max_bytes:
            raise TooLargeError(f"The file is larger than {max_bytes:,} bytes.", host=target.host)
        await sink(chunk)
