"""The client for the platforms: every call goes out once, and an error says what may be concluded."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from net.errors import NoAnswerError, NotSentError, UnreadableReplyError
from net.http import MAX_REPLY_BYTES, PlatformClient

OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
Handle = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def platform(handle: Handle) -> AsyncIterator[tuple[str, list[bytes], list[int]]]:
    """Listen, and give each request to `handle`; yields the address, the requests, and one entry per connection."""
    requests: list[bytes] = []
    connections: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    (int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"), 0
                )
                request = head + await reader.readexactly(length)
                requests.append(request)
                await handle(request, writer)
        except (asyncio.IncompleteReadError, OSError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", requests, connections
    finally:
        server.close()


async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(OK)
    await writer.drain()


async def cut(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def half(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(OK[:-1])
    await writer.drain()
    writer.close()


async def silence(_: bytes, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def flood(_: bytes, writer: asyncio.StreamWriter) -> None:
    size = MAX_REPLY_BYTES + 1
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size + b"0" * size)
    await writer.drain()


async def page(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 503 Busy\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<h1>")
    await writer.drain()


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("handle", [cut, half, silence])
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


async def test_an_answer_without_end_is_refused():
    async with platform(flood) as (url, _, _), PlatformClient() as client:
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

    async with platform(late) as (url, requests, connections), PlatformClient(max_connections=100) as client:
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
