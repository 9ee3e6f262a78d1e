"""Towns: one for calm days and one for workers that die, on each database; each test has a Page of its own.

The tests of a town run in one process of pytest, for it takes seconds to build, and it is closed behind the last of
them, for its processes ask for work all the time. Those that break more than a worker take a stack of their own
(`own_town`).
"""

import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.dialect import forget_dialect
from tests.support.journey import Channels, Journey
from tests.support.nursery import Nursery
from tests.support.postgres import PostgresServer
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import Stack, new_stack
from tests.support.valkey import running_valkey

_PAGES = {"town": 90, "mortal_town": 60}
_CALM = {"AGM_RECONCILE_SECONDS": "0.2,1,2"}
_MORTAL = {
    "AGM_LEASE_SECONDS": "3",
    "AGM_PLATFORM_TIMEOUT_SECONDS": "2",
    "AGM_SETTLE_SECONDS": "3",
    "AGM_RECONCILE_SECONDS": "0.2,1,2,3",
    "AGM_SWEEP_SECONDS": "0.4",
}
_AT_ONCE = {"fixed_seconds": 0}


_guests: Counter[str] = Counter()
"""How many tests of a town are still to come, by its fixture."""
_towns: dict[str, AsyncExitStack] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a town in one process of pytest."""
    for item in items:
        if town := _town_of(item):
            item.add_marker(pytest.mark.xdist_group(town))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Fail where the groups do not reach xdist: each of its processes would build every town."""
    grouped = [item.nodeid for item in session.items if item.get_closest_marker("xdist_group")]
    if session.config.getoption("loadgroup", default=False) and any("@" not in nodeid for nodeid in grouped):
        raise pytest.UsageError("this pytest-xdist cannot group tests under this pytest: see pyproject.toml")
    _guests.update(filter(None, map(_town_of, session.items)))


def _town_of(item: pytest.Item) -> str | None:
    """Name the fixture of the town that a test runs in."""
    if isinstance(item, pytest.Function) and (shared := [name for name in _PAGES if name in item.fixturenames]):
        return f"{item.callspec.params[shared[0]]}_{shared[0]}"
    return None


@pytest.fixture
async def guest(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The name of the town's fixture; the last guest closes the town."""
    name = _town_of(request.node)
    assert name
    yield name
    _guests[name] -= 1
    if not _guests[name]:
        await _towns[name].aclose()


@dataclass
class Town:
    """A stack with a sandbox, and somebody who has many Pages."""

    stack: Stack
    sandbox: Sandbox
    free: list[Channels] = field(default_factory=list)

    @property
    def journey(self) -> Journey:
        return Journey(self.stack.client)

    async def found(self, shops: int, *, worker: bool = False) -> None:
        """Start the API and choose the Pages; the worker that signs in stays or stops."""
        await self.stack.start_api()
        await self.stack.start_worker(AGM_FAILPOINT="")
        await self.open_shops(shops)
        if not worker:
            await self.stack.workers.pop().stop()

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
async def sqlite_town(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, nursery: Nursery
) -> AsyncIterator[Town]:
    """The calm town on SQLite."""
    async with AsyncExitStack() as held:
        _towns["sqlite_town"] = held
        yield await _calm(*_file(tmp_path_factory, sqlite_template), held, nursery)


@pytest.fixture(scope="session")
async def postgres_town(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer, nursery: Nursery
) -> AsyncIterator[Town]:
    """The calm town on PostgreSQL."""
    async with AsyncExitStack() as held:
        _towns["postgres_town"] = held
        yield await _calm(tmp_path_factory.mktemp("town"), await postgres_server.new_database(), held, nursery)


@pytest.fixture(params=["sqlite", "postgres"])
def town(request: pytest.FixtureRequest, guest: str) -> Town:
    """The calm town of each database in turn; a fault that a test adds names the test's own account."""
    return request.getfixturevalue(guest)


@pytest.fixture(scope="session")
async def sqlite_mortal_town(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, nursery: Nursery
) -> AsyncIterator[Town]:
    """The town without a worker on SQLite."""
    async with AsyncExitStack() as held:
        _towns["sqlite_mortal_town"] = held
        yield await _mortal(*_file(tmp_path_factory, sqlite_template), held, nursery)


@pytest.fixture(scope="session")
async def postgres_mortal_town(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer, nursery: Nursery
) -> AsyncIterator[Town]:
    """The town without a worker on PostgreSQL."""
    async with AsyncExitStack() as held:
        _towns["postgres_mortal_town"] = held
        yield await _mortal(tmp_path_factory.mktemp("town"), await postgres_server.new_database(), held, nursery)


@pytest.fixture(params=["sqlite", "postgres"])
def mortal_town(request: pytest.FixtureRequest, guest: str) -> Iterator[Town]:
    """The town of each database in turn whose workers the test starts and kills; leases in it are short."""
    town: Town = request.getfixturevalue(guest)
    yield town
    while town.stack.workers:
        town.stack.kill_worker()


@pytest.fixture
async def own_town(make_stack: Callable[..., Awaitable[Stack]], sandbox: Sandbox) -> Callable[..., Awaitable[Town]]:
    """Make a town of the test's own whose API runs and whose worker does not; arguments are settings."""

    async def make(*, shops: int = 1, **settings: Any) -> Town:
        town = Town(await make_stack(**{"sweep_seconds": 1, **settings}), sandbox)
        await town.found(shops)
        return town

    return make


def _file(folders: pytest.TempPathFactory, template: Path) -> tuple[Path, str]:
    folder = folders.mktemp("town")
    return folder, f"sqlite:///{shutil.copy(template, folder / 'agm.db')}"


async def _calm(folder: Path, database_url: str, held: AsyncExitStack, nursery: Nursery) -> Town:
    town = await _build(folder, database_url, held, nursery, **_CALM)
    await town.found(_PAGES["town"], worker=True)
    return town


async def _mortal(folder: Path, database_url: str, held: AsyncExitStack, nursery: Nursery) -> Town:
    town = await _build(folder, database_url, held, nursery, **_MORTAL)
    await town.found(_PAGES["mortal_town"])
    await town.sandbox.change_settings(processing=_AT_ONCE)
    return town


async def _build(folder: Path, database_url: str, held: AsyncExitStack, nursery: Nursery, **settings: str) -> Town:
    forget_dialect()
    sandbox = await held.enter_async_context(running_sandbox(folder, is_shared=True))
    valkey = held.enter_context(running_valkey())
    stack = new_stack(
        folder,
        database_url=database_url,
        redis_url=valkey.url,
        sandbox_url=sandbox.url,
        settings={"AGM_SWEEP_SECONDS": "1", **settings},
        nursery=nursery,
    )
    return Town(await held.enter_async_context(stack), sandbox)
