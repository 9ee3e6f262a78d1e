"""The connections under `net.http`: httpx's aiohttp transport, over a session that keeps its promises.

A request is sent once or not at all, its address goes out letter by letter as the caller wrote it, and it is known
whether it came as far as a connection. Under guard, it connects only where a user's address may lead: each address that
a name leads to is checked, and the connection goes to a checked one. Each stands on a public hook of aiohttp; the calls
are made through httpx.
"""

import functools
import ipaddress
import socket
import ssl
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from httpx_aiohttp import AiohttpTransport
from yarl import URL

from net.addresses import FetchPolicy, check_addresses, read_target
from net.names import Resolve, as_results

_KEPT_OPEN_SECONDS = 15.0
_MAX_HEADER_BYTES = 65_536


@dataclass(slots=True)
class Journey:
    """How far one request came: `connected` turns True when it is given a connection, before its first byte."""

    url: str
    connected: bool = False


journey: ContextVar[Journey] = ContextVar("journey")
"""The request that the running task makes; set before the transport is entered."""


class CutError(aiohttp.ClientError):
    """The connection ended under a request."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Where connections may lead, and what tells where names lead."""

    policy: FetchPolicy
    resolve: Resolve


def open_transport(max_connections: int, guard: Guard | None = None) -> httpx.AsyncBaseTransport:
    """Return a transport for httpx; its connections open with the first request, in that request's loop.

    With a guard, a request to where it does not lead raises `AddressRefusedError` before there is a connection.

    Certificates are checked against certifi's list, or `SSL_CERT_FILE` where an operator has a list of his own.
    """
    transport = AiohttpTransport(verify=_trusted(), client=lambda: _open_session(transport, max_connections, guard))
    return transport


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Read the list once for all platforms: that takes 20 ms."""
    return httpx.create_ssl_context()


def _open_session(transport: AiohttpTransport, max_connections: int, guard: Guard | None) -> aiohttp.ClientSession:
    make = _Connector if guard is None else functools.partial(_GuardedConnector, guard)
    connector = make(limit=max_connections, keepalive_timeout=_KEPT_OPEN_SECONDS, ssl=transport.ssl_context)
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        middlewares=(_send_once,),
        # A platform's usage headers are long, and an answer must not be lost for the length of its headers.
        max_line_size=_MAX_HEADER_BYTES,
        max_field_size=_MAX_HEADER_BYTES,
    )


class _Connector(aiohttp.TCPConnector):
    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout) -> Connection:  # noqa: ASYNC109 - the signature is aiohttp's
        connection = await super().connect(req, traces, timeout)
        journey.get().connected = True
        return connection


class _GuardedConnector(_Connector):
    """Checks addresses that are written as such itself, for no resolver is asked for them."""

    def __init__(self, guard: Guard, **given: Any) -> None:
        # Nothing is remembered of a name: each connection is to what was checked for it.
        super().__init__(resolver=_CheckedResolver(guard), use_dns_cache=False, **given)
        self._policy = guard.policy

    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout) -> Connection:  # noqa: ASYNC109 - the signature is aiohttp's
        target = read_target(str(req.url))
        try:
            written = ipaddress.ip_address(target.host)
        except ValueError:
            pass
        else:
            check_addresses(target, [written], self._policy)
        return await super().connect(req, traces, timeout)


class _CheckedResolver(AbstractResolver):
    """Answers a name with addresses that its request may go to."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - aiohttp's signature
    ) -> list[ResolveResult]:
        addresses = await self._guard.resolve(host, port)
        check_addresses(read_target(journey.get().url), addresses, self._guard.policy)
        return as_results(host, port, addresses)

    async def close(self) -> None:
        """Nothing to close."""


async def _send_once(request: ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Send with the address as it was written, and do not let aiohttp try again on another connection.

    aiohttp decodes what need not be encoded (`%3A`, `%2F`), which changes an address such as LinkedIn's
    `/rest/posts/urn%3Ali%3Ashare%3A1`, and repeats "idempotent" methods when a kept connection turns out dead; it does
    so only for its own kinds of error.
    """
    written = journey.get().url
    if "%" in written:
        request.url = URL(written, encoded=True)
    try:
        return await send(request)
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise CutError(type(error).__name__) from error
