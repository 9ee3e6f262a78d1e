"""The request log as JSON and as a page: who called what and what came back, without what opens a door."""

from typing import Any

import pytest

from sandbox.calls import MAX_CONTENTS
from sandbox.world import World
from tests.sandbox.stranger import APP, REDIRECT, Page, Stranger


@pytest.fixture
async def page(meta: Stranger) -> Page:
    return await meta.page()


async def calls(meta: Stranger, **query: Any) -> list[dict[str, Any]]:
    return (await meta.admin("calls", contents=1, **query))["calls"]


async def test_a_call_tells_who_called_and_what_came_back(meta: Stranger, page: Page):
    await meta.post(f"{page.id}/feed", page.token, message="Words of mine")
    await meta.post(f"{page.id}/feed", page.token, message=" ")

    good, bad = await calls(meta, endpoint="POST /feed")

    assert (good["persona"], good["status"], good["error"]) == ("solo", 200, None)
    assert (bad["persona"], bad["status"], bad["error"]) == ("solo", 400, "197")
    assert good["token"] == (await meta.ledger())[0]["token_fingerprint"]
    assert good["contents"]["request"]["message"] == "Words of mine"
    assert good["contents"]["answer"].startswith('{"id":"')
    assert "The post is empty" in bad["contents"]["answer"]
    assert good["duration_ms"] > 0


async def test_a_sign_in_is_somebodys(meta: Stranger):
    await meta.token("two-pages")

    found = {(call["endpoint"], call["persona"]) for call in await calls(meta)}

    assert found == {("GET /dialog/oauth", "two-pages"), ("GET /oauth/access_token", "two-pages")}


async def test_nothing_that_opens_a_door_is_in_the_log(meta: Stranger, world: World):
    await meta.settings(require_proof=False)
    code = await meta.code("many:3", state="a-state-of-the-server")
    short = (await meta.exchange(code=code, redirect_uri=REDIRECT)).json()["access_token"]
    long = (await meta.exchange(grant_type="fb_exchange_token", fb_exchange_token=short)).json()["access_token"]
    pages = (await meta.get("me/accounts", long, limit=2)).json()
    await meta.http.get(pages["paging"]["next"])
    app = (await meta.exchange(grant_type="client_credentials")).json()["access_token"]
    await meta.debug(long)
    await meta.http.get(f"/meta/v26.0/{long}/{app}")
    tokens = [page["access_token"] for page in pages["data"]]
    await meta.call(
        "POST",
        "me",
        None,
        json={"access_token": long, "nested": {"code": code, "list": [short], "access_token": 'a nested "one"'}},
    )
    await meta.call("POST", "me", "a-token-of-another-platform", data={"access_token": "another-one-of-theirs"})

    shown = [await calls(meta), (await meta.http.get("/requests", params={"limit": 500})).text, repr(world.calls)]

    given = (code, short, long, app, *tokens, APP["client_secret"], "a-state-of-the-server")
    for secret in (*given, "a-token-of-another-platform", "another-one-of-theirs", "a nested"):
        assert all(secret not in str(one) for one in shown), secret
    assert "•••" in shown[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 5),
        ({"path": "feed"}, 3),
        ({"path": "POST /feed"}, 2),
        ({"path": "PUBLISHED"}, 1),
        ({"status": "200"}, 3),
        ({"status": "4xx"}, 1),
        ({"status": "197"}, 1),
        ({"status": "cut"}, 1),
        ({"path": "post /feed", "status": "400"}, 1),
        ({"status": "999"}, 0),
        ({"path": "nowhere"}, 0),
    ],
    ids=str,
)
async def test_calls_are_found_by_path_and_answer(meta: Stranger, page: Page, query: dict[str, str], expected: int):
    await meta.admin("calls", method="DELETE")
    await meta.get("me", page.token)
    await meta.post(f"{page.id}/feed", page.token, message="x")
    await meta.post(f"{page.id}/feed", page.token, message="")
    await meta.get(f"{page.id}/published_posts", page.token)
    await meta.admin("faults", {"fault": "drop_before", "endpoint": "GET /feed"})
    with pytest.raises(ConnectionResetError):
        await meta.get(f"{page.id}/feed", page.token)

    html = (await meta.http.get("/requests/rows", params=query)).text
    query = {**query, "path": "published_posts"} if query.get("path") == "PUBLISHED" else query

    assert len(await calls(meta, **query)) == expected
    assert html.count("<details") == expected
    assert ("No such call yet" in html) == (expected == 0)


async def test_the_page_shows_calls_newest_first_and_can_be_opened(meta: Stranger, page: Page):
    await meta.admin("faults", {"fault": "land_then_500", "endpoint": "POST /feed"})
    await meta.post(f"{page.id}/feed", page.token, message="<script>alert(1)</script>")

    answer = await meta.http.get("/requests")
    html = answer.text

    assert html.index("/feed") < html.index("/dialog/oauth")
    assert "message = &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "fault: land_then_500" in html
    assert "500 · 2" in html
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in html


async def test_the_page_renews_itself_from_its_own_rows(meta: Stranger, page: Page):
    html = (await meta.http.get("/requests", params={"path": "feed", "status": "2xx"})).text
    script = await meta.http.get("/requests.js")

    assert 'data-source="/requests/rows?path=feed&amp;status=2xx"' in html
    assert '<script src="/requests.js">' in html
    assert "rows.dataset.source" in script.text
    assert script.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "$title", "é" * 300])
async def test_a_filter_stays_text(meta: Stranger, text: str):
    answer = await meta.http.get("/requests", params={"path": text, "status": text, "limit": text})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


async def test_only_the_newest_calls_keep_what_they_carried(meta: Stranger, page: Page, world: World):
    await meta.admin("calls", method="DELETE")
    for _ in range(MAX_CONTENTS + 5):
        await meta.call("GET", "me", None)

    assert len(world.calls.contents) == MAX_CONTENTS
    found = await calls(meta)
    assert [call["contents"] is None for call in found[:6]] == [True] * 5 + [False]


async def test_large_contents_are_shortened(meta: Stranger, page: Page):
    await meta.post(f"{page.id}/feed", page.token, message="x" * 50_000)

    (call,) = await calls(meta, endpoint="POST /feed")

    assert len(call["contents"]["request"]["message"]) < 5_000
    assert "50000 in all" in call["contents"]["request"]["message"]


async def test_an_upload_is_told_by_its_size(meta: Stranger, page: Page):
    await meta.call("POST", f"{page.id}/photos", page.token, files={"source": ("a.jpg", b"12345")})

    (call,) = await calls(meta, endpoint="POST /photos")

    assert call["contents"]["request"]["source"] == "(5 bytes)"
