"""API keys: who is let in, who is not, and what the answer gives away."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from publishing.clock import DatabaseClock
from publishing.keys import revoke_keys
from publishing.records import Scope
from publishing.system import ensure_workspace, keys
from tests.api.door import Door

VIEWER = "{ viewer { scopes actor { ... on ApiKey { name prefix lastUsedAt } } } }"


async def asked_with(door: Door, header: str | None) -> Any:
    headers = {} if header is None else {"authorization": header}
    return await door.http.post("/graphql", json={"query": VIEWER}, headers=headers)


async def test_a_key_opens_and_says_whose_it_is(door: Door):
    answer = (await door.ask(VIEWER))["data"]["viewer"]

    assert set(answer["scopes"]) == set(Scope.__members__)
    assert answer["actor"]["prefix"] == door.key[:12]
    assert answer["actor"]["lastUsedAt"].endswith("Z")


async def test_without_a_key_only_the_server_speaks(door: Door):
    answer = await door.ask("{ server { version } platforms { platform } viewer { scopes } }", key="")

    assert answer["data"]["server"]["version"]
    assert answer["data"]["viewer"] is None
    assert {"viewer"} <= {error["path"][0] for error in answer["errors"]}
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"UNAUTHENTICATED"}


def _mistyped(key: str) -> str:
    return key[:20] + ("x" if key[20] != "x" else "y") + key[21:]


def _checksum_of_another(key: str) -> str:
    return key[:-1] + ("0" if key[-1] != "0" else "1")


WRONG = {
    "empty": lambda _: "",
    "no scheme": lambda key: key,
    "another scheme": lambda key: f"Basic {key}",
    "no key": lambda _: "Bearer ",
    "no key at all": lambda _: "Bearer",
    "not ours": lambda _: "Bearer sk_live_0123456789",
    "a JWT": lambda _: "Bearer eyJhbGciOiJub25lIn0.e30.",
    "too short": lambda key: f"Bearer {key[:-1]}",
    "too long": lambda key: f"Bearer {key}0",
    "two keys": lambda key: f"Bearer {key} {key}",
    "mistyped": lambda key: f"Bearer {_mistyped(key)}",
    "wrong checksum": lambda key: f"Bearer {_checksum_of_another(key)}",
    "capitals": lambda key: f"Bearer {key.upper()}",
    "very long": lambda _: "Bearer " + "x" * 20_000,
}


@pytest.mark.parametrize("header", WRONG.values(), ids=WRONG)
async def test_what_is_no_key_is_refused_and_not_repeated(door: Door, header: Any):
    sent = header(door.key)

    answer = await asked_with(door, sent)

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "UNAUTHENTICATED"}
    assert door.key[12:20] not in answer.text


async def test_the_scheme_is_read_in_any_case(door: Door):
    assert (await asked_with(door, f"bEARER {door.key}")).json()["data"]["viewer"]


async def test_an_unknown_a_revoked_and_an_expired_key_look_alike(door: Door):
    now = await DatabaseClock().now()
    secret_elsewhere = await _of_another_server(door)
    revoked = await door.new_key(name="revoked")
    await revoke_keys(workspace_id=await ensure_workspace(name="Default", now=now), name="revoked", now=now)
    expired = await door.new_key(expires_at=now - timedelta(seconds=1))

    answers = [await asked_with(door, f"Bearer {key}") for key in (secret_elsewhere, revoked, expired)]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert all(one.content == other.content for one, other in pairwise(answers))


async def _of_another_server(door: Door) -> str:
    """A key in the right form, with a right checksum, that this server has never made."""
    from publishing.keys import _checksum

    body = door.key[:-6]
    other = body[:-4] + ("aaaa" if body[-4:] != "aaaa" else "bbbb")
    return other + _checksum(other)


async def test_a_key_that_is_not_over_yet_works(door: Door):
    soon = await door.new_key(expires_at=await DatabaseClock().now() + timedelta(hours=1))

    assert (await asked_with(door, f"Bearer {soon}")).json()["data"]["viewer"]


async def test_a_revoked_key_that_was_in_use_ends_within_five_seconds(door: Door, monkeypatch: pytest.MonkeyPatch):
    moment = [1000.0]
    monkeypatch.setattr(keys, "monotonic", lambda: moment[0])
    now = await DatabaseClock().now()
    key = await door.new_key(name="in use")
    before = await asked_with(door, f"Bearer {key}")
    await revoke_keys(workspace_id=await ensure_workspace(name="Default", now=now), name="in use", now=now)

    moment[0] += 5.0
    after = await asked_with(door, f"Bearer {key}")

    assert (before.status_code, after.status_code) == (200, 401)


async def test_no_secret_of_a_key_is_stored(door: Door):
    from tests.support.rows import rows_of

    stored = str(await rows_of(door.settings.database_url, "SELECT * FROM api_key"))

    assert door.key[4:12] in stored
    assert door.key[13:] not in stored
