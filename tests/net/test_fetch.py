"""The guarded fetch against a real server on loopback, which only the allow-list opens."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import pytest
from aiohttp import web

from net.addresses import FetchPolicy
from net.errors import AddressRefusedError, AnsweredError, EncodedAnswerError, TooLargeError, UnreachableError
from net.fetch import GuardedFetcher
from tests.net.talker import garbage, platform
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
    return web.Response(status=302, headers={"location": request.query["to"]})


async def _sized(request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"0" * int(request.query["size"]))


async def _streamed(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(int(request.query["size"])):
        await response.write(b"0")
    return response


async def _drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"0")
        await asyncio.sleep(0.01)


async def _status(request: web.Request) -> web.StreamResponse:
    return web.Response(status=int(request.query["status"]))


ANSWERS = {
    "/sized.jpg": _sized,
    "/streamed.jpg": _streamed,
    "/drip.jpg": _drip,
    "/status": _status,
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
        ("/zipped.jpg", EncodedAnswerError),
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


async def test_a_server_that_never_finishes_is_given_up(server: Server):
    policy = FetchPolicy(allowed_private=OPEN.allowed_private, total_seconds=0.3)
    async with GuardedFetcher(policy) as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.fetch(f"{server.url}/drip.jpg")


@pytest.mark.parametrize(("size", "refused"), [(1000, False), (1001, True)])
@pytest.mark.parametrize("path", ["/sized.jpg", "/streamed.jpg"])
async def test_the_limit_is_exact_whether_the_size_is_announced_or_not(
    server: Server, path: str, size: int, refused: bool
):
    async with GuardedFetcher(OPEN) as fetcher:
        with pytest.raises(TooLargeError) if refused else nullcontext():
            fetched = await fetcher.fetch(f"{server.url}{path}?size={size}")
            assert len(fetched.body) == size


async def test_a_caller_may_ask_for_less(server: Server):
    async with GuardedFetcher(OPEN) as fetcher:
        with pytest.raises(TooLargeError):
            await fetcher.fetch(f"{server.url}/sized.jpg?size=500", max_bytes=499)


async def test_a_body_that_ends_before_its_announced_size_is_no_file():
    async def short(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n0123456789")
        await writer.drain()
        writer.close()

    async with platform(short) as (url, _, _), GuardedFetcher(OPEN) as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.fetch(url)


async def test_a_server_that_speaks_no_http_is_unreachable():
    async with platform(garbage) as (url, _, _), GuardedFetcher(OPEN) as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.fetch(url)


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 410])
async def test_an_answer_that_is_no_success_is_told_with_its_status(server: Server, status: int):
    async with GuardedFetcher(OPEN) as fetcher:
        with pytest.raises(AnsweredError) as caught:
            await fetcher.fetch(f"{server.url}/status?status={status}")

    assert (caught.value.status, caught.value.host) == (status, "127.0.0.1")


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_an_answer_that_may_pass_is_worth_another_try(server: Server, status: int):
    async with GuardedFetcher(OPEN) as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.fetch(f"{server.url}/status?status={status}")


async def test_redirects_end_after_a_few(server: Server):
    async with GuardedFetcher(OPEN) as fetcher:
        with pytest.raises((UnreachableError, AnsweredError)):
            await fetcher.fetch(f"{server.url}/elsewhere?to=%2Felsewhere%3Fto%3D%252Felsewhere%253Fto%253D%25252Felse")

    assert len(server.asked) <= OPEN.max_redirects + 1


INNER = [
    "http://127.0.0.2:{port}/picture.jpg",
    "//127.0.0.2:{port}/picture.jpg",
    "http://2130706434:{port}/picture.jpg",
    "http://0x7f000002:{port}/picture.jpg",
    "http://[::ffff:127.0.0.2]:{port}/picture.jpg",
    "http://[::1]:{port}/",
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://user@127.0.0.1:{port}/picture.jpg",
    "http://127.0.0.1:{port}\\@127.0.0.2/",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "ftp://127.0.0.1/",
    "https://93.184.216.34:8443/",
]


@pytest.mark.parametrize("inner", INNER)
async def test_a_redirect_to_the_inside_is_refused_before_a_connection(server: Server, inner: str):
    inner = quote(inner.format(port=server.port), safe="")
    policy = FetchPolicy(allowed_private=(ipaddress.ip_network("127.0.0.1/32"),), total_seconds=2)
    async with GuardedFetcher(policy) as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch(f"{server.url}/elsewhere?to={inner}")

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


async def test_a_name_that_leads_inside_only_when_it_is_connected_to_is_not_reached(server: Server):
    """The first answer may be reached and is the only one that counts: nobody listens there."""
    answers = iter([[ipaddress.ip_address("127.0.0.3")], [LOOPBACK]])

    async def rebinding(_host: str, _port: int) -> list[ipaddress.IPv4Address]:
        return next(answers)

    policy = FetchPolicy(allowed_private=(ipaddress.ip_network("127.0.0.3/32"),), total_seconds=2)
    async with GuardedFetcher(policy, resolve=rebinding) as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.fetch(f"http://rebinding.example:{server.port}/picture.jpg")
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch(f"http://rebinding.example:{server.port}/picture.jpg")

    assert server.asked == []


async def test_each_hop_is_resolved_and_checked_by_itself(server: Server):
    asked: list[str] = []

    async def turning(host: str, _port: int) -> list[ipaddress.IPv4Address]:
        asked.append(host)
        return [LOOPBACK] if len(asked) == 1 else [ipaddress.ip_address("10.0.0.7")]

    async with GuardedFetcher(OPEN, resolve=turning) as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch(f"http://turning.example:{server.port}/elsewhere?to=/picture.jpg")

    assert asked == ["turning.example", "turning.example"]
    assert len(server.asked) == 1


async def test_no_proxy_of_the_environment_is_used(server: Server, monkeypatch: pytest.MonkeyPatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with GuardedFetcher(OPEN) as fetcher:
        assert (await fetcher.fetch(f"{server.url}/picture.jpg")).body == b"picture"


async def test_without_the_allow_list_loopback_is_closed(server: Server):
    async with GuardedFetcher(FetchPolicy(allow_http=True)) as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch(f"{server.url}/picture.jpg")

    assert server.asked == []
