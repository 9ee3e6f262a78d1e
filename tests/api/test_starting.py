"""A server whose database is not of its release does not start, and says which command helps."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from publishing import schema
from tests.records.introspection import beside
from tests.support.nursery import Nursery
from tests.support.stack import new_keys

Start = Callable[[str, str], Awaitable[tuple[int, str]]]


@pytest.fixture
def start(nursery: Nursery, tmp_path: Path) -> Start:
    """Start a door on a database; give the code it ends with and all it said."""

    async def start(door: str, database_url: str) -> tuple[int, str]:
        settings = {
            "AGM_DEV": "1",
            "AGM_DATA_DIR": str(tmp_path),
            "AGM_DATABASE_URL": database_url,
            "AGM_REDIS_URL": "redis://127.0.0.1:1/0",
            "AGM_PORT": "0",
            **new_keys(),
        }
        program = nursery.start(door, (door,), log=tmp_path / "door.log", environment=settings)
        return await program.ends(), program.said()

    return start


@pytest.mark.parametrize("door", ["api", "worker"])
async def test_an_empty_database_is_refused_with_the_command(door: str, empty_database_url: str, start: Start):
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite://")).parent.mkdir()

    code, said = await start(door, empty_database_url)

    assert code == 1
    assert said.startswith("agm: ")
    assert "run: agm migrate up" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("door", ["api", "worker"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_of_a_newer_release_is_refused_by_the_name_of_its_migration(
    door: str, database_url: str, start: Start
):
    from aerich.models import Aerich

    async with beside(database_url):
        await Aerich.create(version="99_later.py", app=schema.APP, content={})

    code, said = await start(door, database_url)

    assert code == 1
    assert "99_later.py" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://postgres:a-password@127.0.0.1:1/agm", "agm: The database does not answer"),
        ("mysql://127.0.0.1/agm", "agm: AGM_DATABASE_URL "),
    ],
)
async def test_a_database_that_is_not_there_is_a_sentence_without_its_password(
    address: str, sentence: str, start: Start
):
    code, said = await start("api", address)

    assert code == 1
    assert said.startswith(sentence)
    assert "a-password" not in said
