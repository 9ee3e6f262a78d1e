"""What the platform does of its own accord: what the server is told, and what callers notice."""

from typing import Any

import httpx
import pytest

from sandbox.meta.callbacks import signed_request, webhook_signature
from sandbox.meta.triggers import TRIGGERS
from tests.sandbox.conftest import PICTURES
from tests.sandbox.server import INSTAGRAM_SECRET, ORIGIN, VERIFY_TOKEN, Server, opened
from tests.sandbox.stranger import REDIRECT, SCOPES, Page, Stranger, error_of
from tests.sandbox.test_instagram_login import Login

SQUARE = f"{PICTURES}/square.jpg"


async def pull(meta: Stranger, trigger: str, target: str, server: str | None = ORIGIN, **options: Any) -> Any:
    wish = {"trigger": trigger, "target": target, "options": options, "server": server}
    return await meta.admin("triggers", wish)


async def refused(meta: Stranger, trigger: str, target: str, **more: Any) -> str:
    answer = await meta.http.post("/_admin/triggers", json={"trigger": trigger, "target": target, **more})
    assert answer.status_code == 422
    return answer.json()["error"]


async def say(meta: Stranger, page: Page) -> httpx.Response:
    return await meta.post(f"{page.id}/feed", page.token, message="Hello")


# -- callbacks --------------------------------------------------------------------------------------------------


def test_signatures_are_the_documented_ones():
    """Computed with another tool, from the secret, the payload and the body of the documentation's recipe."""
    made = signed_request("10223344556677889", now=1795000000)

    assert made == (
        "kSVWZVrwrH5DnD3Zw_zgESxpbpFkPjXOCs99GIJeU_Q.eyJ1c2VyX2lkIjoiMTAyMjMzNDQ1NTY2Nzc4ODkiLCJhbGdvcml0aG0iOiJITUFDLV"
        "NIQTI1NiIsImlzc3VlZF9hdCI6MTc5NTAwMDAwMCwiZXhwaXJlcyI6MTc5NTAwMzYwMH0"
    )
    assert opened(made)["user_id"] == "10223344556677889"
    assert webhook_signature(b'{"object":"page","entry":[]}') == (
        "sha256=8d55f6f9eab7c06d94b3142a053d586100c7fba65ad79bc0241c7bd9147a18d6"
    )


async def test_removing_the_app_ends_its_tokens_and_tells_the_server(meta: Stranger, server: Server):
    page = await meta.page()
    user_id = (await meta.admin("personas"))["people"]["solo"]["id"]
    await meta.pass_time(60 * 86_400)

    found = await pull(meta, "deauthorize", "solo")

    ((path, payload),) = server.received
    host_now = (await meta.admin("clock"))["unix"] - 60 * 86_400
    assert (path, payload["user_id"], payload["algorithm"]) == ("deauthorize", user_id, "HMAC-SHA256")
    assert abs(payload["issued_at"] - host_now) < 10
    assert (found["delivery"]["status"], found["delivery"]["accepted"]) == (204, True)
    assert error_of(await say(meta, page)) == (400, 190, 458)


async def test_a_wish_for_deletion_is_answered_with_an_address_and_a_code_or_it_is_not_accepted(
    meta: Stranger, server: Server
):
    good = (await pull(meta, "data-deletion", "Sam Solo"))["delivery"]
    server.deletion = {"ok": True}
    bad = (await pull(meta, "data-deletion", "solo"))["delivery"]

    assert [path for path, _ in server.received] == ["data-deletion"] * 2
    assert (good["accepted"], bad["accepted"]) == (True, False)
    assert "confirmation_code" in good["body"]
    assert "wants JSON with a url and a confirmation_code" in bad["said"]


async def test_the_server_is_told_of_the_newest_post(meta: Stranger, server: Server):
    page = await meta.page()
    await say(meta, page)
    post = (await meta.post(f"{page.id}/feed", page.token, message="Newest", link="https://example.com/")).json()["id"]
    gone = (await say(meta, page)).json()["id"]
    await meta.delete(gone, page.token)

    await pull(meta, "webhook-feed", "solo bakery")

    ((_, body),) = server.received
    (entry,) = body["entry"]
    (change,) = entry["changes"]
    assert (body["object"], entry["id"], change["field"]) == ("page", page.id, "feed")
    wanted = {"item": "share", "verb": "add", "post_id": post, "message": "Newest", "published": 1}
    assert wanted.items() <= change["value"].items()
    assert change["value"]["from"] == {"id": page.id, "name": "Solo Bakery"}


async def test_the_server_is_where_the_newest_sign_in_came_from(meta: Stranger, server: Server):
    assert "sign in once" in await refused(meta, "deauthorize", "solo")

    await meta.code("solo", redirect_uri=f"{ORIGIN}/oauth/meta/callback")
    await pull(meta, "deauthorize", "solo", server=None)

    assert len(server.received) == 1


async def test_a_server_without_the_endpoint_is_not_said_to_have_it(meta: Stranger):
    found = (await pull(meta, "deauthorize", "solo", server=f"{ORIGIN}/elsewhere"))["delivery"]

    assert (found["status"], found["accepted"]) == (404, False)
    assert "has no such endpoint" in found["said"]


async def test_a_server_that_is_not_there_is_told_of(meta: Stranger):
    found = (await pull(meta, "data-deletion", "solo", server="http://127.0.0.1:9"))["delivery"]

    assert (found["status"], found["accepted"]) == (None, False)
    assert found["said"].startswith("Nothing answers at http://127.0.0.1:9/meta/data-deletion")


async def test_the_app_of_instagram_login_is_told_of_under_its_own_secret(meta: Stranger, server: Server):
    server.secret = INSTAGRAM_SECRET
    login = Login(meta)
    token = await login.long()
    own_id = (await login.me(token)).json()["id"]

    forgotten = await pull(meta, "instagram-data-deletion", "@solo.bakery")
    removed = await pull(meta, "instagram-deauthorize", "@solo.bakery")

    assert [(path, payload["user_id"]) for path, payload in server.received] == [
        ("data-deletion", own_id),
        ("deauthorize", own_id),
    ]
    assert forgotten["delivery"]["accepted"]
    assert removed["delivery"]["accepted"]
    assert error_of(await login.me(token)) == (400, 190, 458)
    assert (await meta.page()).token


async def test_the_server_is_asked_whether_the_webhook_is_its_own(meta: Stranger, server: Server):
    good = (await pull(meta, "webhook-verify", "facebook", token=VERIFY_TOKEN))["delivery"]
    bad = (await pull(meta, "webhook-verify", "instagram", token=12345))["delivery"]

    assert (good["accepted"], good["body"]) == (True, server.received[0][1])
    assert (bad["status"], bad["accepted"]) == (403, False)
    assert "facebook, instagram" in await refused(meta, "webhook-verify", "threads", server=ORIGIN)


async def test_a_server_that_does_not_answer_the_challenge_does_not_have_the_webhook(meta: Stranger):
    found = await meta.http.post(
        "/_admin/triggers", json={"trigger": "webhook-verify", "target": "facebook", "server": f"{PICTURES}/page.html?"}
    )

    assert found.json()["delivery"]["accepted"] is False


@pytest.mark.parametrize("is_login", [False, True], ids=["facebook login", "instagram login"])
async def test_the_server_is_told_of_the_newest_comment(meta: Stranger, server: Server, is_login: bool):
    await meta.settings(processing={"fixed_seconds": 0})
    page = await meta.page(scope=f"{SCOPES},instagram_manage_comments")
    if is_login:
        await Login(meta).long()
        server.secret = INSTAGRAM_SECRET
    assert "Nobody commented" in await refused(meta, "webhook-comments", "@solo.bakery", server=ORIGIN)
    media = (await meta.publish(page, await meta.container(page, image_url=SQUARE))).json()["id"]
    comment = (await meta.post(f"{media}/comments", page.token, message="Hello")).json()["id"]

    await pull(meta, "webhook-comments", "@solo.bakery")

    ((_, body),) = server.received
    (change,) = body["entry"][0]["changes"]
    assert (body["object"], body["entry"][0]["id"], change["field"]) == ("instagram", page.instagram, "comments")
    assert (change["value"]["id"], change["value"]["text"], change["value"]["media"]["id"]) == (comment, "Hello", media)


# -- what callers notice ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [458, 460, 463, 464, 467, 492])
async def test_tokens_end_for_a_reason(meta: Stranger, reason: int):
    page = await meta.page()

    found = await pull(meta, "invalidate-token", "solo", reason=reason)

    assert found["delivery"] is None
    assert error_of(await say(meta, page)) == (400, 190, reason)


async def test_a_permission_is_taken_back(meta: Stranger):
    page = await meta.page()

    await pull(meta, "revoke-permission", "solo", permission="pages_manage_posts")
    image = await meta.container(page, image_url=SQUARE)

    assert error_of(await say(meta, page)) == (403, 200, None)
    assert image
    assert "instagram_basic" in await refused(meta, "revoke-permission", "solo", options={"permission": "fly"})
    assert "has not signed in" in await refused(meta, "revoke-permission", "no-ig")
    assert "public_profile" in await refused(
        meta, "revoke-permission", "solo", options={"permission": "public_profile"}
    )


async def test_a_checkpoint_stops_everything_until_it_is_lifted(meta: Stranger):
    page = await meta.page()

    await pull(meta, "checkpoint", "solo")
    stopped, about = await say(meta, page), await meta.debug(page.token)
    code = await meta.code("solo")
    early = await meta.exchange(code=code, redirect_uri=REDIRECT)
    await pull(meta, "lift-checkpoint", "solo")

    assert error_of(stopped) == error_of(early) == (400, 190, 459)
    assert (about["is_valid"], about["error"]["subcode"]) == (False, 459)
    assert (await say(meta, page)).status_code == 200
    assert (await meta.exchange(code=code, redirect_uri=REDIRECT)).status_code == 200


async def test_the_checkpointed_persona_gets_through_once_it_is_lifted(meta: Stranger):
    await pull(meta, "lift-checkpoint", "checkpointed")

    assert (await say(meta, await meta.page("checkpointed"))).status_code == 200


async def test_a_lost_role_ends_the_tokens_of_that_page_and_hides_it(meta: Stranger):
    first, second = await meta.pages("two-pages")

    await pull(meta, "remove-role", second.raw["name"])
    lost, kept = await say(meta, second), await say(meta, first)
    hidden = await meta.pages("two-pages")
    await pull(meta, "restore-role", second.id)
    back = (await meta.pages("two-pages"))[1]

    assert (error_of(lost), kept.status_code) == ((400, 190, 492), 200)
    assert [page.id for page in hidden] == [first.id]
    assert error_of(await say(meta, second)) == (400, 190, 492)
    assert (await say(meta, back)).status_code == 200


async def test_a_role_that_came_back_gives_a_new_token_to_the_same_person(meta: Stranger):
    user = await meta.token("solo")

    async def ask() -> str:
        return (await meta.get("me/accounts", user)).json()["data"][0]["access_token"]

    before = await ask()
    await pull(meta, "remove-role", "Solo Bakery")
    await pull(meta, "restore-role", "Solo Bakery")

    assert await ask() != before
    assert (await meta.debug(await ask()))["is_valid"]


@pytest.mark.parametrize("target", ["Solo Bakery", "@solo.bakery"])
async def test_a_rate_limit_begins_at_once_and_ends_in_time(meta: Stranger, target: str):
    page = await meta.page()
    on_instagram = target.startswith("@")

    async def call() -> httpx.Response:
        path = f"{page.instagram}/media" if on_instagram else f"{page.id}/feed"
        return await meta.post(path, page.token, message="Hello", image_url=SQUARE)

    await pull(meta, "rate-limit", target, minutes=2)
    await meta.pass_time(60)
    first = await call()
    await meta.pass_time(55)
    second = await call()
    await meta.pass_time(10)
    after = await call()

    code = 80002 if on_instagram else 80001
    assert error_of(first) == error_of(second) == (400, code, 2446079)
    assert '"estimated_time_to_regain_access":1' in first.headers["x-business-use-case-usage"]
    assert after.status_code == 200
    assert (await meta.admin("violations"))["count"] == 1


@pytest.mark.parametrize("target", ["Solo Bakery", "@solo.bakery"])
async def test_containers_that_wait_expire_and_published_ones_stay(meta: Stranger, target: str):
    await meta.settings(processing={"fixed_seconds": 0})
    page = await meta.page()
    done, waiting = [await meta.container(page, image_url=SQUARE) for _ in range(2)]
    await meta.publish(page, done)

    found = await pull(meta, "expire-containers", target)

    assert found["did"].startswith("1 container ")
    assert (await meta.status(page, waiting))["status_code"] == "EXPIRED"
    assert (await meta.status(page, done))["status_code"] == "PUBLISHED"
    assert error_of(await meta.publish(page, waiting)) == (400, -2, 2207020)


# -- what cannot be ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trigger", "target", "more", "told"),
    [
        ("explode", "solo", {}, "there are deauthorize, data-deletion, "),
        ("checkpoint", "nobody", {}, "there are solo, two-pages, "),
        ("remove-role", "Nowhere", {}, "there are Solo Bakery, North Street Coffee, "),
        ("rate-limit", "@nobody", {}, "there are @solo.bakery, "),
        ("expire-containers", "Quiet Garden", {}, "has no Instagram account"),
        ("webhook-feed", "Solo Bakery", {"server": ORIGIN}, "publish something there first"),
        ("deauthorize", "solo", {"server": "nonsense"}, "must be like http://127.0.0.1:8000"),
        ("invalidate-token", "solo", {"options": {"reason": 1}}, "It takes reason"),
        ("invalidate-token", "solo", {"options": {"why": 1}}, "It takes reason"),
        ("rate-limit", "Solo Bakery", {"options": {"minutes": 0}}, "It takes minutes"),
        ("checkpoint", "solo", {"options": {"loud": True}}, "It takes no options"),
        ("checkpoint", "", {}, "target"),
    ],
)
async def test_a_trigger_that_cannot_be_says_what_there_is(
    meta: Stranger, trigger: str, target: str, more: dict[str, Any], told: str
):
    assert told in await refused(meta, trigger, target, **more)


async def test_a_page_name_of_several_people_needs_an_id(meta: Stranger):
    await meta.pages("many:2")
    (page, _) = await meta.pages("many:3", pages="") or await meta.pages("many:2")

    assert page.id in await refused(meta, "remove-role", "Page 001")
    assert (await pull(meta, "remove-role", page.id))["did"].startswith("Mallory Many has no role on Page 001")


async def test_what_there_is_can_be_looked_up(meta: Stranger):
    found = (await meta.admin("triggers"))["triggers"]

    assert [one["trigger"] for one in found] == list(TRIGGERS)
    by_name = {one["trigger"]: one for one in found}
    assert "solo" in by_name["checkpoint"]["targets"]
    assert {"Loses the answer", "@slow.instagram"} <= set(by_name["rate-limit"]["targets"])
