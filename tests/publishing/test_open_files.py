"""A worker has a connection for each call under way, also where a system gives a process few files by itself."""

import asyncio
import sys
from textwrap import dedent

from platforms.registry import _CONNECTIONS
from tests.support.programs import ROOT
from workers.publications import LIMIT, WAITING

_LOOK = dedent(
    """
    import resource
    from workers.main import _allow_files
    resource.setrlimit(resource.RLIMIT_NOFILE, ({given}, {most}))
    _allow_files()
    print("limits", *resource.getrlimit(resource.RLIMIT_NOFILE))
    """
)


async def test_a_worker_takes_the_files_that_the_system_lets_it_have():
    assert await _allowed(256, 20_000) == (4096, 20_000, False)
    assert await _allowed(9000, 20_000) == (9000, 20_000, False)


async def test_too_few_files_are_told():
    assert await _allowed(256, 2000) == (2000, 2000, True)


def test_there_is_a_connection_for_each_publication_under_way():
    assert LIMIT + WAITING < _CONNECTIONS < 4096


async def _allowed(given: int, most: int) -> tuple[int, int, bool]:
    code = _LOOK.format(given=given, most=most)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=pipe)
    told, limits = (await process.communicate())[0].decode().split("limits")
    given_now, most_now = map(int, limits.split())
    return given_now, most_now, "few_files" in told
