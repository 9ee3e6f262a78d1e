"""The guarded fetch against a real server on loopback, which only the allow-list opens."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from net.addresses import FetchPolicy
from net.errors import AddressRefusedError, AnsweredError, TooLargeError, UnreachableError
from net.fetch import GuardedFetcher
from tests.support.webserver import serving

LOOPBACK = ipaddress.ip_address("127.0.0.1")
OPEN = FetchPolicy(allowed_private=(ipaddress.ip_network("127.0.0.0/8"),), total_seconds=2, max_bytes=1000)


@dataclass
class Server:
    url: str = ""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    known = Server()

    async def answer(request: web.Request) -> web.StreamResponse:
        known.asked.append(request.path_qs)
        known.headers.append(dict(request.headers))
        return await ANSWERS.get(request.path, _missing)(request)

    async with serving(answer) as known.url:
        yield known


async def _missing(_: web.Request) -> web.StreamResponse:
    return web.Response(status=404)


async def _picture(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"picture", content_type="image/jpeg")


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(100):
        await response.write(b"0" * 100)
    return response


async def _liar(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"0" * 2000)


async def _slow(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def _zipped(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"\x1f\x8b", headers={"content-encoding": "gzip"})


async def _busy(_: web.Request) -> web.StreamResponse:
    return web.Response(status=503)


async def _elsewhere(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(request.query["to"])


ANSWERS = {
    "/picture.jpg": _picture,
    "/endless.jpg": _endless,
    "/liar.jpg": _liar,
    "/slow.jpg": _slow,
    "/zipped.jpg": _zipped,
    "/busy.jpg": _busy,
    "/elsewhere": _elsewhere,
}


async def test_a_file_comes_with_its_type_and_last_address(server: Server):
    async with GuardedFetcher(OPEN) as fetcher:
        fetched = await fetcher.fetch(f"{server.url}/elsewhere?to=/picture.jpg")

    assert (fetched.body, fetched.content_type) == (b"picture", "image/jpeg")
    assert fetched.url == f"{server.url}/picture.jpg"
    assert all(not {"Cookie", "Authorization", "Referer"} & headers.keys() for headers in server.headers)


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/nothing.jpg", AnsweredError),
        ("/busy.jpg", UnreachableError),
        ("/endless.jpg", TooLargeError),
        ("/liar.jpg", TooLargeError),
        ("/zipped.jpg", AddressRefusedError),
        ("/elsewhere?to=/elsewhere", UnreachableError),
    ],
)
async def test_what_cannot_be_used_is_named_by_its_kind(server: Server, path: str, error: type[Exception]):
    async with GuardedFetcher(OPEN) as fetcher:
        with pytest.raises(error):
            await fetcher.fetch(f"{server.url}{path}")


async def test_a_server_that_never_answers_is_given_up(server: Server):
    policy = FetchPolicy(allowed_private=OPEN.allowed_private, total_seconds=0.2)
    async with GuardedFetcher(policy) as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.fetch(f"{server.url}/slow.jpg")


async def test_redirects_end_after_a_few(server: Server):
    async with GuardedFetcher(OPEN) as fetcher:
        with pytest.raises((UnreachableError, AnsweredError)):
            await fetcher.fetch(f"{server.url}/elsewhere?to=%2Felsewhere%3Fto%3D%252Felsewhere%253Fto%253D%25252Felse")

    assert len(server.asked) <= OPEN.max_redirects + 1


@pytest.mark.parametrize("inner", ["http://127.0.0.2:{port}/picture.jpg", "http://[::1]:{port}/", "file:///etc/passwd"])
async def test_a_redirect_to_the_inside_is_refused_before_a_connection(server: Server, inner: str):
    policy = FetchPolicy(allowed_private=(ipaddress.ip_network("127.0.0.1/32"),), total_seconds=2)
    async with GuardedFetcher(policy) as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch(f"{server.url}/elsewhere?to={inner.format(port=server.port)}")

    assert len(server.asked) == 1


async def test_the_connection_goes_to_the_address_that_was_checked(server: Server):
    """A name that leads elsewhere a moment later is not asked again."""
    asked: list[str] = []

    async def once(host: str, _port: int) -> list[ipaddress.IPv4Address]:
        asked.append(host)
        return [LOOPBACK]

    async with GuardedFetcher(OPEN, resolve=once) as fetcher:
        fetched = await fetcher.fetch(f"http://rebinding.example:{server.port}/picture.jpg")

    assert fetched.body == b"picture"
    assert asked == ["rebinding.example"]
    assert server.headers[0]["Host"] == f"rebinding.example:{server.port}"


async def test_without_the_allow_list_loopback_is_closed(server: Server):
    async with GuardedFetcher(FetchPolicy(allow_http=True)) as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch(f"{server.url}/picture.jpg")

    assert server.asked == []
