"""Browsers: only frontends on the list may read answers or open a WebSocket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.door import Door, open_door
from tests.support.dialect import forget_dialect

FRONTEND, STRANGER = "https://app.example.com", "https://app.example.com.evil.example"
PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
VERSION = {"query": "{ server { version } }"}


@pytest.fixture
async def listed(sqlite_database_url: str, valkey_url: str, tmp_path: Path) -> AsyncIterator[Door]:
    forget_dialect()
    chosen = {"cors_origins": f"{FRONTEND}, http://localhost:5173", "allowed_hosts": "127.0.0.1,api.example.com"}
    async with open_door(data_dir=tmp_path, database_url=sqlite_database_url, redis_url=valkey_url, **chosen) as door:
        yield door


@pytest.mark.parametrize("origin", [FRONTEND, "http://localhost:5173"])
async def test_a_listed_frontend_may_send_operations_with_a_key(listed: Door, origin: str):
    preflight = await listed.http.options("/graphql", headers={"origin": origin, **PREFLIGHT})
    answer = await listed.post(VERSION, headers={"origin": origin})

    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == origin
    assert preflight.headers["access-control-allow-methods"] == "POST"
    allowed = preflight.headers["access-control-allow-headers"].lower().split(", ")
    assert {"authorization", "content-type"} <= set(allowed)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, origin)
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize("origin", [STRANGER, "http://app.example.com", "https://app.example.com:8443", "null"])
async def test_any_other_page_reads_nothing(listed: Door, origin: str):
    preflight = await listed.http.options("/graphql", headers={"origin": origin, **PREFLIGHT})
    answer = await listed.post(VERSION, headers={"origin": origin})

    assert preflight.status_code == 400
    for one in (preflight, answer):
        assert "access-control-allow-origin" not in one.headers


async def test_no_page_sends_cookies(listed: Door):
    answer = await listed.http.options("/graphql", headers={"origin": FRONTEND, **PREFLIGHT})

    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
async def test_other_methods_are_not_offered(listed: Door, method: str):
    headers = {"origin": FRONTEND, "access-control-request-method": method}

    assert (await listed.http.options("/graphql", headers=headers)).status_code == 400


async def test_without_a_list_no_page_is_let_in(door: Door):
    preflight = await door.http.options("/graphql", headers={"origin": FRONTEND, **PREFLIGHT})
    answer = await door.post(VERSION, headers={"origin": FRONTEND})

    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


async def test_only_named_hosts_are_answered(listed: Door):
    named = await listed.post(VERSION, headers={"host": "api.example.com"})
    other = await listed.post(VERSION, headers={"host": "evil.example"})

    assert (named.status_code, other.status_code) == (200, 400)
