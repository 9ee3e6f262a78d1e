"""Large videos: fetched, looked into, kept and brought out by a worker whose memory hardly grows."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from sandbox.sample_videos import render_video
from tests.support.journey import Journey, image
from tests.support.programs import until
from tests.support.webserver import serving

SIZE = 200_000_000
MOST_GROWTH = 64 * 1024 * 1024
REEL = {"placement": "REEL"}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "Facebook, in pieces": ("facebook", {}),
    "Instagram, sent": ("instagram", {"options": {**REEL, "videoTransfer": "SEND"}}),
    "Instagram, fetched by it": ("instagram", {"options": {**REEL, "videoTransfer": "FETCH"}}),
}


def film(path: Path, size: int) -> None:
    """Write a valid video whose pictures are a hole in the file."""
    data = bytearray(render_video(seconds=10))
    at = data.index(b"mdat") - 4
    data[at : at + 4] = (size - at).to_bytes(4, "big")
    path.write_bytes(data)
    with path.open("r+b") as file:
        file.truncate(size)


def memory(pid: int, name: str) -> int:
    """Read a figure of a process in bytes: `VmRSS` is what it has, `VmHWM` the most it had since `forget_most`."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def forget_most(pid: int) -> None:
    """Let the most that a process had be what it has now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


@pytest.mark.timeout(120)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_videos_of_two_hundred_megabytes_cost_a_worker_no_memory(own_town: Any, tmp_path: Path):
    """All three ways at once; what the first, small ones made it load is not counted."""
    town = await own_town(shops=2 * len(WAYS), platform_timeout_seconds=60, lease_seconds=120)
    worker = await town.stack.start_worker()
    sizes = {"small": 50_000, "large": SIZE}
    for name, size in sizes.items():
        film(tmp_path / f"{name}.mp4", size)

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(tmp_path / request.path.strip("/"), headers={"content-type": "video/mp4"})

    async with serving(answer) as url:
        await _all_out(town, f"{url}/small.mp4")
        pid = worker.process.pid
        forget_most(pid)
        before = memory(pid, "VmRSS")
        accounts = await _all_out(town, f"{url}/large.mp4")
        growth = memory(pid, "VmHWM") - before

    shutil.rmtree(tmp_path / "media", ignore_errors=True)
    assert [len(await town.sandbox.ledger(account)) for account in accounts] == [1] * len(WAYS)
    assert growth < MOST_GROWTH, f"{growth / 1024 / 1024:.0f} MB"


async def _all_out(town: Any, url: str) -> list[str]:
    """Publish a video in every way at once; gives the accounts."""

    async def publish(way: str) -> str:
        platform, content = WAYS[way]
        shop, journey = town.shop(), Journey(town.stack.client)
        one = await journey.accepted(platform, shop.of(platform), media=[image(url)], **content)

        async def is_out() -> bool:
            found = await journey.publication(one)
            assert found["status"] not in {"FAILED", "NEEDS_ATTENTION"}, (way, found)
            return found["status"] == "PUBLISHED"

        await until(is_out, seconds=100, what=way)
        return shop.platform_id(platform)

    return await asyncio.gather(*map(publish, WAYS))
