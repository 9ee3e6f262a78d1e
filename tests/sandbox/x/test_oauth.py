"""Signing in at X: the consent page, codes of thirty seconds, PKCE, refresh tokens that work once."""

import html
import re

import pytest

from tests.sandbox.x.stranger import CLIENT, REDIRECT, SCOPES, VERIFIER, XStranger, challenge, fields_of, problem_of

INVALID_CODE = {
    "error": "invalid_request",
    "error_description": "Value passed for the authorization code was invalid.",
}
INVALID_TOKEN = {"error": "invalid_request", "error_description": "Value passed for the token was invalid."}
NO_CLIENT = {"error": "unauthorized_client", "error_description": "Missing valid authorization header"}


async def test_people_allow_or_cancel(x: XStranger):
    page = (await x.dialog()).text
    fields = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page)}

    allowed = await x.http.post("/x/i/oauth2/authorize", data={**fields, "decision": "allow"})
    cancelled = await x.http.post("/x/i/oauth2/authorize", data={**fields, "decision": "cancel"})

    back = fields_of(allowed.headers["location"])
    assert allowed.headers["location"].startswith("https://app.example.com/callback?kept=1&")
    assert (back["state"], back["kept"]) == ("a state", "1")
    assert (await x.exchange(back["code"])).status_code == 200
    assert fields_of(cancelled.headers["location"]) == {"kept": "1", "error": "access_denied", "state": "a state"}


async def test_the_page_lets_somebody_else_sign_in(x: XStranger):
    page = (await x.dialog()).text
    address = html.unescape(re.findall(r'href="([^"]*persona=premium[^"]*)"', page)[0])

    other = await x.http.get(address)

    assert "@petra_premium" in other.text


@pytest.mark.parametrize(
    "given",
    [
        {"client_id": "another"},
        {"redirect_uri": "/relative"},
        {"response_type": "token"},
        {"state": None},
        {"state": "s" * 501},
        {"code_challenge": None},
        {"code_challenge_method": "S512"},
        {"scope": None},
        {"scope": f"{SCOPES} tweet.everything"},
        {"persona": "nobody"},
    ],
    ids=str,
)
async def test_an_address_that_is_wrong_leads_nowhere(x: XStranger, given: dict[str, str]):
    answer = await x.dialog(auto="approve", **given)

    assert (answer.status_code, answer.has_redirect_location) == (400, False)


async def test_registered_addresses_are_compared_to_the_letter(x: XStranger):
    await x.settings(redirect_uris=[REDIRECT])

    assert (await x.dialog(auto="approve")).status_code == 302
    assert (await x.dialog(auto="approve", redirect_uri=f"{REDIRECT}/")).status_code == 400


@pytest.mark.parametrize(
    ("method", "given", "verifier", "status"),
    [
        ("S256", challenge(), VERIFIER, 200),
        ("s256", challenge(), VERIFIER, 200),
        ("plain", VERIFIER, VERIFIER, 200),
        ("plain", VERIFIER, "another", 400),
        ("S256", challenge(), "another", 400),
        ("S256", challenge(), "", 400),
        ("S256", VERIFIER, VERIFIER, 400),
    ],
)
async def test_the_verifier_must_belong_to_the_challenge(
    x: XStranger, method: str, given: str, verifier: str, status: int
):
    code = await x.code(code_challenge=given, code_challenge_method=method)

    assert (await x.exchange(code, code_verifier=verifier)).status_code == status


async def test_a_code_works_once_for_thirty_seconds_and_with_the_same_address(x: XStranger):
    used, late, elsewhere = [await x.code() for _ in range(3)]

    first, second = await x.exchange(used), await x.exchange(used)
    moved = await x.exchange(elsewhere, redirect_uri="https://app.example.com/other")
    await x.pass_time(30)

    assert first.status_code == 200
    assert (second.status_code, second.json()) == (400, INVALID_CODE)
    assert (moved.status_code, moved.json()["error"]) == (400, "invalid_request")
    assert (await x.exchange(late)).json() == INVALID_CODE
    assert (await x.exchange("made-up")).json() == INVALID_CODE


async def test_tokens_echo_the_scopes_in_their_order(x: XStranger):
    asked = "users.read offline.access tweet.read"

    tokens = await x.tokens(scope=asked)
    without = await x.tokens(scope="users.read tweet.read")

    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == ("bearer", 7_200, asked)
    assert "refresh_token" in tokens
    assert "refresh_token" not in without


@pytest.mark.parametrize(
    "given",
    [
        {"auth": None},
        {"auth": (CLIENT[0], "wrong")},
        {"auth": ("nobody", CLIENT[1])},
        {"auth": None, "client_id": CLIENT[0]},
        {"auth": CLIENT, "client_id": "sandbox-x-public"},
    ],
    ids=str,
)
async def test_an_app_that_cannot_say_who_it_is_gets_nothing(x: XStranger, given: dict[str, str]):
    answer = await x.exchange(await x.code(), **given)

    assert (answer.status_code, answer.json()) == (401, NO_CLIENT)


async def test_a_public_app_names_itself_in_the_body(x: XStranger):
    code = await x.code(client_id="sandbox-x-public")

    tokens = (await x.exchange(code, auth=None, client_id="sandbox-x-public")).json()
    fresh = await x.refresh(tokens["refresh_token"], auth=None, client_id="sandbox-x-public")
    foreign = await x.refresh(fresh.json()["refresh_token"])

    assert fresh.status_code == 200
    assert (foreign.status_code, foreign.json()) == (400, INVALID_TOKEN)


async def test_a_refresh_token_works_once(x: XStranger):
    old = await x.tokens()

    new = (await x.refresh(old["refresh_token"])).json()
    again = await x.refresh(old["refresh_token"])

    assert new["refresh_token"] != old["refresh_token"]
    assert new["scope"] == old["scope"]
    assert (again.status_code, again.json()) == (400, INVALID_TOKEN)
    assert (await x.refresh(new["refresh_token"])).status_code == 200


async def test_reuse_can_end_the_whole_family(x: XStranger):
    await x.settings(family_kill_on_reuse=True)
    old = await x.tokens()
    new = (await x.refresh(old["refresh_token"])).json()

    await x.refresh(old["refresh_token"])

    assert (await x.refresh(new["refresh_token"])).json() == INVALID_TOKEN
    assert (await x.get("users/me", new["access_token"])).status_code == 401


async def test_a_lost_answer_has_used_the_refresh_token_up(x: XStranger):
    old = await x.tokens()
    await x.admin("faults", {"endpoint": "POST /2/oauth2/token", "fault": "land_then_drop", "next": 1})

    with pytest.raises(ConnectionResetError):
        await x.refresh(old["refresh_token"])

    assert (await x.refresh(old["refresh_token"])).json() == INVALID_TOKEN


async def test_an_access_token_lives_two_hours(x: XStranger):
    tokens = await x.tokens()
    await x.pass_time(7_199)
    alive = await x.get("users/me", tokens["access_token"])
    await x.pass_time(2)

    dead = await x.get("users/me", tokens["access_token"])

    assert alive.status_code == 200
    assert problem_of(dead) == (401, "Unauthorized")
    assert (await x.refresh(tokens["refresh_token"])).status_code == 200


async def test_a_revoked_consent_is_over(x: XStranger):
    tokens = await x.tokens()

    answer = await x.http.post("/x/2/oauth2/revoke", data={"token": tokens["refresh_token"]}, auth=CLIENT)

    assert answer.json() == {"revoked": True}
    assert (await x.refresh(tokens["refresh_token"])).status_code == 400
    assert (await x.get("users/me", tokens["access_token"])).status_code == 401


async def test_an_administrator_ends_tokens(x: XStranger):
    tokens = await x.tokens()

    ended = await x.admin("x/tokens", {"persona": "ordinary", "what": "access"})

    assert ended == {"invalidated": 1}
    assert (await x.get("users/me", tokens["access_token"])).status_code == 401
    assert (await x.refresh(tokens["refresh_token"])).status_code == 200


async def test_an_account_tells_who_it_is(x: XStranger):
    token = await x.token("premium", scope=f"{SCOPES} users.email")

    plain = await x.me(token)
    more = (await x.get("users/me", token, user__fields="subscription_type,confirmed_email,protected")).json()["data"]
    unknown = await x.get("users/me", token, user__fields="shoe_size")

    assert plain == {"id": plain["id"], "name": "Petra Premium", "username": "petra_premium"}
    assert more == {
        **plain,
        "subscription_type": "Premium",
        "confirmed_email": "petra_premium@example.com",
        "protected": False,
    }
    assert unknown.status_code == 400


async def test_no_secret_is_in_the_log(x: XStranger):
    code = await x.code()
    tokens = (await x.exchange(code)).json()
    await x.refresh(tokens["refresh_token"])
    await x.posted(tokens["access_token"], text="Hello")

    logged = (await x.http.get("/_admin/calls?contents=1")).text

    assert "/2/tweets" in logged
    for secret in (code, VERIFIER, CLIENT[1], *(tokens[name] for name in ("access_token", "refresh_token"))):
        assert secret not in logged
