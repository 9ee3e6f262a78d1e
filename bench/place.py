"""Where the measurements run: real servers, our own processes, and somebody with many Pages."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import asyncpg

from publishing import schema
from tests.support.dialect import forget_dialect
from tests.support.journey import Channels, Journey
from tests.support.postgres import PostgresServer, running_postgres
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import Stack, new_stack
from tests.support.valkey import running_valkey

DATABASES = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True)
class Place:
    """A stack whose API runs and whose worker does not, with chosen Pages."""

    stack: Stack
    sandbox: Sandbox
    journey: Journey
    shops: list[Channels]

    @property
    def database_url(self) -> str:
        return self.stack.settings["AGM_DATABASE_URL"]


@asynccontextmanager
async def place(database: str, *, pages: int, **settings: str) -> AsyncGenerator[Place]:
    """Build a place on `sqlite` or `postgres`; PostgreSQL and SQLite both write durably."""
    folder = Path(mkdtemp(prefix="agm-bench-"))
    try:
        async with AsyncExitStack() as held:
            yield await _build(held, folder, database, pages, settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _build(held: AsyncExitStack, folder: Path, database: str, pages: int, settings: dict[str, str]) -> Place:
    url = f"sqlite:///{folder / 'agm.db'}" if database == "sqlite" else await _postgres(held)
    forget_dialect()
    await schema.upgrade(url)
    sandbox = await held.enter_async_context(running_sandbox(folder))
    valkey = held.enter_context(running_valkey())
    stack = await held.enter_async_context(
        new_stack(folder, database_url=url, redis_url=valkey.url, sandbox_url=sandbox.url, settings=settings)
    )
    await stack.start_api()
    worker = await stack.start_worker()
    journey = Journey(stack.client)
    persona = f"many:{pages}"
    await sandbox.change_settings(persona=persona)
    account = await journey.connect(persona)
    shops = await journey.choose_all(account, (await sandbox.personas())["people"][persona]["pages"])
    await worker.stop()
    stack.workers.clear()
    return Place(stack, sandbox, journey, shops)


async def _postgres(held: AsyncExitStack) -> str:
    url = held.enter_context(running_postgres(durable=True))
    admin = await asyncpg.connect(url)
    held.push_async_callback(admin.close)
    return await PostgresServer(url, admin).new_database(template="template1")
