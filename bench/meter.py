"""Processor time of running processes, their children included."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg
import psutil
from redis.asyncio import Redis

from tests.support.programs import Program


@dataclass(frozen=True, slots=True)
class Meter:
    """Counts seconds of processor that some processes and all their children have spent."""

    processes: tuple[psutil.Process, ...]

    def spent(self) -> float:
        return sum(_tree(process) for process in self.processes)


def python_of(program: Program) -> psutil.Process:
    """Find the process under the leash."""
    children = psutil.Process(program.process.pid).children(recursive=True)
    return children[-1] if children else psutil.Process(program.process.pid)


async def stores_of(database_url: str, redis_url: str) -> tuple[psutil.Process, ...]:
    """Find the processes of PostgreSQL (SQLite has none) and of Valkey."""
    redis = Redis.from_url(redis_url)
    found = [psutil.Process((await redis.info("server"))["process_id"])]
    await redis.aclose()
    if urlsplit(database_url).scheme.startswith("postgres"):
        connection = await asyncpg.connect(database_url)
        postmaster = psutil.Process(await connection.fetchval("SELECT pg_backend_pid()")).parent()
        await connection.close()
        assert postmaster
        found.append(postmaster)
    return tuple(found)


def _tree(process: psutil.Process) -> float:
    """Time of a process, of those of its children that have ended, and of those that run."""
    own = process.cpu_times()
    living = 0.0
    for child in process.children():
        try:
            living += _tree(child)
        except psutil.NoSuchProcess:
            continue  # it ended between the two looks, and counts with its parent the next time
    return own.user + own.system + own.children_user + own.children_system + living
