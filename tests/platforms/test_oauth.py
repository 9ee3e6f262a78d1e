"""Signing in: three tiers of tokens, what they may do, until when, and what goes wrong on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.base import ChannelKind
from platforms.errors import FailureCode, ReconnectRequiredError, RejectedError, TransientError
from platforms.facebook.oauth import PERMISSIONS
from tests.platforms.conftest import REDIRECT, VERIFIER, Desk, of_kind
from tests.platforms.wire import Wire
from tests.support.loopback import loopback
from tests.support.sandbox import Sandbox

APP = "100000000000001|sandbox-app-secret"


async def describe(sandbox: Sandbox, token: str) -> dict[str, Any]:
    """Ask the platform, past our client, what it knows about a token."""
    async with loopback(base_url=sandbox.url) as http:
        asked = {"input_token": token, "access_token": APP}
        return (await http.get("/meta/v26.0/debug_token", params=asked)).json()["data"]


async def exchange(desk: Desk, code: str, redirect_uri: str = REDIRECT) -> None:
    await desk.oauth.exchange(code=code, redirect_uri=redirect_uri, verifier=VERIFIER, now=datetime.now(UTC))


async def test_a_sign_in_ends_with_the_long_lived_token(wired: Desk, wire: Wire, sandbox: Sandbox):
    grant = await wired.sign_in()

    short, long = wire.asked("POST /oauth/access_token")
    assert long.fields["fb_exchange_token"] != grant.token
    assert (await describe(sandbox, long.fields["fb_exchange_token"]))["expires_at"] < long_from_now(1)
    known = await describe(sandbox, grant.token)
    assert known["type"] == "USER"
    assert known["expires_at"] > long_from_now(59)
    assert "code" in short.fields


def long_from_now(days: int) -> float:
    return (datetime.now(UTC) + timedelta(days=days)).timestamp()


async def test_a_grant_knows_who_and_until_when(desk: Desk, sandbox: Sandbox):
    grant = await desk.sign_in()

    known = await describe(sandbox, grant.token)
    [person] = [one for one in (await sandbox.personas())["people"].values() if one["name"] == "Sam Solo"]
    assert (grant.platform_user_id, grant.name) == (person["id"], "Sam Solo")
    assert grant.expires_at == datetime.fromtimestamp(known["expires_at"], UTC)
    assert grant.data_access_expires_at == datetime.fromtimestamp(known["data_access_expires_at"], UTC)
    assert grant.data_access_expires_at > datetime.now(UTC) + timedelta(days=89)
    assert set(PERMISSIONS) <= set(grant.granted_permissions)
    assert grant.missing_permissions == ()
    assert grant.token not in repr(grant)


async def test_t11_the_tokens_of_pages_never_run_out(desk: Desk, sandbox: Sandbox):
    grant = await desk.sign_in("two-pages")
    pages = (await desk.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())).pages

    for page in of_kind(list(pages), ChannelKind.FACEBOOK_PAGE):
        assert page.token not in (None, grant.token)
        known = await describe(sandbox, page.token or "")
        assert (known["type"], known["expires_at"]) == ("PAGE", 0)
        assert known["profile_id"] == page.platform_account_id
        assert page.token_expires_at is None
        assert page.token not in repr(page)


async def test_the_end_of_a_pages_token_made_of_a_short_one_is_told(wired: Desk, wire: Wire):
    await wired.sign_in()
    short = wire.asked("POST /oauth/access_token")[1].fields["fb_exchange_token"]

    for page in (await wired.finder.offer(token=short, now=datetime.now(UTC), granted=())).pages:
        assert page.token_expires_at is not None
        assert page.token_expires_at < datetime.now(UTC) + timedelta(hours=3)


async def test_what_the_person_denied_is_told(desk: Desk):
    grant = await desk.sign_in(decline="instagram_content_publish,business_management")

    assert set(grant.missing_permissions) == {"instagram_content_publish", "business_management"}
    assert not set(grant.missing_permissions) & set(grant.granted_permissions)


async def test_a_used_code_is_refused(desk: Desk):
    code = await desk.code()
    await exchange(desk, code)

    with pytest.raises(RejectedError) as caught:
        await exchange(desk, code)

    assert caught.value.failure.platform_code == "100/36009"


@pytest.mark.parametrize(("code", "redirect", "said"), [("nonsense", REDIRECT, "100"), (None, "x", "100/36008")])
async def test_a_wrong_code_or_address_is_refused(desk: Desk, code: str | None, redirect: str, said: str):
    with pytest.raises(RejectedError) as caught:
        await exchange(desk, code or await desk.code(), redirect)

    assert caught.value.failure.platform_code == said


async def test_a_code_that_ran_out_is_refused(make_desk: Any, own_sandbox: Sandbox):
    desk: Desk = make_desk(own_sandbox.url)
    code = await desk.code()
    await own_sandbox.advance_clock(11 * 60)

    with pytest.raises(RejectedError) as caught:
        await exchange(desk, code)

    assert caught.value.failure.platform_code == "100/36007"


async def test_a_platform_that_is_busy_is_asked_again_with_the_same_code(desk: Desk, sandbox: Sandbox):
    code = await desk.code()
    await sandbox.add_fault("POST /oauth/access_token", "clean_503", nth=1)
    with pytest.raises(TransientError):
        await exchange(desk, code)

    await exchange(desk, code)


@pytest.mark.parametrize("endpoint", ["POST /oauth/access_token", "GET /me", "GET /me/permissions", "GET /debug_token"])
async def test_a_short_outage_after_the_code_is_used_loses_no_sign_in(desk: Desk, sandbox: Sandbox, endpoint: str):
    code = await desk.code()
    await sandbox.add_fault(endpoint, "clean_503", nth=2 if endpoint.startswith("POST") else 1)

    await exchange(desk, code)

    assert (await sandbox.faults())[0]["fired"] == 1


async def test_a_long_outage_after_the_code_is_used_is_told(desk: Desk, sandbox: Sandbox):
    code = await desk.code()
    await sandbox.add_fault("GET /me", "clean_503")

    with pytest.raises(TransientError):
        await exchange(desk, code)

    assert len(await sandbox.calls("GET /me")) == 3


async def test_an_app_that_is_refused_is_the_operators_and_condemns_no_sign_in(wired: Desk, wire: Wire):
    grant = await wired.sign_in()
    fault = {"message": "Invalid OAuth access token signature.", "type": "OAuthException", "code": 190}
    wire.answer("GET /debug_token", {"error": fault}, status=400)

    with pytest.raises(RejectedError) as refused:
        await wired.oauth.check(token=grant.token, now=datetime.now(UTC))

    assert refused.value.failure.code is FailureCode.PLATFORM_NOT_CONFIGURED
    assert "operator" in refused.value.failure.hint


@pytest.mark.parametrize("body", [{}, {"access_token": ""}, {"access_token": 5}])
async def test_an_exchange_without_a_token_is_refused(wired: Desk, wire: Wire, body: Any):
    code = await wired.code()
    wire.answer("POST /oauth/access_token", body)

    with pytest.raises(RejectedError):
        await exchange(wired, code)


@pytest.mark.parametrize(
    ("asked", "body"),
    [("GET /me", {}), ("GET /me", {"id": None}), ("GET /me", []), ("GET /debug_token", {"error": 1})],
)
async def test_an_answer_without_what_matters_is_asked_for_again(wired: Desk, wire: Wire, asked: str, body: Any):
    code = await wired.code()
    wire.answer(asked, body)

    with pytest.raises((TransientError, RejectedError)):
        await exchange(wired, code)


async def test_permissions_that_make_no_sense_count_as_missing(wired: Desk, wire: Wire):
    wire.answer("GET /me/permissions", {"data": [None, {}, {"permission": "pages_show_list", "status": "granted"}]})

    grant = await wired.sign_in()

    assert grant.granted_permissions == ("pages_show_list",)
    assert len(grant.missing_permissions) == len(PERMISSIONS) - 1


async def test_a_revoked_sign_in_ends_at_the_platform(desk: Desk, sandbox: Sandbox):
    grant = await desk.sign_in("no-ig")

    await desk.oauth.revoke(token=grant.token)
    await desk.oauth.revoke(token=grant.token)

    assert (await describe(sandbox, grant.token))["is_valid"] is False
    with pytest.raises(ReconnectRequiredError):
        await desk.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())


async def test_a_revocation_that_did_not_get_through_is_told(desk: Desk, sandbox: Sandbox):
    grant = await desk.sign_in()
    await sandbox.add_fault("DELETE /me/permissions", "clean_503")

    with pytest.raises(TransientError):
        await desk.oauth.revoke(token=grant.token)


def test_nobody_signs_in_without_an_app(make_desk: Any):
    """Told by name before a browser is sent anywhere."""
    from platforms.base import Environment, Platform

    networks = make_desk("http://127.0.0.1:9").networks
    oauth = networks.get(Platform.FACEBOOK, Environment.LIVE).oauth

    assert oauth.missing_settings() == ("AGM_META_APP_ID", "AGM_META_APP_SECRET")
