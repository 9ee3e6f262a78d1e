"""`server { checks }`: open before anybody has a key, and for callers afterwards."""

import shutil
from pathlib import Path

from publishing import models
from tests.api.door import Door, open_door
from tests.support.valkey import ValkeyServer

CHECKS = "{ server { version checks { name status message remedy } } }"


async def test_callers_see_the_checks_the_failing_ones_first(door: Door):
    checks = (await door.ask(CHECKS))["data"]["server"]["checks"]

    found = [check["status"] for check in checks]
    assert found == sorted(found, key=["FAIL", "WARN", "PASS", "SKIPPED"].index)
    assert checks[0]["status"] == "FAIL"
    assert all(check["remedy"] for check in checks if check["status"] in {"FAIL", "WARN"})
    assert len({check["name"] for check in checks}) == len(checks) > 10


async def test_strangers_see_them_only_before_there_is_a_key(
    sqlite_template: Path, valkey_server: ValkeyServer, tmp_path: Path
):
    database_url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'agm.db')}"
    async with open_door(data_dir=tmp_path, database_url=database_url, redis_url=valkey_server.url) as door:
        later = await door.ask(CHECKS, key="")
        await models.ApiKey.all().delete()
        at_first = await door.ask(CHECKS, key="")

    assert later["data"] == {"server": None}
    assert later["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert at_first["data"]["server"]["checks"]
