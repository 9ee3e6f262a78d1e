"""Starts child processes, keeps them running, and leaves none behind.

Children stop in the reverse of the order in which they were started. When the supervisor itself is killed, their
leashes (`cli.leash`) and the guardian (`cli.guardian`) end them.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from cli.children import Child, ChildError, ChildSpec, how_it_ended, run_once, spawn

Result = TypeVar("Result")

_GUARDIAN = Path(__file__).with_name("guardian.py")
_READY_POLL_SECONDS = 0.03
_FIRST_BACKOFF_SECONDS = 0.5
_LONGEST_BACKOFF_SECONDS = 30.0
_GOOD_RUN_SECONDS = 60.0  # after this long, a death is news again and the back-off starts over
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Holds the children of one stack; make one with `supervising`."""

    def __init__(self, *, log_dir: Path, notice: Callable[[str], None], guardian_pipe: int) -> None:
        """Logs go to `<log_dir>/<name>.log`; `notice` is told, in a sentence, of every death and restart."""
        self._log_dir = log_dir
        self._notice = notice
        self._pipe = guardian_pipe
        self._children: dict[str, Child] = {}

    async def start(self, *specs: ChildSpec) -> None:
        """Start these together and wait until all are ready.

        Raises:
            ChildError: one ended or was not ready in time.
        """
        children = [await self._spawn(spec, fresh_log=True) for spec in specs]
        await together(*(self._until_ready(child) for child in children))

    async def run(self, spec: ChildSpec) -> bytes:
        """Run a command to its end and give its standard output.

        Raises:
            ChildError: it failed.
        """
        return await run_once(spec, log=self._log(spec), guardian_pipe=self._pipe)

    async def keep(self) -> None:
        """Restart what dies, with a growing delay, until cancelled."""
        await asyncio.gather(*(self._keep(name) for name in self._children))

    async def during(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do some work while no child ends.

        Raises:
            ChildError: a child ended; the work is cancelled.
        """
        task = asyncio.create_task(work)
        alive = {child.ended: child for child in self._children.values()}
        try:
            await asyncio.wait({task, *alive}, return_when=asyncio.FIRST_COMPLETED)
            dead = next((child for ended, child in alive.items() if ended.done()), None)
            if dead is not None and not task.done():
                raise ChildError(dead.spec.name, how_it_ended(dead.ended.result()), dead.log)
        finally:
            task.cancel()
            await asyncio.wait({task})
        return task.result()

    async def stop(self) -> None:
        """Stop the last started first, each only after the one before it has ended."""
        for child in reversed(self._children.values()):
            await child.stop()

    def kill(self) -> None:
        """Kill all at once: for the second Ctrl-C."""
        for child in self._children.values():
            child.signal(signal.SIGKILL)

    async def _spawn(self, spec: ChildSpec, *, fresh_log: bool) -> Child:
        child = await spawn(spec, log=self._log(spec), guardian_pipe=self._pipe, fresh_log=fresh_log)
        child.ended.add_done_callback(lambda _: self._strike_off(child.process.pid))
        self._children[spec.name] = child
        return child

    def _log(self, spec: ChildSpec) -> Path:
        return self._log_dir / f"{spec.name}.log"

    def _strike_off(self, pid: int) -> None:
        with suppress(OSError):  # the guardian may be gone already; then there is no list to keep
            os.write(self._pipe, b"-%d\n" % pid)

    async def _until_ready(self, child: Child) -> None:
        clock = asyncio.get_running_loop()
        deadline = clock.time() + child.spec.ready_seconds
        while not await child.spec.ready():
            ended, _ = await asyncio.wait({child.ended}, timeout=_READY_POLL_SECONDS)
            if ended:
                raise ChildError(child.spec.name, f"{how_it_ended(child.ended.result())} at its start", child.log)
            if clock.time() > deadline:
                raise ChildError(child.spec.name, f"was not ready in {child.spec.ready_seconds:g} s", child.log)

    async def _keep(self, name: str) -> None:
        clock = asyncio.get_running_loop()
        backoff = _FIRST_BACKOFF_SECONDS
        while True:
            child, since = self._children[name], clock.time()
            await asyncio.wait({child.ended})  # awaiting the task itself would cancel it along with this one
            backoff = _FIRST_BACKOFF_SECONDS if clock.time() - since > _GOOD_RUN_SECONDS else backoff
            how = how_it_ended(child.ended.result())
            self._notice(f"{name} {how}: restarting in {backoff:g} s; its log is {child.log}")
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, _LONGEST_BACKOFF_SECONDS)
            await self._restart(child.spec)

    async def _restart(self, spec: ChildSpec) -> None:
        child = await self._spawn(spec, fresh_log=False)
        with suppress(ChildError):  # ended again, or is slow; the keeper sees the former and repeats
            await self._until_ready(child)
            self._notice(f"{spec.name} is back")


@asynccontextmanager
async def supervising(*, log_dir: Path, notice: Callable[[str], None]) -> AsyncGenerator[Supervisor]:
    """Give a supervisor with its guardian; at the end of the block everything is stopped, in order.

    The first SIGINT, SIGTERM or SIGHUP cancels the block's task; the next one kills all children.
    """
    log_dir.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - before anything runs that could be blocked
    reader, writer = os.pipe()
    guardian = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(_GUARDIAN)),
        stdin=reader,
        stdout=asyncio.subprocess.DEVNULL,  # or whoever reads our output would wait for the guardian's end
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(reader)
    supervisor = Supervisor(log_dir=log_dir, notice=notice, guardian_pipe=writer)
    _listen_for_stop(supervisor, asyncio.current_task())
    try:
        yield supervisor
    finally:
        await supervisor.stop()
        os.close(writer)
        await guardian.wait()
        for number in _STOP_SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(number)


async def together(*work: Coroutine[Any, Any, Any]) -> tuple[Any, ...]:
    """Do all of this at once and give the results; the first error ends the rest and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return tuple(task.result() for task in tasks)


def _listen_for_stop(supervisor: Supervisor, block: asyncio.Task[Any] | None) -> None:
    asked = False

    def stop() -> None:
        nonlocal asked
        if asked or block is None:
            supervisor.kill()
        else:
            asked = block.cancel()

    for number in _STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop)
