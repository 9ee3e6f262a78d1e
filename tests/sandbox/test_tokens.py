"""Tokens in three tiers: what each is good for, how long, and what the platform says about it."""

import base64
from typing import Any

import pytest

from tests.sandbox.stranger import APP, DAY, REDIRECT, SCOPES, VERSION, Stranger, error_of, proof

LONG, HOUR, DATA_ACCESS = 5_183_944, 3_600, 90 * DAY


async def unix(meta: Stranger) -> float:
    return (await meta.admin("clock"))["unix"]


async def test_a_code_becomes_a_short_token_once(meta: Stranger):
    code = await meta.code()

    first = await meta.exchange(code=code, redirect_uri=REDIRECT)
    second = await meta.exchange(code=code, redirect_uri=REDIRECT)

    assert first.json().keys() == {"access_token", "token_type", "expires_in"}
    assert first.json()["expires_in"] == HOUR
    assert error_of(second) == (400, 100, 36009)
    assert second.json()["error"]["message"] == "This authorization code has been used."


WRONG_EXCHANGES: dict[str, tuple[dict[str, Any], tuple[int, int, int | None]]] = {
    "another redirect": ({"redirect_uri": REDIRECT + "/"}, (400, 100, 36008)),
    "no redirect": ({"redirect_uri": ""}, (400, 100, 36008)),
    "wrong secret": ({"client_secret": "guess"}, (400, 1, None)),
    "no secret": ({"client_secret": ""}, (400, 1, None)),
    "another app": ({"client_id": "1"}, (400, 101, None)),
    "an unknown code": ({"code": "AQnonsense"}, (400, 100, None)),
    "no code": ({"code": ""}, (400, 100, None)),
    "an unknown grant": ({"grant_type": "password"}, (400, 100, None)),
}


@pytest.mark.parametrize(("given", "refusal"), WRONG_EXCHANGES.values(), ids=WRONG_EXCHANGES)
async def test_a_wrong_exchange_is_refused_and_leaves_the_code_good(
    meta: Stranger, given: dict[str, Any], refusal: tuple[int, int, int | None]
):
    right = {"code": await meta.code(), "redirect_uri": REDIRECT}

    refused = await meta.exchange(**{**right, **given})

    assert error_of(refused) == refusal
    assert (await meta.exchange(**right)).status_code == 200


async def test_a_code_lives_ten_minutes(meta: Stranger):
    codes = [await meta.code() for _ in range(2)]

    await meta.pass_time(595)
    in_time = await meta.exchange(code=codes[0], redirect_uri=REDIRECT)
    await meta.pass_time(10)
    late = await meta.exchange(code=codes[1], redirect_uri=REDIRECT)

    assert in_time.status_code == 200
    assert error_of(late) == (400, 100, 36007)


async def test_the_exchange_takes_a_form_and_basic_authentication_with_or_without_a_version(meta: Stranger):
    basic = base64.b64encode(f"{APP['client_id']}:{APP['client_secret']}".encode()).decode()

    for path in (f"{VERSION}/oauth/access_token", "/meta/oauth/access_token", "/meta/v21.0/oauth/access_token/"):
        form = {"grant_type": "authorization_code", "code": await meta.code(), "redirect_uri": REDIRECT}
        answer = await meta.http.post(path, data=form, headers={"authorization": f"Basic {basic}"})
        assert answer.json()["token_type"] == "bearer"


async def test_a_short_token_becomes_one_of_sixty_days(meta: Stranger):
    short = await meta.short_token()

    answer = (await meta.exchange(grant_type="fb_exchange_token", fb_exchange_token=short)).json()
    about, about_short = await meta.debug(answer["access_token"]), await meta.debug(short)

    assert answer["access_token"] != short
    assert answer["expires_in"] == LONG
    now = await unix(meta)
    assert abs(about["expires_at"] - now - LONG) < 5
    assert abs(about_short["expires_at"] - now - HOUR) < 5
    assert "issued_at" in about
    assert "issued_at" not in about_short


async def test_a_long_token_is_not_prolonged_without_the_person(meta: Stranger):
    token = await meta.token()
    await meta.pass_time(30 * DAY)

    again = (await meta.exchange(grant_type="fb_exchange_token", fb_exchange_token=token)).json()

    assert abs(again["expires_in"] - (LONG - 30 * DAY)) < 5


@pytest.mark.parametrize("token", ["", "nonsense", f"{APP['client_id']}|{APP['client_secret']}"])
async def test_only_a_persons_token_is_exchanged(meta: Stranger, token: str):
    answer = await meta.exchange(grant_type="fb_exchange_token", fb_exchange_token=token)

    assert error_of(answer)[1] in {100, 190}


async def test_a_page_token_of_a_long_one_never_expires_and_of_a_short_one_dies_with_it(meta: Stranger):
    short = await meta.short_token()
    of_short = (await meta.get("me/accounts", short)).json()["data"][0]["access_token"]
    of_long = (await meta.page()).token

    before = [await meta.debug(token) for token in (of_short, of_long)]
    await meta.pass_time(HOUR + 1)
    after = [await meta.debug(token) for token in (of_short, of_long)]

    assert [about["type"] for about in before] == ["PAGE", "PAGE"]
    assert [about["expires_at"] for about in before] == [(await meta.debug(short))["expires_at"], 0]
    assert [about["is_valid"] for about in after] == [False, True]
    assert (after[0]["error"]["code"], after[0]["error"]["subcode"], after[0]["scopes"]) == (190, 463, [])


async def test_asking_twice_gives_the_same_page_token(meta: Stranger):
    token = await meta.token()

    first, second = [(await meta.get("me/accounts", token)).json()["data"][0]["access_token"] for _ in range(2)]

    assert first == second


async def test_debug_token_tells_everything_about_a_page_token(meta: Stranger):
    page = await meta.page()

    about = await meta.debug(page.token)

    assert about["app_id"] == APP["client_id"]
    assert (about["is_valid"], about["profile_id"]) == (True, page.id)
    assert set(about["scopes"]) == {*SCOPES.split(","), "public_profile"}
    assert {one["scope"] for one in about["granular_scopes"]} == set(SCOPES.split(","))
    assert all("target_ids" not in one for one in about["granular_scopes"])
    assert abs(about["data_access_expires_at"] - await unix(meta) - DATA_ACCESS) < 5


async def test_debug_token_knows_no_nonsense_and_answers_no_page(meta: Stranger):
    page = await meta.page()

    assert (await meta.debug("nonsense"))["is_valid"] is False
    assert error_of(await meta.get("debug_token", page.token, input_token=page.token)) == (400, 100, None)
    assert error_of(await meta.get("debug_token", await meta.token())) == (400, 100, None)


async def test_after_ninety_days_the_page_token_lives_and_instagram_is_gone(meta: Stranger):
    page = await meta.page()
    await meta.pass_time(DATA_ACCESS + 1)

    text = await meta.post(f"{page.id}/feed", page.token, message="Still here")
    image = await meta.post(f"{page.instagram}/media", page.token, image_url="http://pictures.example/square.jpg")

    assert (await meta.debug(page.token))["is_valid"]
    assert text.status_code == 200
    assert error_of(image) == (403, 10, None)
    seen = (await meta.get(page.id, page.token, fields="instagram_business_account")).json()
    assert seen == {"id": page.id}


@pytest.mark.parametrize("subcode", [458, 459, 460, 463, 464, 467, 492])
async def test_a_token_that_was_taken_back_says_why(meta: Stranger, subcode: int):
    page = await meta.page()
    killed = await meta.admin("tokens", {"persona": "solo", "subcode": subcode})

    answer = await meta.post(f"{page.id}/feed", page.token, message="Too late")

    assert killed["invalidated"] >= 2
    assert error_of(answer) == (400, 190, subcode)
    assert answer.headers["www-authenticate"].startswith('OAuth "Facebook Platform"')
    assert (await meta.debug(page.token))["error"]["subcode"] == subcode
    assert (await meta.page()).token != page.token


async def test_giving_the_app_up_kills_its_tokens(meta: Stranger):
    token = await meta.token()

    answer = await meta.delete("me/permissions", token)

    assert answer.json() == {"success": True}
    assert error_of(await meta.get("me", token)) == (400, 190, 458)


@pytest.mark.parametrize(
    "given",
    ["", "0" * 64, proof("another token"), "\u00e9"],
    ids=["empty", "zeros", "of another token", "no hexadecimal"],
)
async def test_a_wrong_proof_is_refused(meta: Stranger, given: str):
    page = await meta.page()

    answer = await meta.call("GET", "me", page.token, params={"appsecret_proof": given})

    assert error_of(answer) == (400, 100, None)
    error = answer.json()["error"]
    assert error["message"] == "Invalid appsecret_proof provided in the API argument"
    assert error["type"] == "GraphMethodException"


async def test_a_proof_of_another_secret_is_refused(meta: Stranger):
    page = await meta.page()

    answer = await meta.call("GET", "me", page.token, params={"appsecret_proof": proof(page.token, "another")})

    assert answer.json()["error"]["message"] == "Invalid appsecret_proof provided in the API argument"


async def test_a_call_without_proof_is_refused_unless_the_administrator_says_otherwise(meta: Stranger):
    page = await meta.page()

    strict = await meta.call("POST", f"{page.id}/feed", page.token, data={"message": "Unproved"})
    await meta.settings(require_proof=False)
    lax = await meta.call("POST", f"{page.id}/feed", page.token, data={"message": "Unproved"})
    wrong = await meta.call("GET", "me", page.token, params={"appsecret_proof": "0"})

    assert strict.json()["error"]["message"] == "API calls from the server require an appsecret_proof argument"
    assert lax.status_code == 200
    assert error_of(wrong)[1] == 100
    assert [entry["text"] for entry in await meta.ledger()] == ["Unproved"]


async def test_the_proof_is_the_documented_one():
    assert (
        proof("EAAsandboxtoken", "sandbox-app-secret")
        == "81e089c3cc221cb0ff43072732be4822a93df06aa7b830d912ab715a76b307d8"
    )


@pytest.mark.parametrize("scheme", ["Bearer", "OAuth", "bearer", None])
async def test_a_token_is_taken_from_a_header_or_a_parameter(meta: Stranger, scheme: str | None):
    token = await meta.token()
    query = {"appsecret_proof": proof(token), **({} if scheme else {"access_token": token})}

    answer = await meta.http.get(
        f"{VERSION}/me", params=query, headers={"authorization": f"{scheme} {token}"} if scheme else {}
    )

    assert answer.json()["name"] == "Sam Solo"


async def test_without_a_token_or_with_nonsense_nothing_is_answered(meta: Stranger):
    assert error_of(await meta.call("GET", "me", None)) == (400, 104, None)
    assert error_of(await meta.get("me", "nonsense")) == (400, 190, None)


async def test_no_token_is_written_down(meta: Stranger, world: Any):
    page = await meta.page()
    await meta.post(f"{page.id}/feed", page.token, message="Hello")

    written = str([await meta.admin("calls"), await meta.ledger(), await meta.admin("personas"), world.calls])

    assert page.token not in written
    assert APP["client_secret"] not in written
