"""The city under chaos: two APIs and three workers on PostgreSQL and Valkey, a sandbox, and what befalls them."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from publishing import schema
from tests.chaos.plan import Kind, Misfortune
from tests.chaos.quarter import Ground, Quarter
from tests.support.dialect import forget_dialect
from tests.support.nursery import running_nursery
from tests.support.postgres import running_postgres
from tests.support.programs import Program
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.stack import Stack, new_keys, new_stack
from tests.support.valkey import ValkeyServer, running_valkey

WINDOWS = {
    "AGM_LEASE_SECONDS": "3",
    "AGM_PLATFORM_TIMEOUT_SECONDS": "2",
    "AGM_SETTLE_SECONDS": "8",
    "AGM_RECONCILE_SECONDS": "0.3,1,2,4,8",
    "AGM_SWEEP_SECONDS": "0.5",
    "AGM_USAGE_PAUSE_SECONDS": "3",
}
_WORKERS = 3
_FROZEN_SECONDS = 4.0
_PAUSED_SECONDS = 2.0
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"


@dataclass
class City:
    """All the processes, and how each misfortune is brought about."""

    stacks: list[Stack]
    valkey: ValkeyServer
    sandbox: Sandbox
    admin: asyncpg.Connection
    database: str
    quarters: Mapping[str, Quarter]
    held: contextlib.AsyncExitStack
    workers: list[Program] = field(default_factory=list)
    _later: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.stacks[0].settings["AGM_DATABASE_URL"]

    async def open(self, channels: int) -> None:
        """Start everything, and open each quarter with about that many channels."""
        for stack in self.stacks:
            await stack.start_api()
        self.workers = [await self.stacks[0].start_worker() for _ in range(_WORKERS)]
        ground = Ground(self.stacks[0].client, self.sandbox, self.held)
        await asyncio.gather(*(quarter.open(ground, channels) for quarter in self.quarters.values()))

    async def break_platforms(self, seed: int) -> None:
        """Let the platforms misbehave from now on."""
        for quarter in self.quarters.values():
            await quarter.break_platform(seed)

    async def seen(self) -> dict[str, list[str]]:
        """Read what the public sees on all platforms: the public ids of each text."""
        found: dict[str, list[str]] = {}
        for quarter in self.quarters.values():
            for text, ids in (await quarter.seen()).items():
                found.setdefault(text, []).extend(ids)
        return found

    async def suffer(self, misfortune: Misfortune) -> None:
        """Bring a misfortune about; what ends later ends by itself."""
        deeds: dict[Kind, Callable[[int], Awaitable[None]]] = {
            Kind.KILL_WORKER: self._kill_worker,
            Kind.STOP_WORKER: self._stop_worker,
            Kind.FREEZE_WORKER: self._freeze_worker,
            Kind.KILL_API: self._kill_api,
            Kind.RESTART_API: self._restart_api,
            Kind.FLUSH_REDIS: lambda _: asyncio.to_thread(self.valkey.flush),
            Kind.RESTART_REDIS: self._restart_redis,
            Kind.PAUSE_REDIS: self._pause_redis,
            Kind.CUT_DATABASE: lambda _: self.admin.execute(_CUT, self.database),
        }
        await deeds[misfortune.kind](misfortune.victim)

    async def heal(self) -> None:
        """End everything that is wrong."""
        await asyncio.gather(*self._later)
        for quarter in self.quarters.values():
            await quarter.heal()

    async def _kill_worker(self, victim: int) -> None:
        place = victim % len(self.workers)
        self.workers[place].kill()
        self.workers[place] = await self.stacks[0].start_worker()

    async def _stop_worker(self, victim: int) -> None:
        """As in a rolling restart: the new one is there while the old one finishes."""
        place = victim % len(self.workers)
        old, self.workers[place] = self.workers[place], await self.stacks[0].start_worker()
        old.ask(signal.SIGTERM)

    async def _freeze_worker(self, victim: int) -> None:
        worker = self.workers[victim % len(self.workers)]
        worker.ask(signal.SIGSTOP)
        self._after(_FROZEN_SECONDS, lambda: worker.ask(signal.SIGCONT))

    async def _kill_api(self, victim: int) -> None:
        stack = self.stacks[victim % len(self.stacks)]
        assert stack.api
        stack.api.kill()
        await stack.start_api()

    async def _restart_api(self, victim: int) -> None:
        stack = self.stacks[victim % len(self.stacks)]
        assert stack.api
        await stack.api.stop()
        await stack.start_api()

    async def _restart_redis(self, _: int) -> None:
        self.valkey.kill()
        await asyncio.to_thread(self.valkey.start)

    async def _pause_redis(self, _: int) -> None:
        program = self.valkey.program
        assert program
        program.ask(signal.SIGSTOP)
        self._after(_PAUSED_SECONDS, lambda: program.ask(signal.SIGCONT))

    def _after(self, seconds: float, deed: Callable[[], None]) -> None:
        async def wait() -> None:
            await asyncio.sleep(seconds)
            deed()

        task = asyncio.create_task(wait())
        self._later.add(task)
        task.add_done_callback(self._later.discard)


@contextlib.asynccontextmanager
async def build_city(folder: Path, windows: Mapping[str, str], quarters: Mapping[str, Quarter]) -> AsyncIterator[City]:
    """Build a city whose processes all end with it."""
    async with contextlib.AsyncExitStack() as held:
        nursery = held.enter_context(running_nursery())
        postgres = held.enter_context(running_postgres())
        valkey = held.enter_context(running_valkey())
        sandbox = await held.enter_async_context(running_sandbox(folder))
        admin = await asyncpg.connect(postgres)
        held.push_async_callback(admin.close)
        await admin.execute("CREATE DATABASE chaos")
        url = postgres.rsplit("/", 1)[0] + "/chaos"
        forget_dialect()
        await schema.upgrade(url)
        keys = new_keys()
        stacks = [
            await held.enter_async_context(
                new_stack(
                    folder,
                    database_url=url,
                    redis_url=valkey.url,
                    sandbox_url=sandbox.url,
                    settings={**windows, **keys},
                    nursery=nursery,
                )
            )
            for _ in range(2)
        ]
        yield City(
            stacks=stacks, valkey=valkey, sandbox=sandbox, admin=admin, database="chaos", quarters=quarters, held=held
        )
