"""The connections under `net.http`: httpx's aiohttp transport, over a session that keeps three promises.

A request is sent once or not at all, its address goes out letter by letter as the caller wrote it, and it is known
whether it came as far as a connection. Each stands on a public hook of aiohttp; the calls are made through httpx.
"""

import functools
import ssl
from contextvars import ContextVar
from dataclasses import dataclass

import aiohttp
import httpx
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from httpx_aiohttp import AiohttpTransport
from yarl import URL

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


def open_transport(max_connections: int) -> httpx.AsyncBaseTransport:
    """Return a transport for httpx; its connections open with the first request, in that request's loop.

    Certificates are checked against certifi's list, or `SSL_CERT_FILE` where an operator has a list of his own.
    """
    transport = AiohttpTransport(verify=_trusted(), client=lambda: _open_session(transport, max_connections))
    return transport


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Read the list once for all platforms: that takes 20 ms."""
    return httpx.create_ssl_context()


def _open_session(transport: AiohttpTransport, max_connections: int) -> aiohttp.ClientSession:
    connector = _Connector(limit=max_connections, keepalive_timeout=_KEPT_OPEN_SECONDS, ssl=transport.ssl_context)
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
