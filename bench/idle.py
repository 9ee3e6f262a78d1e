"""The whole development stack while nothing happens, and what is left of it after every way of dying."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.report import Figure
from bench.turns import step
from tests.support.programs import until

GROUP = "At rest"
_SETTLE_SECONDS, _SECONDS = 10, 60
_DRAIN_SECONDS = 35
_GONE_SECONDS = 15
_MEGABYTE = 1024.0
_HOW = (
    "`agm dev` with everything it starts (supervisor, guardian, Valkey, sandbox, API, worker), on SQLite, ten seconds "
    "after its start, for a minute. PSS counts a page that processes share once; RSS counts it for each. Left behind: "
    "its processes that still run 15 s after it got each signal, was killed, or a child of it was killed and it was "
    "stopped after that one was back. A draining worker has 35 s."
)
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Usage:
    """Memory in MB, processor time in seconds so far."""

    pss: float
    rss: float
    cpu: float


@dataclass(frozen=True, slots=True)
class DevStack:
    """A running `agm dev`."""

    process: asyncio.subprocess.Process
    folder: Path

    def processes(self) -> dict[int, str]:
        """Give its processes with their names, itself first."""
        found = {self.process.pid: "supervisor"}
        for pid in _children(self.process.pid):
            found[pid] = _name(pid)
        return found


async def measure() -> list[Figure]:
    """Watch it rest, then end it in every way."""
    figures: list[Figure] = []
    async with _dev() as stack:
        await asyncio.sleep(_SETTLE_SECONDS)
        figures += await _at_rest(stack)
    figures += await _ends()
    return figures


async def _at_rest(stack: DevStack) -> list[Figure]:
    names = stack.processes()
    before = {pid: _usage(pid) for pid in names}
    began = time.monotonic()
    step("watching it rest", 0.1)
    await asyncio.sleep(_SECONDS)
    seconds = time.monotonic() - began
    after = {pid: _usage(pid) for pid in names}
    cpu = sum(after[pid].cpu - before[pid].cpu for pid in names) / seconds * 100
    pss, rss = (sum(getattr(one, kind) for one in after.values()) for kind in ("pss", "rss"))
    return [
        Figure(GROUP, "memory of all processes (PSS)", pss, "MB", 250, _HOW),
        Figure(GROUP, "memory of all processes (RSS)", rss, "MB", None, _HOW),
        Figure(GROUP, "processor", cpu, "% of a core", 4, _HOW),
        *(
            Figure(GROUP, f"processor of the {names[pid]}", _percent(before[pid], after[pid], seconds), "%", 2, _HOW)
            for pid in names
            if names[pid] in {"api", "worker"}
        ),
        *(
            Figure(GROUP, f"memory of the {names[pid]} (PSS)", after[pid].pss, "MB", None, _HOW)
            for pid in names
            if names[pid] in {"api", "worker"}
        ),
    ]


def _percent(before: Usage, after: Usage, seconds: float) -> float:
    """Say how much of a core it used."""
    return (after.cpu - before.cpu) / seconds * 100


async def _ends() -> list[Figure]:
    left = 0
    slowest = 0.0
    for number, how in enumerate(_SIGNALS):
        step(f"ending it by {how.name}", 0.6 + number / 10)
        async with _dev() as stack:
            seconds, alive = await _end(stack, how)
        left += alive
        slowest = max(slowest, seconds) if how is signal.SIGTERM else slowest
    step("killing its children", 0.95)
    async with _dev() as stack:
        for name in ("api", "worker", "sandbox", "valkey", "guardian"):
            await _kill(stack, name)
        left += (await _end(stack, signal.SIGTERM))[1]
    return [
        Figure(GROUP, "from SIGTERM to the end", slowest, "s", _DRAIN_SECONDS, _HOW),
        Figure(GROUP, "processes left behind", left, "", 0, _HOW),
    ]


async def _end(stack: DevStack, how: signal.Signals) -> tuple[float, int]:
    """End it; gives how long its own process took, and how many of all its processes are left."""
    pids, began = list(stack.processes()), time.monotonic()
    stack.process.send_signal(how)
    await asyncio.wait_for(stack.process.wait(), _DRAIN_SECONDS * 2)
    seconds = time.monotonic() - began
    patience = time.monotonic() + _GONE_SECONDS

    async def gone() -> bool:
        return not any(map(_runs, pids)) or time.monotonic() > patience

    await until(gone, seconds=_GONE_SECONDS * 2)
    alive = [pid for pid in pids if _runs(pid)]
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    return seconds, len(alive)


async def _kill(stack: DevStack, name: str) -> None:
    """Kill a child, and wait until another is in its place; nobody takes the guardian's."""
    (pid,) = [pid for pid, called in stack.processes().items() if called == name]
    os.kill(pid, signal.SIGKILL)

    async def back() -> bool:
        running = {called for other, called in stack.processes().items() if other != pid and _runs(other)}
        return name == "guardian" or name in running

    await until(back, seconds=30, what=f"the return of the {name}")


@asynccontextmanager
async def _dev() -> AsyncGenerator[DevStack]:
    folder = Path(tempfile.mkdtemp(prefix="agm-idle-"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AGM_")}
    with (folder / "dev.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", "dev"),
            env={**kept, "AGM_DATA_DIR": str(folder / "data"), "AGM_PORT": "0"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        await _is_up(process, folder / "data" / "dev.json")
        yield DevStack(process, folder)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        shutil.rmtree(folder, ignore_errors=True)


async def _is_up(process: asyncio.subprocess.Process, told: Path) -> None:
    async def up() -> bool:
        assert process.returncode is None, _read(told.parents[1] / "dev.log")
        return bool(_read(told))

    await until(up, seconds=90, what="the start of agm dev")


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    try:
        found = [int(text) for task in tasks.iterdir() for text in _read(task / "children").split()]
    except OSError:  # it has just ended
        return []
    return [*found, *(grandchild for child in found for grandchild in _children(child))]


def _name(pid: int) -> str:
    words = _read(Path(f"/proc/{pid}/cmdline")).split("\0")
    known = ("guardian", "sandbox", "api", "worker", "valkey")
    return next((name for word in words for name in known if Path(word).stem.startswith(name)), "valkey")


def _runs(pid: int) -> bool:
    state = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return bool(state) and state[0] != "Z"


def _read(path: Path) -> str:
    """Read what may be gone by now."""
    try:
        return path.read_text()
    except OSError:
        return ""


def _usage(pid: int) -> Usage:
    kinds = dict(line.split()[:2] for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(times[11]) + int(times[12])
    return Usage(int(kinds["Pss:"]) / _MEGABYTE, int(kinds["Rss:"]) / _MEGABYTE, ticks / os.sysconf("SC_CLK_TCK"))
