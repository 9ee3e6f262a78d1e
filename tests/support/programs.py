"""Child processes of a test session: started on a leash, waited for, stopped or killed, their output in a log."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]
_LEASH = Path(__file__).with_name("leash.py")
_STOP_SECONDS = 20.0
_OFTEN, _SELDOM, _LATE = 0.02, 0.2, 0.05
"""Seconds between two looks, at first and in the end; no look is later than by that part of what was waited."""


class Process(Protocol):
    """A started process, as `subprocess.Popen` has it."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...


@dataclass
class Program:
    """A started child process."""

    name: str
    process: Process
    log: Path

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def stands_still(self) -> bool:
        """Whether it was stopped and not yet told to go on."""
        return Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def ask(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End it as a power failure would."""
        self.ask(signal.SIGKILL)
        self.process.wait()

    def stop_now(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and wait, blocking; killed when it takes too long."""
        self.ask(number)
        try:
            return self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not stop:\n{self.tail()}") from None

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        return await asyncio.to_thread(self.stop_now, number)

    async def ends(self, *, seconds: float = 20) -> int:
        """Wait until it ends by itself and give its exit code."""
        return await asyncio.to_thread(self.process.wait, seconds)

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.is_file() else ""

    def tail(self) -> str:
        return "\n".join(self.said().splitlines()[-30:])


def start_program(
    name: str,
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    user: int | None = None,
    end_with: signal.Signals = signal.SIGKILL,
    sockets: Sequence[int] = (),
    network: str | None = None,
) -> Program:
    """Start a command whose output is appended to `log`; `end_with` is what it gets when pytest dies.

    `network` is a network namespace to run in.
    """
    knots = (str(os.getpid()), str(int(end_with)), str(user or "-"), network or "-")
    leash = (sys.executable, "-I", "-S", str(_LEASH), *knots)
    with log.open("ab") as output:
        process = subprocess.Popen(
            (*leash, *command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
            start_new_session=True,
            pass_fds=tuple(sockets),
        )
    return Program(name=name, process=process, log=log)


def wait_for(program: Program, condition: Callable[[], bool], *, seconds: float = 30) -> None:
    """Block until a program is ready; fail with its log when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert program.is_running, f"{program.name} ended with {program.process.returncode}:\n{program.tail()}"
        assert time.monotonic() < deadline, f"{program.name} is not ready after {seconds} s:\n{program.tail()}"
        time.sleep(0.01)


async def until(condition: Callable[[], Awaitable[bool]], *, seconds: float = 20, what: str = "it") -> None:
    """Ask again and again until the answer is yes: other processes set no event."""
    began = time.monotonic()
    while not await condition():
        passed = time.monotonic() - began
        assert passed < seconds, f"{what} did not happen within {seconds} s"
        await asyncio.sleep(min(max(_OFTEN, passed * _LATE), _SELDOM))


@contextlib.contextmanager
def short_folder(kind: str) -> Iterator[Path]:
    """Make a folder whose path is short enough for a socket; what killed sessions left behind is removed."""
    for left in Path(tempfile.gettempdir()).glob(f"agm-{kind}-*-*"):
        if not Path(f"/proc/{left.name.split('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"agm-{kind}-{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
