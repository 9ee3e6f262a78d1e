"""Consent, tokens, and who somebody is."""

import re

import pytest

from tests.sandbox.linkedin.member import (
    AUTHORIZATION,
    DAY,
    MEMBER_APP,
    PAGE_APP,
    PAGE_SCOPE,
    REDIRECT,
    LinkedInApp,
    fields_of,
)


async def test_the_page_asks_and_the_form_allows(stranger: LinkedInApp):
    page = await stranger.consent(persona="refresh")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))

    allowed = await stranger.http.post(AUTHORIZATION, data={**fields, "decision": "allow"})
    cancelled = await stranger.http.post(AUTHORIZATION, data={**fields, "decision": "cancel"})

    assert "Rita Refresh" in page.text
    assert fields_of(allowed.headers["location"])["state"] == "s"
    assert (await stranger.exchange(fields_of(allowed.headers["location"])["code"])).status_code == 200
    assert fields_of(cancelled.headers["location"])["error"] == "user_cancelled_authorize"


@pytest.mark.parametrize(
    ("auto", "error"), [("deny", "user_cancelled_authorize"), ("cancel_login", "user_cancelled_login")]
)
async def test_a_member_may_say_no(stranger: LinkedInApp, auto: str, error: str):
    found = fields_of((await stranger.consent(auto=auto)).headers["location"])

    assert (found["error"], found["state"], "code" in found) == (error, "s", False)


@pytest.mark.parametrize(
    "given",
    [{"client_id": "other"}, {"redirect_uri": None}, {"redirect_uri": f"{REDIRECT}#x"}, {"redirect_uri": "app:back"}],
    ids=str,
)
async def test_nobody_is_sent_where_no_app_lives(stranger: LinkedInApp, given: dict[str, str]):
    answer = await stranger.consent(auto="approve", **given)

    assert (answer.status_code, "location" in answer.headers) == (400, False)
    assert "Bummer" in answer.text


async def test_registered_addresses_are_compared_exactly(stranger: LinkedInApp):
    await stranger.admin("linkedin", {"redirect_uris": [REDIRECT]})

    answers = [
        (await stranger.consent(auto="deny", redirect_uri=one)).status_code for one in (REDIRECT, f"{REDIRECT}/")
    ]

    assert answers == [302, 400]


@pytest.mark.parametrize(
    ("app", "scope"),
    [(MEMBER_APP, "openid w_organization_social"), (PAGE_APP, f"{PAGE_SCOPE} openid")],
    ids=["member", "page"],
)
async def test_one_scope_of_another_product_fails_the_whole_consent(
    stranger: LinkedInApp, app: dict[str, str], scope: str
):
    stranger.app = app
    found = fields_of((await stranger.consent(auto="approve", scope=scope)).headers["location"])

    assert found["error"] == "unauthorized_scope_error"
    assert re.fullmatch(r'Scope "\w+" is not authorized for your application', found["error_description"])


async def test_a_token_lives_sixty_days(stranger: LinkedInApp):
    answer = await stranger.sign_in()
    before = await stranger.call("GET", "/v2/userinfo")
    await stranger.later(60 * DAY)
    after = await stranger.call("GET", "/v2/userinfo")

    assert (answer["scope"], answer["token_type"]) == ("email,openid,profile,w_member_social", "Bearer")
    assert 5_183_999 <= answer["expires_in"] <= 5_184_000
    assert len(answer["access_token"]) > 450
    assert answer["id_token"].startswith("eyJ")
    assert "refresh_token" not in answer
    assert (before.status_code, after.json()["serviceErrorCode"]) == (200, 65602)


async def test_a_code_is_good_once_for_half_an_hour_with_its_address(stranger: LinkedInApp):
    code, late = await stranger.code(), await stranger.code()
    elsewhere = await stranger.exchange(code, redirect_uri=f"{REDIRECT}2")
    good, again = await stranger.exchange(code), await stranger.exchange(code)
    await stranger.later(30 * 60)
    expired = await stranger.exchange(late)

    assert [one.status_code for one in (elsewhere, good, again, expired)] == [400, 200, 400, 400]
    assert elsewhere.json()["error"] == expired.json()["error"] == "invalid_redirect_uri"
    assert "authorization code not found" in again.json()["error_description"]


@pytest.mark.parametrize("missing", ["grant_type", "code", "redirect_uri", "client_id", "client_secret"])
async def test_the_exchange_names_what_is_missing(stranger: LinkedInApp, missing: str):
    answer = await stranger.exchange(await stranger.code(), **{missing: None})

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.json()["error_description"] == f'A required parameter "{missing}" is missing'


async def test_the_secret_counts_and_comes_in_the_body(stranger: LinkedInApp):
    code = await stranger.code()
    wrong = await stranger.exchange(code, client_secret="guess")
    data = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    basic = await stranger.http.post("/linkedin/oauth/v2/accessToken", data=data, auth=tuple(MEMBER_APP.values()))

    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert (basic.status_code, basic.json()["error"]) == (400, "invalid_request")


async def test_a_refresh_token_is_not_rotated_and_lives_no_longer(stranger: LinkedInApp):
    first = await stranger.sign_in("refresh")
    await stranger.later(59 * DAY)
    fields = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = (await stranger.form("accessToken", **fields)).json()
    await stranger.later(301 * DAY)
    third = (await stranger.form("accessToken", **fields)).json()
    await stranger.later(5 * DAY)
    late = await stranger.form("accessToken", **fields)

    assert first["refresh_token_expires_in"] == 365 * DAY
    assert second["refresh_token"] == first["refresh_token"]
    assert second["refresh_token_expires_in"] == pytest.approx(306 * DAY, abs=60)
    assert second["expires_in"] == pytest.approx(60 * DAY, abs=60)
    assert third["expires_in"] == pytest.approx(5 * DAY, abs=60)
    assert (late.status_code, late.json()["error"]) == (400, "invalid_grant")


async def test_an_app_may_have_refresh_tokens_by_setting(stranger: LinkedInApp):
    await stranger.admin("linkedin", {"refresh_apps": ["member"]})

    assert "refresh_token" in await stranger.sign_in()


async def test_another_set_of_scopes_ends_the_tokens_before(stranger: LinkedInApp):
    await stranger.sign_in()
    first = stranger.token
    await stranger.sign_in()
    alive = (await stranger.form("introspectToken", token=first)).json()
    stranger.scope = "openid profile"
    await stranger.sign_in()
    dead = (await stranger.form("introspectToken", token=first)).json()

    assert (alive["active"], alive["status"]) == (True, "active")
    assert (dead["active"], dead["status"]) == (False, "revoked")


async def test_introspection_tells_of_own_tokens_and_revocation_ends_them(member: LinkedInApp):
    told = (await member.form("introspectToken", token=member.token)).json()
    other = (await LinkedInApp(member.http, PAGE_APP).form("introspectToken", token=member.token)).json()
    revoked = await member.form("revoke", token=member.token)
    refused = await member.call("GET", "/v2/userinfo")

    assert told["scope"] == "email,openid,profile,w_member_social"
    assert told["expires_at"] - told["created_at"] == 60 * DAY
    assert (told["auth_type"], told["client_id"]) == ("3L", MEMBER_APP["client_id"])
    assert other == {"active": False}
    assert revoked.status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (401, "REVOKED_ACCESS_TOKEN")


async def test_a_fresh_token_is_refused_at_first(stranger: LinkedInApp):
    await stranger.sign_in("fresh-401")
    answers = [await stranger.call("GET", "/v2/userinfo") for _ in range(4)]

    assert [one.status_code for one in answers] == [401, 401, 401, 200]
    assert answers[0].json()["serviceErrorCode"] == 65601


@pytest.mark.parametrize(
    ("header", "code"), [("", 401), ("Bearer nobody", 65600)], ids=["no token", "a token of nobody's"]
)
async def test_a_token_must_be_one(stranger: LinkedInApp, header: str, code: int):
    answer = await stranger.call("GET", "/v2/userinfo", authorization=header)

    assert (answer.status_code, answer.json()["serviceErrorCode"]) == (401, code)


async def test_an_administrator_ends_tokens(member: LinkedInApp):
    ended = await member.admin("linkedin/tokens", {"persona": "member", "status": "expired"})

    assert ended == {"ended": 1}
    assert (await member.call("GET", "/v2/userinfo")).json()["code"] == "EXPIRED_ACCESS_TOKEN"


async def test_userinfo_tells_what_was_granted(stranger: LinkedInApp):
    await stranger.sign_in()
    whole = (await stranger.call("GET", "/v2/userinfo")).json()
    stranger.scope = "openid w_member_social"
    await stranger.sign_in()
    little = (await stranger.call("GET", "/v2/userinfo")).json()

    assert (whole["name"], whole["email"], whole["email_verified"]) == ("Mina Member", "mina.member@example.com", True)
    assert set(little) == {"sub"}
    assert stranger.author == f"urn:li:person:{little['sub']}"


async def test_each_app_knows_a_member_by_another_id(stranger: LinkedInApp, page: LinkedInApp):
    await stranger.sign_in("organisations")
    here = (await stranger.call("GET", "/v2/userinfo")).json()["sub"]
    there = await page.call("GET", "/v2/me")

    assert there.json()["vanityName"] == "olga-organiser"
    assert there.json()["id"] != here
    assert (await page.call("GET", "/v2/userinfo")).json()["code"] == "ACCESS_DENIED"


async def test_userinfo_is_throttled_by_day_and_app(member: LinkedInApp):
    await member.admin("linkedin", {"userinfo_per_app": 1})
    answers = [await member.call("GET", "/v2/userinfo") for _ in range(2)]
    await member.later(DAY)
    next_day = await member.call("GET", "/v2/userinfo")

    assert [one.status_code for one in (*answers, next_day)] == [200, 429, 200]
    assert "throttle APPLICATION DAY limit" in answers[1].json()["message"]


async def test_roles_come_in_pages(page: LinkedInApp):
    found, start = [], 0
    while batch := (
        await page.call("GET", f"/rest/organizationAcls?q=roleAssignee&state=APPROVED&count=100&start={start}")
    ).json()["elements"]:
        found += batch
        start += 100
    first = (await page.call("GET", "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR")).json()

    assert len(found) == 105
    assert {one["role"] for one in found} == {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "ANALYST"}
    assert len({one["organization"] for one in found}) == 105
    assert (len(first["elements"]), first["paging"]["start"], first["paging"]["count"]) == (10, 0, 10)
    assert first["paging"]["links"][0]["rel"] == "next"


async def test_organisations_are_read_one_by_one_or_together(page: LinkedInApp):
    number = page.author.rpartition(":")[2]
    one = (await page.call("GET", f"/rest/organizations/{number}")).json()
    path = f"/rest/organizations?ids=List({number},1)"
    both = (await page.call("GET", path, X_RestLi_Method="BATCH_GET")).json()
    unnamed = await page.call("GET", path)

    assert (one["id"], one["localizedName"]) == (int(number), "North Works")
    assert both["results"] == {number: one}
    assert both["errors"]["1"]["status"] == 404
    assert unnamed.status_code == 400
