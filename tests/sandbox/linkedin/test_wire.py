"""Versions, Rest.li's headers and encoding, and what faults do."""

from typing import Any
from urllib.parse import quote

import pytest

from sandbox.linkedin.errors import REFUSALS
from tests.sandbox.linkedin.member import VERSION, LinkedInApp, post_of


@pytest.mark.parametrize(
    ("version", "status", "code"),
    [
        ("", 400, "VERSION_MISSING"),
        ("2026-09", 400, "INVALID_VERSION"),
        ("202511", 426, "NONEXISTENT_VERSION"),
        ("202612", 426, "NONEXISTENT_VERSION"),
        ("202601", 201, None),
        ("202611", 201, None),
    ],
)
async def test_versions_come_and_go(member: LinkedInApp, version: str, status: int, code: str | None):
    answer = await member.call("POST", "/rest/posts", post_of(member.author), **{"LinkedIn-Version": version})

    assert answer.status_code == status
    assert answer.headers["x-li-uuid"]
    assert code is None or answer.json()["code"] == code
    assert status != 426 or answer.json()["message"] == f"Requested version {version}01 is not active"


async def test_the_window_moves(member: LinkedInApp):
    await member.admin("linkedin", {"versions": ["202610"]})

    assert (await member.post()).status_code == 426


async def test_restlis_own_version_is_wanted(member: LinkedInApp):
    answers = [
        await member.call("POST", "/rest/posts", post_of(member.author), **{"X-Restli-Protocol-Version": one})
        for one in ("", "1.0.0")
    ]

    assert [one.status_code for one in answers] == [400, 400]


async def test_a_urn_is_encoded(page: LinkedInApp):
    urn = (await page.post()).headers["x-restli-id"]
    bare = await page.call("GET", f"/rest/posts/{urn}")
    finder = await page.call("GET", f"/rest/posts?q=author&author={page.author}", X_RestLi_Method="FINDER")

    assert [(one.status_code, one.json()["code"]) for one in (bare, finder)] == [(400, "ILLEGAL_ARGUMENT")] * 2


async def test_some_methods_must_be_named(page: LinkedInApp):
    urn = quote((await page.post()).headers["x-restli-id"], safe="")
    patch = {"patch": {"$set": {"commentary": "Changed"}}}
    finder = f"/rest/posts?q=author&author={quote(page.author, safe='')}"
    answers = [
        await page.call("POST", f"/rest/posts/{urn}", patch),
        await page.call("GET", finder),
        await page.call("POST", "/rest/posts", post_of(page.author), X_RestLi_Method="BATCH_CREATE"),
    ]

    assert [one.status_code for one in answers] == [400, 400, 400]
    assert len(await page.ledger()) == 1


async def test_a_long_query_comes_as_a_body(page: LinkedInApp):
    urn = (await page.post()).headers["x-restli-id"]
    headers = {"authorization": f"Bearer {page.token}", **VERSION, "X-RestLi-Method": "FINDER"}
    headers |= {"X-HTTP-Method-Override": "GET", "content-type": "application/x-www-form-urlencoded"}
    body = f"q=author&author={quote(page.author, safe='')}"
    answer = await page.http.post("/linkedin/rest/posts", content=body, headers=headers)

    assert [one["id"] for one in answer.json()["elements"]] == [urn]


@pytest.mark.parametrize("body", [b"{", b"[]", b"null"])
async def test_a_body_is_a_json_object(member: LinkedInApp, body: bytes):
    headers = {"authorization": f"Bearer {member.token}", **VERSION, "content-type": "application/json"}
    answer = await member.http.post("/linkedin/rest/posts", content=body, headers=headers)

    assert answer.status_code == 400


async def test_an_unknown_path_is_404(member: LinkedInApp):
    answers = [await member.call("GET", "/rest/nothing"), await member.call("PUT", "/rest/posts", {})]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(404, "NOT_FOUND")] * 2


@pytest.mark.parametrize(
    ("fault", "options", "status", "live"),
    [
        ("clean_500", {}, 500, 0),
        ("land_then_500", {}, 500, 1),
        ("clean_503", {}, 503, 0),
        ("html_502", {}, 502, 0),
        ("html_502", {"landed": True}, 502, 1),
        ("slow", {"seconds": 0.01}, 201, 1),
        ("slow", {"seconds": 0.01, "landed": True}, 201, 1),
        ("no_restli_id", {}, 201, 1),
        ("linkedin_error", {"error": "429 MEMBER"}, 429, 0),
        ("linkedin_error", {"error": "504", "landed": True}, 504, 1),
    ],
    ids=str,
)
async def test_a_create_goes_wrong(member: LinkedInApp, fault: str, options: dict[str, Any], status: int, live: int):
    await member.admin("faults", {"fault": fault, "endpoint": "POST /rest/posts", "next": 1, "options": options})

    answer = await member.post()
    after = await member.post()

    assert answer.status_code == status
    assert ("x-restli-id" in answer.headers) == (fault == "slow")
    assert len(await member.ledger()) == live + 1
    assert after.status_code == 201


@pytest.mark.parametrize(("fault", "live"), [("drop_before", 0), ("land_then_drop", 1)])
async def test_a_create_is_cut(member: LinkedInApp, fault: str, live: int):
    await member.admin("faults", {"fault": fault, "endpoint": "POST /rest/posts"})

    with pytest.raises(ConnectionResetError):
        await member.post()

    assert len(await member.ledger()) == live


async def test_a_lost_answer_is_found_by_sending_again(member: LinkedInApp):
    await member.admin("faults", {"fault": "land_then_drop", "endpoint": "POST /rest/posts", "next": 1})
    with pytest.raises(ConnectionResetError):
        await member.post("Did it land?")

    again = await member.post("Did it land?")

    (entry,) = await member.ledger()
    assert again.json()["message"] == f"Content is a duplicate of {entry['public_id']}"


async def test_a_fault_may_be_meant_for_one_author(page: LinkedInApp):
    rule = {"fault": "clean_503", "endpoint": "POST /rest/posts", "account": page.author}
    await page.admin("faults", rule)
    mine = await page.post()
    page.author = page.author.replace(page.author[-8:], "00000000")

    assert [mine.status_code, (await page.post()).status_code] == [503, 403]


@pytest.mark.parametrize("name", sorted(REFUSALS))
async def test_every_refusal_can_be_had(member: LinkedInApp, name: str):
    await member.admin("faults", {"fault": "linkedin_error", "endpoint": "*", "options": {"error": name}})
    answer = await member.call("GET", "/v2/userinfo")

    assert answer.status_code == answer.json()["status"] == int(name.split(maxsplit=1)[0])


async def test_metas_faults_leave_linkedin_alone(member: LinkedInApp):
    await member.admin("faults", {"fault": "graph_error", "endpoint": "*"})

    assert (await member.post()).status_code == 201


async def test_the_log_tells_all_but_secrets(stranger: LinkedInApp):
    answer = await stranger.sign_in("refresh")
    await stranger.post()
    await stranger.post(visibility="NOBODY")
    shown = await stranger.admin("calls?contents=1&limit=100")

    exchange, create, refused = [one for one in shown["calls"] if one["method"] == "POST"][-3:]
    assert (create["endpoint"], create["status"], create["persona"]) == ("POST /rest/posts", 201, "refresh")
    assert create["account_id"] == stranger.author
    assert (refused["status"], refused["error"]) == (400, "INVALID_VALUE_FOR_FIELD")
    assert exchange["endpoint"] == "POST /oauth/v2/accessToken"
    assert "Hello" in create["contents"]["request"]["body"]
    secrets = [answer[name] for name in ("access_token", "refresh_token", "id_token")]
    assert [one for one in (*secrets, stranger.app["client_secret"]) if one in str(shown)] == []
    assert "'state': 's'" not in str(shown)


async def test_a_reset_forgets_linkedin_too(member: LinkedInApp):
    await member.post("Once")
    await member.admin("reset", {})
    refused = await member.call("GET", "/v2/userinfo")
    await member.sign_in()

    assert refused.json()["code"] == "INVALID_ACCESS_TOKEN"
    assert (await member.post("Once")).status_code == 201
    assert len(await member.ledger()) == 1
