"""The Page's own comments under its posts."""

from typing import Any

import pytest

from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import SCOPES, Page, Stranger, error_of


@pytest.fixture
async def page(meta: Stranger) -> Page:
    return await meta.page()


async def post(meta: Stranger, page: Page, message: str = "A post") -> str:
    return (await meta.post(f"{page.id}/feed", page.token, message=message)).json()["id"]


async def test_a_first_comment_is_public_under_its_post(meta: Stranger, page: Page):
    under = await post(meta, page)

    answer = await meta.post(f"{under}/comments", page.token, message="More in the shop", fields="id,permalink_url")

    comment = answer.json()["id"]
    entry = (await meta.ledger())[1]
    assert comment.startswith(f"{under}_")
    assert (entry["kind"], entry["text"], entry["public_id"], entry["parent_id"]) == (
        "comment",
        "More in the shop",
        comment,
        under,
    )
    assert (await meta.http.get(answer.json()["permalink_url"])).status_code == 200


async def test_the_same_comment_under_two_posts_is_no_copy(meta: Stranger, page: Page):
    first, second = await post(meta, page, "One"), await post(meta, page, "Two")
    for under in (first, second):
        await meta.post(f"{under}/comments", page.token, message="Link below")
    distinct = (await meta.admin("ledger"))["repeated"]
    await meta.post(f"{first}/comments", page.token, message="Link below")

    assert distinct == []
    assert len((await meta.admin("ledger"))["repeated"]) == 1


async def test_a_comment_shows_one_attachment(meta: Stranger, page: Page):
    under, photo = await post(meta, page), await meta.photo(page, f"{PICTURES}/square.jpg")

    answers = [
        await meta.post(f"{under}/comments", page.token, attachment_id=photo),
        await meta.post(f"{under}/comments", page.token, attachment_url="https://example.com/a"),
        await meta.post(f"{under}/comments", page.token, attachment_id=photo, attachment_url="https://example.com/a"),
        await meta.post(f"{under}/comments", page.token, attachment_id="1"),
        await meta.post(f"{under}/comments", page.token, attachment_share_url="nonsense"),
    ]

    assert [one.status_code for one in answers] == [200, 200, 400, 400, 400]
    entries = (await meta.ledger())[1:]
    assert [(len(entry["image_hashes"]), entry["link"]) for entry in entries] == [
        (1, None),
        (0, "https://example.com/a"),
    ]


async def test_comments_are_changed_listed_and_deleted(meta: Stranger, page: Page):
    under = await post(meta, page)
    first = (await meta.post(f"{under}/comments", page.token, message="One")).json()["id"]
    second = (await meta.post(f"{under}/comments", page.token, message="Two")).json()["id"]

    await meta.post(first, page.token, message="Better")
    listed = (await meta.get(f"{under}/comments", page.token, fields="message", summary="true")).json()
    gone = await meta.delete(second, page.token)
    left = (await meta.get(f"{under}/comments", page.token, fields="message")).json()

    assert [one["message"] for one in listed["data"]] == ["Better", "Two"]
    assert listed["summary"] == {"total_count": 2}
    assert gone.json() == {"success": True}
    assert [one["message"] for one in left["data"]] == ["Better"]
    assert error_of(await meta.delete(second, page.token)) == (400, 100, 33)
    assert [bool(entry["deleted_at"]) for entry in await meta.ledger()] == [False, False, True]


async def test_comments_go_with_their_post(meta: Stranger, page: Page):
    under = await post(meta, page)
    comment = (await meta.post(f"{under}/comments", page.token, message="One")).json()["id"]

    await meta.delete(under, page.token)

    assert all(entry["deleted_at"] for entry in await meta.ledger())
    assert error_of(await meta.get(comment, page.token)) == (400, 100, 33)


@pytest.mark.parametrize("given", [{}, {"message": " "}, {"message": "x" * 8001}])
async def test_a_comment_that_says_nothing_or_too_much_is_refused(meta: Stranger, page: Page, given: dict[str, Any]):
    under = await post(meta, page)

    assert error_of(await meta.post(f"{under}/comments", page.token, **given)) == (400, 100, None)


async def test_what_is_not_public_has_no_comments(meta: Stranger, page: Page):
    draft = (await meta.post(f"{page.id}/feed", page.token, message="Draft", published="false")).json()["id"]
    photo = await meta.photo(page, f"{PICTURES}/square.jpg")

    for under in (draft, photo, "1"):
        assert error_of(await meta.post(f"{under}/comments", page.token, message="x")) == (400, 100, 33)


async def test_comments_need_their_own_permission(meta: Stranger):
    page = await meta.page(scope=SCOPES.replace("pages_manage_engagement,", ""))
    under = await post(meta, page)

    assert error_of(await meta.post(f"{under}/comments", page.token, message="x")) == (403, 200, None)
