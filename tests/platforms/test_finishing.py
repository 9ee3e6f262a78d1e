"""A public call that is made again while an earlier one goes out late: it is public once, and never called refused."""

from typing import Any

import pytest

from platforms.base import DOUBTED, Done, Draft, Wait
from platforms.errors import OutcomeUnknownError, RejectedError
from platforms.facebook.options import FacebookOptions
from tests.platforms.conftest import Desk
from tests.platforms.test_kinds import REEL, STORY, Films, films, out, own_films, sent_of
from tests.platforms.work import NOW, Work, sample, work_on
from tests.support.sandbox import Sandbox

__all__ = ["films", "own_films"]
EDGES = {"video": "videos", "reel": "video_reels", "video_story": "video_stories"}
KINDS = pytest.mark.parametrize("options", [FacebookOptions(), REEL, STORY], ids=["video", "reel", "story"])


async def unsent(desk: Desk, sandbox: Sandbox, films: Films, options: Any) -> Work:
    """A video that has arrived and whose finish was cut off: it is doubted now."""
    work = await films.work(await desk.page(), "" if options is STORY else "Late", options)
    work.before_send = lambda: sandbox.add_fault(f"POST /{EDGES[work.draft.post]}/finish", "drop_before", next_calls=1)
    with pytest.raises(OutcomeUnknownError):
        await out(desk.facebook, work)
    work.before_send = None
    await work.keep({DOUBTED: NOW.isoformat()})
    return work


async def finish_late(desk: Desk, work: Work) -> None:
    """The call that was given up arrives after all."""
    late = Work(work.draft, work.channel_id, work.token, handles=dict(work.handles), files=work.files)
    await late.keep({DOUBTED: ""})
    await out(desk.facebook, late)


@KINDS
async def test_what_went_out_late_is_found_before_it_is_finished_again(
    desk: Desk, sandbox: Sandbox, films: Films, options: Any
):
    work = await unsent(desk, sandbox, films, options)
    assert (await desk.facebook.look(sent_of(work))).out is False
    await finish_late(desk, work)
    marks = len(work.marks)

    done = await out(desk.facebook, work)

    [entry] = await sandbox.ledger()
    assert done.receipt.platform_post_id == entry["public_id"]
    assert len(work.marks) == marks


@KINDS
async def test_what_goes_out_late_between_the_question_and_the_call_stays_unknown(
    desk: Desk, sandbox: Sandbox, films: Films, options: Any
):
    work = await unsent(desk, sandbox, films, options)
    work.before_send = lambda: finish_late(desk, work)

    with pytest.raises(OutcomeUnknownError, match="second time"):
        await out(desk.facebook, work)

    [entry] = await sandbox.ledger()
    sighting = await desk.facebook.look(sent_of(work))
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]


async def test_what_facebook_works_on_is_waited_for(own_desk: Desk, own_sandbox: Sandbox, own_films: Films):
    await own_sandbox.change_settings(processing={"fixed_seconds": 100})
    work = await unsent(own_desk, own_sandbox, own_films, REEL)
    with pytest.raises(OutcomeUnknownError):
        await finish_late(own_desk, work)

    assert isinstance(await own_desk.facebook.step(work), Wait)
    await own_sandbox.advance_clock(101)
    assert isinstance(await own_desk.facebook.step(work), Done)
    assert len(await own_sandbox.ledger()) == 1


@KINDS
async def test_what_was_refused_is_made_anew_when_a_person_tries_again(
    desk: Desk, sandbox: Sandbox, films: Films, options: Any
):
    work = await films.work(await desk.page(), "" if options is STORY else "Again", options)
    edge = f"POST /{EDGES[work.draft.post]}/finish"
    work.before_send = lambda: sandbox.add_fault(edge, "graph_error", error="100", next_calls=1)
    with pytest.raises(RejectedError):
        await out(desk.facebook, work)
    work.before_send = None

    assert work.handles == {}
    await out(desk.facebook, work)
    assert len(await sandbox.ledger()) == 1


@pytest.mark.parametrize(
    ("options", "photos", "edge"),
    [(STORY, 1, "photo_stories"), (FacebookOptions(), 1, "feed"), (FacebookOptions(), 3, "feed")],
    ids=["story", "photo", "photos"],
)
async def test_photos_that_go_out_late_before_they_are_sent_again_stay_unknown(
    desk: Desk, sandbox: Sandbox, options: Any, photos: int, edge: str
):
    text = "" if options is STORY else "Late"
    media = tuple(sample(sandbox.url, f"late-{number}") for number in range(photos))
    work = work_on(await desk.page(), Draft(text, media=media, options=options))
    work.before_send = lambda: sandbox.add_fault(f"POST /{edge}", "drop_before", next_calls=1)
    with pytest.raises(OutcomeUnknownError):
        await out(desk.facebook, work)
    assert (await desk.facebook.look(sent_of(work))).out is False
    await work.keep({DOUBTED: NOW.isoformat()})

    async def overtaken() -> None:
        await finish_late(desk, work)
        await sandbox.add_fault(f"POST /{edge}", "graph_error", error="100", next_calls=1)

    work.before_send = overtaken

    with pytest.raises(OutcomeUnknownError, match=r"second time\. Facebook answered: ") as caught:
        await out(desk.facebook, work)

    failure = caught.value.failure
    assert (failure.platform_code, failure.http_status) == ("100", 400)
    [entry] = await sandbox.ledger()
    sighting = await desk.facebook.look(sent_of(work))
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]


async def test_a_container_that_goes_out_late_before_it_is_published_again_stays_unknown(
    own_desk: Desk, own_sandbox: Sandbox
):
    media = (sample(own_sandbox.url, "late", width=1080, height=1080),)
    work = work_on(await own_desk.account(), Draft("Late", media=media))
    work.before_send = lambda: own_sandbox.add_fault("POST /media_publish", "drop_before", next_calls=1)
    with pytest.raises(OutcomeUnknownError):
        await published(own_desk, own_sandbox, work)
    await work.keep({DOUBTED: NOW.isoformat()})

    async def overtaken() -> None:
        late = Work(work.draft, work.channel_id, work.token, handles=dict(work.handles))
        await published(own_desk, own_sandbox, late)
        await own_sandbox.add_fault("POST /media_publish", "graph_error", error="100", next_calls=1)

    work.before_send = overtaken
    with pytest.raises(OutcomeUnknownError, match="second time"):
        await published(own_desk, own_sandbox, work)

    assert len(await own_sandbox.ledger()) == 1


async def published(desk: Desk, sandbox: Sandbox, work: Work) -> None:
    """Step until it is out, while Instagram works on it."""
    while not isinstance(await desk.instagram.step(work), Done):
        await sandbox.advance_clock(10)
