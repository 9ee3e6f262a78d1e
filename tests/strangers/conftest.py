"""Clients that others wrote, each as a program of its own in their own virtual environment, against a real sandbox."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.nursery import Nursery
from tests.support.sandbox import Sandbox, running_sandbox

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".agm" / "strangers" / "bin" / "python"
SECONDS = 50

Client = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
def strangers() -> Path:
    """The interpreter that has the strangers' packages; they are installed on first use."""
    return strangers_python()


@pytest.fixture
async def sandbox(tmp_path: Path, sandbox_nursery: Nursery) -> AsyncIterator[Sandbox]:
    """A sandbox of the test's own, which works on nothing for long."""
    async with running_sandbox(tmp_path, nursery=sandbox_nursery) as sandbox:
        await sandbox.change_settings(processing={"fixed_seconds": 0})
        yield sandbox


def strangers_python() -> Path:
    """Install the strangers' packages where they are not yet, and return their interpreter."""
    subprocess.run(["make", "--silent", "strangers"], cwd=ROOT, check=True)
    return PYTHON


@pytest.fixture
def client(strangers: Path, sandbox: Sandbox) -> Client:
    """Run a program beside this file with the sandbox's address and what it is told, and give what it prints."""

    async def run(name: str, **told: Any) -> Any:
        return await run_client(strangers, sandbox, name, **told)

    return run


async def run_client(python: Path, sandbox: Sandbox, name: str, **told: Any) -> Any:
    """Run one of the strangers' programs with their interpreter."""
    process = await asyncio.create_subprocess_exec(
        python,
        Path(__file__).parent / "clients" / f"{name}.py",
        sandbox.url,
        json.dumps(told),
        env={"OAUTHLIB_INSECURE_TRANSPORT": "1", "PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode == 0, err.decode()
    return json.loads(out)
