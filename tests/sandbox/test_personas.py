"""Who can sign in, and which Pages they show, page by page."""

from typing import Any

import pytest

from tests.sandbox.stranger import REDIRECT, SCOPES, Stranger, error_of


async def test_solo_has_one_page_with_instagram(meta: Stranger):
    (page,) = await meta.pages("solo")

    assert page.raw["name"] == "Solo Bakery"
    assert {"CREATE_CONTENT", "MANAGE"} <= set(page.raw["tasks"])
    assert page.raw["instagram_business_account"]["username"]
    assert page.id.isdecimal()
    assert page.instagram.startswith("1784140")


async def test_two_pages_have_accounts_and_tokens_of_their_own(meta: Stranger):
    first, second = await meta.pages("two-pages")

    assert len({first.id, second.id, first.instagram, second.instagram, first.token, second.token}) == 6
    refused = await meta.post(f"{second.id}/feed", first.token, message="Wrong door")
    assert error_of(refused) == (403, 200, None)
    assert await meta.ledger() == []


async def test_no_ig_has_no_instagram(meta: Stranger):
    (page,) = await meta.pages("no-ig")

    assert "instagram_business_account" not in page.raw


async def test_an_agencys_pages_are_reached_through_its_businesses_only(meta: Stranger):
    token = await meta.token("agency")

    direct = (await meta.get("me/accounts", token)).json()["data"]
    businesses = (await meta.get("me/businesses", token, fields="id,name")).json()["data"]
    edges = {
        (one["name"], edge): (await meta.get(f"{one['id']}/{edge}", token, fields="id,name,access_token")).json()[
            "data"
        ]
        for one in businesses
        for edge in ("owned_pages", "client_pages")
    }

    assert direct == []
    assert {where: [page["name"] for page in found] for where, found in edges.items()} == {
        ("Bright Agency", "owned_pages"): ["Agency House"],
        ("Bright Agency", "client_pages"): ["Client Cafe", "Client Gym"],
        ("Cafe Holding", "owned_pages"): [],
        ("Cafe Holding", "client_pages"): ["Client Cafe"],
    }
    house = edges["Bright Agency", "owned_pages"][0]
    assert (await meta.get(businesses[0]["id"], token)).json()["name"] == "Bright Agency"
    assert (await meta.post(f"{house['id']}/feed", house["access_token"], message="Ours")).status_code == 200


async def test_businesses_need_their_permission_and_are_for_their_people(meta: Stranger):
    token = await meta.token("agency")
    (first, _) = (await meta.get("me/businesses", token)).json()["data"]
    stranger = await meta.token("solo")

    hidden = await meta.get(f"{first['id']}/owned_pages", stranger)
    less = await meta.token("agency", decline="business_management")

    assert (await meta.get("me/businesses", stranger)).json()["data"] == []
    assert error_of(hidden) == (400, 100, 33)
    assert error_of(await meta.get("me/businesses", less)) == (403, 200, None)
    assert error_of(await meta.get(f"{first['id']}/client_pages", less)) == (403, 200, None)


async def test_partial_leaves_a_page_and_an_instagram_account_out(meta: Stranger):
    ticked, half = pages = await meta.pages("partial")
    about = await meta.debug(await meta.token("partial"))
    (whole,) = await meta.pages("partial", pages=ticked.id, instagram=ticked.instagram)

    assert [page.raw["name"] for page in pages] == ["Ticked Page", "Unticked Instagram"]
    assert (ticked.instagram != "", half.instagram) == (True, "")
    targets = {one["scope"]: one.get("target_ids") for one in about["granular_scopes"]}
    assert targets["pages_manage_posts"] == sorted(page.id for page in pages)
    assert targets["instagram_content_publish"] == [ticked.instagram]
    assert whole.id == ticked.id


async def test_declined_withholds_the_permissions_to_publish_unless_the_address_says_otherwise(meta: Stranger):
    (page,) = await meta.pages("declined")
    about = await meta.debug(page.token)

    refused = await meta.post(f"{page.id}/feed", page.token, message="May I?")
    (granted,) = await meta.pages("declined", decline="")

    assert not {"pages_manage_posts", "instagram_content_publish"} & set(about["scopes"])
    assert error_of(refused) == (403, 200, None)
    assert (await meta.post(f"{granted.id}/feed", granted.token, message="I may")).status_code == 200


async def test_a_creator_publishes_like_a_business(meta: Stranger):
    await meta.settings(processing={"fixed_seconds": 0})
    (page,) = await meta.pages("creator")

    published = await meta.publish(page, await meta.container(page, image_url="http://pictures.example/square.jpg"))

    assert published.status_code == 200
    people = (await meta.admin("personas"))["people"]
    assert people["creator"]["pages"][0]["instagram"]["account_type"] == "MEDIA_CREATOR"
    assert people["solo"]["pages"][0]["instagram"]["account_type"] == "BUSINESS"


async def test_a_role_of_business_manager_needs_a_permission_about_ads_on_instagram(meta: Stranger):
    image = "http://pictures.example/square.jpg"
    (page,) = await meta.pages("bm-role")
    refused = await meta.post(f"{page.instagram}/media", page.token, image_url=image)
    limit = await meta.get(f"{page.instagram}/content_publishing_limit", page.token)
    (able,) = await meta.pages("bm-role", scope=f"{SCOPES},ads_management")

    assert error_of(refused) == error_of(limit) == (403, 200, None)
    assert "ads_management" in refused.json()["error"]["message"]
    assert (await meta.post(f"{page.id}/feed", page.token, message="On the Page")).status_code == 200
    assert await meta.container(able, image_url=image)


async def test_a_checkpointed_sign_in_gets_no_token(meta: Stranger):
    answer = await meta.exchange(code=await meta.code("checkpointed"), redirect_uri=REDIRECT)

    assert error_of(answer) == (400, 190, 459)


async def test_a_missing_task_lets_one_look_and_not_publish(meta: Stranger):
    full, viewer = await meta.pages("missing-task")

    assert not {"CREATE_CONTENT", "MANAGE"} & set(viewer.raw["tasks"])
    assert (await meta.get(viewer.id, viewer.token, fields="name")).json()["name"] == "Analyst View"
    assert error_of(await meta.post(f"{viewer.id}/feed", viewer.token, message="May I?")) == (403, 200, None)
    assert (await meta.post(f"{full.id}/feed", full.token, message="I may")).status_code == 200


async def test_instagram_that_was_not_granted_is_not_shown(meta: Stranger):
    (page,) = await meta.pages("solo", decline="instagram_basic")
    (other,) = await meta.pages("solo", decline="instagram_content_publish")

    assert "instagram_business_account" not in page.raw
    refused = await meta.post(f"{other.instagram}/media", other.token, image_url="http://pictures.example/square.jpg")
    assert error_of(refused) == (403, 10, None)


async def test_posting_needs_its_permission(meta: Stranger):
    (page,) = await meta.pages("solo", decline="pages_manage_posts")

    assert error_of(await meta.post(f"{page.id}/feed", page.token, message="x")) == (403, 200, None)


async def test_ids_are_the_same_at_every_sign_in(meta: Stranger):
    first, second = [await meta.page() for _ in range(2)]

    assert (first.id, first.instagram) == (second.id, second.instagram)


async def walk(meta: Stranger, token: str, **query: Any) -> list[list[str]]:
    """Follow the cursors to the end."""
    found: list[list[str]] = []
    after: dict[str, str] = {}
    while True:
        body = (await meta.get("me/accounts", token, fields="id", **query, **after)).json()
        found.append([page["id"] for page in body["data"]])
        if "next" not in body.get("paging", {}):
            return found
        after = {"after": body["paging"]["cursors"]["after"]}


@pytest.mark.parametrize(
    ("count", "limit", "sizes"),
    [(1, 10, [1]), (10, 10, [10]), (11, 10, [10, 1]), (130, 100, [100, 30]), (130, 5000, [100, 30])],
)
async def test_many_pages_come_a_page_at_a_time(meta: Stranger, count: int, limit: int, sizes: list[int]):
    found = await walk(meta, await meta.token(f"many:{count}"), limit=limit)

    assert [len(part) for part in found] == sizes
    assert len({one for part in found for one in part}) == count


async def test_twenty_five_come_unless_asked(meta: Stranger):
    assert [len(part) for part in await walk(meta, await meta.token("many:30"))] == [25, 5]


async def test_the_address_of_the_next_page_can_be_followed_as_it_is(meta: Stranger):
    token = await meta.token("many:3")
    await meta.settings(require_proof=False)

    body = (await meta.get("me/accounts", token, fields="id,name", limit=2)).json()
    following = (await meta.http.get(body["paging"]["next"])).json()
    back = (await meta.http.get(following["paging"]["previous"])).json()

    assert [page["name"] for page in following["data"]] == ["Page 003"]
    assert back["data"] == body["data"]


async def test_a_summary_counts_all(meta: Stranger):
    body = (await meta.get("me/accounts", await meta.token("many:30"), limit=2, summary="true")).json()

    assert body["summary"] == {"total_count": 30}


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": -1},
        {"limit": "many"},
        {"after": "nonsense"},
        {"after": "c2FuZGJveDo5"[:5]},
        {"before": "é"},
    ],
)
async def test_a_wrong_window_is_refused(meta: Stranger, query: dict[str, Any]):
    assert error_of(await meta.get("me/accounts", await meta.token(), **query)) == (400, 100, None)


@pytest.mark.parametrize("wanted", ["id,nonsense", "id,,name{", "{", "picture{url", "tasks,access_tokens"])
async def test_a_field_that_is_none_is_refused(meta: Stranger, wanted: str):
    page = await meta.page()

    answer = await meta.get(page.id, page.token, fields=wanted)

    assert error_of(answer) == (400, 100, None)
    if "nonsense" in wanted:
        assert "nonexisting field (nonsense)" in answer.json()["error"]["message"]


async def test_another_persons_page_is_not_there(meta: Stranger):
    theirs, mine = await meta.page("two-pages"), await meta.page("solo")

    for path in (theirs.id, theirs.instagram, f"{theirs.instagram}/media"):
        assert error_of(await meta.get(path, mine.token)) == (400, 100, 33)


@pytest.mark.parametrize("name", ["Two Pages", "TWO_PAGES", " two-pages "])
async def test_a_persona_is_found_however_it_is_written(meta: Stranger, name: str):
    assert len(await meta.pages(name)) == 2
