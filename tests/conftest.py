"""Fixtures for all tests: real PostgreSQL, SQLite, Valkey and sandbox, and whole stacks of our own processes.

Servers start when first asked for, once per pytest process, and die with it. Each test that asks for `database_url`
runs on SQLite and on PostgreSQL, with a migrated database of its own; choose one with
`@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, settings

from tests.support.dialect import forget_dialect
from tests.support.nursery import Nursery, running_nursery
from tests.support.pds import Pds, running_pds
from tests.support.postgres import PostgresServer, running_postgres
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import Stack, new_keys, new_stack, without_settings
from tests.support.valkey import ValkeyServer, running_valkey


def pytest_configure() -> None:
    without_settings()
    # A busy machine draws slowly; how fast it is proves nothing.
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")
    # structlog's own choice is to draw every frame with its variables, for a second or two of each logged error.
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say of tests that may run in several forms which one it was."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid} {name} {value}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests that need the largest server to one worker, so that there is one of it."""
    for item in items:
        if "pds" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("pds"))


@pytest.fixture(autouse=True)
def one_dialect() -> None:
    """Let each test speak the dialect of its own database."""
    forget_dialect()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server's address."""
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
async def postgres_server(postgres_url: str) -> AsyncIterator[PostgresServer]:
    """The server, with a migrated template."""
    import asyncpg

    from publishing import schema

    admin = await asyncpg.connect(postgres_url)
    server = PostgresServer(postgres_url, admin)
    template = await server.new_database(template="template1")
    forget_dialect()
    await schema.upgrade(template)
    server.template = template.rsplit("/", 1)[1]
    yield server
    await server.drop_database(template)
    await admin.close()


@pytest.fixture(scope="session")
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    from publishing import schema

    path = tmp_path_factory.mktemp("sqlite") / "agm.db"
    forget_dialect()
    await schema.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'agm.db')}"


@pytest.fixture
async def postgres_database_url(postgres_server: PostgresServer) -> AsyncIterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    async with postgres_server.lent_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, of each kind in turn."""
    return request.getfixturevalue(f"{request.param}_database_url")


@pytest.fixture
def sqlite_empty_url(tmp_path: Path) -> str:
    """Where an SQLite database may be made."""
    return f"sqlite:///{tmp_path / 'data' / 'agm.db'}"


@pytest.fixture
async def postgres_empty_url(postgres_server: PostgresServer) -> AsyncIterator[str]:
    """A PostgreSQL database with nothing in it."""
    url = await postgres_server.new_database(template="template1")
    yield url
    await postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database of this test's own that nobody has migrated, of each kind in turn."""
    return request.getfixturevalue(f"{request.param}_empty_url")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """The database, open in this process; its address."""
    from publishing.db import open_database

    async with open_database(database_url):
        yield database_url


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    """The session's Valkey; do not kill it, ask for `own_valkey`."""
    with running_valkey() as server:
        yield server


@pytest.fixture
def valkey_url(valkey_server: ValkeyServer) -> str:
    """The address of an empty Valkey."""
    valkey_server.flush()
    return valkey_server.url


@pytest.fixture
def own_valkey() -> Iterator[ValkeyServer]:
    """A Valkey that the test may kill and start again."""
    with running_valkey() as server:
        yield server


@pytest.fixture(scope="session")
async def session_sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    """The session's sandbox, as whoever used it last left it."""
    async with running_sandbox(tmp_path_factory.mktemp("sandbox"), is_shared=True) as sandbox:
        yield sandbox


@pytest.fixture
async def sandbox(session_sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    """The sandbox with an empty ledger, no faults and its first settings; its clock cannot be moved."""
    await session_sandbox.forget()
    yield session_sandbox
    await session_sandbox.recover()


@pytest.fixture(scope="session")
async def pds() -> AsyncIterator[Pds]:
    """A server of the AT Protocol; each test makes accounts of its own."""
    async with running_pds() as server:
        yield server


@pytest.fixture(scope="session")
def sandbox_nursery() -> Iterator[Nursery]:
    """Where tests' own sandboxes are forked."""
    with running_nursery("sandbox") as nursery:
        yield nursery


@pytest.fixture
async def own_sandbox(tmp_path: Path, sandbox_nursery: Nursery) -> AsyncIterator[Sandbox]:
    """A sandbox of this test's own, whose clock may be moved and which may be killed."""
    async with running_sandbox(tmp_path, nursery=sandbox_nursery) as sandbox:
        yield sandbox


@pytest.fixture
def make_settings(database_url: str, valkey_url: str, session_sandbox: Sandbox, tmp_path: Path) -> Callable[..., Any]:
    """Make `Settings` for use-cases in this process; arguments override. Who looks at the sandbox asks for it, too."""
    from publishing.settings import load_settings

    def make(**overrides: Any) -> Any:
        chosen = {
            "dev": True,
            "data_dir": tmp_path,
            "database_url": database_url,
            "redis_url": valkey_url,
            "sandbox_url": session_sandbox.url,
            "allow_private_urls": "127.0.0.0/8",
            **{name.removeprefix("AGM_").lower(): value for name, value in new_keys().items()},
        }
        return load_settings(_env_file=None, **{**chosen, **overrides})

    return make


@pytest.fixture
async def deps(make_settings: Callable[..., Any]) -> AsyncIterator[Any]:
    """What use-cases are handed, on this test's database, Valkey and sandbox."""
    from publishing.deps import open_deps

    async with open_deps(make_settings()) as deps:
        yield deps


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where the processes of stacks are forked."""
    with running_nursery() as nursery:
        yield nursery


@pytest.fixture
async def make_stack(
    database_url: str, valkey_url: str, sandbox: Sandbox, nursery: Nursery, tmp_path: Path
) -> AsyncIterator[Callable[..., Awaitable[Stack]]]:
    """Make stacks whose API and workers are not started yet; arguments are `AGM_*` variables without the prefix."""
    from contextlib import AsyncExitStack

    async with AsyncExitStack() as held:

        async def make(
            *,
            sandbox_url: str = sandbox.url,
            redis_url: str = valkey_url,
            database_url: str = database_url,
            **settings: object,
        ) -> Stack:
            return await held.enter_async_context(
                new_stack(
                    tmp_path,
                    database_url=database_url,
                    redis_url=redis_url,
                    sandbox_url=sandbox_url,
                    settings={f"AGM_{name.upper()}": str(value) for name, value in settings.items()},
                    nursery=nursery,
                )
            )

        yield make


@pytest.fixture
async def running_stack(make_stack: Callable[..., Awaitable[Stack]]) -> Stack:
    """A stack with its API and one worker running."""
    stack = await make_stack()
    await stack.start_api()
    await stack.start_worker()
    return stack
