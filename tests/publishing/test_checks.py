"""Checks of an installation: each finds what it is there for, and says what to do."""

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from platforms.base import Environment, Platform
from platforms.registry import Networks, open_networks
from publishing import models
from publishing.checks import Check, CheckStatus, settings_checks
from publishing.clock import host_now
from publishing.deps import Deps, open_deps
from publishing.settings import Settings
from publishing.system import look_at_workplace, run_checks
from tests.publishing.test_rotation import AFTER, BEFORE, BOTH, store
from tests.publishing.town import StoppedClock, open_street
from tests.support.valkey import ValkeyServer

TODAY = date(2026, 11, 25)
PASS, WARN, FAIL, SKIPPED = CheckStatus.PASS, CheckStatus.WARN, CheckStatus.FAIL, CheckStatus.SKIPPED
OURS = {"public_url": "https://social.example.com"}


async def found(settings: Settings, *, today: date = TODAY) -> dict[str, Check]:
    networks = open_networks(settings, sandbox_url=settings.sandbox_url, timeout_seconds=1)
    try:
        return {check.name: check for check in settings_checks(settings, networks, today=today)}
    finally:
        await networks.aclose()


@pytest.fixture
def settings() -> Callable[..., Settings]:
    return lambda **given: Settings(_env_file=None, **{**OURS, **given})  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ({}, SKIPPED, "To go live set AGM_META_APP_ID and AGM_META_APP_SECRET"),
        ({"meta_app_id": "1"}, FAIL, "Set AGM_META_APP_SECRET, and register"),
        ({"meta_app_secret": "hunter2"}, FAIL, "Set AGM_META_APP_ID, and register"),
        ({"meta_app_id": "1", "meta_app_secret": "hunter2"}, PASS, ""),
    ],
)
async def test_a_platforms_settings_come_with_the_address_to_register(
    settings: Callable[..., Settings], given: dict[str, str], status: CheckStatus, says: str
):
    check = (await found(settings(**given)))["facebook.settings"]

    assert check.status is status
    assert "https://social.example.com/oauth/meta/callback" in f"{check.message} {check.remedy}"
    assert says in (check.remedy or "")
    assert "hunter2" not in str(check)


async def test_instagram_login_is_set_up_by_itself(settings: Callable[..., Settings]):
    half = await found(settings(meta_app_id="1", meta_app_secret="hunter2", instagram_app_id="2"))

    assert half["facebook.settings"].status is PASS
    check = half["instagram.settings"]
    assert check.status is FAIL
    assert "Set AGM_INSTAGRAM_APP_SECRET, and register" in (check.remedy or "")
    assert "https://social.example.com/oauth/instagram/callback" in (check.remedy or "")


@pytest.mark.parametrize(
    ("version", "today", "status", "says"),
    [
        ("v26.0", TODAY, PASS, "no announced end"),
        ("v25.0", TODAY, PASS, "served until 2028-07-29"),
        ("v21.0", TODAY, WARN, "served until 2027-01-21"),
        ("v21.0", date(2026, 11, 22), WARN, "served until 2027-01-21"),
        ("v21.0", date(2026, 11, 21), PASS, "served until 2027-01-21"),
        ("v21.0", date(2027, 1, 21), FAIL, "ended on 2027-01-21"),
        ("v99.0", TODAY, WARN, "is not known to this release"),
    ],
)
async def test_an_api_version_that_ends_is_told_ahead(
    settings: Callable[..., Settings], version: str, today: date, status: CheckStatus, says: str
):
    check = (await found(settings(meta_api_version=version), today=today))["meta.api_version"]

    assert (check.status, says in check.message) == (status, True)
    assert (check.remedy is None) is (status is PASS)


# -- with its parts ---------------------------------------------------------------------------------------------


async def asked(deps: Deps) -> dict[str, Check]:
    return {check.name: check for check in await run_checks(deps)}


async def test_an_installation_without_a_worker_passes_all_but_that(deps: Deps):
    checks = await run_checks(deps)

    assert [check.name for check in checks if check.status is FAIL] == ["workers.living"]
    assert checks[0].name == "workers.living"
    assert {check.name for check in checks if check.status is PASS} >= {
        *("database", "migrations", "redis", "storage", "redis.eviction", "clock.skew", "tokens.keys"),
    }
    assert all(check.remedy for check in checks if check.status in {FAIL, WARN})


async def test_a_worker_that_shows_itself_is_counted(deps: Deps):
    await deps.bell.show_worker("here.1", seconds=5)

    assert (await asked(deps))["workers.living"].status is PASS
    await deps.bell.forget_worker("here.1")
    assert (await asked(deps))["workers.living"].status is FAIL


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({}, ""),
        ({"database": "another"}, "works on another database"),
        ({"storage": "another"}, "sees another media folder"),
        ({"storage": ""}, "cannot use its media folder"),
        ({"secret_keys": ("newer", "older")}, "signs media addresses with a key unknown here"),
        ({"token_keys": ("newer",)}, "seals tokens with other keys"),
        ({"sandbox": False}, "has the sandbox switched off"),
    ],
)
async def test_a_worker_that_does_not_share_what_this_process_has_is_named(
    deps: Deps, other: dict[str, Any], says: str
):
    await open_street()
    own = await look_at_workplace(deps, leave_mark=True)
    await deps.bell.show_worker("there.1", seconds=5, works_on=replace(own, **other).written())
    await deps.bell.show_worker("older.2", seconds=5)
    check = (await asked(deps))["workers.workplace"]

    assert check.status is (FAIL if other else PASS), check
    assert says in check.message
    assert ("there.1" in check.message, check.remedy is not None) == (bool(other), bool(other))
    assert own.database
    assert own.storage


async def test_the_media_folders_mark_stays_what_it_is_and_only_workers_leave_one(deps: Deps):
    assert (await look_at_workplace(deps)).storage == ""
    first = await look_at_workplace(deps, leave_mark=True)

    assert (await look_at_workplace(deps, leave_mark=True)).storage == first.storage
    assert (await look_at_workplace(deps)).storage == first.storage


async def test_what_redis_would_be_asked_is_skipped_when_it_is_away(
    make_settings: Callable[..., Any], own_valkey: ValkeyServer
):
    own_valkey.kill()
    async with open_deps(make_settings(redis_url=own_valkey.url)) as deps:
        checks = await asked(deps)

    assert checks["redis"].status is FAIL
    assert (checks["workers.living"].status, checks["redis.eviction"].status) == (SKIPPED, SKIPPED)


async def test_a_redis_that_evicts_is_a_caveat(make_settings: Callable[..., Any], own_valkey: ValkeyServer):
    async with open_deps(make_settings(redis_url=own_valkey.url)) as deps:
        await deps.bell.redis.config_set("maxmemory-policy", "allkeys-lru")
        check = (await asked(deps))["redis.eviction"]

    assert check.status is WARN
    assert "allkeys-lru" in check.message


@pytest.mark.parametrize(("seconds", "status"), [(0, PASS), (5, WARN), (-5, WARN), (300, FAIL)])
async def test_clocks_that_differ_are_noticed(deps: Deps, seconds: int, status: CheckStatus):
    elsewhere = replace(deps, clock=StoppedClock(host_now() + timedelta(seconds=seconds)))

    assert (await asked(elsewhere))["clock.skew"].status is status


async def test_a_key_that_is_gone_or_old_is_named(deps: Deps):
    await store(await open_street(), 2, BEFORE)

    lost = (await asked(replace(deps, token_keys=AFTER)))["tokens.keys"]
    older = (await asked(replace(deps, token_keys=BOTH)))["tokens.keys"]
    await models.Credential.all().delete()
    await store(await open_street(name="Two"), 1, BOTH)
    newest = (await asked(replace(deps, token_keys=BOTH)))["tokens.keys"]

    assert (lost.status, older.status, newest.status) == (FAIL, WARN, PASS)
    assert "sealed with old, missing from AGM_TOKEN_KEYS" in lost.message


@pytest.mark.parametrize(
    ("public_url", "with_sandbox", "status", "says"),
    [
        ("http://127.0.0.1:8000", True, WARN, "this network only"),
        ("http://127.0.0.1:8000", False, FAIL, "this network only"),
        ("https://10.1.2.3", False, FAIL, "this network only"),
        ("https://[fd00::1]", False, FAIL, "this network only"),
        ("https://localhost", False, FAIL, "this network only"),
        ("https://social.internal", False, FAIL, "this network only"),
        ("https://intranet", False, FAIL, "this network only"),
        ("http://93.184.215.14", False, FAIL, "plain http"),
        ("https://93.184.215.14", False, PASS, "public address"),
    ],
)
async def test_a_public_address_that_platforms_do_not_reach_is_noticed(
    deps: Deps, public_url: str, with_sandbox: bool, status: CheckStatus, says: str
):
    given = replace(deps, settings=deps.settings.model_copy(update={"public_url": public_url}))
    if not with_sandbox:
        live = {key: network for key, network in deps.networks.networks.items() if key[1] is Environment.LIVE}
        assert (Platform.FACEBOOK, Environment.LIVE) in live
        given = replace(given, networks=Networks(live, ()))

    check = (await asked(given))["media.publicly_reachable"]

    assert (check.status, says in check.message) == (status, True), check


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (None, FAIL, "not found in the DNS"),
        ("10.1.2.3", WARN, "leads to 10.1.2.3 from here"),
        ("93.184.215.14", PASS, "public address"),
    ],
)
async def test_a_public_name_is_looked_up(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, answer: str | None, status: CheckStatus, says: str
):
    def dns(host: str, *_: object, **__: object) -> list[object]:
        assert host == "social.example.com"
        if answer is None:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, 443))]

    given = replace(deps, settings=deps.settings.model_copy(update=OURS))
    monkeypatch.setattr(socket, "getaddrinfo", dns)
    check = (await asked(given))["media.publicly_reachable"]

    assert (check.status, says in check.message) == (status, True), check
