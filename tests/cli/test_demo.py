import asyncio
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("Facebook", "Instagram", "LinkedIn member", "LinkedIn Page", "X")
pytestmark = pytest.mark.timeout(180)


async def _demo(temp: Path, *options: str) -> tuple[int, str]:
    environment = {**os.environ, "TMPDIR": str(temp), "PYTHONPATH": str(ROOT), "AGM_DATABASE_URL": "postgresql://no/no"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "demo", *options),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode()


def _left(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.fixture
def temp() -> Path:
    with tempfile.TemporaryDirectory(prefix="agm-") as folder:  # short, as a person's own would be
        yield Path(folder)


async def test_two_demos_side_by_side_publish_exactly_once_and_leave_nothing(temp: Path):
    killed, kept = temp / "agm-demo-999999999-x", temp / "agm-demo-kept-x"
    for folder in (killed, kept):
        folder.mkdir()
        (folder / "keys").touch()

    first, second = await asyncio.gather(_demo(temp), _demo(temp))

    for code, output in (first, second):
        assert code == 0, output
        assert f"The sandbox's ledger shows all {len(PLACES)} posts, each of them exactly once" in output
        assert len(re.findall(r"http://127\.0\.0\.1:\d+/\S+$", output, re.MULTILINE)) >= 1 + len(PLACES)
        assert [place for place in PLACES if f"  {place}: PUBLISHED\n" not in output] == []
    assert _left(temp) == [kept]
