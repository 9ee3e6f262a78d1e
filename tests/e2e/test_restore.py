"""An old backup is restored after more was published: with the hold, a worker's start doubles nothing."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.e2e.conftest import Town
from tests.support.backups import back_up, restore
from tests.support.dialect import forget_dialect
from tests.support.programs import until
from tests.support.valkey import ValkeyServer

ACTIONS = "query ($id: ID!) { publication(id: $id) { status allowedActions error { code hint } } }"


async def restore_check(town: Town, *options: str) -> tuple[int, dict[str, Any]]:
    forget_dialect()
    arguments = ["restore-check", "--json", *options]
    said = await asyncio.to_thread(CliRunner().invoke, app, arguments, env=town.stack.settings)
    return said.exit_code, json.loads(said.stdout)


def counts(found: dict[str, Any]) -> dict[str, int]:
    return {one["name"]: one["count"] for one in found["findings"] if one["status"] == "fail"}


async def test_a_worker_after_a_restore_publishes_nothing_twice(
    own_town: Callable[..., Awaitable[Town]], valkey_server: ValkeyServer, tmp_path: Path
):
    town = await own_town(
        shops=3, lease_seconds=2, platform_timeout_seconds=1, settle_seconds=2, reconcile_seconds="0.2,1,2"
    )
    url, backup = town.stack.settings["AGM_DATABASE_URL"], tmp_path / "backup"
    sent = f"Sent as the backup was made, {secrets.token_hex(4)}"  # the sandbox's Pages keep what earlier tests posted
    crashed, queued, after = [town.shop() for _ in range(3)]

    doomed = await town.stack.start_worker(AGM_FAILPOINT="p10")
    ids = [await town.journey.accepted("facebook", crashed.facebook, text=sent)]
    await doomed.ends()
    ids += [await town.journey.accepted("facebook", queued.facebook, text=f"Due {number}") for number in range(2)]
    await back_up(url, backup)
    town.stack.workers.clear()
    await town.stack.start_worker()
    lost = await town.journey.accepted("facebook", after.facebook, text="Made after the backup")
    for publication_id in (*ids, lost):
        assert (await town.journey.outcome(publication_id))["status"] == "PUBLISHED"
    await town.stack.stop()
    town.stack.workers.clear()
    await restore(url, backup)
    valkey_server.flush()  # Redis is lost with the rest; the killed worker's sign would stay for a while

    code, found = await restore_check(town)
    assert (code, found["may_start"], counts(found)) == (1, False, {"publications.in_doubt": 3})
    code, found = await restore_check(town, "--hold")
    assert (code, found["held_back"], counts(found)) == (0, 3, {})
    await town.stack.start_api()
    await town.stack.start_worker()
    again = [
        await town.journey.accepted("facebook", shop.facebook, text="After the restore")
        for shop in (crashed, queued, after)
    ]
    for publication_id in again:
        assert (await town.journey.outcome(publication_id))["status"] == "PUBLISHED"

    for publication_id in ids:
        held = await town.journey.ask(ACTIONS, id=publication_id)
        assert (held["status"], sorted(held["allowedActions"])) == ("NEEDS_ATTENTION", ["CANCEL", "RESOLVE"])
        assert held["error"]["code"] == "OUTCOME_UNKNOWN"
    assert [[entry["text"] for entry in await town.public(shop, "facebook")] for shop in (crashed, queued, after)] == [
        [sent, "After the restore"],
        ["Due 0", "Due 1", "After the restore"],
        ["Made after the backup", "After the restore"],
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_hold_beside_a_worker_is_refused(own_town: Callable[..., Awaitable[Town]]):
    town = await own_town()
    await town.stack.start_worker()

    async def shown() -> bool:
        return "workers.stopped" in counts((await restore_check(town))[1])

    await until(shown, what="the worker's sign")
    said = await asyncio.to_thread(CliRunner().invoke, app, ["restore-check", "--hold"], env=town.stack.settings)

    assert said.exit_code == 1
    assert said.stderr.startswith("agm: Workers showed themselves lately: ")
