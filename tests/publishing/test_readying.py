"""A file being fetched: what this server's own disk does is not the address's fault."""

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from aiohttp import web

from media.storage import StorageError
from net.fetch import FetchPolicy, GuardedFetcher
from publishing.readying import Download, Limits
from tests.support.webserver import serving


@pytest.fixture
def full() -> Iterator[BinaryIO]:
    with Path("/dev/full").open("wb", buffering=0) as file:
        yield file


async def test_a_full_disk_is_not_taken_for_an_address_that_cannot_be_read(full: BinaryIO):
    async def show(_: object) -> web.Response:
        return web.Response(body=b"\xff\xd8\xff" + b"0" * 3_000_000)

    policy = FetchPolicy(allowed_private=(ipaddress.ip_network("127.0.0.0/8"),))
    download = Download(full, limits=Limits(10_000_000, 10_000_000), host="127.0.0.1")
    async with serving(show) as url, GuardedFetcher(policy) as fetcher:
        with pytest.raises(StorageError):
            await fetcher.fetch_into(download.take, f"{url}/page.jpg", max_bytes=10_000_000, seconds=10)
