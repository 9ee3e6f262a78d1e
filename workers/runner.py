"""A runner: woken by a ring, it claims work until there is none, within a bound, and drains when told to stop."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from publishing.errors import StoreUnavailableError
from publishing.store import away

log = structlog.get_logger(__name__)
Job = Callable[[], Coroutine[Any, Any, None]]
Claim = Callable[[int], Awaitable[Sequence[Job]]]


class Woken(Protocol):
    """Whoever is woken by a ring."""

    def wake(self) -> None:
        """Look for due work soon."""
        ...


@dataclass(frozen=True, slots=True)
class Together:
    """Several that one ring wakes."""

    runners: Sequence[Woken]

    def wake(self) -> None:
        """Wake each."""
        for runner in self.runners:
            runner.wake()


class Runner:
    """Runs claimed jobs side by side, at most `limit` at once. Holds no slot while there is nothing to do."""

    def __init__(self, name: str, claim: Claim, *, limit: int) -> None:
        self._name = name
        self._claim = claim
        self._limit = limit
        self._rung = asyncio.Event()
        self._filling = asyncio.Lock()
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> int:
        """How many jobs run now."""
        return len(self._tasks)

    def wake(self) -> None:
        """Look for due work soon."""
        self._rung.set()

    async def run(self) -> None:
        """Claim and run until `drain`."""
        while not self._stopping:
            await self._rung.wait()
            self._rung.clear()
            async with self._filling:
                await self._fill()

    async def drain(self, *, seconds: float) -> None:
        """Claim no more, let what runs finish, and cancel what is left after `seconds`."""
        self._stopping = True
        self._rung.set()
        async with self._filling:  # a claim under way is work taken: it is started, and finished below
            pass
        if self._tasks:
            _, left = await asyncio.wait(self._tasks, timeout=seconds)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _fill(self) -> None:
        """Claim while there are free places and something came; a full house is woken by the next job that ends."""
        while not self._stopping and (free := self._limit - len(self._tasks)) > 0:
            try:
                jobs = await self._claim(free)
            except (*away(), StoreUnavailableError) as error:
                log.warning("store_away", runner=self._name, error=type(error).__name__)
                return
            except Exception as error:
                log.exception("claim_fault", runner=self._name, error=type(error).__name__)
                return
            if not jobs:
                return
            for job in jobs:
                self._start(job)

    def _start(self, job: Job) -> None:
        task = asyncio.get_running_loop().create_task(job())
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("job_fault", runner=self._name, error=type(error).__name__, exc_info=error)
        self.wake()
