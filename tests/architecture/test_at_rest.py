"""What a process at rest does not need it has not loaded: a stack that waits is to stay small."""

import subprocess
import sys

import pytest

PROGRAMS = {
    "cli.serve": {"aerich", "asyncpg", "PIL", "pypdf"},
    "workers.main": {"aerich", "asyncpg", "pypdf", "strawberry", "graphql"},
    "sandbox.__main__": {"PIL", "aiohttp", "tortoise", "strawberry"},
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_process_at_rest_has_not_loaded_what_few_calls_need(program: str):
    shown = f"import sys, {program}; print(*sorted({PROGRAMS[program]!r} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)

    assert not done.stdout.split()
