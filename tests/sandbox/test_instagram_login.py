"""Instagram Login: an account without a Page signs in on hosts of its own, and publishes."""

import hashlib
import hmac
from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from sandbox.world import new_world
from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import DAY, REDIRECT, Stranger, error_of, fields_of

APP = {"client_id": "200000000000002", "client_secret": "sandbox-instagram-app-secret"}
SCOPES = (
    "instagram_business_basic,instagram_business_content_publish,instagram_business_manage_comments,"
    "instagram_business_manage_insights"
)
SQUARE, REEL = f"{PICTURES}/square.jpg", f"{PICTURES}/reel.mp4"


class Login:
    """An app that knows Instagram Login from its documentation only."""

    def __init__(self, meta: Stranger) -> None:
        self.meta, self.http = meta, meta.http

    async def dialog(self, **given: Any) -> httpx.Response:
        """Open the dialog; `None` leaves a parameter out."""
        asked = {"client_id": APP["client_id"], "redirect_uri": REDIRECT, "response_type": "code", "scope": SCOPES}
        query = {name: value for name, value in {**asked, "state": "s", **given}.items() if value is not None}
        return await self.http.get("/instagram/oauth/authorize", params=query)

    async def code(self, **given: Any) -> str:
        answer = await self.dialog(auto="approve", **given)
        assert answer.has_redirect_location, answer.text
        return fields_of(answer.headers["location"])["code"]

    async def exchange(self, code: str, **given: Any) -> httpx.Response:
        form = {**APP, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code, **given}
        return await self.http.post("/instagram/oauth/access_token", data=form)

    async def short(self, **given: Any) -> str:
        return (await self.exchange(await self.code(**given))).json()["data"][0]["access_token"]

    async def long(self, **given: Any) -> str:
        answer = await self.lengthen(await self.short(**given))
        return answer.json()["access_token"]

    async def lengthen(self, token: str, **given: Any) -> httpx.Response:
        query = {"grant_type": "ig_exchange_token", "client_secret": APP["client_secret"], "access_token": token}
        return await self.http.get("/instagram/access_token", params={**query, **given})

    async def refresh(self, token: str) -> httpx.Response:
        query = {"grant_type": "ig_refresh_token", "access_token": token}
        return await self.http.get("/instagram/refresh_access_token", params=query)

    async def call(self, method: str, path: str, token: str, **given: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"}
        place = {"params": given} if method == "GET" else {"data": given}
        return await self.http.request(method, f"/instagram/v26.0/{path}", headers=headers, **place)

    async def me(self, token: str, fields: str = "id,user_id,username,account_type") -> httpx.Response:
        return await self.call("GET", "me", token, fields=fields)


@pytest.fixture
async def login(meta: Stranger) -> Login:
    await meta.settings(processing={"fixed_seconds": 10})
    return Login(meta)


async def test_an_account_signs_in_and_publishes(login: Login):
    token = await login.long()
    me = (await login.me(token)).json()
    given = {"image_url": SQUARE, "caption": "No Page at all"}
    container = (await login.call("POST", f"{me['user_id']}/media", token, **given)).json()["id"]
    await login.meta.pass_time(10)
    status = (await login.call("GET", container, token, fields="status_code")).json()
    media = await login.call("POST", f"{me['user_id']}/media_publish", token, creation_id=container)

    (entry,) = await login.meta.ledger()
    listed = (await login.call("GET", f"{me['user_id']}/media", token, fields="id,caption")).json()["data"]
    assert (me["username"], me["account_type"]) == ("solo.bakery", "BUSINESS")
    assert me["id"] != me["user_id"]
    assert status["status_code"] == "FINISHED"
    assert (entry["public_id"], entry["account_id"]) == (media.json()["id"], me["user_id"])
    assert listed == [{"id": entry["public_id"], "caption": "No Page at all"}]


async def test_both_logins_see_the_same_account(login: Login):
    page, token = await login.meta.page(), await login.long()

    assert (await login.me(token)).json()["user_id"] == page.instagram


async def test_the_code_comes_with_the_state_and_a_fragment_of_its_own(login: Login):
    answer = await login.dialog(auto="approve")
    refused = fields_of((await login.dialog(auto="deny")).headers["location"])

    assert fields_of(answer.headers["location"])["state"] == "s"
    assert answer.headers["location"].endswith("#_")
    assert (refused["error"], refused["error_reason"], refused["state"]) == ("access_denied", "user_denied", "s")


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "100000000000001"},
        {"response_type": "token"},
        {"response_type": None},
        {"redirect_uri": "nonsense"},
        {"scope": "instagram_basic"},
        {"scope": "business_basic"},
        {"scope": "instagram_business_content_publish"},
        {"persona": "nobody"},
        {"persona": "no-ig"},
        {"account": "somebody_else"},
    ],
    ids=str,
)
async def test_a_wrong_sign_in_goes_nowhere(login: Login, wrong: dict[str, Any]):
    answer = await login.dialog(auto="approve", **wrong)

    assert (answer.status_code, answer.has_redirect_location) == (400, False)


async def test_only_registered_addresses_are_sent_back_to(login: Login):
    await login.meta.settings(instagram_redirect_uris=[REDIRECT])

    assert (await login.dialog(auto="approve", redirect_uri=f"{REDIRECT}/")).status_code == 400
    assert (await login.dialog(auto="approve")).has_redirect_location


async def test_a_person_chooses_account_and_permissions_on_the_page(login: Login):
    page = await login.dialog(persona="two-pages")
    form = {"client_id": APP["client_id"], "redirect_uri": REDIRECT, "response_type": "code", "scope": SCOPES}
    form |= {"persona": "two-pages", "account": "south.street.books", "decision": "allow"}
    form |= {"grant.instagram_business_manage_comments": "1"}
    sent = await login.http.post("/instagram/oauth/authorize", data=form)
    cancelled = await login.http.post("/instagram/oauth/authorize", data={**form, "decision": "cancel"})

    (found,) = (await login.exchange(fields_of(sent.headers["location"])["code"])).json()["data"]
    assert "@north.street.coffee" in page.text
    assert (await login.me(found["access_token"])).json()["username"] == "south.street.books"
    assert found["permissions"] == "instagram_business_basic,instagram_business_manage_comments"
    assert fields_of(cancelled.headers["location"])["error"] == "access_denied"


async def test_the_exchange_answers_in_one_of_two_shapes(login: Login):
    documented = (await login.exchange(await login.code())).json()
    await login.meta.settings(instagram_answer="field")
    field = (await login.exchange(await login.code())).json()

    (data,) = documented["data"]
    assert data["permissions"] == ",".join(sorted(SCOPES.split(",")))
    assert field["user_id"] == int(data["user_id"])
    assert field["permissions"] == data["permissions"].split(",")
    assert field["access_token"].startswith("IGAA")


async def test_a_multipart_body_is_taken_too(login: Login):
    form = {**APP, "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": await login.code()}
    parts = {name: (None, value) for name, value in form.items()}

    assert (await login.http.post("/instagram/oauth/access_token", files=parts)).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "100000000000001"},
        {"client_secret": "sandbox-app-secret"},
        {"grant_type": "client_credentials"},
        {"redirect_uri": f"{REDIRECT}/"},
    ],
    ids=str,
)
async def test_a_wrong_exchange_is_refused_in_a_shape_of_its_own(login: Login, wrong: dict[str, str]):
    answer = await login.exchange(await login.code(), **wrong)

    assert answer.status_code == 400
    assert {**answer.json(), "error_message": ""} == {"error_type": "OAuthException", "code": 400, "error_message": ""}


async def test_a_code_is_good_once_and_for_an_hour_and_without_its_fragment(login: Login):
    code, late = await login.code(), await login.code()
    none = await login.exchange("nonsense")
    with_fragment = await login.exchange(f"{code}#_")
    first, second = await login.exchange(code), await login.exchange(code)
    await login.meta.pass_time(3_600)

    assert [none.status_code, with_fragment.status_code, first.status_code, second.status_code] == [400, 400, 200, 400]
    assert "used" in second.json()["error_message"]
    assert "expired" in (await login.exchange(late)).json()["error_message"]


async def test_a_code_of_one_login_is_none_of_the_other(login: Login):
    theirs = await login.meta.exchange(code=await login.code(), redirect_uri=REDIRECT)
    ours = await login.exchange(await login.meta.code())

    assert error_of(theirs)[:2] == (400, 100)
    assert ours.json()["error_message"] == "Invalid authorization code"


async def test_a_token_of_one_login_is_none_of_the_other(login: Login):
    token, facebook = await login.long(), await login.meta.token()

    assert error_of(await login.meta.get("me", token)) == (400, 190, None)
    assert error_of(await login.me(facebook)) == (400, 190, None)
    assert (await login.meta.debug(token))["is_valid"] is False


async def test_a_short_token_lasts_an_hour_a_long_one_sixty_days(login: Login):
    short = await login.short()
    answer = (await login.lengthen(short)).json()
    long = answer["access_token"]
    await login.meta.pass_time(3_600)
    assert error_of(await login.me(short)) == (400, 190, 463)
    assert error_of(await login.lengthen(short)) == (400, 190, 463)
    await login.meta.pass_time(60 * DAY - 3_600)

    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 60 * DAY)
    assert error_of(await login.me(long)) == (400, 190, 463)


async def test_only_a_short_token_is_exchanged_and_only_by_the_app(login: Login):
    short = await login.short()

    assert error_of(await login.lengthen(short, client_secret="sandbox-app-secret"))[:2] == (400, 101)
    assert error_of(await login.lengthen(short, grant_type="fb_exchange_token"))[:2] == (400, 100)
    assert error_of(await login.lengthen(await login.long()))[:2] == (400, 452)


async def test_a_long_token_is_refreshed_when_it_is_a_day_old_and_never_after_its_end(login: Login):
    token = await login.long()
    assert error_of(await login.refresh(token)) == (400, 100, None)
    assert error_of(await login.refresh(await login.short())) == (400, 100, None)
    await login.meta.pass_time(50 * DAY)
    answer = (await login.refresh(token)).json()
    await login.meta.pass_time(10 * DAY)

    assert (answer["expires_in"], answer["permissions"]) == (60 * DAY, ",".join(sorted(SCOPES.split(","))))
    assert error_of(await login.refresh(token)) == (400, 190, 463)
    assert (await login.me(answer["access_token"])).status_code == 200
    await login.meta.pass_time(50 * DAY)
    assert error_of(await login.refresh(answer["access_token"])) == (400, 190, 463)


async def test_what_was_declined_is_missing(login: Login):
    token = await login.long(decline="instagram_business_content_publish,instagram_business_basic")
    user_id = (await login.me(token)).json()["user_id"]

    answer = await login.call("POST", f"{user_id}/media", token, image_url=SQUARE)

    assert error_of(answer) == (403, 10, None)
    assert answer.json()["error"]["type"] == "IGApiException"


async def test_what_is_not_there_is_refused_in_its_own_type(login: Login):
    token = await login.long()
    user_id, own_id = [(await login.me(token)).json()[name] for name in ("user_id", "id")]
    container = (await login.call("POST", f"{user_id}/media", token, image_url=SQUARE)).json()["id"]
    await login.meta.pass_time(10)
    media = (await login.call("POST", f"{user_id}/media_publish", token, creation_id=container)).json()["id"]
    resumable = {"media_type": "REELS", "upload_type": "resumable"}

    answers = [
        await login.call("DELETE", media, token),
        await login.call("GET", f"{own_id}/media", token),
        await login.call("GET", (await login.meta.page()).id, token),
        await login.call("GET", "me/accounts", token),
        await login.call("POST", f"{user_id}/media", token, **resumable),
        await login.call("GET", media, token, fields="wishes"),
    ]
    assert [error_of(answer)[1] for answer in answers] == [100] * 6
    assert {answer.json()["error"]["type"] for answer in answers} == {"IGApiException"}
    assert (await login.meta.ledger())[0]["deleted_at"] is None


async def test_an_account_touches_no_other(login: Login):
    token = await login.long(persona="two-pages", account="north.street.coffee")
    other = await login.long(persona="two-pages", account="south.street.books")
    user_id = (await login.me(other)).json()["user_id"]

    assert error_of(await login.call("POST", f"{user_id}/media", token, image_url=SQUARE)) == (400, 100, 33)


async def test_a_role_from_business_manager_does_not_matter_here(login: Login):
    token = await login.long(persona="bm-role")
    user_id = (await login.me(token)).json()["user_id"]

    assert (await login.call("POST", f"{user_id}/media", token, image_url=SQUARE)).status_code == 200


async def test_a_first_comment_and_its_end(login: Login):
    token = await login.long()
    user_id = (await login.me(token)).json()["user_id"]
    container = (await login.call("POST", f"{user_id}/media", token, image_url=SQUARE)).json()["id"]
    await login.meta.pass_time(10)
    media = (await login.call("POST", f"{user_id}/media_publish", token, creation_id=container)).json()["id"]

    comment = (await login.call("POST", f"{media}/comments", token, message="First")).json()["id"]

    assert (await login.call("DELETE", comment, token)).json() == {"success": True}
    assert [entry["kind"] for entry in await login.meta.ledger()] == ["image", "comment"]


async def test_a_proof_is_not_needed_but_has_to_be_right(login: Login):
    token = await login.long()
    right = hmac.new(APP["client_secret"].encode(), token.encode(), hashlib.sha256).hexdigest()

    assert (await login.call("GET", "me", token, appsecret_proof=right)).status_code == 200
    assert error_of(await login.call("GET", "me", token, appsecret_proof="0" * 64))[1] == 100


async def test_the_log_shows_who_called_and_no_secret(login: Login):
    code = await login.code()
    token = (await login.exchange(code)).json()["data"][0]["access_token"]
    await login.me(token)
    await login.exchange(code)

    calls = (await login.meta.admin("calls", contents=1))["calls"]
    text = str(calls)
    assert [call["persona"] for call in calls if call["path"].startswith("/instagram")] == ["solo"] * 4
    assert calls[-1]["error"] == "400"
    for secret in (code, token, APP["client_secret"]):
        assert secret not in text


async def test_a_restart_remembers_the_sign_in(tmp_path: Any):
    async def opened(work: Any) -> Any:
        world = new_world(folder=tmp_path)
        transport = httpx.ASGITransport(create_app(world))
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test") as http:
            found = await work(Login(Stranger(http)))
        await world.aclose()
        return found

    token = await opened(lambda login: login.long())

    assert (await opened(lambda login: login.me(token))).json()["username"] == "solo.bakery"


async def test_faults_strike_here_too(login: Login):
    token = await login.long()
    user_id = (await login.me(token)).json()["user_id"]
    await login.meta.admin("faults", {"fault": "rate", "endpoint": "GET /media", "next": 1, "options": {"code": 80002}})

    answer = await login.call("GET", f"{user_id}/media", token)

    assert error_of(answer) == (400, 80002, 2446079)
    assert "x-business-use-case-usage" in answer.headers
