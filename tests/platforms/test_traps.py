"""Traps that others fell into, set up at the sandbox: what the public sees, and what this server believes of it.

Each trap, its source and all its tests are listed in docs/traps.md, which is written from the names of the tests.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.base import Draft, Publisher
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.facebook.options import FacebookOptions, FacebookPlacement
from publishing.care import end_of, nears
from publishing.reconciling import Belief, Conclusion, conclude
from publishing.retries import Backoff, retry_in
from tests.platforms.conftest import Desk
from tests.platforms.test_kinds import REEL, Films, films, out, sent_of
from tests.platforms.wire import Wire
from tests.platforms.work import Work, sample, work_on
from tests.support.sandbox import Sandbox

__all__ = ["films"]


async def lost(publisher: Publisher, work: Work, sandbox: Sandbox, fault: str, endpoint: str) -> None:
    """Publish under a fault after which nobody knows what became of the call."""

    async def strike() -> None:
        work.now = datetime.now(UTC)
        await sandbox.add_fault(endpoint, fault, next_calls=1, account=work.channel_id)

    work.before_send = strike
    with pytest.raises(OutcomeUnknownError):
        await out(publisher, work)
    work.before_send = None


async def believed(publisher: Publisher, work: Work, *, settled: bool = False) -> Conclusion:
    """Look at the platform, and say what is believed then."""
    return conclude(await publisher.look(sent_of(work)), owned=frozenset(), settled=settled, unknowns=1)


@pytest.mark.parametrize(
    ("kind", "endpoint"),
    [("photo", "POST /feed"), ("reel", "POST /video_reels/finish"), ("image", "POST /media_publish")],
)
async def test_t01_a_500_after_the_post_was_made_is_found_and_never_sent_again(
    desk: Desk, sandbox: Sandbox, films: Films, kind: str, endpoint: str
):
    instagram, publisher = kind == "image", desk.instagram if kind == "image" else desk.facebook
    page = await (desk.account if instagram else desk.page)("many:4")
    if kind == "reel":
        work = await films.work(page, "Asked for seven times", REEL)
    else:
        work = work_on(page, Draft("Asked for seven times", media=(sample(sandbox.url),)))

    await lost(publisher, work, sandbox, "land_then_500", endpoint)
    conclusion = await believed(publisher, work)

    [entry] = await sandbox.ledger(work.channel_id)
    assert conclusion.belief is Belief.OUT
    assert conclusion.receipt is not None
    assert conclusion.receipt.platform_post_id == entry["public_id"]


async def test_t02_a_blocked_action_that_is_live_is_found(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.account("many:5"), Draft("Said to be blocked", media=(sample(sandbox.url),)))

    await lost(desk.instagram, work, sandbox, "publish_then_2207051", "POST /media_publish")
    conclusion = await believed(desk.instagram, work)

    [entry] = await sandbox.ledger(work.channel_id)
    assert conclusion.receipt is not None
    assert conclusion.receipt.platform_post_id == entry["public_id"]


async def test_t05_a_finished_container_that_is_not_ready_is_published_as_soon_as_it_is(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.account(), Draft("Not yet", media=(sample(sandbox.url),)))
    await sandbox.add_fault("POST /media_publish", "finished_but_9007", times=3, account=work.channel_id)

    for _ in range(3):
        with pytest.raises(TransientError) as caught:
            await out(desk.instagram, work)
        assert caught.value.retry_after == timedelta(seconds=3)
    await out(desk.instagram, work)

    assert len(await sandbox.calls("POST /media", work.channel_id)) == 1
    assert len(await sandbox.ledger(work.channel_id)) == 1


async def test_t08_one_of_six_images_that_was_not_fetched_is_made_again_alone(desk: Desk, sandbox: Sandbox):
    same = tuple(sample(sandbox.url) for _ in range(6))
    work = work_on(await desk.account(), Draft("Six alike", media=same))
    await sandbox.add_fault("POST /media", "instagram_refusal", code="9004/2207052", nth=4, account=work.channel_id)

    with pytest.raises(TransientError) as caught:
        await out(desk.instagram, work)
    await out(desk.instagram, work)

    assert caught.value.failure.code is FailureCode.MEDIA_REJECTED
    assert retry_in(Backoff.MEDIA, Backoff.MEDIA.value.tries, retry_after=None) is None, "not for ever"
    assert len(await sandbox.calls("POST /media", work.channel_id)) == 6 + 1 + 1
    [entry] = await sandbox.ledger(work.channel_id)
    assert len(entry["media_types"]) == 6


async def test_t12_a_role_from_business_manager_is_told_the_permission_it_lacks(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.account("bm-role"), Draft("Managed", media=(sample(sandbox.url),)))

    with pytest.raises(ReconnectRequiredError) as caught:
        await out(desk.instagram, work)

    assert "ads_management or ads_read" in caught.value.failure.hint
    assert await sandbox.ledger(work.channel_id) == []


@pytest.mark.parametrize(
    ("error", "words"), [("200/1404078", "Page Publishing Authorization"), ("200/4854002", "Confirm the identity")]
)
async def test_t13_a_page_that_wants_its_owner_confirmed_says_so_and_is_not_asked_again(
    desk: Desk, sandbox: Sandbox, error: str, words: str
):
    work = work_on(await desk.page(), Draft("Not authorized"))
    await sandbox.add_fault("POST /feed", "graph_error", error=error, account=work.channel_id)

    with pytest.raises(RejectedError, match="Invalid parameter") as caught:
        await out(desk.facebook, work)

    assert words in caught.value.failure.hint
    assert len(await sandbox.calls("POST /feed", work.channel_id)) == 1


@pytest.mark.parametrize("placement", [FacebookPlacement.REEL, FacebookPlacement.STORY])
async def test_t14_a_video_is_sent_whole_to_the_address_it_was_given(
    wired: Desk, wire: Wire, films: Films, placement: FacebookPlacement
):
    text = "Sent whole" if placement is FacebookPlacement.REEL else ""
    work = await films.work(await wired.page(), text, FacebookOptions(placement), size=20_000)

    await out(wired.facebook, work)

    [sent] = [one for one in wire.seen if "/video-upload/" in one.path]
    assert sent.path.endswith(work.handles["video"])
    assert sent.headers["authorization"] == f"OAuth {work.token}"
    assert (sent.headers["offset"], sent.headers["file_size"]) == ("0", "20000")
    transfers = [one for one in wire.asked("POST *") if one.fields.get("upload_phase") == "transfer"]
    assert transfers == [], "that is how a video in the feed is sent, and no other"


async def test_t14_a_video_whose_bytes_never_arrived_is_sent_again_before_it_is_finished(
    desk: Desk, sandbox: Sandbox, films: Films
):
    """An earlier transfer was taken for a good one, as by a client that sent it to the wrong place."""
    work = await films.work(await desk.page("many:6"), "Nowhere", REEL)
    await sandbox.add_fault("POST /video-upload", "drop_before", next_calls=1)
    with pytest.raises(TransientError):
        await desk.facebook.step(work)
    work.handles["upload_done"] = "1"

    with pytest.raises(TransientError, match="has 0 of the video's"):
        await desk.facebook.step(work)
    await out(desk.facebook, work)

    assert len(await sandbox.calls("POST /video_reels/finish", work.channel_id)) == 1
    assert len(await sandbox.ledger(work.channel_id)) == 1


async def test_t18_of_two_posts_alike_none_is_taken_for_ours(desk: Desk, sandbox: Sandbox):
    account = await desk.account("many:8")
    draft = Draft("Good morning", media=(sample(sandbox.url),))
    work = work_on(account, draft)
    await lost(desk.instagram, work, sandbox, "drop_before", "POST /media_publish")
    for name in ("theirs", "another"):
        await out(desk.instagram, work_on(account, Draft("Good morning", media=(sample(sandbox.url, name),))))

    conclusion = await believed(desk.instagram, work, settled=True)

    assert (conclusion.belief, conclusion.receipt) == (Belief.UNTOLD, None)


async def test_t20_ninety_days_end_instagram_and_not_the_page_and_are_known_ahead(make_desk: Any, own_sandbox: Sandbox):
    await own_sandbox.change_settings(processing={"fixed_seconds": 0})
    desk = make_desk(own_sandbox.url)
    grant = await desk.sign_in()
    page, account = await desk.page(), await desk.account()
    await own_sandbox.advance_clock(91 * 86_400)

    await out(desk.facebook, work_on(page, Draft("Still there")))
    with pytest.raises(ReconnectRequiredError):
        await out(desk.instagram, work_on(account, Draft("Gone", media=(sample(own_sandbox.url),))))

    assert page.token_expires_at is None, "the token alone would say that nothing ends"
    assert grant.data_access_expires_at is not None
    assert nears(end_of(None, grant.data_access_expires_at), grant.data_access_expires_at - timedelta(days=13))
    assert [entry["platform"] for entry in await own_sandbox.ledger()] == ["facebook"]
