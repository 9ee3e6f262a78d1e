"""Processes that start at once: `agm`, or the sandbox, with everything imported, waiting to be forked.

Importing takes a second of processor time, and the tests start hundreds of processes. A forked one is a process as any
other, to be killed and waited for; that `agm` starts from nothing as well is tested where its commands are, and each
session's first sandbox does. A nursery has one kind, so that the sandbox holds nothing of the product's.
Run: `python -m tests.support.nursery <socket> <package>`.
"""

import contextlib
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from tests.support.leash import end_with_parent, enter
from tests.support.programs import Program, short_folder, start_program, wait_for

CLOCK_OFF = "TEST_CLOCK_OFF_SECONDS"
"""A variable of one process: by how many seconds its clock is ahead."""
_LONGEST = 65_536
_MOST_FILES = 8
_SERVING = ("uvicorn.loops.uvloop", "uvicorn.lifespan.on", "uvicorn.protocols.http.httptools_impl")
_LOADED = {
    "cli": (
        *("cli.main", "cli.serve", "cli.work", "cli.logs", "workers.main", "net.wire"),
        *("publishing.sqlite", "tortoise.backends.asyncpg", "uvicorn.protocols.websockets.websockets_sansio_impl"),
        *_SERVING,
    ),
    "sandbox": ("sandbox.app", "sandbox.server", "sandbox.command", "sandbox.world", *_SERVING),
}


@dataclass
class Child:
    """A forked process, with the part of `Popen` that a `Program` needs."""

    pid: int
    _line: socket.socket
    returncode: int | None = None

    def poll(self) -> int | None:
        return self._hear(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._hear(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return code

    def _hear(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self._line.settimeout(timeout)
            with contextlib.suppress(BlockingIOError, TimeoutError):
                said = self._line.recv(_LONGEST)
                self.returncode = int(said) if said else -signal.SIGKILL  # the nursery died, and took it along
                self._line.close()
        return self.returncode


@dataclass(frozen=True)
class Nursery:
    """A running nursery."""

    address: Path

    def start(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str],
        sockets: Sequence[int] = (),
        network: str | None = None,
    ) -> Program:
        """Start the program with arguments; its sockets have the same numbers there as here.

        `network` is a network namespace to run in.
        """
        line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line.connect(str(self.address))
        wanted = {
            "arguments": list(arguments),
            "environment": {**os.environ, **environment},
            "sockets": list(sockets),
            "network": network,
        }
        with log.open("ab") as output:
            socket.send_fds(line, [json.dumps(wanted).encode()], [output.fileno(), *sockets])
        return Program(name=name, process=Child(int(line.recv(_LONGEST)), line), log=log)


@contextlib.contextmanager
def running_nursery(package: str = "cli") -> Iterator[Nursery]:
    """Run a nursery of what `python -m` does with a package; whoever it forked dies with it."""
    with short_folder("nursery") as folder:
        address = folder / "socket"
        command = (sys.executable, "-m", "tests.support.nursery", str(address), package)
        program = start_program("nursery", command, log=folder / "nursery.log")
        try:
            wait_for(program, address.exists)
            yield Nursery(address)
        finally:
            program.kill()


def serve(address: Path) -> tuple[dict[str, Any], list[int], int]:
    """Fork whoever is asked for.

    Returns in the forked process, with all files of the nursery closed: what it is to become, its own files, and the
    process it dies with.
    """
    lines: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as waiting, _listening(address) as door, _hearing_ends() as bell:
        waiting.register(door, selectors.EVENT_READ)
        waiting.register(bell, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is bell:
                    bell.recv(_LONGEST)
                    _tell_ends(lines)
                    continue
                line = door.accept()[0]
                asked, files, _, _ = socket.recv_fds(line, _LONGEST, _MOST_FILES)
                parent = os.getpid()
                if (pid := os.fork()) == 0:
                    return json.loads(asked), files, parent
                for file in files:
                    os.close(file)
                lines[pid] = line
                line.send(str(pid).encode())


def _listening(address: Path) -> socket.socket:
    door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    unfinished = address.with_name("unfinished")
    door.bind(str(unfinished))
    door.listen(64)
    unfinished.rename(address)
    return door


@contextlib.contextmanager
def _hearing_ends() -> Iterator[socket.socket]:
    hears, rings = socket.socketpair()
    rings.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(rings.fileno(), warn_on_full_buffer=False)
    with hears, rings:
        yield hears
        signal.set_wakeup_fd(-1)


def _tell_ends(lines: dict[int, socket.socket]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            with lines.pop(ended[0]) as line, contextlib.suppress(BrokenPipeError):
                line.send(str(os.waitstatus_to_exitcode(ended[1])).encode())


def _settle(wanted: dict[str, Any], files: list[int], parent: int) -> None:
    """Become what a started process would be: its session, its end, its files, its environment."""
    os.setsid()
    end_with_parent(parent, signal.SIGKILL)
    if wanted["network"]:
        enter(wanted["network"])
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for file, number in zip(files, [1, *wanted["sockets"]], strict=True):
        os.dup2(file, number)
    os.dup2(1, 2)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    sys.argv[1:] = wanted["arguments"]
    if off := os.environ.get(CLOCK_OFF):
        time_machine.travel(datetime.now(UTC) + timedelta(seconds=float(off)), tick=True).start()


def _warm_up(package: str) -> None:
    """Load what a process would load when it starts, and the certificates."""
    for name in _LOADED[package]:
        importlib.import_module(name)
    if wire := sys.modules.get("net.wire"):
        wire._trusted()


if __name__ == "__main__":
    package = sys.argv[2]
    _warm_up(package)
    gc.freeze()
    _settle(*serve(Path(sys.argv[1])))
    runpy.run_module(package, run_name="__main__", alter_sys=True)
