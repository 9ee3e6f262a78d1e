"""The worker process: two arq workers as doorbells, the runners, the sweeper and the relay, in one loop.

The only file besides the queue adapter that knows arq. arq's own entry dies with Redis; this one goes on: while Redis
is away the sweeper finds due rows, and when it is back the doorbells are hung up again.
"""

import asyncio
import os
import signal
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from pathlib import Path
from typing import Any

import structlog
import uvloop
from arq.worker import Worker, func
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from publishing.collector import calm_collector
from publishing.queue import RING, Bell, Queue, deserialize, serialize
from publishing.settings import DRAIN_MARGIN_SECONDS, Settings
from workers.accounts import accounts_runner
from workers.connections import connections_runner
from workers.deps import WorkerDeps, open_worker_deps
from workers.events import relay
from workers.follow_ups import follow_ups_runner
from workers.heartbeat import Heartbeat
from workers.open_files import allow_files
from workers.publications import Publications
from workers.reconciling import reconciling_runner
from workers.rings import hear_rings
from workers.runner import Together, Woken
from workers.sweep import sweep

log = structlog.get_logger(__name__)
_POLL_SECONDS = 0.25
"""How late a ring is heard that nobody was told of; each poll costs a worker at rest half a millisecond."""
_READ_LIMIT = 1000
_RING_TIMEOUT_SECONDS = 5
_PAUSE_SECONDS = 1.0
_CANCEL_SECONDS = 0.2
READY_FILE = "worker.ready"


def main(settings: Settings, *, beside: AbstractAsyncContextManager[None] | None = None) -> int:
    """Run a worker until SIGTERM or SIGINT, then drain; `beside` is open meanwhile.

    Returns:
        0 after a drain.

    Raises:
        SettingsError, MigrationError: it cannot start; the message says what to do.
    """
    return uvloop.run(serve(settings, beside or nullcontext()))


async def serve(settings: Settings, beside: AbstractAsyncContextManager[None]) -> int:
    """Serve until a signal comes."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with beside, open_worker_deps(settings) as worker:
        calm_collector()
        await run_worker(worker, stop, at_once=allow_files())
    return 0


async def run_worker(worker: WorkerDeps, stop: asyncio.Event, *, at_once: int) -> None:
    """Run everything until `stop`, then finish what is under way: at most a call's deadline and five seconds.

    `at_once` is how many publications the process can have under way.
    """
    follow_ups, connections = follow_ups_runner(worker), connections_runner(worker)
    publications = Publications(worker, commented=follow_ups.wake, at_once=at_once)
    reconciling, accounts = reconciling_runner(worker), accounts_runner(worker)
    prompt = Together((connections, follow_ups))
    deps, ready = worker.deps, worker.deps.settings.data_dir / READY_FILE
    heartbeat = Heartbeat(deps)
    parts: list[Coroutine[Any, Any, None]] = [
        publications.runner.run(),
        connections.run(),
        reconciling.run(),
        follow_ups.run(),
        accounts.run(),
        publications.keep_leases(),
        sweep(deps, (publications.runner, connections, reconciling, follow_ups, accounts)),
        heartbeat.run(),
        worker.budgets.run(),
        relay(deps),
        hang_doorbell(deps.bell, Queue.PUBLISHING, publications.runner),
        hang_doorbell(deps.bell, Queue.INTERACTIVE, prompt),
        hear_rings(deps.bell, {Queue.PUBLISHING: publications.runner, Queue.INTERACTIVE: prompt}),
    ]
    tasks = [asyncio.create_task(part) for part in parts]
    _mark(ready)
    ended = asyncio.create_task(stop.wait())
    await asyncio.wait([ended, *tasks], return_when=asyncio.FIRST_COMPLETED)
    with suppress(OSError):
        ready.unlink(missing_ok=True)
    seconds = deps.settings.platform_timeout_seconds + DRAIN_MARGIN_SECONDS
    runners = (publications, connections, reconciling, follow_ups, accounts)
    await asyncio.gather(*(runner.drain(seconds=seconds) for runner in runners))
    await worker.budgets.flush()
    await _end(tasks, ended)
    await heartbeat.stop()


async def hang_doorbell(bell: Bell, queue: Queue, runner: Woken) -> None:
    """Listen to a queue for ever; each ring wakes the runner and ends at once, so no slot is ever held."""

    async def ring(ctx: dict[str, Any]) -> None:
        runner.wake()

    while True:
        doorbell = Worker(
            functions=[func(ring, name=RING, max_tries=1, keep_result=0)],
            queue_name=queue.value,
            redis_pool=bell.redis,
            handle_signals=False,
            poll_delay=_POLL_SECONDS,
            queue_read_limit=_READ_LIMIT,
            max_jobs=_READ_LIMIT // 2,
            job_timeout=_RING_TIMEOUT_SECONDS,
            health_check_interval=10,
            job_serializer=serialize,
            job_deserializer=deserialize,
            log_results=False,
        )
        try:
            await doorbell.async_run()
        except (RedisConnectionError, RedisTimeoutError, OSError) as error:
            log.warning("redis_away", action="doorbell", queue=queue.value, error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - a ring that cannot be read says as little as any other
            log.warning("rings_unreadable", queue=queue.value, error=type(error).__name__)
            await bell.forget_rings(queue)
            runner.wake()
        finally:
            await _cancel(list(doorbell.tasks.values()))
        await asyncio.sleep(_PAUSE_SECONDS)


def _mark(ready: Path) -> None:
    """Say that this worker is ready; nobody but `agm dev` waits for it, and a read-only disk is no reason to end."""
    try:
        ready.parent.mkdir(parents=True, exist_ok=True)
        ready.write_text(f"{os.getpid()}\n")
    except OSError as error:
        log.warning("no_ready_file", folder=str(ready.parent), error=type(error).__name__)


async def _end(tasks: list[asyncio.Task[None]], ended: asyncio.Task[bool]) -> None:
    """Stop the parts; one that ended by a fault of its own is raised, for the supervisor to see."""
    ended.cancel()
    faults = [task.exception() for task in tasks if task.done() and not task.cancelled()]
    await _cancel(tasks)
    for fault in faults:
        if fault is not None:
            raise fault


async def _cancel(tasks: list[Any]) -> None:
    """Cancel until all have ended: a cancellation that meets a timeout inside a library may be swallowed by it."""
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=_CANCEL_SECONDS)
