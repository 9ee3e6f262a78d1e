"""Bad input: a clear answer that names the rule, and nothing is stored or sent."""

import asyncio
from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.support.graphql import GraphQLClient
from tests.support.journey import image
from tests.support.stack import new_api_key

NOWHERE = "http://127.0.0.1:9/nowhere.jpg"
REMOVE = "mutation ($id: ID!) { removeChannel(input: { channelId: $id }) { userErrors { code } } }"
COUNT = "{ workspace { publications(first: 1) { totalCount } } }"


async def count(town: Town) -> int:
    return (await town.journey.ask(COUNT))["publications"]["totalCount"]


@pytest.mark.parametrize(
    ("platform", "content", "issues"),
    [
        ("facebook", {"text": "x" * 63_207}, [("TEXT_TOO_LONG", 63_206, 63_207)]),
        ("instagram", {"caption": "x" * 2_201, "media": [image(NOWHERE)]}, [("TEXT_TOO_LONG", 2_200, 2_201)]),
        (
            "instagram",
            {"caption": " ".join(f"#t{n}" for n in range(31)), "media": [image(NOWHERE)]},
            [("TOO_MANY_HASHTAGS", 30, 31)],
        ),
        (
            "instagram",
            {"caption": " ".join(f"@m{n}" for n in range(21)), "media": [image(NOWHERE)]},
            [("TOO_MANY_MENTIONS", 20, 21)],
        ),
        ("instagram", {"caption": "No picture", "media": []}, [("MEDIA_REQUIRED", 1, 0)]),
        ("instagram", {"media": [image(NOWHERE)] * 11}, [("TOO_MANY_MEDIA", 10, 11)]),
        ("facebook", {"text": "Much", "media": [image(NOWHERE)] * 11}, [("TOO_MANY_MEDIA", 10, 11)]),
        (
            "facebook",
            {"text": "Both", "link": "https://example.com", "media": [image(NOWHERE)]},
            [("LINK_AND_MEDIA", None, None)],
        ),
        ("facebook", {"text": " \n "}, [("CONTENT_EMPTY", None, None)]),
        ("facebook", {}, [("CONTENT_EMPTY", None, None)]),
        (
            "instagram",
            {"caption": "x" * 2_300 + " #a" * 31, "media": []},
            [("MEDIA_REQUIRED", 1, 0), ("TEXT_TOO_LONG", 2_200, 2_393), ("TOO_MANY_HASHTAGS", 30, 31)],
        ),
    ],
    ids=lambda value: value[0][0] + str(len(value)) if isinstance(value, list) else "",
)
async def test_content_that_breaks_rules_is_refused_with_every_rule_at_once(
    town: Town, platform: str, content: dict[str, Any], issues: list[tuple[str, float, float]]
):
    shop, before = town.shop(), await count(town)

    payload = await town.journey.publish(platform, shop.of(platform), **content)

    (error,) = payload["userErrors"]
    assert (error["code"], payload["publication"]) == ("VALIDATION_FAILED", None)
    assert sorted((issue["rule"], issue["limit"], issue["actual"]) for issue in error["issues"]) == issues
    assert all(issue["path"] for issue in error["issues"])
    assert await count(town) == before
    town.free.append(shop)


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
async def test_a_channel_id_that_leads_nowhere_is_not_found_whatever_is_wrong_with_it(town: Town, platform: str):
    shop = town.shop()
    content = {"text": "Hello"} if platform == "facebook" else {"media": [image(NOWHERE)]}
    stranger = GraphQLClient(
        town.journey.client.http,
        await new_api_key(
            town.stack.settings["AGM_DATABASE_URL"], town.stack.settings["AGM_SECRET_KEYS"], workspace="Elsewhere"
        ),
    )
    ids = ["chn_01m86tyzsaf7fb48xbj83hqcnq", "", "nonsense", "chn_", "chn_" + "z" * 26, "🥖" * 40, shop.account]

    answers = [await town.journey.publish(platform, wrong, **content) for wrong in ids]
    foreign = await type(town.journey)(stranger).publish(platform, shop.of(platform), **content)

    for answer, wrong in [*zip(answers, ids, strict=True), (foreign, shop.of(platform))]:
        (error,) = answer["userErrors"]
        assert (error["code"], error["path"], error["missingId"]) == ("NOT_FOUND", ["channelId"], wrong)
    assert {answer["userErrors"][0]["message"] for answer in [*answers, foreign]} == {
        answers[0]["userErrors"][0]["message"]
    }
    assert await town.public(shop, platform) == []


async def test_an_instagram_channel_takes_no_facebook_post(town: Town):
    shop = town.shop()

    payload = await town.journey.publish("facebook", shop.instagram, text="Wrong door")

    assert [error["code"] for error in payload["userErrors"]] == ["NOT_FOUND"]


async def test_fifty_callers_with_one_key_get_one_publication(town: Town):
    shop = town.shop()
    content = {"text": "Only once", "idempotencyKey": "fifty-callers-" + shop.facebook}

    payloads = await asyncio.gather(*(town.journey.publish("facebook", shop.facebook, **content) for _ in range(50)))

    (publication_id,) = {payload["publication"]["id"] for payload in payloads}
    assert sum(not payload["replayed"] for payload in payloads) == 1
    assert (await town.journey.outcome(publication_id))["status"] == "PUBLISHED"
    assert [entry["text"] for entry in await town.public(shop, "facebook")] == ["Only once"]


async def test_a_key_used_for_something_else_is_a_conflict(town: Town):
    shop = town.shop()
    key = "conflict-" + shop.facebook
    first = await town.journey.accepted("facebook", shop.facebook, text="One thing", idempotencyKey=key)

    payload = await town.journey.publish("facebook", shop.facebook, text="Another", idempotencyKey=key)

    assert [error["code"] for error in payload["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]
    await town.journey.outcome(first)
    assert [entry["text"] for entry in await town.public(shop, "facebook")] == ["One thing"]


async def test_a_key_answers_as_before_when_its_channel_is_gone_since(town: Town):
    shop = town.shop()
    content = {"text": "Before it went", "idempotencyKey": "gone-" + shop.facebook}
    first = await town.journey.accepted("facebook", shop.facebook, **content)
    await town.journey.outcome(first)
    await town.journey.ask(REMOVE, id=shop.facebook)

    again = await town.journey.publish("facebook", shop.facebook, **content)
    other = await town.journey.publish("facebook", shop.facebook, **{**content, "text": "Another"})

    assert (again["publication"]["id"], again["replayed"], again["userErrors"]) == (first, True, [])
    assert [error["code"] for error in other["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]


async def test_input_that_was_refused_leaves_its_key_free(town: Town):
    shop = town.shop()
    key = "refused-" + shop.facebook

    refused = await town.journey.publish("facebook", shop.facebook, text="x" * 63_207, idempotencyKey=key)
    payload = await town.journey.publish("facebook", shop.facebook, text="Shorter", idempotencyKey=key)

    assert refused["userErrors"][0]["code"] == "VALIDATION_FAILED"
    assert (payload["userErrors"], payload["replayed"]) == ([], False)
