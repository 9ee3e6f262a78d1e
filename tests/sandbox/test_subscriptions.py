"""Whom Meta tells: the apps that subscribed to a Page's or an account's events."""

from tests.sandbox.server import ORIGIN
from tests.sandbox.stranger import SCOPES, Stranger, error_of
from tests.sandbox.test_instagram_login import Login


async def test_a_page_is_subscribed_and_let_go(meta: Stranger):
    page = await meta.page(scope=f"{SCOPES},pages_manage_metadata")
    edge = f"{page.id}/subscribed_apps"
    await meta.post(f"{page.id}/feed", page.token, message="News")
    wish = {"trigger": "webhook-feed", "target": "Solo Bakery", "server": ORIGIN}

    before = (await meta.admin("triggers", wish))["did"]
    made = (await meta.post(edge, page.token, subscribed_fields="feed,mention")).json()
    found = (await meta.get(edge, page.token)).json()["data"]
    during = (await meta.admin("triggers", wish))["did"]
    ended = (await meta.delete(edge, page.token)).json()

    assert "not subscribed to its feed" in before
    assert "not subscribed" not in during
    assert (made, ended) == ({"success": True}, {"success": True})
    assert (found[0]["id"], found[0]["subscribed_fields"]) == ("100000000000001", ["feed", "mention"])
    assert (await meta.get(edge, page.token)).json()["data"] == []


async def test_a_subscription_needs_a_permission_and_fields_there_are(meta: Stranger):
    poor = await meta.page()
    refused = error_of(await meta.post(f"{poor.id}/subscribed_apps", poor.token, subscribed_fields="feed"))
    page = await meta.page(scope=f"{SCOPES},pages_manage_metadata")
    by_user = error_of(await meta.post(f"{page.id}/subscribed_apps", await meta.token(), subscribed_fields="feed"))
    answers = [
        await meta.post(f"{page.id}/subscribed_apps", page.token, subscribed_fields=fields)
        for fields in ("", "gossip", "comments")
    ]
    on_instagram = await meta.post(f"{page.instagram}/subscribed_apps", page.token, subscribed_fields="comments")

    assert (refused, by_user) == ((403, 200, None), (400, 190, 2069032))
    assert [error_of(answer) for answer in answers] == [(400, 100, None)] * 3
    assert error_of(on_instagram) == (400, 100, 33)


async def test_an_account_is_subscribed_with_instagram_login(meta: Stranger):
    login = Login(meta)
    token = await login.long()
    edge = f"{(await login.me(token)).json()['user_id']}/subscribed_apps"

    made = await login.call("POST", edge, token, subscribed_fields="comments")

    assert made.json() == {"success": True}
    assert (await login.call("GET", edge, token)).json()["data"][0]["subscribed_fields"] == ["comments"]
