"""A town for calm days: one stack for each database, shared by all tests of a process; each test has a Page of its own.

Tests that break something take a stack of their own (`own_town`).
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.dialect import forget_dialect
from tests.support.journey import Channels, Journey
from tests.support.postgres import PostgresServer
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import Stack, new_stack
from tests.support.valkey import running_valkey

_PAGES = 90


@dataclass
class Town:
    """A stack with a sandbox, and somebody who has many Pages."""

    stack: Stack
    sandbox: Sandbox
    journey: Journey
    free: list[Channels] = field(default_factory=list)

    async def open_shops(self, count: int) -> None:
        """Connect somebody with that many Pages and choose them all."""
        persona = f"many:{count}"
        await self.sandbox.change_settings(persona=persona)
        account = await self.journey.connect(persona)
        people = (await self.sandbox.personas())["people"]
        self.free = await self.journey.choose_all(account, people[persona]["pages"])

    def shop(self) -> Channels:
        """Take a Page with its Instagram account that nobody has published to yet."""
        return self.free.pop()

    def picture(self, name: str, **size: int) -> str:
        """Give the address of a picture that the sandbox draws."""
        query = "&".join(f"{side}={pixels}" for side, pixels in size.items())
        return f"{self.sandbox.url}/samples/{name}.jpg?{query}"

    async def public(self, shop: Channels, platform: str) -> list[dict[str, Any]]:
        """List what the public sees of a shop on a platform."""
        return await self.sandbox.ledger(shop.platform_id(platform))


@pytest.fixture(scope="session")
async def sqlite_town(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> AsyncIterator[Town]:
    """The shared town on SQLite."""
    folder = tmp_path_factory.mktemp("town-sqlite")
    async with AsyncExitStack() as held:
        yield await _build(folder, f"sqlite:///{shutil.copy(sqlite_template, folder / 'agm.db')}", held)


@pytest.fixture(scope="session")
async def postgres_town(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer
) -> AsyncIterator[Town]:
    """The shared town on PostgreSQL."""
    async with AsyncExitStack() as held:
        yield await _build(tmp_path_factory.mktemp("town-postgres"), await postgres_server.new_database(), held)


@pytest.fixture(params=["sqlite", "postgres"])
def town(request: pytest.FixtureRequest) -> Town:
    """The shared town of each database in turn; a fault that a test adds names the test's own account."""
    return request.getfixturevalue(f"{request.param}_town")


@pytest.fixture
async def own_town(make_stack: Callable[..., Awaitable[Stack]], sandbox: Sandbox) -> Callable[..., Awaitable[Town]]:
    """Make a town of the test's own whose API runs and whose worker does not; arguments are settings."""

    async def make(*, shops: int = 1, **settings: Any) -> Town:
        stack = await make_stack(**{"sweep_seconds": 1, **settings})
        await stack.start_api()
        worker = await stack.start_worker(AGM_FAILPOINT="")
        town = Town(stack, sandbox, Journey(stack.client))
        await town.open_shops(shops)
        await worker.stop()
        stack.workers.remove(worker)
        return town

    return make


async def _build(folder: Path, database_url: str, held: AsyncExitStack) -> Town:
    forget_dialect()
    sandbox = await held.enter_async_context(running_sandbox(folder))
    valkey = held.enter_context(running_valkey())
    stack = await held.enter_async_context(
        new_stack(
            folder,
            database_url=database_url,
            redis_url=valkey.url,
            sandbox_url=sandbox.url,
            settings={"AGM_SWEEP_SECONDS": "1"},
        )
    )
    await stack.start_api()
    await stack.start_worker()
    town = Town(stack, sandbox, Journey(stack.client))
    await town.open_shops(_PAGES)
    return town
