import os
import signal
import stat
from pathlib import Path

from redis.asyncio import Redis

from cli import valkey
from tests.cli.conftest import until


async def test_valkey_listens_on_a_private_socket_only(start_small_stack):
    stack = await start_small_stack("valkey")

    async with Redis.from_url(valkey.url(stack.folder)) as client:
        settings = await client.config_get("port", "appendonly", "maxmemory-policy")

    assert settings == {"port": "0", "appendonly": "yes", "maxmemory-policy": "noeviction"}
    assert stat.S_IMODE(valkey.socket_path(stack.folder).stat().st_mode) == 0o700


async def test_valkey_keeps_what_it_was_told_over_a_restart(start_small_stack):
    stack = await start_small_stack("valkey")
    async with Redis.from_url(valkey.url(stack.folder)) as client:
        await client.set("ring", "due")

    stack.process.send_signal(signal.SIGTERM)
    await stack.says("stopped")
    again = await start_small_stack("valkey")

    async with Redis.from_url(valkey.url(again.folder)) as client:
        assert await client.get("ring") == b"due"


async def test_valkey_stops_with_its_supervisor(start_small_stack):
    stack = await start_small_stack("valkey")
    pid = stack.pid("valkey")

    stack.process.send_signal(signal.SIGTERM)
    await stack.says("stopped")

    await until(lambda: not Path(f"/proc/{pid}").exists(), seconds=30)
    assert not valkey.socket_path(stack.folder).exists()


def test_a_folder_with_a_long_path_has_its_socket_in_a_private_temp_folder(tmp_path: Path):
    folder = tmp_path / ("long" * 20) / ("longer" * 10)
    folder.mkdir(parents=True)

    valkey.command(folder)
    socket = valkey.socket_path(folder)

    assert len(os.fsencode(socket)) <= 90
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert socket == valkey.socket_path(folder)
    valkey.remove_private_folder(folder)
    assert not socket.parent.exists()


def test_two_folders_never_share_a_socket(tmp_path: Path):
    long = tmp_path / ("long" * 30)

    assert valkey.socket_path(long / "a") != valkey.socket_path(long / "b")
