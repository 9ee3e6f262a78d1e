"""A server whose database is not of its release does not start, and says which command helps."""

import subprocess
import sys
from pathlib import Path

import pytest

from publishing import schema
from tests.records.introspection import beside
from tests.support.programs import ROOT
from tests.support.stack import new_keys


def start(door: str, database_url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    settings = {
        "AGM_DEV": "1",
        "AGM_DATA_DIR": str(folder),
        "AGM_DATABASE_URL": database_url,
        "AGM_REDIS_URL": "redis://127.0.0.1:1/0",
        "AGM_PORT": "0",
        **new_keys(),
    }
    command = [sys.executable, "-m", "cli", door]
    return subprocess.run(command, env=settings, cwd=ROOT, capture_output=True, text=True, timeout=40, check=False)


@pytest.mark.parametrize("door", ["api", "worker"])
async def test_an_empty_database_is_refused_with_the_command(door: str, empty_database_url: str, tmp_path: Path):
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite://")).parent.mkdir()

    ended = start(door, empty_database_url, tmp_path)

    assert ended.returncode == 1
    assert ended.stderr.startswith("agm: ")
    assert "run: agm migrate up" in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("door", ["api", "worker"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_of_a_newer_release_is_refused_by_the_name_of_its_migration(
    door: str, database_url: str, tmp_path: Path
):
    from aerich.models import Aerich

    async with beside(database_url):
        await Aerich.create(version="99_later.py", app=schema.APP, content={})

    ended = start(door, database_url, tmp_path)

    assert ended.returncode == 1
    assert "99_later.py" in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://postgres:a-password@127.0.0.1:1/agm", "agm: The database does not answer"),
        ("mysql://127.0.0.1/agm", "agm: AGM_DATABASE_URL "),
    ],
)
def test_a_database_that_is_not_there_is_a_sentence_without_its_password(address: str, sentence: str, tmp_path: Path):
    ended = start("api", address, tmp_path)

    assert ended.returncode == 1
    assert ended.stderr.startswith(sentence)
    assert "a-password" not in ended.stdout + ended.stderr
