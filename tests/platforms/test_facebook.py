"""Publishing to a Page, told by what the platform saw and by what became public."""

from typing import Any

import orjson
import pytest

from platforms.base import Done, Draft
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from tests.platforms.conftest import Desk
from tests.platforms.wire import Wire
from tests.platforms.work import Work, sample, work_on
from tests.support.programs import until
from tests.support.sandbox import Sandbox

TEXT = "Bread is ready 🥖 — é, e\u0301, 日本 & <b>\nsecond line"


async def published(desk: Desk, work: Work) -> str:
    result = await desk.facebook.step(work)
    assert isinstance(result, Done)
    return result.receipt.platform_post_id


async def uploads(sandbox: Sandbox) -> int:
    return len(await sandbox.calls("POST /photos"))


async def test_a_text_goes_out_once_as_it_is_written(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.page(), Draft(TEXT))

    post_id = await published(desk, work)

    [entry] = await sandbox.ledger(work.channel_id)
    assert (entry["kind"], entry["text"], entry["public_id"]) == ("text", TEXT, post_id)
    assert work.marks == [f"POST /{work.channel_id}/feed"]


async def test_a_link_goes_out_with_its_text(desk: Desk, sandbox: Sandbox):
    await published(desk, work_on(await desk.page(), Draft("Read this", link="https://example.com/a?b=c&d=é")))

    [entry] = await sandbox.ledger()
    assert (entry["kind"], entry["link"]) == ("link", "https://example.com/a?b=c&d=é")


async def test_nothing_is_public_before_the_mark(desk: Desk, sandbox: Sandbox):
    found: list[Any] = []

    async def look() -> None:
        found.append((await uploads(sandbox), await sandbox.ledger()))

    work = work_on(await desk.page(), Draft("A", media=(sample(sandbox.url),)), before_send=look)
    await published(desk, work)

    assert found == [(1, [])]
    assert len(await sandbox.ledger()) == 1


@pytest.mark.parametrize(("count", "kind"), [(1, "photo"), (10, "photos")])
async def test_photos_go_out_in_one_post_in_their_order(desk: Desk, sandbox: Sandbox, count: int, kind: str):
    alone = work_on(await desk.page(), Draft("", media=(sample(sandbox.url, "p0", "The first"),)))
    await published(desk, alone)
    images = tuple(sample(sandbox.url, f"p{number}", f"Number {number}") for number in range(count))
    await published(desk, work_on(await desk.page(), Draft("All", media=images)))

    first, entry = await sandbox.ledger()
    assert (entry["kind"], entry["text"]) == (kind, "All")
    assert entry["alt_texts"] == [f"Number {number}" for number in range(count)]
    assert entry["image_hashes"][0] == first["image_hashes"][0]
    assert len(set(entry["image_hashes"])) == count


async def test_photos_are_uploaded_unpublished_and_attached(wired: Desk, wire: Wire, sandbox: Sandbox):
    work = work_on(await wired.page(), Draft("Two", media=(sample(sandbox.url, "a"), sample(sandbox.url, "b"))))

    await published(wired, work)

    assert [one.fields["published"] for one in wire.asked("POST /*/photos")] == ["false", "false"]
    [feed] = wire.asked("POST /*/feed")
    attached = [item["media_fbid"] for item in orjson.loads(feed.fields["attached_media"])]
    assert attached == [work.handles["photo:0"], work.handles["photo:1"]]
    assert feed.fields["message"] == "Two"


async def test_a_repeated_step_uploads_only_what_is_missing(desk: Desk, sandbox: Sandbox):
    images = tuple(sample(sandbox.url, f"r{number}") for number in range(4))
    work = work_on(await desk.page(), Draft("Again", media=images))
    await sandbox.add_fault("POST /photos", "clean_503", nth=3)
    with pytest.raises(TransientError):
        await desk.facebook.step(work)
    kept = dict(work.handles)
    assert kept.keys() == {"photo:0", "photo:1"}

    await published(desk, Work(work.draft, work.channel_id, work.token, handles=kept))

    assert await uploads(sandbox) == 3 + 2
    [entry] = await sandbox.ledger()
    assert len(entry["image_hashes"]) == 4


async def test_an_upload_whose_answer_is_lost_is_repeated_and_nothing_is_out_twice(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.page(), Draft("Once", media=(sample(sandbox.url),)))
    await sandbox.add_fault("POST /photos", "land_then_drop", nth=1)
    with pytest.raises(TransientError):
        await desk.facebook.step(work)
    assert work.marks == []

    await published(desk, work)

    assert len(await sandbox.ledger()) == 1


@pytest.mark.parametrize(("fault", "out"), [("land_then_drop", 1), ("clean_503", 0)])
async def test_a_public_call_without_a_clear_answer_may_be_out(desk: Desk, sandbox: Sandbox, fault: str, out: int):
    work = work_on(await desk.page(), Draft("Unclear"))
    await sandbox.add_fault("POST /feed", fault)

    with pytest.raises(OutcomeUnknownError):
        await desk.facebook.step(work)

    assert len(await sandbox.ledger()) == out
    assert len(await sandbox.calls("POST /feed")) == 1


async def test_a_public_call_that_takes_too_long_may_be_out(make_desk: Any, desk: Desk, sandbox: Sandbox):
    hasty = make_desk(sandbox.url, timeout_seconds=0.2)
    work = work_on(await desk.page(), Draft("Late"))
    await sandbox.add_fault("POST /feed", "slow", seconds=0.5)

    with pytest.raises(OutcomeUnknownError):
        await hasty.facebook.step(work)

    async def out() -> bool:
        return len(await sandbox.ledger()) == 1

    await until(out, what="the late post")


async def test_a_platform_that_cannot_be_reached_got_nothing(make_desk: Any, desk: Desk):
    work = work_on(await desk.page(), Draft("Nobody there"))

    with pytest.raises(TransientError):
        await make_desk("http://127.0.0.1:9").facebook.step(work)

    assert work.marks


async def test_a_text_that_is_there_already_may_be_this_post(desk: Desk, sandbox: Sandbox):
    await sandbox.change_settings(duplicate_seconds=600)
    page = await desk.page()
    await published(desk, work_on(page, Draft("The same")))

    with pytest.raises(OutcomeUnknownError) as caught:
        await desk.facebook.step(work_on(page, Draft("The same")))

    assert caught.value.failure.platform_code == "506"


@pytest.mark.parametrize(
    ("draft", "code"), [(Draft(""), "197"), (Draft("", link="no address"), "1500"), (Draft("x" * 63_207), "100")]
)
async def test_what_the_page_refuses_is_refused(desk: Desk, sandbox: Sandbox, draft: Draft, code: str):
    with pytest.raises(RejectedError) as caught:
        await desk.facebook.step(work_on(await desk.page(), draft))

    assert caught.value.failure.platform_code == code
    assert await sandbox.ledger() == []


async def test_a_file_that_is_no_image_or_out_of_reach_is_tried_again_before_the_mark(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.page(), Draft("No", media=(sample(f"{sandbox.url}/_admin"),)))

    with pytest.raises(TransientError) as caught:
        await desk.facebook.step(work)

    assert caught.value.failure.code is FailureCode.MEDIA_REJECTED
    assert caught.value.failure.platform_code == "324/2069019"
    assert work.marks == []


async def test_a_dead_token_asks_for_a_new_sign_in(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.page("two-pages"), Draft("Locked out"))
    await sandbox.kill_tokens("two-pages", 460)

    with pytest.raises(ReconnectRequiredError) as caught:
        await desk.facebook.step(work)

    assert caught.value.failure.platform_code == "190/460"
    assert await sandbox.ledger() == []


async def test_a_persons_token_does_not_publish_to_a_page(desk: Desk, sandbox: Sandbox):
    grant, page = await desk.sign_in(), await desk.page()

    with pytest.raises(ReconnectRequiredError):
        await desk.facebook.step(Work(Draft("Wrong key", post="text"), page.platform_account_id, grant.token))

    assert await sandbox.ledger() == []


async def test_the_address_is_read_from_the_platform(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.page(), Draft("Where?"))
    post_id = await published(desk, work)

    [entry] = await sandbox.ledger()
    assert await desk.facebook.permalink(platform_post_id=post_id, token=work.token) == entry["permalink"]


@pytest.mark.parametrize("body", [{}, {"id": ""}, {"id": 7}, {"success": True}])
async def test_an_acceptance_that_names_no_post_may_be_out(wired: Desk, wire: Wire, body: Any):
    work = work_on(await wired.page(), Draft("Which?"))
    wire.answer("POST /*/feed", body)

    with pytest.raises(OutcomeUnknownError):
        await wired.facebook.step(work)


@pytest.mark.parametrize("body", [{}, {"id": None}, {"id": {}}])
async def test_an_upload_that_names_no_photo_is_tried_again(wired: Desk, wire: Wire, sandbox: Sandbox, body: Any):
    work = work_on(await wired.page(), Draft("Which?", media=(sample(sandbox.url),)))
    wire.answer("POST /*/photos", body)

    with pytest.raises(TransientError):
        await wired.facebook.step(work)

    assert work.handles == {}
    assert work.marks == []
