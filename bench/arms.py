"""The arms of a burst: the product's workers, the bare script, and arq with a job for each publication."""

import asyncio
import signal
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from bench import bare, jobs
from bench.crowd import Crowd
from bench.fakeplatform import FakePlatform, Seen
from bench.meter import Meter, python_of
from bench.place import Place
from publishing.db import connection
from tests.support.programs import Program, start_program, until

PROCESSES, IN_FLIGHT = 2, 500
_AHEAD = 5.0


@dataclass(frozen=True, slots=True)
class Run:
    """One turn of an arm: seconds until all was done, seconds of processor, lateness of each call's start, doubles.

    `reads` is processor time that came after: the bare script's, for the addresses.
    """

    wall: float
    cpu: float
    late: list[float] = field(repr=False)
    doubled: int = 0
    reads: float = 0.0

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.late, n=100)[98]


async def ours(crowd: Crowd, platform: FakePlatform, meter: Meter, size: int) -> Run:
    """Let the workers publish them; every post must have reached the platform, and is counted there."""
    numbers = await crowd.schedule(size)
    await until(crowd.is_quiet, seconds=60, what="quiet before the burst")
    await platform.seen()
    began, instant = meter.spent(), time.monotonic() + _AHEAD
    await crowd.due_at(clock(instant))
    await asyncio.sleep(instant - time.monotonic())
    await until(crowd.is_done, seconds=300, what="the end of the burst")
    wall = time.monotonic() - instant
    await until(crowd.is_quiet, seconds=120, what="quiet after the burst")
    cpu, seen = meter.spent() - began, await platform.seen()
    assert set(seen.times) == set(numbers), (len(seen.times), len(numbers))
    return Run(wall, cpu, _late(seen, instant), seen.doubled)


async def script(platform: FakePlatform, size: int) -> Run:
    """Let the bare script make the calls, and read the addresses after."""
    await platform.seen()
    done = await bare.run(platform.origin, size=size, processes=PROCESSES, in_flight=IN_FLIGHT)
    seen = await platform.seen()
    assert len(seen.times) == size
    return Run(done.ended - done.began, done.cpu, _late(seen, done.began), reads=done.reads)


async def arq(kind: str, here: Place, platform: FakePlatform, stores: Sequence[psutil.Process], size: int) -> Run:
    """Let arq run them; its worker is stopped while they are enqueued, which this process does and nobody counts."""
    await connection().execute_script(jobs.TABLE)
    await connection().execute_query("DELETE FROM bench_job")
    rows = ", ".join(f"({number}, 'queued')" for number in range(1, size + 1))
    await connection().execute_script(f"INSERT INTO bench_job (id, status) VALUES {rows}")
    redis = jobs.redis_of(here.stack.settings["AGM_REDIS_URL"])
    async with _worker(kind, here, platform) as worker:
        meter = Meter((python_of(worker), *stores))
        await platform.seen()
        began = meter.spent()
        worker.ask(signal.SIGSTOP)
        await jobs.enqueue(redis, range(1, size + 1), at=datetime.now(UTC), queue=f"bench:{kind}")
        instant = time.monotonic()
        worker.ask(signal.SIGCONT)
        await until(_jobs_are_done, seconds=300, what="the end of the jobs")
        wall, cpu, seen = time.monotonic() - instant, meter.spent() - began, await platform.seen()
    await redis.aclose(close_connection_pool=True)
    assert len(seen.times) == size
    return Run(wall, cpu, _late(seen, instant), seen.doubled)


def clock(instant: float) -> datetime:
    """Tell an instant of the monotonic clock as a time."""
    return datetime.now(UTC) + timedelta(seconds=instant - time.monotonic())


@asynccontextmanager
async def _worker(kind: str, here: Place, platform: FakePlatform) -> AsyncGenerator[Program]:
    settings = here.stack.settings
    command = (sys.executable, "-m", "bench.jobs", here.database_url, settings["AGM_REDIS_URL"], platform.origin, kind)
    log = Path(settings["AGM_DATA_DIR"]) / "arq.log"
    log.unlink(missing_ok=True)
    program = start_program("arq", command, log=log)
    try:
        await until(lambda: _is_ready(program), what="arq's start")
        yield program
    finally:
        program.kill()


async def _is_ready(program: Program) -> bool:
    return "ready" in program.said()


async def _jobs_are_done() -> bool:
    left = "SELECT count(*) AS n FROM bench_job WHERE status <> 'published'"
    return (await connection().execute_query_dict(left))[0]["n"] == 0


def _late(seen: Seen, instant: float) -> list[float]:
    return [max(0.0, first - instant) for first in seen.first.values()]
