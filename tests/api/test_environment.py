"""A server whose sandbox is off, although it was on before: clear answers, and no fault."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from platforms.base import Environment, Platform
from publishing import models
from publishing.connections import code_place, hash_state
from publishing.credentials import NewToken, append
from publishing.ids import Kind, new_id, public_id
from publishing.lifecycle import Status
from publishing.sealing import seal
from publishing.system import (
    claim_connections,
    claim_due,
    claim_revocations,
    complete_claimed,
    ensure_workspace,
    revoke_claimed,
)
from tests.api.door import Door, open_door
from tests.publishing.town import open_street

START = """mutation { startConnection(input: { platform: FACEBOOK, environment: SANDBOX }) {
  attempt { id }
  userErrors { code message path ... on PlatformNotConfiguredError { platform missingSettings } }
} }"""


@pytest.fixture(params=["unset", "empty"])
async def off(
    request: pytest.FixtureRequest, sqlite_database_url: str, valkey_url: str, tmp_path: Path
) -> AsyncIterator[Door]:
    """An API whose sandbox was never set, or set to nothing."""
    chosen = {} if request.param == "unset" else {"sandbox_url": ""}
    async with open_door(data_dir=tmp_path, database_url=sqlite_database_url, redis_url=valkey_url, **chosen) as door:
        yield door


async def _account(door: Door, status: models.ConnectionStatus) -> models.ConnectedAccount:
    now = await door.deps.clock.now()
    return await models.ConnectedAccount.create(
        workspace_id=await ensure_workspace(name="Default", now=now),
        platform=Platform.FACEBOOK,
        environment=Environment.SANDBOX,
        platform_user_id="1",
        name="Sam",
        status=status,
        granted_permissions=[],
        missing_permissions=[],
        checked_at=now,
        revoke_due_at=now if status is models.ConnectionStatus.DISCONNECTED else None,
        created_at=now,
    )


async def _attempt(door: Door, status: models.ConnectionAttemptStatus) -> models.ConnectionAttempt:
    now = await door.deps.clock.now()
    row = models.ConnectionAttempt(
        id=new_id(),
        workspace_id=await ensure_workspace(name="Default", now=now),
        actor="key_x",
        platform=Platform.FACEBOOK,
        environment=Environment.SANDBOX,
        status=status,
        state_hash=hash_state("the-state"),
        redirect_uri="http://127.0.0.1:8000/oauth/meta/callback",
        due_at=now,
        expires_at=now,
        created_at=now,
    )
    row.sealed_code = seal(door.deps.token_keys, "the-code", code_place(row))
    await row.save(force_create=True)
    return row


async def test_t23_a_sign_in_says_which_setting_is_missing(off: Door):
    payload = (await off.ask(START))["data"]["startConnection"]

    assert payload["attempt"] is None
    (error,) = payload["userErrors"]
    assert (error["code"], error["path"]) == ("PLATFORM_NOT_CONFIGURED", ["environment"])
    assert (error["platform"], error["missingSettings"]) == ("FACEBOOK", ["AGM_SANDBOX_URL"])
    assert await models.ConnectionAttempt.all().count() == 0


async def test_t23_what_cannot_be_sent_anywhere_waits_and_is_never_called_published(off: Door):
    now = await off.deps.clock.now()
    row = await (await open_street(name="Elsewhere")).publish(Status.QUEUED, created_at=now, due_at=now)

    batch = await claim_due(off.deps, limit=5)

    assert batch.work == ()
    [change] = [entry.change for entry in batch.refused]
    assert change is not None
    assert (change.publication_id, change.after) == (row.id, Status.RETRYING)
    assert (change.error or {})["code"] == "PLATFORM_NOT_CONFIGURED"


async def test_so_does_renewing_an_account_of_it(off: Door):
    account = await _account(off, models.ConnectionStatus.RECONNECT_REQUIRED)
    ask = "mutation ($id: ID!) { reconnectAccount(input: { accountId: $id }) { userErrors { code path } } }"

    payload = (await off.ask(ask, id=public_id(Kind.CONNECTED_ACCOUNT, account.id)))["data"]["reconnectAccount"]

    assert payload["userErrors"] == [{"code": "PLATFORM_NOT_CONFIGURED", "path": ["environment"]}]


async def test_the_server_says_that_it_is_off(off: Door):
    assert (await off.ask("{ server { sandboxEnabled } }"))["data"]["server"] == {"sandboxEnabled": False}


async def test_a_channel_of_it_can_still_be_read_with_what_it_accepts(off: Door):
    account = await _account(off, models.ConnectionStatus.ACTIVE)
    channel = await models.Channel.create(
        workspace_id=account.workspace_id,
        account_id=account.id,
        platform=Platform.INSTAGRAM,
        kind="instagram_account",
        environment=Environment.SANDBOX,
        platform_account_id="1",
        name="Solo",
        created_at=account.created_at,
    )
    ask = "query ($id: ID!) { channel(id: $id) { name capabilities { kind maxTextLength } } }"

    answer = await off.ask(ask, id=public_id(Kind.CHANNEL, channel.id))

    assert answer["data"]["channel"]["capabilities"] == {"kind": "INSTAGRAM_ACCOUNT", "maxTextLength": 2200}


async def test_a_browser_that_comes_back_learns_that_the_sign_in_is_not_known(off: Door):
    await _attempt(off, models.ConnectionAttemptStatus.WAITING)

    answer = await off.http.get("/oauth/meta/callback", params={"state": "the-state", "code": "x"})

    assert answer.status_code == 400
    assert "Unknown sign-in" in answer.text


async def test_a_sign_in_under_way_waits_a_little_and_then_fails_with_the_reason(off: Door):
    row = await _attempt(off, models.ConnectionAttemptStatus.COMPLETING)
    statuses: list[models.ConnectionAttemptStatus] = []

    for _ in range(5):
        await models.ConnectionAttempt.filter(id=row.id).update(due_at=row.created_at)
        assert await claim_connections(off.deps, limit=5) == [row.id]
        await complete_claimed(off.deps, attempt_id=row.id)
        await row.refresh_from_db()
        statuses.append(row.status)

    waiting, failed = models.ConnectionAttemptStatus.COMPLETING, models.ConnectionAttemptStatus.FAILED
    assert statuses == [waiting] * 4 + [failed]
    assert row.error["code"] == "PLATFORM_NOT_CONFIGURED"
    assert "SANDBOX switched off" in row.error["message"]
    assert row.sealed_code is None


async def test_a_disconnected_account_of_it_is_given_up_after_eight_tries_and_its_tokens_are_forgotten(off: Door):
    account = await _account(off, models.ConnectionStatus.DISCONNECTED)
    token = NewToken(account.id, None, "token", None)
    await append(off.deps.token_keys, workspace_id=account.workspace_id, tokens=[token], now=account.created_at)
    left: list[int] = []

    for _ in range(8):
        await models.ConnectedAccount.filter(id=account.id).update(revoke_due_at=account.created_at)
        assert await claim_revocations(off.deps, limit=5) == [account.id]
        await revoke_claimed(off.deps, account_id=account.id)
        left.append(await models.Credential.filter(account_id=account.id).count())

    assert left == [1] * 7 + [0]
    await account.refresh_from_db()
    assert account.revoke_due_at is None
