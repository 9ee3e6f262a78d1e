"""Pages that are chosen are subscribed to, so that Meta tells of new posts; nothing else depends on it."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import httpx
import pytest

from platforms.base import Environment, Platform
from publishing import channels, credentials, models
from publishing.deps import Deps, open_deps
from publishing.ids import Kind, public_id
from publishing.models import ConnectionStatus
from publishing.records import Caller, Scope
from publishing.system import check_account, claim_checks
from tests.publishing.signing_in import choose, connect
from tests.publishing.town import at
from tests.support.sandbox import Sandbox

WORD = "the-operators-own-word"
_NUMBERS = count(2)


def somebody() -> str:
    """Give a persona that no other test has: the sandbox keeps what is subscribed to."""
    return f"many:{next(_NUMBERS)}"


@pytest.fixture
async def listening(make_settings: Callable[..., Any], sandbox: Sandbox) -> AsyncIterator[Deps]:
    async with open_deps(make_settings(sandbox_url=sandbox.url, meta_webhook_token=WORD)) as deps:
        yield deps


def signed(token: str) -> dict[str, str]:
    proof = hmac.new(b"sandbox-app-secret", token.encode(), hashlib.sha256).hexdigest()
    return {"access_token": token, "appsecret_proof": proof}


async def subscribed(deps: Deps, sandbox: Sandbox, channel: models.Channel) -> list[str]:
    """Ask the sandbox what our app hears of a Page, as another client would."""
    assert channel.page_id is not None
    tokens, _ = await credentials.open_each(
        deps.token_keys, workspace_id=channel.workspace_id, owner_ids=[channel.page_id]
    )
    async with httpx.AsyncClient() as client:
        answer = await client.get(
            f"{sandbox.url}/meta/v26.0/{channel.platform_account_id}/subscribed_apps",
            params=signed(tokens[channel.page_id]),
        )
    assert answer.is_success, answer.text
    return [name for entry in answer.json()["data"] for name in entry["subscribed_fields"]]


async def test_a_check_subscribes_to_each_chosen_page_once(listening: Deps, sandbox: Sandbox):
    account = await connect(listening, somebody())
    pages = [one for one in await choose(account) if one.platform is Platform.FACEBOOK]
    for _ in range(2):
        await check_account(listening, account_id=account.id)

    assert [await subscribed(listening, sandbox, page) for page in pages] == [["feed"]] * len(pages)
    asked = [call["endpoint"] for call in await sandbox.calls()]
    assert asked.count("POST /subscribed_apps") == len(pages)


async def test_what_the_app_hears_already_stays(listening: Deps, sandbox: Sandbox):
    account = await connect(listening, somebody())
    page = next(one for one in await choose(account) if one.platform is Platform.FACEBOOK)
    tokens, _ = await credentials.open_each(
        listening.token_keys, workspace_id=account.workspace_id, owner_ids=[page.page_id]
    )
    async with httpx.AsyncClient() as client:
        await client.post(
            f"{sandbox.url}/meta/v26.0/{page.platform_account_id}/subscribed_apps",
            data={"subscribed_fields": "messages", **signed(tokens[page.page_id])},
        )

    await check_account(listening, account_id=account.id)

    assert set(await subscribed(listening, sandbox, page)) == {"feed", "messages"}


async def test_a_page_that_cannot_be_subscribed_to_is_published_to_all_the_same(listening: Deps, sandbox: Sandbox):
    account = await connect(listening, somebody())
    page = next(one for one in await choose(account) if one.platform is Platform.FACEBOOK)
    await sandbox.add_fault("POST /subscribed_apps", "clean_503", next_calls=1)

    await check_account(listening, account_id=account.id)

    assert (await models.ConnectedAccount.get(id=account.id)).status is ConnectionStatus.ACTIVE
    assert await subscribed(listening, sandbox, page) == []
    await check_account(listening, account_id=account.id)
    assert await subscribed(listening, sandbox, page) == ["feed"]


async def test_at_a_limit_no_other_page_is_asked_about(listening: Deps, sandbox: Sandbox):
    account = await connect(listening, "many:3")
    await choose(account)
    await sandbox.add_fault("GET /subscribed_apps", "graph_error", error="4")

    await check_account(listening, account_id=account.id)

    assert [call["endpoint"] for call in await sandbox.calls()].count("GET /subscribed_apps") == 1


async def test_choosing_pages_has_them_subscribed_to_soon(listening: Deps):
    account = await connect(listening, somebody())
    page = await models.SelectablePage.filter(account_id=account.id).first()
    assert page is not None
    caller = Caller(account.workspace_id, account.id, "key_test", frozenset(Scope), None)

    await channels.select_pages(
        listening,
        caller,
        account_id=public_id(Kind.CONNECTED_ACCOUNT, account.id),
        page_ids=[public_id(Kind.SELECTABLE_PAGE, page.id)],
        include_linked_instagram=False,
        replace=False,
    )

    assert await claim_checks(at(listening, await listening.clock.now()), limit=5) == [account.id]


async def test_without_the_operators_word_nothing_is_asked_for(deps: Deps, sandbox: Sandbox):
    account = await connect(deps, somebody())
    await choose(account)

    await check_account(deps, account_id=account.id)

    assert "POST /subscribed_apps" not in [call["endpoint"] for call in await sandbox.calls()]
    oauth = deps.networks.get(Platform.FACEBOOK, Environment.SANDBOX).oauth
    assert oauth is not None
    assert "pages_manage_metadata" not in oauth.requested_permissions
