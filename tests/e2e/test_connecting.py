"""Sign-ins: the way there and back, and every way it can go wrong."""

import pytest

from tests.api.subscriber import calling
from tests.e2e.conftest import Town
from tests.support.graphql import GraphQLClient
from tests.support.journey import Journey, image
from tests.support.programs import until
from tests.support.stack import new_api_key

COMPLETE = """
mutation ($input: CompleteConnectionInput!) {
  completeConnection(input: $input) {
    attempt { id status error { code message } }
    account { id accountName }
    userErrors { __typename code message path }
  }
}"""
ACCOUNTS = "{ workspace { connectedAccounts(first: 100) { totalCount nodes { id accountName status } } } }"
CHANNEL = "query ($id: ID!) { channel(id: $id) { id health { status } } }"


async def accounts(town: Town) -> int:
    return (await town.journey.ask(ACCOUNTS))["connectedAccounts"]["totalCount"]


async def stranger(town: Town) -> Journey:
    settings = town.stack.settings
    key = await new_api_key(settings["AGM_DATABASE_URL"], settings["AGM_SECRET_KEYS"], workspace="Elsewhere")
    return Journey(GraphQLClient(town.journey.client.http, key))


@pytest.mark.parametrize(
    ("persona", "pages"),
    [
        ("solo", [("FACEBOOK_PAGE", "Solo Bakery", True, True), ("INSTAGRAM_ACCOUNT", "Solo Bakery", True, False)]),
        ("no-ig", [("FACEBOOK_PAGE", "Quiet Garden", True, False)]),
        (
            "missing-task",
            [
                ("FACEBOOK_PAGE", "Analyst View", False, True),
                ("FACEBOOK_PAGE", "Full Control", True, True),
                ("INSTAGRAM_ACCOUNT", "Analyst View", False, False),
                ("INSTAGRAM_ACCOUNT", "Full Control", True, False),
            ],
        ),
    ],
)
async def test_a_sign_in_offers_its_pages_and_says_which_cannot_be_published_to(
    town: Town, persona: str, pages: list[tuple[str, str, bool, bool]]
):
    account = await town.journey.connect(persona)

    offered = [
        (page["kind"], page["name"], page["publishable"], page["linkedInstagram"] is not None)
        for page in account["pages"]
    ]
    assert sorted(offered) == pages
    assert all(bool(page["problem"]) != page["publishable"] for page in account["pages"])
    assert (account["status"], account["missingPermissions"]) == ("ACTIVE", [])


async def test_a_page_that_cannot_be_published_to_becomes_no_channel(town: Town):
    account = await town.journey.connect("missing-task")
    blocked = next(page for page in account["pages"] if not page["publishable"])

    payload = await town.journey.ask(
        "mutation ($input: SelectPagesInput!) { selectPages(input: $input) "
        "{ channels { id } userErrors { code message path } } }",
        input={"accountId": account["id"], "pageIds": [blocked["id"], "nonsense"]},
    )

    assert payload["channels"] == []
    assert [(error["code"], error["path"]) for error in payload["userErrors"]] == [
        ("INVALID_STATE", ["pageIds", "0"]),
        ("NOT_FOUND", ["pageIds", "1"]),
    ]
    assert payload["userErrors"][0]["message"] == blocked["problem"]


async def test_t15_a_second_callback_is_answered_like_the_first_and_changes_nothing(town: Town):
    attempt = await town.journey.start()
    address = await town.journey.callback(attempt, "solo")
    http = town.journey.client.http

    first = await http.get(address)
    exchanges = len(await town.sandbox.calls(endpoint="GET /oauth/access_token"))
    before = await accounts(town)
    second = await http.get(address)

    assert (second.status_code, second.text) == (first.status_code, first.text) == (200, second.text)
    assert await accounts(town) == before
    assert len(await town.sandbox.calls(endpoint="GET /oauth/access_token")) == exchanges


async def test_a_denied_sign_in_fails_and_says_so(town: Town):
    attempt = await town.journey.start()

    page = await town.journey.sign_in(attempt, "solo", auto="deny")

    found = await town.journey.attempt_over(attempt["id"])
    assert page.status_code == 400
    assert (found["status"], found["account"]) == ("FAILED", None)
    assert (found["error"]["code"], found["error"]["platformCode"]) == ("AUTHORIZATION_FAILED", "access_denied")


@pytest.mark.parametrize("query", ["", "?state=", "?state=unknown&code=x", "?code=x", "?state=%00%ff&error=%3Cb%3E"])
async def test_a_callback_with_an_unknown_state_is_refused(town: Town, query: str):
    page = await town.journey.client.http.get(f"/oauth/meta/callback{query}")

    assert page.status_code == 400
    assert "not known here" in page.text


async def test_a_callback_of_another_platform_cannot_use_the_state(town: Town):
    attempt = await town.journey.start()
    address = await town.journey.callback(attempt, "solo")

    page = await town.journey.client.http.get(address.replace("/oauth/meta/", "/oauth/linkedin/"))

    assert page.status_code in {400, 404}
    assert (await town.journey.attempt(attempt["id"]))["status"] == "WAITING"


async def test_a_state_of_another_workspace_is_unknown(town: Town):
    attempt = await town.journey.start()
    thief = await stranger(town)

    payload = await thief.ask(COMPLETE, input={"state": attempt["state"], "result": {"code": "stolen"}})

    assert [error["code"] for error in payload["userErrors"]] == ["AUTHORIZATION_FAILED"]
    assert (await thief.client.send("query ($id: ID!) { connectionAttempt(id: $id) { id } }", id=attempt["id"]))[
        "data"
    ] == {"connectionAttempt": None}
    assert (await town.journey.attempt(attempt["id"]))["status"] == "WAITING"


async def test_a_frontend_can_complete_the_sign_in_with_the_address_it_was_sent_to(town: Town):
    attempt = await town.journey.start()
    address = await town.journey.callback(attempt, "solo")

    payload = await town.journey.ask(COMPLETE, input={"state": attempt["state"], "result": {"callbackUrl": address}})

    assert (payload["userErrors"], payload["account"]["accountName"]) == ([], "Sam Solo")


async def test_a_code_that_the_platform_does_not_know_fails_the_sign_in(town: Town):
    attempt = await town.journey.start()

    payload = await town.journey.ask(COMPLETE, input={"state": attempt["state"], "result": {"code": "made-up"}})

    assert (payload["attempt"]["status"], payload["account"]) == ("FAILED", None)
    assert payload["attempt"]["error"]["code"] == "AUTHORIZATION_FAILED"


async def test_t19_a_sign_in_with_declined_permissions_names_what_is_missing(town: Town):
    attempt = await town.journey.start()

    await town.journey.sign_in(attempt, "two-pages", decline="pages_manage_posts")

    account = (await town.journey.attempt_over(attempt["id"]))["account"]
    assert account["missingPermissions"] == ["pages_manage_posts"]
    facebook = [page for page in account["pages"] if page["kind"] == "FACEBOOK_PAGE"]
    assert facebook
    assert not any(page["publishable"] for page in facebook)
    assert all("pages_manage_posts" in page["problem"] for page in facebook)


async def test_a_platform_that_stumbles_during_the_sign_in_is_asked_again(town: Town):
    attempt = await town.journey.start()
    await town.sandbox.add_fault("GET /me/accounts", "clean_503", next_calls=1)

    await town.journey.sign_in(attempt, "solo")

    assert (await town.journey.attempt_over(attempt["id"]))["status"] == "COMPLETED"


async def test_disconnecting_holds_back_and_signing_in_again_lets_it_go_on(town: Town):
    # Its own persona: disconnecting takes every channel of the sign-in with it.
    persona = "many:3"
    await town.sandbox.change_settings(persona=persona)
    account = await town.journey.connect(persona)
    people = (await town.sandbox.personas())["people"]
    shop = (await town.journey.choose_all(account, people[persona]["pages"]))[0]
    await town.sandbox.change_settings(processing={"fixed_seconds": 600})
    media = [image(town.picture("held"))]
    publication_id = await town.journey.accepted("instagram", shop.instagram, caption="Later", media=media)
    await town.journey.outcome(publication_id, among=("PROCESSING",))
    await town.sandbox.change_settings(processing={"fixed_seconds": 1})

    gone = await town.journey.disconnect(account["id"])
    refused = await town.journey.publish("facebook", shop.facebook, text="No")
    health = (await town.journey.ask(CHANNEL, id=shop.facebook))["health"]["status"]
    attempt = (await town.journey.reconnect(account["id"]))["attempt"]
    await town.journey.sign_in(attempt, persona)
    again = await town.journey.attempt_over(attempt["id"])

    assert (gone["userErrors"], gone["account"]["status"]) == ([], "DISCONNECTED")
    assert [(one["id"], one["status"]) for one in gone["affectedPublications"]] == [(publication_id, "HELD")]
    assert [error["code"] for error in refused["userErrors"]] == ["RECONNECT_REQUIRED"]
    assert health != "OK"
    assert (again["status"], again["account"]["id"]) == ("COMPLETED", account["id"])
    assert await town.sandbox.calls(endpoint="DELETE /me/permissions")


async def test_who_watches_accounts_hears_of_a_sign_in_and_its_problems(town: Town):
    """In a town that others use too: what becomes of their sign-ins is heard as well."""
    async with calling(town.stack.url) as caller:
        await caller.enter(town.stack.client.api_key)
        await caller.subscribe("subscription { accountChanged { accountName problems { permission } } }")
        attempt = await town.journey.start()
        await town.journey.sign_in(attempt, "creator", decline="instagram_basic")

        while True:
            heard = (await caller.hear())["payload"]["data"]["accountChanged"]
            if heard["accountName"] == "Cleo Creator":
                break

    assert heard["problems"] == [{"permission": "instagram_basic"}]


async def test_somebody_else_cannot_renew_an_account(town: Town):
    account = await town.journey.connect("two-pages")
    attempt = (await town.journey.reconnect(account["id"]))["attempt"]

    await town.journey.sign_in(attempt, "no-ig")

    found = await town.journey.attempt_over(attempt["id"])
    assert (found["status"], found["error"]["code"]) == ("FAILED", "AUTHORIZATION_FAILED")
    assert "Somebody else" in found["error"]["message"]


async def test_a_token_that_the_platform_took_back_holds_everything_until_the_renewal(town: Town):
    persona = "many:4"
    account = await town.journey.connect(persona)
    people = (await town.sandbox.personas())["people"]
    shop = (await town.journey.choose_all(account, people[persona]["pages"]))[0]
    await town.sandbox.kill_tokens(persona, 460)

    publication_id = await town.journey.accepted("facebook", shop.facebook, text="With a new password")
    held = await town.journey.outcome(publication_id)

    async def known() -> bool:  # right after the publication, by a write of its own
        document = "query ($id: ID!) { connectedAccount(id: $id) { status } }"
        return (await town.journey.ask(document, id=account["id"]))["status"] == "RECONNECT_REQUIRED"

    await until(known, what="the account's new state")
    refused = await town.journey.publish("facebook", shop.facebook, text="Not now")
    attempt = (await town.journey.reconnect(account["id"]))["attempt"]
    await town.journey.sign_in(attempt, persona)
    published = await town.journey.outcome(publication_id, among=("PUBLISHED",))

    assert (held["status"], held["error"]["code"], held["error"]["platformCode"]) == (
        "HELD",
        "RECONNECT_REQUIRED",
        "190/460",
    )
    assert [error["code"] for error in refused["userErrors"]] == ["RECONNECT_REQUIRED"]
    assert published["status"] == "PUBLISHED"
    assert [entry["text"] for entry in await town.public(shop, "facebook")] == ["With a new password"]


async def test_an_address_that_is_not_on_the_list_takes_no_browser(town: Town):
    payload = await town.journey.ask(
        "mutation ($input: StartConnectionInput!) { startConnection(input: $input) "
        "{ attempt { id } userErrors { code path } } }",
        input={"platform": "FACEBOOK", "environment": "SANDBOX", "returnTo": "https://evil.example/take"},
    )

    assert payload == {"attempt": None, "userErrors": [{"code": "URL_NOT_ALLOWED", "path": ["returnTo"]}]}
