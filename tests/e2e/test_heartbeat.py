"""A worker shows that it lives; one that is gone, or hangs, is seen to be."""

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest
from redis.asyncio import Redis
from typer.testing import CliRunner

from cli.main import app
from tests.support.programs import until
from tests.support.stack import Stack

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def check(stack: Stack, what: str = "worker") -> tuple[int, str]:
    said = await asyncio.to_thread(CliRunner().invoke, app, [what, "--check"], env=stack.settings)
    return said.exit_code, said.output


async def both_in_redis(stack: Stack) -> bool:
    async with Redis.from_url(stack.settings["AGM_REDIS_URL"]) as redis:
        return len([key async for key in redis.scan_iter("agm:worker:*")]) == 2


async def test_living_workers_are_counted_and_stopped_ones_are_not(make_stack):
    stack: Stack = await make_stack()
    nobody = await check(stack)
    await stack.start_worker()
    await stack.start_worker()
    await until(lambda: both_in_redis(stack), what="the signs of both workers")
    two = await check(stack)
    await stack.workers.pop().stop()
    stack.kill_worker()
    after = await check(stack)

    assert nobody[0] == 1
    assert nobody[1].startswith("agm: no worker gave a sign of life in ")
    assert two == (0, "2 workers live here.\n")
    assert after[0] == 1
    assert not list((Path(stack.settings["AGM_DATA_DIR"]) / "workers").iterdir())


async def test_a_folder_that_is_gone_ends_no_worker(make_stack):
    stack: Stack = await make_stack(sweep_seconds=0.2)
    worker = await stack.start_worker()
    folder = Path(stack.settings["AGM_DATA_DIR"]) / "workers"
    while folder.exists():  # its worker writes there while it goes
        shutil.rmtree(folder, ignore_errors=True)
    folder.touch()

    async def told() -> bool:
        return "no_sign_of_life" in worker.said()

    await until(told, what="the warning")
    assert worker.is_running
    folder.unlink()

    async def shown() -> bool:
        return (await check(stack))[0] == 0

    await until(shown, what="the next sign of life")


async def test_a_worker_without_redis_and_database_lives_and_one_that_hangs_does_not(make_stack, own_valkey):
    stack: Stack = await make_stack(redis_url=own_valkey.url, sweep_seconds=0.2)
    worker = await stack.start_worker()
    own_valkey.kill()
    without = await check(stack)
    worker.ask(signal.SIGSTOP)
    (file,) = (Path(stack.settings["AGM_DATA_DIR"]) / "workers").iterdir()
    late = file.stat().st_mtime - 60
    os.utime(file, (late, late))
    hanging = await check(stack)
    worker.ask(signal.SIGCONT)

    async def lives_again() -> bool:
        return (await check(stack))[0] == 0

    assert without == (0, "1 worker lives here.\n")
    assert hanging[0] == 1
    await until(lives_again, what="the next sign of life")


async def test_an_api_that_answers_is_seen_whatever_hosts_it_is_called_by(make_stack):
    stack: Stack = await make_stack(allowed_hosts="*.example.com,127.0.0.1")
    await stack.start_api()
    answers = await check(stack, "api")
    await stack.stop()
    stack.listener.close()
    gone = await check(stack, "api")

    assert answers == (0, f"The API answers on {stack.url}.\n")
    assert gone[0] == 1
    assert gone[1].startswith(f"agm: nothing answers on {stack.url}: start `agm api`")
