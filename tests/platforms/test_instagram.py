"""Publishing to Instagram: one container, asked about by the law, published once."""

from datetime import timedelta
from typing import Any

import pytest

from platforms.base import DENIED, Done, Draft, Wait
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    RateLimitedError,
    RejectedError,
    TransientError,
)
from platforms.instagram.polling import FIRST, next_ask
from platforms.sign_in import FoundPage
from tests.platforms.conftest import Desk
from tests.platforms.wire import Wire
from tests.platforms.work import NOW, Work, sample, work_on
from tests.support.sandbox import Sandbox

BUSY = {"status_code": "IN_PROGRESS", "status": "In Progress: Media is still being processed.", "id": "17"}
READY = {"status_code": "FINISHED", "status": "Finished: Media has been uploaded and it is ready to be published."}
UNREADABLE = {"error": {"message": "Unsupported get request.", "code": 100, "error_subcode": 33, "fbtrace_id": "A"}}
NOT_FETCHED = "Error: Media download has failed. The media URI doesn't meet our requirements."


def work_for(account: FoundPage, origin: str, text: str = "Look", **given: Any) -> Work:
    return work_on(account, Draft(text, media=(sample(origin, alt_text="A loaf"),)), **given)


async def container_made(desk: Desk, work: Work) -> str:
    """Run the first step."""
    assert await desk.instagram.step(work) == Wait(FIRST)
    return work.handles["container"]


async def step_after(desk: Desk, work: Work, age: timedelta) -> Any:
    work.now = NOW + age
    return await desk.instagram.step(work)


async def ending(desk: Desk, work: Work, age: timedelta = FIRST) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        await step_after(desk, work, age)
    return caught.value


async def test_an_image_goes_out_once_through_one_container(desk: Desk, sandbox: Sandbox):
    work = work_for(await desk.account(), sandbox.url, "Bread 🥖 #loaf @baker é")
    await container_made(desk, work)
    assert await sandbox.ledger() == []
    assert work.marks == []

    done = await step_after(desk, work, FIRST)

    [entry] = await sandbox.ledger(work.channel_id)
    assert isinstance(done, Done)
    assert (entry["kind"], entry["text"]) == ("image", "Bread 🥖 #loaf @baker é")
    assert (entry["public_id"], entry["alt_texts"]) == (done.receipt.platform_post_id, ["A loaf"])
    assert work.marks == [f"POST /{work.channel_id}/media_publish"]
    assert len(await sandbox.calls("POST /media")) == 1


async def test_another_worker_goes_on_with_the_container_that_is_there(desk: Desk, sandbox: Sandbox):
    first = work_for(await desk.account(), sandbox.url)
    container = await container_made(desk, first)

    other = Work(first.draft, first.channel_id, first.token, now=NOW + FIRST, handles=dict(first.handles))
    await desk.instagram.step(other)

    assert other.handles["container"] == container
    assert len(await sandbox.calls("POST /media")) == 1
    assert len(await sandbox.ledger()) == 1


async def test_a_container_in_progress_is_asked_about_by_the_law(desk: Desk, sandbox: Sandbox):
    await sandbox.change_settings(processing={"fixed_seconds": 3600})
    work = work_for(await desk.account(), sandbox.url)
    container = await container_made(desk, work)
    ages: list[timedelta] = []
    age = FIRST
    while age <= timedelta(minutes=2):
        ages.append(age)
        wait = await step_after(desk, work, age)
        assert wait == Wait(next_ask(age))
        age += wait.delay

    assert len(await sandbox.calls("GET /container")) == len(ages) <= 10
    assert work.handles["container"] == container
    assert work.marks == []


async def test_a_container_that_never_ends_is_given_up_for_a_new_one(desk: Desk, sandbox: Sandbox):
    await sandbox.change_settings(processing={"fixed_seconds": 36_000})
    work = work_for(await desk.account(), sandbox.url)
    first = await container_made(desk, work)
    age = FIRST
    while age <= timedelta(minutes=15):
        age += (await step_after(desk, work, age)).delay

    error = await ending(desk, work, age)

    assert isinstance(error, TransientError)
    assert error.failure.code is FailureCode.MEDIA_REJECTED
    assert len(await sandbox.calls("GET /container")) < 30
    assert work.handles == {}
    assert await container_made(desk, work) != first


async def test_an_expired_container_is_replaced(make_desk: Any, own_sandbox: Sandbox):
    await own_sandbox.change_settings(processing={"fixed_seconds": 0})
    desk: Desk = make_desk(own_sandbox.url)
    work = work_for(await desk.account(), own_sandbox.url)
    first = await container_made(desk, work)
    await own_sandbox.advance_clock(25 * 3600)

    assert isinstance(await ending(desk, work, timedelta(hours=25)), TransientError)
    work.now = NOW + timedelta(hours=25)
    assert await container_made(desk, work) != first
    await step_after(desk, work, timedelta(hours=25) + FIRST)

    assert len(await own_sandbox.ledger()) == 1


async def test_a_bad_shape_is_refused_when_the_container_is_made(desk: Desk, sandbox: Sandbox):
    tall = sample(sandbox.url, width=300, height=900)
    work = work_on(await desk.account(), Draft("Tall", media=(tall,)))

    error = await ending(desk, work)

    assert isinstance(error, RejectedError)
    assert (error.failure.code, error.failure.platform_code) == (FailureCode.MEDIA_REJECTED, "36003/2207009")
    assert work.handles == {}


async def test_a_bad_shape_is_refused_when_the_container_fails_later(desk: Desk, sandbox: Sandbox):
    await sandbox.change_settings(image_errors="status")
    work = work_on(await desk.account(), Draft("Tall", media=(sample(sandbox.url, width=300, height=900),)))
    await container_made(desk, work)

    error = await ending(desk, work)

    assert isinstance(error, RejectedError)
    assert (error.failure.code, error.failure.platform_code) == (FailureCode.MEDIA_REJECTED, "2207009")
    assert work.marks == []


@pytest.mark.parametrize("when", ["sync", "status"])
async def test_an_image_that_instagram_could_not_fetch_is_tried_again(desk: Desk, sandbox: Sandbox, when: str):
    await sandbox.change_settings(image_errors=when)
    work = work_on(await desk.account(), Draft("Gone", media=(sample("http://127.0.0.1:9"),)))
    if when == "status":
        await container_made(desk, work)

    error = await ending(desk, work)

    assert isinstance(error, TransientError)
    assert error.failure.code is FailureCode.MEDIA_REJECTED
    assert work.handles == {}


@pytest.mark.parametrize("text", ["Error: Media upload has failed with error code 2207082", NOT_FETCHED])
async def test_a_failure_without_a_status_code_is_read_from_its_text(wired: Desk, wire: Wire, sandbox: Sandbox, text):
    work = work_for(await wired.account(), sandbox.url)
    container = await container_made(wired, work)
    wire.answer(f"GET /{container}", {"status": text, "id": container})

    assert isinstance(await ending(wired, work), TransientError)
    assert work.handles == {}


async def test_t04_a_container_that_cannot_be_read_is_published_in_the_end(wired: Desk, wire: Wire, sandbox: Sandbox):
    work = work_for(await wired.account(), sandbox.url)
    container = await container_made(wired, work)
    wire.answer(f"GET /{container}", UNREADABLE, 400)

    assert await step_after(wired, work, FIRST) == Wait(next_ask(FIRST))
    assert await sandbox.ledger() == []
    assert isinstance(await step_after(wired, work, timedelta(minutes=16)), Done)

    assert len(await sandbox.ledger()) == 1


async def test_a_container_that_is_public_already_is_never_called_failed(desk: Desk, sandbox: Sandbox):
    first = work_for(await desk.account(), sandbox.url)
    await container_made(desk, first)
    await step_after(desk, first, FIRST)

    again = Work(first.draft, first.channel_id, first.token, handles=dict(first.handles))
    assert isinstance(await ending(desk, again), OutcomeUnknownError)

    assert len(again.marks) == 1
    assert len(await sandbox.calls("POST /media_publish")) == 1
    assert len(await sandbox.ledger()) == 1


async def test_a_container_that_says_finished_too_early_is_published_later(wired: Desk, wire: Wire, sandbox: Sandbox):
    await sandbox.change_settings(processing={"fixed_seconds": 3600})
    work = work_for(await wired.account(), sandbox.url)
    container = await container_made(wired, work)
    wire.answer(f"GET /{container}", READY)

    error = await ending(wired, work)

    assert isinstance(error, TransientError)
    assert error.retry_after == timedelta(seconds=3)
    assert work.handles["container"] == container
    assert await sandbox.ledger() == []


@pytest.mark.parametrize(("fault", "out"), [("land_then_drop", 1), ("clean_503", 0)])
async def test_a_public_call_without_a_clear_answer_may_be_out(desk: Desk, sandbox: Sandbox, fault: str, out: int):
    work = work_for(await desk.account(), sandbox.url)
    await container_made(desk, work)
    await sandbox.add_fault("POST /media_publish", fault)

    assert isinstance(await ending(desk, work), OutcomeUnknownError)

    assert len(await sandbox.ledger()) == out
    assert len(await sandbox.calls("POST /media_publish")) == 1


@pytest.mark.parametrize("fault", ["land_then_drop", "clean_503"])
async def test_a_container_whose_answer_is_lost_is_made_again(desk: Desk, sandbox: Sandbox, fault: str):
    work = work_for(await desk.account(), sandbox.url)
    await sandbox.add_fault("POST /media", fault, nth=1)
    assert isinstance(await ending(desk, work), TransientError)
    assert work.handles == {}

    await container_made(desk, work)
    await step_after(desk, work, FIRST)

    assert len(await sandbox.ledger()) == 1


async def test_a_status_that_cannot_be_had_keeps_the_container(desk: Desk, sandbox: Sandbox):
    work = work_for(await desk.account(), sandbox.url)
    container = await container_made(desk, work)
    await sandbox.add_fault("GET /container", "clean_503")

    assert isinstance(await ending(desk, work), TransientError)
    assert work.handles["container"] == container


@pytest.mark.parametrize("total", [0, 25])
async def test_what_was_asked_before_the_first_container_is_asked_after_a_persons_word_too(
    desk: Desk, sandbox: Sandbox, total: int
):
    work = work_for(await desk.account(), sandbox.url)
    work.handles[DENIED] = "1"
    await sandbox.change_settings(quota_total=total)

    if total:
        await container_made(desk, work)
    else:
        assert isinstance(await ending(desk, work), RejectedError)


async def test_a_used_up_quota_waits(desk: Desk, sandbox: Sandbox):
    work = work_for(await desk.account(), sandbox.url)
    await container_made(desk, work)
    await sandbox.change_settings(quota_total=0)

    error = await ending(desk, work)

    assert isinstance(error, TransientError)
    assert not isinstance(error, RateLimitedError), "other channels need not rest"
    assert error.failure.code is FailureCode.QUOTA_EXCEEDED
    assert error.retry_after == timedelta(hours=1)
    assert await sandbox.ledger() == []


async def test_the_address_is_read_from_the_platform(desk: Desk, sandbox: Sandbox):
    work = work_for(await desk.account(), sandbox.url)
    await container_made(desk, work)
    done = await step_after(desk, work, FIRST)

    [entry] = await sandbox.ledger()
    told = await desk.instagram.permalink(platform_post_id=done.receipt.platform_post_id, token=work.token)
    assert told == entry["permalink"]


@pytest.mark.parametrize("body", [{}, {"id": 18}, {"id": ""}])
async def test_an_acceptance_that_names_no_media_may_be_out(wired: Desk, wire: Wire, sandbox: Sandbox, body: Any):
    work = work_for(await wired.account(), sandbox.url)
    await container_made(wired, work)
    wire.answer("POST /*/media_publish", body)

    assert isinstance(await ending(wired, work), OutcomeUnknownError)


async def test_a_container_without_an_id_is_asked_for_again(wired: Desk, wire: Wire, sandbox: Sandbox):
    work = work_for(await wired.account(), sandbox.url)
    wire.answer("POST /*/media", {"success": True})

    assert isinstance(await ending(wired, work), TransientError)
    assert work.handles == {}


@pytest.mark.parametrize("answer", [BUSY, {}, {"status_code": None}, {"status_code": "SOMETHING_NEW"}])
async def test_a_status_that_says_nothing_waits(wired: Desk, wire: Wire, sandbox: Sandbox, answer: Any):
    work = work_for(await wired.account(), sandbox.url)
    container = await container_made(wired, work)
    wire.answer(f"GET /{container}", answer)

    assert await step_after(wired, work, FIRST) == Wait(next_ask(FIRST))
    assert work.marks == []
