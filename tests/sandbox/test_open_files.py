"""A sandbox answers everybody at once, also where a system gives a process few files by itself."""

import asyncio
import contextlib
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.programs import start_program, until

_GIVEN, _CALLERS = 64, 150


async def test_it_takes_the_files_that_the_system_lets_it_have(tmp_path: Path):
    answers = await _answers(tmp_path, f"ulimit -Sn {_GIVEN}")

    assert answers == [b"HTTP/1.1"] * _CALLERS
    assert "open files" not in (tmp_path / "log").read_text()


async def test_it_says_when_these_are_few(tmp_path: Path):
    await _answers(tmp_path, f"ulimit -n {2 * _CALLERS}")

    assert f"open files: {2 * _CALLERS} " in (tmp_path / "log").read_text()


async def _answers(folder: Path, limit: str) -> list[bytes]:
    """Start a sandbox below a limit, call it by many connections that stay open, and give how each answer begins."""
    ready = folder / "ready"
    serve = (sys.executable, "-m", "sandbox", "--port", "0", "--ready-file", str(ready))
    program = start_program("sandbox", ("sh", "-c", f'{limit} && exec "$@"', "sh", *serve), log=folder / "log")

    async def is_ready() -> bool:
        assert program.is_running, program.tail()
        return ready.is_file()

    try:
        await until(is_ready, what="the sandbox's start")
        address = urlsplit(ready.read_text().strip())
        async with contextlib.AsyncExitStack() as held:
            return await asyncio.gather(*(_answer(held, address.hostname, address.port) for _ in range(_CALLERS)))
    finally:
        program.kill()


async def _answer(held: contextlib.AsyncExitStack, host: str | None, port: int | None) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    held.callback(writer.close)
    writer.write(b"GET /_admin/clock HTTP/1.1\r\nHost: sandbox\r\n\r\n")
    with contextlib.suppress(TimeoutError, asyncio.IncompleteReadError):
        return await asyncio.wait_for(reader.readexactly(8), 10)
    return b""
