"""What publishers do after a post's call: as the sandbox's ledger and the wire show it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from platforms.base import Done, Draft
from platforms.errors import OutcomeUnknownError, ReconnectRequiredError, RejectedError, TransientError
from platforms.following import Following, Task
from tests.platforms.conftest import Desk
from tests.platforms.wire import Wire
from tests.platforms.work import Work, sample, work_on
from tests.support.sandbox import Sandbox

CALLS = {"facebook": "POST /comments", "instagram": "POST /ig-comments"}
GONE = {"error": {"code": 100, "error_subcode": 33, "message": "Unsupported get request."}}


async def out(desk: Desk, sandbox: Sandbox, platform: str) -> tuple[Any, Work, str]:
    """Publish; gives the publisher, the work and the post's id."""
    images = (sample(sandbox.url, "bread"),) if platform == "instagram" else ()
    page = await (desk.account() if platform == "instagram" else desk.page())
    publisher = getattr(desk, platform)
    work = work_on(page, Draft("Fresh", media=images))
    result = await publisher.step(work)
    while not isinstance(result, Done):
        result = await publisher.step(work)
    return publisher, work, result.receipt.platform_post_id


def following(work: Work, task: Task, post: str | None, text: str = "", **given: Any) -> Following:
    return Following(task, work.channel_id, work.token, post, text, **given)


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
async def test_a_comment_is_found_only_where_it_is(desk: Desk, sandbox: Sandbox, platform: str):
    publisher, work, post = await out(desk, sandbox, platform)
    asked = following(work, Task.FIRST_COMMENT, post, "Below é\r\n", sent_at=datetime.now(UTC))
    before = await publisher.find_comment(asked)

    made = await publisher.follow(asked)

    found = await publisher.find_comment(replace(asked, text=" Below e\u0301\n"))
    assert (before.out, before.matches) == (False, ())
    assert (found.out, [match.platform_post_id for match in found.matches]) == (True, [made])
    assert (await publisher.find_comment(replace(asked, text="Another"))).out is False


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
async def test_a_comment_without_an_answer_may_be_there(desk: Desk, sandbox: Sandbox, platform: str):
    publisher, work, post = await out(desk, sandbox, platform)
    asked = following(work, Task.FIRST_COMMENT, post, "Below", sent_at=datetime.now(UTC))
    await sandbox.add_fault(CALLS[platform], "land_then_drop", nth=1, account=work.channel_id)

    with pytest.raises(OutcomeUnknownError):
        await publisher.follow(asked)

    assert (await publisher.find_comment(asked)).out is True


async def test_the_same_words_of_somebody_else_are_not_ours_on_facebook(wired: Desk, wire: Wire, sandbox: Sandbox):
    publisher, work, post = await out(wired, sandbox, "facebook")
    at = datetime.now(UTC)
    comment = {"id": "c", "message": "Below", "created_time": at.isoformat(), "from": {"id": "somebody"}}
    wire.answer("GET /*/comments", {"data": [comment]})

    seen = await publisher.find_comment(following(work, Task.FIRST_COMMENT, post, "Below", sent_at=at))

    assert (seen.out, seen.matches) == (False, ())


async def test_a_list_that_does_not_end_proves_nothing(wired: Desk, wire: Wire, sandbox: Sandbox):
    publisher, work, post = await out(wired, sandbox, "facebook")
    at = datetime.now(UTC)
    comment = {"id": "c", "message": "Other", "created_time": at.isoformat()}
    wire.answer("GET /*/comments", {"data": [comment], "paging": {"cursors": {"after": "x"}, "next": "more"}})

    assert (await publisher.find_comment(following(work, Task.FIRST_COMMENT, post, "Below", sent_at=at))).out is None
    assert {one.fields["order"] for one in wire.asked("GET /*/comments")} == {"reverse_chronological"}


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
async def test_a_post_that_is_not_found_yet_is_commented_later(
    wired: Desk, wire: Wire, sandbox: Sandbox, platform: str
):
    publisher, work, post = await out(wired, sandbox, platform)
    wire.answer("POST /*/comments", GONE, 400)

    with pytest.raises(TransientError):
        await publisher.follow(following(work, Task.FIRST_COMMENT, post, "Below"))


async def test_a_missing_permission_is_named(wired: Desk, wire: Wire, sandbox: Sandbox):
    publisher, work, post = await out(wired, sandbox, "facebook")
    wire.answer("POST /*/comments", {"error": {"code": 200, "message": "(#200) requires pages_manage_engagement"}}, 403)

    with pytest.raises(ReconnectRequiredError, match="pages_manage_engagement"):
        await publisher.follow(following(work, Task.FIRST_COMMENT, post, "Below"))


async def test_a_text_is_changed_and_a_videos_own_id_takes_a_description(wired: Desk, wire: Wire, sandbox: Sandbox):
    publisher, work, post = await out(wired, sandbox, "facebook")
    wire.answer("POST /77", {"success": True})

    for thing in (post, "77"):
        assert await publisher.follow(following(work, Task.EDIT, thing, "Fresher")) is None

    [entry] = await sandbox.ledger(work.channel_id)
    assert entry["text"] == "Fresher"
    assert wire.asked("POST /77")[0].fields["description"] == "Fresher"


async def test_what_is_gone_counts_as_deleted_and_what_is_not_does_not(wired: Desk, wire: Wire, sandbox: Sandbox):
    publisher, work, post = await out(wired, sandbox, "facebook")
    wire.answer(f"DELETE /{post}", GONE, 400)

    with pytest.raises(RejectedError):
        await publisher.follow(following(work, Task.DELETE, post))
    wire.answer(f"GET /{post}", GONE, 400)
    await publisher.follow(following(work, Task.DELETE, post))


async def staged(desk: Desk, sandbox: Sandbox) -> tuple[Work, dict[str, str]]:
    """Upload two photos whose post is refused."""
    images = tuple(sample(sandbox.url, f"plate{number}") for number in range(2))
    work = work_on(await desk.page(), Draft("Plates", media=images))
    await sandbox.add_fault("POST /feed", "graph_error", error="197", next_calls=1, account=work.channel_id)
    with pytest.raises(RejectedError):
        await desk.facebook.step(work)
    return work, dict(work.handles)


async def test_photos_that_no_post_shows_are_deleted_twice_over(wired: Desk, wire: Wire, sandbox: Sandbox):
    work, handles = await staged(wired, sandbox)
    asked = following(work, Task.CLEAN_UP, None, handles={**handles, "video": "9"})

    for _ in range(2):
        await wired.facebook.follow(asked)

    assert {one.asked for one in wire.asked("DELETE /*")} == {f"DELETE /{photo}" for photo in handles.values()}


async def test_not_one_photo_is_deleted_when_one_of_them_is_public(wired: Desk, wire: Wire, sandbox: Sandbox):
    work, handles = await staged(wired, sandbox)
    await wired.facebook.step(work)

    with pytest.raises(RejectedError, match="public"):
        await wired.facebook.follow(following(work, Task.CLEAN_UP, None, handles=handles))

    assert wire.asked("DELETE /*") == []
    assert len(await sandbox.ledger(work.channel_id)) == 1


@pytest.mark.parametrize("task", [Task.EDIT, Task.DELETE, Task.CLEAN_UP])
async def test_instagram_refuses_the_rest_without_a_call(wired: Desk, wire: Wire, sandbox: Sandbox, task: Task):
    publisher, work, post = await out(wired, sandbox, "instagram")
    before = len(wire.seen)

    with pytest.raises(RejectedError):
        await publisher.follow(following(work, task, post, "New"))

    assert len(wire.seen) == before
