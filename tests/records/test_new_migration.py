"""Migrations for later changes: one file for both databases, which keeps unique what is, and says what it cannot do."""

import shutil
from pathlib import Path

import pytest

from publishing import schema
from publishing.db import connection
from publishing.new_migration import Made, make
from publishing.schema import MigrationError
from tests.records import changes
from tests.records.introspection import beside, fill, live_schema

pytestmark = pytest.mark.xdist_group("new migrations")  # each is made by two new processes, once for several tests


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the migrations."""
    return Path(shutil.copytree(schema.LOCATION, tmp_path_factory.mktemp("new") / "migrations"))


@pytest.fixture(scope="module")
def made(location: Path) -> Made:
    """The migration of a later release."""
    made = make("add_labels", location=location, prepare=changes.add_a_table_a_column_and_indexes)
    assert made
    return made


@pytest.fixture(scope="module")
def forbidding(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    """The migrations with one that SQLite cannot do."""
    location = Path(shutil.copytree(schema.LOCATION, tmp_path_factory.mktemp("forbidding") / "migrations"))
    made = make("forbid_null", location=location, prepare=changes.forbid_null)
    assert made
    return location, made


def test_it_is_the_next_file_and_made_for_both(location: Path, made: Made):
    assert made.path.name == f"{len(schema.version_files(schema.LOCATION))}_add_labels.py"
    assert schema.version_files(location)[-1] == made.path.name
    assert made.by_hand == {}


async def test_it_goes_up_down_and_up_again_on_a_filled_database(
    location: Path, made: Made, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
):
    await schema.upgrade(empty_database_url)
    async with beside(empty_database_url) as context:
        before = await live_schema()
        await fill(context)
    monkeypatch.setattr(schema, "LOCATION", location)

    assert await schema.upgrade(empty_database_url) == [made.path.name]
    async with beside(empty_database_url):
        after = await live_schema()
        (post,) = await connection().execute_query_dict("SELECT colour FROM post")
    assert await schema.downgrade(empty_database_url) == [made.path.name]
    async with beside(empty_database_url):
        assert await live_schema() == before
    assert await schema.upgrade(empty_database_url) == [made.path.name]

    async with beside(empty_database_url):
        assert await live_schema() == after
    assert post["colour"] == 'none; or "quoted"'
    found = {index.name: index for index in after.indexes - before.indexes}
    assert found["label_live"].is_unique
    assert found["channel_live_name"].is_unique
    assert not found["channel_some_kind"].is_unique
    for name, where in {"label_live": "ended_at", "channel_live_name": "'x'", "channel_some_kind": "'y'"}.items():
        assert where in found[name].definition, found


async def test_what_a_database_cannot_do_is_left_to_a_person_and_refuses_to_run(
    forbidding: tuple[Path, Made], database_url: str, monkeypatch: pytest.MonkeyPatch
):
    location, made = forbidding
    monkeypatch.setattr(schema, "LOCATION", location)

    assert list(made.by_hand) == ["sqlite"]
    if database_url.startswith("sqlite"):
        with pytest.raises(NotImplementedError, match="write this by hand"):
            await schema.upgrade(database_url)
        assert (await schema.status(database_url)).pending == (made.path.name,)
    else:
        assert await schema.upgrade(database_url) == [made.path.name]
        assert await schema.downgrade(database_url) == [made.path.name]


def test_models_that_have_not_changed_need_none(tmp_path: Path):
    location = Path(shutil.copytree(schema.LOCATION, tmp_path / "migrations"))

    assert make("nothing", location=location) is None
    assert schema.version_files(location) == schema.version_files(schema.LOCATION)


@pytest.mark.parametrize("name", ["", "Add_Labels", "add-labels", "../x", "1st", "a b"])
def test_a_name_that_would_make_no_module_is_refused(name: str, tmp_path: Path):
    with pytest.raises(MigrationError, match="lower case"):
        make(name, location=tmp_path)

    assert list(tmp_path.iterdir()) == []
