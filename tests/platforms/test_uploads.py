"""Files on their way to Meta: so many at once, and with time by their size."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from aiohttp import web

from net.http import PlatformClient
from platforms.base import Platform
from platforms.errors import TransientError
from platforms.meta.graph import GraphClient
from platforms.meta.settings import MetaEnvironment, sandbox
from tests.support.webserver import serving


@dataclass
class Slow:
    """A platform that takes its time, and counts what is under way."""

    seconds: float
    under_way: int = 0
    most: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await request.read()
        await asyncio.sleep(self.seconds)
        self.under_way -= 1
        return web.json_response({"success": True})


@asynccontextmanager
async def client_of(platform: Slow) -> AsyncIterator[GraphClient]:
    async with serving(platform.answer) as url, PlatformClient(timeout_seconds=0.3) as client:
        yield GraphClient(client, sandbox(MetaEnvironment(), url), Platform.FACEBOOK)


async def upload(graph: GraphClient) -> None:
    async def pieces() -> AsyncGenerator[bytes]:
        yield b"x" * 10

    url = f"{graph.settings.upload_url}/upload"
    await graph.upload(url, token="t", offset=0, size=10, pieces=pieces())


async def send_piece(graph: GraphClient) -> None:
    async with graph.uploading():
        await graph.post_part("/1/videos", token="t", form={}, name="video_file_chunk", part=b"x" * 10)


@pytest.mark.parametrize("send", [upload, send_piece])
async def test_eight_files_are_sent_at_once(send: Callable[[GraphClient], Awaitable[None]]):
    slow = Slow(0.05)
    async with client_of(slow) as graph:
        await asyncio.gather(*(send(graph) for _ in range(30)))

    assert slow.most == 8


@pytest.mark.parametrize("send", [upload, send_piece])
async def test_a_file_has_more_time_than_a_call(send: Callable[[GraphClient], Awaitable[None]]):
    async with client_of(Slow(0.6)) as graph:
        await send(graph)
        with pytest.raises(TransientError):
            await graph.post("/1/feed", token="t", form={})
