"""One child process: what it is, how it starts on a leash, how it stops."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_LEASH = Path(__file__).with_name("leash.py")
_TAIL_LINES = 15


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """What to run and how to tell that it is ready.

    Attributes:
        name: how messages and the log file call it.
        command: program and arguments.
        ready: asked again and again until it says yes.
        environment: variables on top of the supervisor's own.
        stop_seconds: how long it may take to stop after SIGTERM before it is killed.
        ready_seconds: how long it may take to become ready.
        ready_file: a file whose presence means ready; the one of an earlier life is removed before a start.
        sockets: file descriptors it inherits, with the same numbers.
    """

    name: str
    command: tuple[str, ...]
    ready: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    stop_seconds: float = 10
    ready_seconds: float = 60
    ready_file: Path | None = None
    sockets: tuple[int, ...] = ()


class ChildError(Exception):
    """A child process ended, or never became ready; the message ends with the last lines of its log."""

    def __init__(self, name: str, what: str, log: Path) -> None:
        super().__init__(f"{name} {what}; the last lines of {log}:\n{log_tail(log)}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Child:
    """A started child process. `ended` finishes with its exit code."""

    spec: ChildSpec
    process: asyncio.subprocess.Process
    ended: asyncio.Task[int]
    log: Path

    def signal(self, number: signal.Signals) -> None:
        """Signal the child's whole process group; nothing happens when it is gone."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    async def stop(self) -> None:
        """Ask it to stop, wait for as long as it may take, then kill it."""
        self.signal(signal.SIGTERM)
        await asyncio.wait({self.ended}, timeout=self.spec.stop_seconds)
        self.signal(signal.SIGKILL)
        await self.ended


async def spawn(spec: ChildSpec, *, log: Path, guardian_pipe: int, fresh_log: bool) -> Child:
    """Start a child whose output goes to `log`, emptied first when `fresh_log`."""
    if spec.ready_file:
        spec.ready_file.unlink(missing_ok=True)
    with log.open("wb" if fresh_log else "ab") as output:
        process = await _on_a_leash(spec, guardian_pipe, stdout=output, stderr=output)
    ended = asyncio.create_task(process.wait(), name=f"{spec.name} ended")
    return Child(spec=spec, process=process, ended=ended, log=log)


async def run_once(spec: ChildSpec, *, log: Path, guardian_pipe: int) -> bytes:
    """Run a command to its end and give its standard output; its standard error goes to `log`.

    Raises:
        ChildError: it ended with another exit code than 0.
    """
    with log.open("wb") as errors:
        process = await _on_a_leash(spec, guardian_pipe, stdout=asyncio.subprocess.PIPE, stderr=errors)
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise ChildError(spec.name, how_it_ended(process.returncode), log)
    return output


def how_it_ended(code: int) -> str:
    """Say in words what an exit code means."""
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


def log_tail(log: Path) -> str:
    """Read the last lines of a log, or say that it is empty."""
    lines = log.read_text(errors="replace").splitlines() if log.is_file() else []
    return "\n".join(f"  {line}" for line in lines[-_TAIL_LINES:]) or "  (nothing)"


async def _on_a_leash(
    spec: ChildSpec, guardian_pipe: int, *, stdout: int | IO[bytes], stderr: IO[bytes]
) -> asyncio.subprocess.Process:
    """Start it in a session of its own, so that Ctrl-C in the terminal reaches the supervisor only.

    Must run in the main thread: the kernel's half of the leash is tied to the thread that starts the child.
    """
    leash = (sys.executable, "-I", "-S", str(_LEASH), str(guardian_pipe), str(os.getpid()))
    return await asyncio.create_subprocess_exec(
        *leash,
        *spec.command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        env={**os.environ, **spec.environment},
        start_new_session=True,
        pass_fds=(guardian_pipe, *spec.sockets),
    )
