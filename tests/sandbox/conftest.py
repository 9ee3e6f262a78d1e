"""The sandbox inside this process, with a clock of its own, and a host of pictures that it can reach."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.app import create_app
from sandbox.linkedin.state import LinkedIn
from sandbox.meta.call import Meta
from sandbox.sample_videos import render_video
from sandbox.world import World, new_world
from sandbox.x.state import X
from tests.sandbox.server import ORIGIN, Server
from tests.sandbox.stranger import Stranger
from tests.support.loopback import loopback

PICTURES = "http://pictures.example"


def draw(kind: str, width: int, height: int, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 40)).save(out, kind, **options)
    return out.getvalue()


FILES = {
    "square.jpg": draw("JPEG", 1080, 1080),
    "second.jpg": draw("JPEG", 1000, 1000),
    "tall.jpg": draw("JPEG", 400, 600),
    "wide.jpg": draw("JPEG", 1200, 500),
    "portrait.jpg": draw("JPEG", 1080, 1350),
    "square.png": draw("PNG", 500, 500),
    "square.webp": draw("WEBP", 500, 500),
    "story.jpg": draw("JPEG", 1080, 1920),
    "reel.mp4": render_video(),
    "long.mp4": render_video(seconds=901),
    "minute.mp4": render_video(seconds=61),
    "short.mp4": render_video(seconds=2),
    "late.mp4": render_video(moov_last=True),
    "odd.mp4": render_video(codec=b"vp09"),
    "broad.mp4": render_video(width=3840, height=2160),
    "slow.mp4": render_video(frame_rate=15),
    "page.html": b"<!doctype html><title>Not a picture</title>",
    "empty.jpg": b"",
    "cut.jpg": draw("JPEG", 1080, 1080)[:100],
    "large.jpg": draw("JPEG", 500, 500) + b"\0" * (8 * 1024 * 1024),
    "huge.jpg": draw("JPEG", 500, 500) + b"\0" * (10 * 1024 * 1024),
}


async def picture(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "moved.jpg":
        return RedirectResponse(f"{PICTURES}/square.jpg")
    return Response(FILES[name]) if name in FILES else Response(status_code=404)


@pytest.fixture
def server() -> Server:
    """The server under test, where the sandbox can reach it."""
    return Server()


@pytest.fixture
async def world(tmp_path: Path, server: Server) -> AsyncIterator[World]:
    """The sandbox's state, with a fetcher that reaches the pictures.

    After each test the file has to hold, answer by answer, what the sandbox knew: nobody forgot to note a change.
    """
    host = httpx.ASGITransport(Starlette(routes=[Route("/{name}", picture)]))
    mounts = {PICTURES: host, ORIGIN: httpx.ASGITransport(server.app())}
    async with loopback(mounts=mounts) as fetcher:
        world = new_world(folder=tmp_path / "state", fetcher=fetcher)
        yield world
        known = written(world)
        unsaved = [name for name, shelf in world.state._shelves.items() if shelf.changes()]
        world.state.close()
        again = new_world(folder=tmp_path / "state", fetcher=fetcher)
        Meta(again)
        LinkedIn(again)
        X(again)
        found = written(again)
        again.state.close()
        assert unsaved == []
        assert {name: found[name] for name in known} == known


def written(world: World) -> dict[str, list[tuple[str, bytes]]]:
    """Give every row as it would be written now."""
    return {
        name: [(key, shelf._codec.dump(row)) for key, row in shelf.items()]
        for name, shelf in world.state._shelves.items()
    }


@pytest.fixture
async def meta(world: World) -> AsyncIterator[Stranger]:
    """A stranger to the sandbox; whatever breaks inside the sandbox breaks the test."""
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test") as http:
        yield Stranger(http)
