"""The client for the platforms: every call goes out once, and an error says what may be concluded."""

import asyncio
import socket
from pathlib import Path

import pytest
from httpx_aiohttp import AiohttpTransport

from net.errors import NoAnswerError, NotSentError, UnreadableReplyError
from net.http import MAX_REPLY_BYTES, PlatformClient
from tests.net.talker import Handle, answer, close, cut, drip, garbage, half, platform, reset, self_made, silence


async def flood(_: bytes, writer: asyncio.StreamWriter) -> None:
    size = MAX_REPLY_BYTES + 1
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size + b"0" * size)
    await writer.drain()


async def endless(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"10000\r\n" + b"0" * 0x10000 + b"\r\n")
        await writer.drain()


async def page(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 503 Busy\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<h1>")
    await writer.drain()


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("handle", [cut, close, reset, half, silence, drip, garbage])
async def test_a_call_without_a_whole_answer_was_sent_once(handle: Handle, method: str):
    async with platform(handle) as (url, requests, _), PlatformClient(timeout_seconds=0.3) as client:
        with pytest.raises(NoAnswerError):
            await client.request(method, f"{url}/feed", form={"message": "m"} if method == "POST" else None)

    assert len(requests) == 1


async def test_a_kept_connection_that_died_is_not_tried_again_on_another():
    async def once_then_cut(request: bytes, writer: asyncio.StreamWriter) -> None:
        await (cut if b"/second" in request else answer)(request, writer)

    async with platform(once_then_cut) as (url, requests, connections), PlatformClient() as client:
        await client.request("POST", f"{url}/first", form={})
        with pytest.raises(NoAnswerError):
            await client.request("POST", f"{url}/second", form={})

    assert len(requests) == 2
    assert len(connections) == 1


async def a_moment() -> None:
    """Let everybody notice what has arrived."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_connection_that_the_server_closed_while_idle_is_not_used_again():
    ended: list[asyncio.StreamWriter] = []

    async def answer_and_close(request: bytes, writer: asyncio.StreamWriter) -> None:
        await answer(request, writer)
        writer.close()
        ended.append(writer)

    async with platform(answer_and_close) as (url, requests, connections), PlatformClient() as client:
        for number in range(5):
            await client.request("POST", f"{url}/{number}", form={"message": "m"})
            await ended[-1].wait_closed()
            await a_moment()

    assert [request.split(b" ")[1] for request in requests] == [b"/0", b"/1", b"/2", b"/3", b"/4"]
    assert len(connections) == 5


@pytest.mark.parametrize("end", [cut, close, reset])
async def test_posts_that_meet_dying_connections_are_received_at_most_once(end: Handle):
    """The server ends every second connection when it has read the request: nobody sends that request again."""

    async def moody(request: bytes, writer: asyncio.StreamWriter) -> None:
        await (end if int(request.split(b" ")[1][1:]) % 2 else answer)(request, writer)

    patient = PlatformClient(connect_timeout_seconds=30)  # a hundred connections at once take long on a busy machine
    async with platform(moody) as (url, requests, _), patient as client:
        sent = (client.request("POST", f"{url}/{number}", form={"n": str(number)}) for number in range(100))
        ended = await asyncio.gather(*sent, return_exceptions=True)

    received = sorted(int(request.split(b" ")[1][1:]) for request in requests)
    assert received == list(range(100))
    assert [isinstance(outcome, NoAnswerError) for outcome in ended] == [number % 2 == 1 for number in range(100)]


async def test_a_server_that_never_takes_a_connection_got_nothing():
    """Its queue of connections is full: the kernel answers no more."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        async with PlatformClient(connect_timeout_seconds=0.2) as client:
            with pytest.raises(NotSentError):
                await client.request("POST", f"http://127.0.0.1:{full.getsockname()[1]}/feed", form={})
        for one in waiting:
            one.close()


async def test_a_call_that_waits_too_long_for_its_turn_sent_nothing():
    there = asyncio.Event()

    async def arrived(_: bytes, __: asyncio.StreamWriter) -> None:
        there.set()
        await asyncio.sleep(30)

    async with (
        platform(arrived) as (url, requests, _),
        PlatformClient(timeout_seconds=0.4, connect_timeout_seconds=0.1, max_connections=1) as client,
    ):
        first = asyncio.ensure_future(client.request("POST", f"{url}/first", form={}))
        await there.wait()
        with pytest.raises(NotSentError):
            await client.request("POST", f"{url}/second", form={})
        with pytest.raises(NoAnswerError):
            await first

    assert len(requests) == 1


async def test_a_server_whose_certificate_nobody_vouches_for_got_nothing(tmp_path: Path):
    async with platform(answer, tls=self_made(tmp_path)) as (url, requests, _), PlatformClient() as client:
        with pytest.raises(NotSentError) as caught:
            await client.request("POST", url, form={})

    assert "Certificate" in str(caught.value)

    assert requests == []


async def test_a_call_that_is_given_up_by_its_caller_frees_its_connection():
    async with platform(silence) as (url, requests, _), PlatformClient(max_connections=1) as client:
        for number in range(3):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await client.request("POST", f"{url}/{number}", form={})

    assert len(requests) == 3


async def test_calls_go_over_aiohttp_and_take_no_proxy_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with platform(answer) as (url, requests, _), PlatformClient() as client:
        assert isinstance(client._transport, AiohttpTransport)
        await client.request("GET", url)

    assert len(requests) == 1


async def test_a_refused_connection_sent_nothing():
    async with PlatformClient() as client:
        with pytest.raises(NotSentError):
            await client.request("POST", "http://127.0.0.1:9/feed", form={"message": "m"})


async def test_a_name_that_does_not_exist_sent_nothing():
    async with PlatformClient(timeout_seconds=3) as client:
        with pytest.raises(NotSentError):
            await client.request("POST", "http://nobody.invalid/feed", form={})


async def test_an_answer_that_is_no_json_is_unreadable_with_its_status():
    async with platform(page) as (url, _, _), PlatformClient() as client:
        reply = await client.request("GET", url)
        with pytest.raises(UnreadableReplyError) as caught:
            reply.json()

    assert (reply.status, caught.value.status) == (503, 503)


@pytest.mark.parametrize("handle", [flood, endless])
async def test_an_answer_without_end_is_refused(handle: Handle):
    async with platform(handle) as (url, _, _), PlatformClient() as client:
        with pytest.raises(UnreadableReplyError):
            await client.request("GET", url)


async def test_errors_name_the_path_and_no_query_header_or_body():
    async with platform(cut) as (url, _, _), PlatformClient() as client:
        with pytest.raises(NoAnswerError) as caught:
            await client.request(
                "POST",
                f"{url}/feed",
                params={"access_token": "canary-1"},
                form={"message": "canary-2"},
                headers={"authorization": "Bearer canary-3"},
            )

    assert "/feed" in str(caught.value)
    assert "canary" not in repr(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


async def test_a_hundred_calls_in_flight_open_at_most_a_hundred_connections():
    async def late(request: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        await answer(request, writer)

    async with platform(late) as (url, requests, connections), PlatformClient() as client:
        for _ in range(3):
            await asyncio.gather(*(client.request("POST", url, form={}) for _ in range(100)))

    assert len(requests) == 300
    assert len(connections) <= 100


async def test_redirects_and_cookies_are_not_followed_or_kept():
    async def redirect(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nlocation: /other\r\nset-cookie: a=b\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()

    async with platform(redirect) as (url, requests, _), PlatformClient() as client:
        replies = [await client.request("GET", url) for _ in range(2)]

    assert [reply.status for reply in replies] == [302, 302]
    assert not any(b"cookie" in request.lower() for request in requests)


async def test_an_address_goes_out_as_it_is_written():
    async with platform(answer) as (url, requests, _), PlatformClient() as client:
        await client.request("GET", f"{url}/rest/posts/urn%3Ali%3Ashare%3A1")

    assert requests[0].startswith(b"GET /rest/posts/urn%3Ali%3Ashare%3A1 HTTP/1.1")
