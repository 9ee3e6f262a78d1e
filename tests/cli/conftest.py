"""A supervisor in a process of its own, which tests may kill."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class SmallStack:
    """A running `small_stack.py`: its folder, its process, what it printed."""

    folder: Path
    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)

    async def says(self, text: str) -> str:
        while True:
            line = (await self.process.stdout.readline()).decode().strip()
            assert line, f"ended without saying {text!r}; said {self.lines}"
            self.lines.append(line)
            if text in line:
                return line

    def pid(self, name: str) -> int:
        return json.loads((self.folder / f"{name}.pid").read_text())

    def pids(self) -> dict[str, int]:
        return {path.stem: json.loads(path.read_text()) for path in self.folder.glob("*.pid")}


def is_running(pid: int) -> bool:
    """Say whether a process runs; a zombie does not."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.strip().startswith("Z")


async def until(condition: Callable[[], bool], *, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - other processes set no event
            await asyncio.sleep(0.03)


@pytest.fixture
async def start_small_stack(tmp_path: Path) -> AsyncIterator[Callable[..., object]]:
    started: list[SmallStack] = []

    async def start(*children: str) -> SmallStack:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.cli.small_stack",
            str(tmp_path),
            *children,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        started.append(SmallStack(folder=tmp_path, process=process))
        await started[-1].says("ready")
        return started[-1]

    yield start
    for stack in started:
        if stack.process.returncode is None:
            stack.process.send_signal(signal.SIGKILL)
            await stack.process.wait()
        stack.process._transport.close()
        for pid in stack.pids().values():
            _kill(pid)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
