"""After the call: comments below what is out, edits, deletions, and photos that never went out, as the ledger shows."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.support.journey import Channels, image
from tests.support.programs import until

COMMENT = "Order here: https://example.com 🥐"
CALLS = {"facebook": "POST /comments", "instagram": "POST /ig-comments"}
SEEN = """
query ($id: ID!) {
  publication(id: $id) {
    status allowedActions content { text firstComment }
    followUps { kind status text platformId nextAttemptAt finishedAt error { code message hint platformCode } }
  }
}"""
EDIT = """
mutation ($input: EditPublicationInput!) {
  editPublication(input: $input) {
    publication { id status }
    userErrors { __typename code message path ... on InvalidStateError { currentState allowedActions } }
  }
}"""
DELETE = EDIT.replace("Edit", "Delete").replace("edit", "delete")

on_each_platform = pytest.mark.parametrize("platform", ["facebook", "instagram"])


async def published(town: Town, shop: Channels, platform: str, **given: Any) -> str:
    """Publish and wait until it is out."""
    content = {"text": "Fresh"} if platform == "facebook" else {"media": [image(town.picture("fresh"))]}
    publication_id = await town.journey.accepted(platform, shop.of(platform), **{**content, **given})
    assert (await town.journey.outcome(publication_id))["status"] == "PUBLISHED"
    return publication_id


async def seen(town: Town, publication_id: str) -> dict[str, Any]:
    return await town.journey.ask(SEEN, id=publication_id)


async def followed(town: Town, publication_id: str, *among: str, count: int = 1) -> dict[str, Any]:
    """Wait until the last of so many follow-ups is in one of these states, and give it."""
    found: list[dict[str, Any]] = []

    async def reached() -> bool:
        found[:] = (await seen(town, publication_id))["followUps"]
        return len(found) == count and found[-1]["status"] in (among or ("DONE", "FAILED"))

    try:
        await until(reached, seconds=40, what="the follow-up")
    except AssertionError as error:
        raise AssertionError(f"{error}; they are {found}") from None
    return found[-1]


async def comments(town: Town, shop: Channels, platform: str) -> list[dict[str, Any]]:
    return [entry for entry in await town.public(shop, platform) if entry["kind"] == "comment"]


async def calls(town: Town, shop: Channels, platform: str, endpoint: str | None = None) -> int:
    return len(await town.sandbox.calls(endpoint=endpoint or CALLS[platform], account=shop.platform_id(platform)))


# -- the first comment ------------------------------------------------------------------------------------------


@on_each_platform
@pytest.mark.parametrize("fault", [None, "land_then_drop", "land_then_500"])
async def test_a_first_comment_stands_below_its_post_once(town: Town, platform: str, fault: str | None):
    shop = town.shop()
    if fault:
        await town.sandbox.add_fault(CALLS[platform], fault, nth=1, account=shop.platform_id(platform))

    publication_id = await published(town, shop, platform, firstComment=COMMENT)
    done = await followed(town, publication_id)

    post, comment = await town.public(shop, platform)
    assert (comment["kind"], comment["text"], comment["parent_id"]) == ("comment", COMMENT, post["public_id"])
    assert (done["kind"], done["status"], done["text"]) == ("FIRST_COMMENT", "DONE", COMMENT)
    assert (done["platformId"], done["error"]) == (comment["public_id"], None)
    assert await calls(town, shop, platform) == 1
    assert (await seen(town, publication_id))["content"]["firstComment"] == COMMENT


@on_each_platform
async def test_a_comment_that_never_arrived_is_written_when_that_is_proved(mortal_town: Town, platform: str):
    town, shop = mortal_town, mortal_town.shop()
    await town.sandbox.add_fault(CALLS[platform], "drop_before", nth=1, account=shop.platform_id(platform))
    await town.stack.start_worker()

    publication_id = await published(town, shop, platform, firstComment=COMMENT)
    await followed(town, publication_id, "UNCONFIRMED")
    done = await followed(town, publication_id)

    assert (done["status"], done["error"]) == ("DONE", None)
    assert [entry["public_id"] for entry in await comments(town, shop, platform)] == [done["platformId"]]
    assert await calls(town, shop, platform) == 2


@on_each_platform
async def test_a_comment_that_is_refused_leaves_its_post_published(town: Town, platform: str):
    shop = town.shop()
    await town.sandbox.add_fault(CALLS[platform], "graph_error", error="368", account=shop.platform_id(platform))

    publication_id = await published(town, shop, platform, firstComment=COMMENT)
    failed = await followed(town, publication_id)

    assert (failed["status"], failed["nextAttemptAt"]) == ("FAILED", None)
    assert (failed["error"]["code"], failed["error"]["platformCode"]) == ("PLATFORM_REJECTED", "368")
    assert (await seen(town, publication_id))["status"] == "PUBLISHED"
    assert await comments(town, shop, platform) == []
    assert await calls(town, shop, platform) == 1


async def test_a_comment_that_fails_for_now_is_tried_again(town: Town):
    shop = town.shop()
    await town.sandbox.add_fault("POST /comments", "graph_error", error="100/33", next_calls=1, account=shop.page_id)

    publication_id = await published(town, shop, "facebook", firstComment=COMMENT)
    done = await followed(town, publication_id, "DONE")

    assert done["error"] is None
    assert len(await comments(town, shop, "facebook")) == 1
    assert await calls(town, shop, "facebook") == 2


@on_each_platform
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "CONTENT_EMPTY"),
        (" \n", "CONTENT_EMPTY"),
        ("a\0b", "TEXT_UNSUPPORTED_CHARACTERS"),
        (9_000, "TEXT_TOO_LONG"),
    ],
)
async def test_a_comment_that_cannot_be_is_refused_before_any_call(
    town: Town, platform: str, text: str | int, rule: str
):
    shop = town.shop()
    given = {"text": "Fresh"} if platform == "facebook" else {"media": [image(town.picture("fresh"))]}

    payload = await town.journey.publish(
        platform, shop.of(platform), **given, firstComment="x" * text if isinstance(text, int) else text
    )

    (error,) = payload["userErrors"]
    assert [(issue["rule"], issue["path"]) for issue in error["issues"]] == [(rule, ["firstComment"])]
    assert await town.sandbox.calls(account=shop.platform_id(platform)) == []


@on_each_platform
async def test_a_story_takes_no_comment(town: Town, platform: str):
    shop = town.shop()

    payload = await town.journey.publish(
        platform,
        shop.of(platform),
        media=[image(town.picture("story", width=720, height=1280))],
        options={"placement": "STORY"},
        firstComment=COMMENT,
    )

    (error,) = payload["userErrors"]
    assert [issue["rule"] for issue in error["issues"]] == ["FIRST_COMMENT_UNSUPPORTED"]


# -- edits and deletions ----------------------------------------------------------------------------------------


async def test_a_text_is_changed_and_a_post_deleted_on_facebook(town: Town):
    shop, edit = town.shop(), {"text": "Fresher", "idempotencyKey": "edit-1"}
    publication_id = await published(town, shop, "facebook", firstComment=COMMENT)
    await followed(town, publication_id)
    before = await seen(town, publication_id)
    edit["publicationId"] = publication_id

    payloads = [await town.journey.ask(EDIT, input=edit) for _ in range(2)]
    edited = await followed(town, publication_id, count=2)
    between = await seen(town, publication_id)
    post, comment = await town.public(shop, "facebook")
    deleted = await town.journey.ask(DELETE, input={"publicationId": publication_id})
    gone = await followed(town, publication_id, count=3)
    after = await seen(town, publication_id)
    again = await town.journey.ask(DELETE, input={"publicationId": publication_id})

    assert payloads == [{"publication": {"id": publication_id, "status": "PUBLISHED"}, "userErrors": []}] * 2
    assert (before["allowedActions"], between["allowedActions"]) == (["EDIT", "DELETE"], ["EDIT", "DELETE"])
    assert (edited["kind"], edited["status"], post["text"]) == ("EDIT", "DONE", "Fresher")
    assert (between["content"]["text"], comment["text"]) == ("Fresher", COMMENT)
    assert await calls(town, shop, "facebook", "POST /post") == 1
    assert (deleted["userErrors"], gone["kind"], gone["status"]) == ([], "DELETE", "DONE")
    assert (after["status"], after["allowedActions"]) == ("DELETED", [])
    assert all(entry["deleted_at"] for entry in await town.public(shop, "facebook"))
    assert await calls(town, shop, "facebook", "DELETE /post") == 1
    assert [(error["code"], error["currentState"]) for error in again["userErrors"]] == [("INVALID_STATE", "DELETED")]


@pytest.mark.parametrize("fault", ["land_then_drop", "land_then_500", "clean_503"])
async def test_a_deletion_without_an_answer_is_made_again_and_ends_well(town: Town, fault: str):
    shop = town.shop()
    await town.sandbox.add_fault("DELETE /post", fault, nth=1, account=shop.page_id)
    publication_id = await published(town, shop, "facebook")

    await town.journey.ask(DELETE, input={"publicationId": publication_id})

    assert (await followed(town, publication_id))["status"] == "DONE"
    assert (await seen(town, publication_id))["status"] == "DELETED"
    assert all(entry["deleted_at"] for entry in await town.public(shop, "facebook"))


@pytest.mark.parametrize("document", [EDIT, DELETE])
async def test_what_instagram_cannot_do_is_refused_with_what_to_do_instead(town: Town, document: str):
    shop = town.shop()
    publication_id = await published(town, shop, "instagram")
    before = len(await town.sandbox.calls(account=shop.instagram_id))
    given = {"publicationId": publication_id, **({"text": "New"} if document is EDIT else {})}

    (error,) = (await town.journey.ask(document, input=given))["userErrors"]

    assert (error["code"], error["path"]) == ("UNSUPPORTED_BY_PLATFORM", ["publicationId"])
    assert "in the Instagram app" in error["message"]
    assert (await seen(town, publication_id))["allowedActions"] == []
    assert len(await town.sandbox.calls(account=shop.instagram_id)) == before


async def test_neither_a_comment_nor_an_edit_waits_for_a_sweep(own_town: Callable[..., Awaitable[Town]]):
    town = await own_town(sweep_seconds=600)
    shop = town.shop()
    await town.stack.start_worker()

    publication_id = await published(town, shop, "facebook", firstComment=COMMENT)
    commented = await followed(town, publication_id)
    await town.journey.ask(EDIT, input={"publicationId": publication_id, "text": "Fresher"})
    edited = await followed(town, publication_id, count=2)

    assert (commented["status"], edited["status"]) == ("DONE", "DONE")


# -- what never went out ----------------------------------------------------------------------------------------


async def test_photos_of_a_post_that_failed_are_deleted_and_a_retry_has_its_own(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    await town.sandbox.add_fault("POST /feed", "graph_error", error="197", next_calls=1, account=shop.page_id)
    await town.stack.start_worker()
    media = [image(town.picture(f"plate-{number}")) for number in range(3)]

    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Plates", media=media)
    failed = await town.journey.outcome(publication_id)
    cleaned = await followed(town, publication_id)
    await town.journey.ask(RETRY, input={"publicationId": publication_id})
    retried = await town.journey.outcome(publication_id)

    assert (failed["status"], retried["status"]) == ("FAILED", "PUBLISHED")
    assert (cleaned["kind"], cleaned["status"]) == ("CLEAN_UP", "DONE")
    assert await calls(town, shop, "facebook", "DELETE /photo") == 3
    assert await calls(town, shop, "facebook", "POST /photos") == 6
    (entry,) = await town.public(shop, "facebook")
    assert len(entry["image_hashes"]) == 3


RETRY = """
mutation ($input: RetryPublicationInput!) { retryPublication(input: $input) { userErrors { code message } } }"""
