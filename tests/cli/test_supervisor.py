import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from cli.children import ChildError, ChildSpec
from cli.supervisor import supervising
from tests.cli.conftest import is_running, until


async def _yes() -> bool:
    return True


async def _no() -> bool:
    return False


def _python(name: str, program: str, ready=_yes, **more) -> ChildSpec:
    return ChildSpec(name=name, command=(sys.executable, "-c", program), ready=ready, **more)


async def test_children_stop_in_the_reverse_of_their_start(start_small_stack):
    stack = await start_small_stack("quiet-first", "slow-second", "slow-third")

    stack.process.send_signal(signal.SIGTERM)
    await stack.says("stopped")

    assert (stack.folder / "ended").read_text().split() == ["third", "second", "first"]
    assert await stack.process.wait() == 0


async def test_ctrl_c_reaches_the_supervisor_only(start_small_stack):
    stack = await start_small_stack("quiet-first", "slow-second")
    groups = {os.getpgid(pid) for pid in stack.pids().values()}

    os.killpg(os.getpgid(stack.process.pid), signal.SIGINT)
    await stack.says("stopped")

    assert os.getpgid(0) not in groups
    assert len(groups) == 2
    assert (stack.folder / "ended").read_text().split() == ["second", "first"]


async def test_a_child_that_ignores_the_request_to_stop_is_killed(start_small_stack):
    stack = await start_small_stack("stubborn")
    pid = stack.pid("stubborn")

    stack.process.send_signal(signal.SIGTERM)
    await stack.says("stopped")

    assert not is_running(pid)


async def test_a_second_ctrl_c_waits_for_nobody(start_small_stack):
    stack = await start_small_stack("slow-first", "mulish-second", "mulish-third")
    pids = stack.pids()

    stack.process.send_signal(signal.SIGINT)
    await until((stack.folder / "asked").exists, seconds=30)
    stack.process.send_signal(signal.SIGINT)
    async with asyncio.timeout(30):  # each of the mulish ones would take a minute
        await stack.says("stopped")

    assert not any(is_running(pid) for pid in pids.values())


async def test_a_child_that_dies_is_restarted_and_said_so(start_small_stack):
    stack = await start_small_stack("quiet-worker")
    first = stack.pid("worker")

    os.kill(first, signal.SIGKILL)

    assert "worker was ended by SIGKILL: restarting in 0.5 s" in await stack.says("restarting")
    await stack.says("worker is back")
    assert stack.pid("worker") != first
    assert is_running(stack.pid("worker"))
    log = (stack.folder / "logs" / "worker.log").read_text()
    assert log.splitlines() == ["worker is up", "worker is up"]


async def test_the_delay_before_a_restart_grows(start_small_stack):
    stack = await start_small_stack("quiet-worker")

    os.kill(stack.pid("worker"), signal.SIGKILL)
    await stack.says("worker is back")
    os.kill(stack.pid("worker"), signal.SIGKILL)

    assert "restarting in 1 s" in await stack.says("restarting")


@pytest.mark.parametrize("child", ["quiet", "stubborn", "valkey"])
async def test_no_child_outlives_a_killed_supervisor(start_small_stack, child):
    stack = await start_small_stack(child, "quiet-other")
    pids = stack.pids()
    assert len(pids) == 2

    stack.process.send_signal(signal.SIGKILL)
    await stack.process.wait()

    await until(lambda: not any(is_running(pid) for pid in pids.values()), seconds=30)


async def test_the_guardian_alone_ends_what_a_killed_supervisor_left(start_small_stack):
    stack = await start_small_stack("loose-one", "loose-two")
    pids = stack.pids()

    stack.process.send_signal(signal.SIGKILL)
    await stack.process.wait()

    await until(lambda: not any(is_running(pid) for pid in pids.values()), seconds=30)


async def test_a_child_that_ends_at_its_start_is_an_error_with_its_log(tmp_path: Path):
    spec = _python("api", "import sys; sys.exit('no such table')", ready=_no)

    async with supervising(log_dir=tmp_path, notice=print) as supervisor:
        with pytest.raises(ChildError, match=r"(?s)api ended with exit code 1 at its start.*no such table"):
            await supervisor.start(spec)


async def test_a_child_that_never_gets_ready_is_an_error(tmp_path: Path):
    spec = _python("api", "import signal; signal.pause()", ready=_no, ready_seconds=0.2)

    async with supervising(log_dir=tmp_path, notice=print) as supervisor:
        with pytest.raises(ChildError, match=r"api was not ready in 0\.2 s"):
            await supervisor.start(spec)


async def test_work_is_given_up_when_a_child_ends(tmp_path: Path):
    given_up = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    async with supervising(log_dir=tmp_path, notice=print) as supervisor:
        await supervisor.start(_python("worker", "print('out of memory')"))
        with pytest.raises(ChildError, match=r"(?s)worker ended with exit code 0.*out of memory"):
            await supervisor.during(work())

    assert given_up.is_set()


async def test_a_command_that_is_run_once_gives_its_output_and_keeps_its_errors_for_the_log(tmp_path: Path):
    program = "import sys; print('agm_secret'); print('made a key', file=sys.stderr)"

    async with supervising(log_dir=tmp_path, notice=print) as supervisor:
        output = await supervisor.run(_python("prepare", program))

    assert output == b"agm_secret\n"
    assert (tmp_path / "prepare.log").read_text() == "made a key\n"
