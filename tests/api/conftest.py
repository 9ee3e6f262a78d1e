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


@pytest.fixture
async def callback_door(sqlite_database_url: str, valkey_server: ValkeyServer, tmp_path: Path) -> AsyncIterator[Door]:
    """An API with a live app of Meta's, for what Meta calls."""
    given = {"data_dir": tmp_path, "database_url": sqlite_database_url, "redis_url": valkey_server.url}
    live = {"meta_app_id": "1", "meta_app_secret": "live-secret", "meta_webhook_token": "a word"}
    async with open_door(**given, **live) as door:
        yield door
