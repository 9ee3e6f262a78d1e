"""API keys: their form, what is stored of them, what they open and for how long."""

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
import string
from datetime import timedelta
from typing import Any, cast

import pytest
from tortoise.exceptions import BaseORMException

from publishing import models
from publishing.deps import Deps
from publishing.ids import Kind, public_id
from publishing.keyring import Keyring, parse_keyring
from publishing.keys import NewKey, create_key, get_keys, read_presented, revoke_keys
from publishing.records import Scope
from publishing.system import ensure_workspace, look_up_key
from tests.publishing.town import NOW, SECOND, at

FORM = re.compile(r"agm_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}")
NO_DEPS = cast("Deps", None)
"""Whoever is refused with this was refused without a look at anything."""


def ring(key_id: str = "k1") -> Keyring:
    return parse_keyring(f"{key_id}:{base64.b64encode(secrets.token_bytes(32)).decode()}")


async def make(keys: Keyring, **given: Any) -> NewKey:
    workspace_id = given.pop("workspace_id", None) or await ensure_workspace(name="Default", now=NOW)
    chosen = {"name": "test", "scopes": (Scope.POSTS_READ,), "expires_at": None, **given}
    return await create_key(keys, workspace_id=workspace_id, now=NOW, **chosen)


async def test_a_key_has_a_prefix_that_scanners_find_and_a_checksum(database: str):
    made = await make(ring())

    assert FORM.fullmatch(made.secret)
    assert made.key.prefix == made.secret[:12]
    assert made.secret not in repr(made)


async def test_only_an_hmac_of_it_is_stored(database: str):
    keys = ring()
    made = await make(keys)

    (row,) = await models.ApiKey.all()
    assert row.secret_hash == hmac.new(keys.newest_key, made.secret.encode(), hashlib.sha256).hexdigest()
    assert row.hash_key_id == "k1"
    stored = str((await models.ApiKey.all().values())[0])
    assert made.secret not in stored
    assert made.secret[13:] not in stored


async def test_no_two_keys_are_alike(database: str):
    keys = ring()
    made = [await make(keys) for _ in range(20)]

    assert len({one.secret for one in made}) == len({one.key.prefix for one in made}) == 20


async def test_a_key_with_one_wrong_letter_never_reaches_the_database(database: str):
    made = await make(ring())

    for place in range(len(made.secret)):
        letters = (string.ascii_letters + string.digits).replace(made.secret[place], "")
        wrong = f"{made.secret[:place]}{secrets.choice(letters)}{made.secret[place + 1 :]}"
        assert read_presented(wrong) is None
        assert await look_up_key(NO_DEPS, presented=wrong) is None


async def test_swapped_neighbours_are_noticed_too(database: str):
    made = (await make(ring())).secret

    for place in range(13, len(made) - 1):
        swapped = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
        assert swapped == made or read_presented(swapped) is None


@pytest.mark.parametrize("text", ["", "agm_", "Bearer", "agm__", "x" * 51, "agm_ÄÖÜäöü12_" + "a" * 38, "a" * 100_000])
async def test_what_is_no_key_is_refused_without_a_look_at_anything(text: str):
    assert await look_up_key(NO_DEPS, presented=text) is None


async def test_a_key_in_the_right_form_is_looked_up(deps: Deps):
    unknown = (await make(deps.secret_keys)).secret
    await models.ApiKey.all().delete()

    assert await look_up_key(deps, presented=unknown) is None
    with pytest.raises((AttributeError, BaseORMException)):
        await look_up_key(NO_DEPS, presented=(await make(deps.secret_keys)).secret)


async def test_a_key_opens_its_workspace_with_its_scopes(deps: Deps):
    made = await make(deps.secret_keys, scopes=(Scope.POSTS_READ, Scope.POSTS_PUBLISH))

    caller = await look_up_key(at(deps, NOW), presented=made.secret)

    assert caller
    assert caller.workspace_id == await ensure_workspace(name="Default", now=NOW)
    assert caller.scopes == {Scope.POSTS_READ, Scope.POSTS_PUBLISH}
    assert (caller.key_id, caller.actor) == (made.key.id, public_id(Kind.API_KEY, made.key.id))


async def test_a_key_works_until_it_expires(deps: Deps):
    ends = NOW + timedelta(days=1)
    first, second = [await make(deps.secret_keys, expires_at=ends) for _ in range(2)]

    assert await look_up_key(at(deps, ends - SECOND), presented=first.secret)
    assert await look_up_key(at(deps, ends), presented=second.secret) is None


async def test_revoked_keys_of_a_name_open_nothing_and_others_still_do(deps: Deps):
    workspace_id = await ensure_workspace(name="Default", now=NOW)
    ended, kept = await make(deps.secret_keys, name="old"), await make(deps.secret_keys, name="new")

    assert await revoke_keys(workspace_id=workspace_id, name="old", now=NOW) == 1
    assert await revoke_keys(workspace_id=workspace_id, name="old", now=NOW) == 0

    assert await look_up_key(at(deps, NOW), presented=ended.secret) is None
    assert await look_up_key(at(deps, NOW), presented=kept.secret)


async def test_keys_of_another_workspace_are_not_revoked(deps: Deps):
    stranger = await ensure_workspace(name="Stranger", now=NOW)
    made = await make(deps.secret_keys)

    assert await revoke_keys(workspace_id=stranger, name="test", now=NOW) == 0
    assert await look_up_key(at(deps, NOW), presented=made.secret)
    assert await get_keys(workspace_id=stranger, ids=[made.key.id]) == {}


async def test_a_key_outlives_the_rotation_of_what_hashes_it_and_not_its_removal(deps: Deps):
    made = [await make(deps.secret_keys) for _ in range(2)]
    old, new = deps.secret_keys, ring("k2")
    both = Keyring(newest="k2", keys={**new.keys, **old.keys})

    assert await look_up_key(_with(deps, both), presented=made[0].secret)
    assert await look_up_key(_with(deps, new), presented=made[1].secret) is None


async def test_the_last_use_is_noted_at_most_once_a_minute(deps: Deps):
    made = await make(deps.secret_keys)
    seen = []
    for moment in (NOW, NOW + 30 * SECOND, NOW + 61 * SECOND):
        _forget()
        await look_up_key(at(deps, moment), presented=made.secret)
        seen.append((await get_keys(workspace_id=await _home(), ids=[made.key.id]))[made.key.id].last_used_at)

    assert seen == [NOW, NOW, NOW + 61 * SECOND]


async def test_a_workspace_is_made_once_for_its_name(database: str):
    first = await ensure_workspace(name="Acme", now=NOW)

    assert await asyncio.gather(*(ensure_workspace(name="Acme", now=NOW) for _ in range(3))) == [first] * 3
    assert await models.Workspace.filter(name="Acme").count() == 1


def _with(deps: Deps, keys: Keyring) -> Deps:
    from dataclasses import replace

    return replace(at(deps, NOW), secret_keys=keys)


def _forget() -> None:
    from publishing.system import keys

    keys._cache.clear()


async def _home() -> Any:
    return await ensure_workspace(name="Default", now=NOW)
