import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cli.ledger import Expected, WitnessError, check_exactly_once
from tests.cli.conftest import until

REDIRECT = "http://127.0.0.1:1/oauth/meta/callback"


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[str]:
    ready = tmp_path / "ready"
    command = (sys.executable, "-m", "sandbox", "--port", "0", "--ready-file", str(ready))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    await until(ready.exists, seconds=20)
    yield ready.read_text().strip()
    process.terminate()
    await process.wait()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


async def test_a_post_that_is_not_public_is_missed(sandbox: str, http: httpx.AsyncClient):
    with pytest.raises(WitnessError, match="facebook shows the post 0 times instead of once"):
        await check_exactly_once(http, sandbox, [Expected(platform="facebook", text="hello")])


async def test_a_post_that_is_public_twice_is_noticed(sandbox: str, http: httpx.AsyncClient):
    publish = await _publisher(http, sandbox)
    expected = [Expected(platform="facebook", text="hello")]

    await publish("hello")
    await check_exactly_once(http, sandbox, expected)
    await publish("hello")

    with pytest.raises(WitnessError, match="facebook shows the post 2 times instead of once"):
        await check_exactly_once(http, sandbox, expected)


async def test_a_post_that_nobody_asked_for_is_noticed(sandbox: str, http: httpx.AsyncClient):
    publish = await _publisher(http, sandbox)

    await publish("hello")
    await publish("goodbye")

    with pytest.raises(WitnessError, match="1 more posts are public than were published"):
        await check_exactly_once(http, sandbox, [Expected(platform="facebook", text="hello")])


async def _publisher(http: httpx.AsyncClient, sandbox: str):
    facts = json.loads(Path("sandbox/meta/facts.json").read_text()) if False else None
    return facts, urlsplit, parse_qs
