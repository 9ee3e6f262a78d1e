import asyncio
import json
import shutil
from pathlib import Path

import pytest
from aerich.models import Aerich
from aerich.utils import decompress_dict, get_models_describe, import_py_file
from tortoise.exceptions import IntegrityError, OperationalError

from publishing import schema
from publishing.db import APP, connection, open_database
from publishing.models.indexes import PartialIndex, PartialUniqueIndex
from publishing.schema import MigrationError
from tests.records.introspection import beside, fill, live_schema, models

BROKEN = """
async def upgrade(db):
    await db.execute_query('CREATE TABLE "half" (id INT)')
    await db.execute_query("SELECT nonsense FROM nowhere")
    return "SELECT 1"

async def downgrade(db):
    return "SELECT 1"

MODELS_STATE = ""
"""


async def test_migrations_make_what_the_models_say(empty_database_url):
    await schema.upgrade(empty_database_url)
    async with beside(empty_database_url):
        migrated = await live_schema()
    while await schema.downgrade(empty_database_url):
        pass

    async with beside(empty_database_url) as context:
        await context.generate_schemas(safe=True)
        described = await live_schema()

    assert migrated.columns == described.columns
    assert migrated.indexes == described.indexes
    assert migrated.keys == described.keys


async def test_named_indexes_are_there_and_unique_where_they_must_be(database_url):
    async with beside(database_url) as context:
        live = {index.name: index for index in (await live_schema()).indexes}
        named = [index for model in models(context) for index in model._meta.indexes if isinstance(index, PartialIndex)]

    assert {index.name: isinstance(index, PartialUniqueIndex) for index in named} == {
        index.name: live[index.name].is_unique for index in named
    }
    assert any(isinstance(index, PartialUniqueIndex) for index in named)


async def test_the_last_migration_knows_the_models_as_they_are(sqlite_database_url):
    last = import_py_file(schema.LOCATION / APP / schema.version_files(schema.LOCATION)[-1])

    async with beside(sqlite_database_url):
        described = json.loads(json.dumps(get_models_describe(APP)))  # tuples become lists, as in the file
        assert decompress_dict(last.MODELS_STATE) == described, "run: agm migrate new NAME"


async def test_a_filled_database_goes_down_and_up_again(empty_database_url):
    await schema.upgrade(empty_database_url)
    async with beside(empty_database_url) as context:
        before = await live_schema()
        assert set(await fill(context)) == before.tables

    while await schema.downgrade(empty_database_url):
        continue
    async with beside(empty_database_url):
        assert not (await live_schema()).tables

    assert await schema.upgrade(empty_database_url) == list(schema.version_files(schema.LOCATION))
    async with beside(empty_database_url) as context:
        assert await live_schema() == before
        await fill(context)


async def test_concurrent_upgrades_migrate_once(empty_database_url):
    applied = await asyncio.gather(*(schema.upgrade(empty_database_url) for _ in range(3)))

    assert sorted(applied, key=len) == [[], [], list(schema.version_files(schema.LOCATION))]
    assert not (await schema.status(empty_database_url)).pending


async def test_a_migration_that_fails_leaves_nothing_behind(database_url, tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "LOCATION", Path(shutil.copytree(schema.LOCATION, tmp_path / "migrations")))
    (schema.LOCATION / APP / "99_broken.py").write_text(BROKEN)

    with pytest.raises(OperationalError):
        await schema.upgrade(database_url)

    assert (await schema.status(database_url)).pending == ("99_broken.py",)
    async with beside(database_url):
        assert "half" not in (await live_schema()).tables


async def test_an_unmigrated_database_is_refused_with_the_command(empty_database_url):
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite://")).parent.mkdir()

    async with open_database(empty_database_url):
        with pytest.raises(MigrationError, match=r"0_initial\.py.*run: agm migrate up"):
            await schema.check_head()


async def test_a_migrated_database_is_accepted(database):
    await schema.check_head()


async def test_a_database_of_a_newer_release_is_refused(empty_database_url):
    await schema.upgrade(empty_database_url)
    async with beside(empty_database_url):
        await Aerich.create(version="99_later.py", app=APP, content={})

        with pytest.raises(MigrationError, match=r"99_later\.py"):
            await schema.check_head()
        with pytest.raises(MigrationError, match=r"agm migrate down"):
            await schema.upgrade(empty_database_url)


def test_asking_for_the_status_makes_no_database(sqlite_empty_url):
    found = asyncio.run(schema.status(sqlite_empty_url))

    assert found.pending == schema.version_files(schema.LOCATION)
    assert not Path(sqlite_empty_url.removeprefix("sqlite://")).exists()


async def test_a_channel_publishes_one_thing_at_a_time(database_url):
    async with beside(database_url) as context:
        ids = await fill(context)
        publishing = f"UPDATE publication SET status = 'publishing' WHERE id = '{ids['publication']}'"
        await connection().execute_query(publishing)
        columns = ", ".join(f'"{name}"' for name in sorted({c[1] for c in _of(await live_schema(), "publication")}))
        others = columns.replace(
            '"id"', f"'{'0' * 32}'" if database_url.startswith("sqlite") else f"'{'0' * 32}'::uuid"
        )

        with pytest.raises(IntegrityError):
            await connection().execute_query(f"INSERT INTO publication ({columns}) SELECT {others} FROM publication")


def _of(found, table):
    return [column for column in found.columns if column[0] == table]
