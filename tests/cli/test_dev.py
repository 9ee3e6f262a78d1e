import asyncio
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cli.local_keys import DevFile, write_dev_file
from cli.stack import free_port
from tests.cli.conftest import is_running
from tests.support.loopback import loopback

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(120)


def _environment(folder: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AGM_")}
    return {**kept, "AGM_DATA_DIR": str(folder), "AGM_PORT": "0", "PYTHONPATH": str(ROOT), **variables}


async def _start(folder: Path, **variables: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "dev"),
        env=_environment(folder, **variables),
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


async def _output_until(process: asyncio.subprocess.Process, text: str) -> str:
    lines: list[str] = []
    async with asyncio.timeout(60):
        while line := (await process.stdout.readline()).decode():
            lines.append(line)
            if text in line:
                return "".join(lines)
    raise AssertionError(f"ended without saying {text!r}:\n{''.join(lines)}")


def _descendants(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


async def test_dev_serves_writes_its_file_refuses_a_second_and_cleans_up(tmp_path: Path):
    folder = tmp_path / "data"
    process = await _start(folder, AGM_METRICS_PORT=str(free_port()))
    try:
        screen = await _output_until(process, "Ctrl-C")
        found = json.loads((folder / "dev.json").read_text())

        assert len(screen.splitlines()) < 20
        assert found["graphql_url"] in screen
        assert found["api_key"] not in screen
        assert stat.S_IMODE((folder / "dev.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "sandbox" / "sandbox.db").stat().st_mode) == 0o600
        assert found["ws_url"] == found["graphql_url"].replace("http://", "ws://")
        assert await _workspace(found) == "Development"
        assert await _copied_curl(screen, folder) == "Development"
        of_api, of_worker = [await _figures(url) for url in re.findall(r"http\S+/metrics", screen)]
        assert "agm_queue_jobs" in of_api
        assert "agm_queue_jobs" not in of_worker
        assert "agm_publications_total" in of_worker
        assert "agm_graphql" not in of_worker

        assert await _doctor(folder) == (0, set())

        second = await _start(folder)
        assert "another `agm dev` runs on" in (await second.communicate())[0].decode()
        assert second.returncode == 1

        children = _descendants(process.pid)
        assert len(children) == 5  # guardian, sandbox, Valkey, API, worker
        process.send_signal(signal.SIGINT)
        await _output_until(process, "Stopped.")
        assert await process.wait() == 0
        assert not any(is_running(pid) for pid in children)
        assert not (folder / "dev.json").exists()
        assert not (folder / "valkey.url").exists()
    finally:
        await _end(process)


async def _doctor(folder: Path) -> tuple[int, set[str]]:
    """Ask `agm doctor` of another shell, which knows the data folder only: its exit code and what fails."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "doctor", "--json"),
        env=_environment(folder),
        cwd=folder.parent,
        stdout=subprocess.PIPE,
    )
    output, _ = await process.communicate()
    failing = {check["name"] for check in json.loads(output) if check["status"] == "fail"}
    return process.returncode or 0, failing


async def test_dev_names_the_port_that_is_taken(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = await _start(tmp_path / "data", AGM_PORT=str(port))
        output, _ = await process.communicate()

    assert process.returncode == 1
    assert output.decode() == f"agm: port {port} on 127.0.0.1 is taken: free it, or set AGM_PORT to another\n"


async def test_what_a_stack_that_was_killed_left_is_gone_before_the_next_starts(tmp_path: Path):
    """On the default port its children would take the public address of the killed one for theirs."""
    folder = tmp_path / "data"
    folder.mkdir()
    write_dev_file(folder, DevFile("http://127.0.0.1:8222/graphql", "ws://127.0.0.1:8222/graphql", "key", None, None))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        await (await _start(folder, AGM_PORT=str(taken.getsockname()[1]))).communicate()

    assert not (folder / "dev.json").exists()


async def test_dev_names_a_wrong_setting(tmp_path: Path):
    process = await _start(tmp_path / "data", AGM_PORT="eighty")
    output, _ = await process.communicate()

    assert process.returncode == 1
    assert output.decode().startswith("agm: AGM_PORT is wrong: ")


async def _figures(url: str) -> str:
    async with loopback() as http:
        return (await http.get(url)).text


async def _workspace(found: dict[str, str]) -> str:
    async with loopback() as http:
        answer = await http.post(
            found["graphql_url"],
            json={"query": "{ viewer { workspace { name } } }"},
            headers={"Authorization": f"Bearer {found['api_key']}"},
        )
    return answer.json()["data"]["viewer"]["workspace"]["name"]


async def _copied_curl(screen: str, folder: Path) -> str:
    command = screen[screen.index("curl") : screen.index("Stop with")]
    shell = await asyncio.create_subprocess_shell(command, stdout=subprocess.PIPE, cwd=folder.parent)
    output, _ = await shell.communicate()
    return json.loads(output)["data"]["viewer"]["workspace"]["name"]


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()
    process._transport.close()
