"""A worker has a connection for each call under way, also where a system gives a process few files by itself."""

import asyncio
import sys
from textwrap import dedent

from platforms.registry import _CONNECTIONS
from tests.support.programs import ROOT
from workers.publications import LIMIT

_LOOK = dedent(
    """
    import resource
    from workers.main import _allow_files
    resource.setrlimit(resource.RLIMIT_NOFILE, ({given}, {most}))
    _allow_files()
    print(*resource.getrlimit(resource.RLIMIT_NOFILE))
    """
)


async def test_a_worker_takes_the_files_that_the_system_lets_it_have():
    assert [await _allowed(256, most) for most in (20_000, 2000)] == [(4096, 20_000), (2000, 2000)]
    assert await _allowed(9000, 20_000) == (9000, 20_000)


def test_there_is_a_connection_for_each_publication_under_way():
    assert LIMIT < _CONNECTIONS < 4096


async def _allowed(given: int, most: int) -> tuple[int, ...]:
    code = _LOOK.format(given=given, most=most)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=pipe)
    return tuple(map(int, (await process.communicate())[0].split()))
