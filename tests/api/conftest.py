"""The API inside this process (`door`), shared by the tests of a module."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.door import Door, open_door
from tests.support.dialect import forget_dialect
from tests.support.valkey import ValkeyServer


@pytest.fixture(scope="module")
async def door(
    sqlite_template: Path, valkey_server: ValkeyServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Door]:
    """An API on SQLite, shared by the module; tests leave it as they find it."""
    folder = tmp_path_factory.mktemp("door")
    forget_dialect()
    database_url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'agm.db')}"
    async with open_door(data_dir=folder, database_url=database_url, redis_url=valkey_server.url) as door:
        yield door
