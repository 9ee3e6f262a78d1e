"""Health: the process lives, and whether it can do its work; what works while something is away."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.api.door import Door, open_door
from tests.support.postgres import PostgresServer
from tests.support.rows import change_rows, count_rows

START = """mutation { startConnection(input: { platform: FACEBOOK, environment: SANDBOX }) {
  attempt { id status } userErrors { code }
} }"""
SANDBOX = "http://127.0.0.1:9"


async def ready(door: Door) -> tuple[int, dict[str, bool]]:
    answer = await door.http.get("/readyz")
    body = answer.json()
    assert body["ready"] == (answer.status_code == 200)
    return answer.status_code, {name: check["ok"] for name, check in body["checks"].items()}


async def test_a_server_that_can_work_says_so(door: Door):
    assert (await door.http.get("/healthz")).text == "ok"
    assert await ready(door) == (200, {"database": True, "migrations": True, "redis": True, "storage": True})


async def test_it_goes_on_beside_a_newer_releases_migrations_and_not_without_its_own(
    sqlite_database_url: str, valkey_url: str, tmp_path: Path
):
    newer = "INSERT INTO aerich (version, app, content) VALUES ('99_newer.py', 'models', '{}')"
    async with open_door(data_dir=tmp_path, database_url=sqlite_database_url, redis_url=valkey_url) as door:
        await change_rows(sqlite_database_url, newer)
        beside = await ready(door)
        await change_rows(sqlite_database_url, "DELETE FROM aerich WHERE version LIKE '0%'")
        without = await ready(door)

    assert beside == (200, {"database": True, "migrations": True, "redis": True, "storage": True})
    assert without == (503, {"database": True, "migrations": False, "redis": True, "storage": True})


async def test_without_redis_it_is_not_ready_and_mutations_work(sqlite_database_url: str, tmp_path: Path):
    gone = f"unix://{tmp_path / 'nobody.sock'}"
    async with open_door(
        data_dir=tmp_path, database_url=sqlite_database_url, redis_url=gone, sandbox_url=SANDBOX
    ) as door:
        state = await ready(door)
        payload = (await door.ask(START))["data"]["startConnection"]
        alive = await door.http.get("/healthz")

    assert state == (503, {"database": True, "migrations": True, "redis": False, "storage": True})
    assert (payload["attempt"]["status"], payload["userErrors"]) == ("WAITING", [])
    assert alive.status_code == 200
    assert await count_rows(sqlite_database_url, "connection_attempt") == 1


async def test_a_check_that_fails_says_what_and_gives_no_address_away(sqlite_database_url: str, tmp_path: Path):
    gone = "redis://:a-password@127.0.0.1:1/0"
    async with open_door(data_dir=tmp_path, database_url=sqlite_database_url, redis_url=gone) as door:
        answer = await door.http.get("/readyz")

    assert answer.json()["checks"]["redis"]["message"].startswith("does not answer")
    assert "a-password" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


class Gate:
    """The way into one database, which its server's administrator can close."""

    def __init__(self, server: PostgresServer, url: str) -> None:
        self.server, self.name = server, urlsplit(url).path[1:]

    async def close(self) -> None:
        """Let nobody in any more, and throw out who is in."""
        await self.server.admin.execute(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS false')
        await self.throw_out()

    async def throw_out(self) -> None:
        await self.server.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", self.name
        )

    async def open(self) -> None:
        await self.server.admin.execute(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS true')


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_database_that_goes_away_and_comes_back(
    database_url: str, postgres_server: PostgresServer, valkey_url: str, tmp_path: Path
):
    gate = Gate(postgres_server, database_url)
    async with open_door(
        data_dir=tmp_path, database_url=database_url, redis_url=valkey_url, sandbox_url=SANDBOX
    ) as door:
        before = await door.ask(START)
        await gate.close()
        away = [await door.ask(START) for _ in range(3)]
        state = await ready(door)
        picture = await door.http.get("/media/med_x", params={"exp": "1", "kid": "t1", "sig": "x"})
        back = await door.http.get("/oauth/meta/callback", params={"state": "x", "code": "y"})
        await gate.open()
        after = await door.ask(START)

    assert before["data"]["startConnection"]["attempt"]
    assert [_code(answer) for answer in away] == ["SERVICE_UNAVAILABLE"] * 3
    assert state[0] == 503
    assert not state[1]["database"]
    assert (picture.status_code, back.status_code) == (503, 503)
    assert after["data"]["startConnection"]["attempt"]
    assert await count_rows(database_url, "connection_attempt") == 2


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_one_cut_of_all_connections_costs_nobody_who_comes_later(
    database_url: str, postgres_server: PostgresServer, valkey_url: str, tmp_path: Path
):
    gate = Gate(postgres_server, database_url)
    async with open_door(
        data_dir=tmp_path, database_url=database_url, redis_url=valkey_url, sandbox_url=SANDBOX
    ) as door:
        await door.ask(START)
        await gate.throw_out()
        answers = [await door.ask(START) for _ in range(12)]

    served = [answer for answer in answers if (answer["data"] or {}).get("startConnection")]
    refused = [answer for answer in answers if answer not in served]
    assert [_code(answer) for answer in refused] == ["SERVICE_UNAVAILABLE"] * len(refused)
    assert answers[-1] in served
    assert await count_rows(database_url, "connection_attempt") == len(served) + 1


def _code(answer: dict[str, Any]) -> str:
    (error,) = answer["errors"]
    return error["extensions"]["code"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_key_cannot_be_looked_up_without_the_database(
    database_url: str, postgres_server: PostgresServer, valkey_url: str, tmp_path: Path
):
    gate = Gate(postgres_server, database_url)
    async with open_door(data_dir=tmp_path, database_url=database_url, redis_url=valkey_url) as door:
        fresh = await door.new_key()
        await gate.close()
        answer = await door.post({"query": "{ server { version } }"}, key=fresh)
        await gate.open()

    assert (answer.status_code, _code(answer.json())) == (503, "SERVICE_UNAVAILABLE")
    assert asyncpg.__name__ not in answer.text
