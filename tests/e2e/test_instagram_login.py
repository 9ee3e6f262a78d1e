"""Accounts without a Page: signing in at Instagram, publishing on its own host, and changing the way."""

from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.support.journey import image

COMPLETE = """
mutation ($input: CompleteConnectionInput!) {
  completeConnection(input: $input) { attempt { status error { code } } userErrors { code } }
}"""


async def account_of(town: Town, persona: str) -> dict[str, Any]:
    people = (await town.sandbox.personas())["people"]
    return next(page["instagram"] for page in people[persona]["pages"] if page["instagram"])


async def choose(town: Town, account: dict[str, Any]) -> str:
    """Make channels of all that a sign-in offers; gives that of the Instagram account."""
    made = await town.journey.select(account, [page["id"] for page in account["pages"]])
    return next(channel["id"] for channel in made if channel["kind"] == "INSTAGRAM_ACCOUNT")


async def hosts(town: Town, account_id: str) -> set[str]:
    """Tell on which host containers of an account were made."""
    calls = await town.sandbox.calls(endpoint="POST /media", account=account_id)
    return {call["path"].split("/")[1] for call in calls}


async def test_an_account_without_a_page_signs_in_and_publishes_once_on_its_own_host(town: Town):
    account = await town.journey.connect("creator", platform="INSTAGRAM")
    known = await account_of(town, "creator")
    (page,) = account["pages"]
    channel = await choose(town, account)
    media = [image(town.picture("own"))]

    published = await town.journey.with_permalink(
        await town.journey.accepted("instagram", channel, caption="By my own sign-in", media=media)
    )

    assert (page["kind"], page["handle"], account["missingPermissions"]) == ("INSTAGRAM_ACCOUNT", known["username"], [])
    [entry] = [one for one in await town.sandbox.ledger(known["id"]) if one["text"] == "By my own sign-in"]
    assert published["platformPostId"] == entry["public_id"]
    assert await hosts(town, known["id"]) == {"instagram"}
    gone = await town.journey.disconnect(account["id"])
    assert (gone["userErrors"], gone["account"]["status"]) == ([], "DISCONNECTED")


async def test_an_account_connected_both_ways_gets_each_post_once_on_the_host_of_its_sign_in(town: Town):
    by_page = await choose(town, await town.journey.connect("solo"))
    media = [image(town.picture("both"))]
    await town.journey.outcome(await town.journey.accepted("instagram", by_page, caption="By Page", media=media))
    known = await account_of(town, "solo")
    before = await hosts(town, known["id"])

    own = await choose(town, await town.journey.connect("solo", platform="INSTAGRAM"))
    await town.journey.outcome(await town.journey.accepted("instagram", own, caption="By itself", media=media))

    assert (own, before) == (by_page, {"meta"})
    assert await hosts(town, known["id"]) == {"meta", "instagram"}
    for text in ("By Page", "By itself"):
        assert await town.sandbox.live_copies(known["id"], text) == 1


async def test_a_container_of_the_other_sign_in_is_made_anew_and_the_post_goes_out_once(town: Town):
    by_page = await choose(town, await town.journey.connect("two-pages"))
    await town.sandbox.change_settings(processing={"fixed_seconds": 600})
    publication = await town.journey.accepted(
        "instagram", by_page, caption="On the way", media=[image(town.picture("way"))]
    )
    await town.journey.outcome(publication, among=("PROCESSING",))
    known = (await town.journey.ask("query ($id: ID!) { channel(id: $id) { handle } }", id=by_page))["handle"]
    await town.sandbox.change_settings(processing={"fixed_seconds": 1})

    own = await choose(town, await town.journey.connect("two-pages", platform="INSTAGRAM", account=known))
    done = await town.journey.outcome(publication)

    accounts = (await town.sandbox.personas())["people"]["two-pages"]["pages"]
    account_id = next(page["instagram"]["id"] for page in accounts if page["instagram"]["username"] == known)
    assert (own, done["status"]) == (by_page, "PUBLISHED")
    assert await hosts(town, account_id) == {"meta", "instagram"}
    assert await town.sandbox.live_copies(account_id, "On the way") == 1


@pytest.mark.parametrize("way", ["denied", "twice", "made-up", "other address"])
async def test_a_sign_in_that_is_not_one_changes_nothing(town: Town, way: str):
    attempt = await town.journey.start(platform="INSTAGRAM")
    address = await town.journey.callback(attempt, "solo", auto="deny" if way == "denied" else "approve")
    http = town.journey.client.http

    if way == "made-up":
        payload = await town.journey.ask(COMPLETE, input={"state": attempt["state"], "result": {"code": "made-up"}})
        assert payload["attempt"]["error"]["code"] == "AUTHORIZATION_FAILED"
    elif way == "other address":
        page = await http.get(address.replace("/oauth/instagram/", "/oauth/meta/"))
        assert (page.status_code, (await town.journey.attempt(attempt["id"]))["status"]) == (400, "WAITING")
    elif way == "denied":
        assert (await http.get(address)).status_code == 400
        assert (await town.journey.attempt_over(attempt["id"]))["error"]["platformCode"] == "access_denied"
    else:
        first, second = await http.get(address), await http.get(address)
        assert (second.status_code, second.text) == (first.status_code, first.text) == (200, second.text)


async def test_a_person_who_removes_the_app_at_instagram_ends_the_sign_in(town: Town):
    account = await town.journey.connect("bm-role", platform="INSTAGRAM")

    await town.sandbox.trigger("instagram-deauthorize", f"@{account['accountName']}")

    query = "query ($id: ID!) { node(id: $id) { ... on ConnectedAccount { status } } }"
    assert (await town.journey.ask(query, id=account["id"]))["status"] == "DISCONNECTED"
