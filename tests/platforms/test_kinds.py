"""Kinds of posts beyond text and image, brought out on the sandbox: what the public sees, and how often."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from platforms.base import Done, Draft, DraftMedia, Sent, Wait
from platforms.errors import FailureCode, OutcomeUnknownError, RejectedError, TransientError
from platforms.facebook.options import FacebookOptions, FacebookPlacement
from platforms.instagram.options import InstagramOptions, InstagramPlacement, QuotaChoice, UserTag, VideoTransfer
from platforms.instagram.quota import CONTAINERS
from platforms.sign_in import FoundPage
from tests.platforms.conftest import Desk
from tests.platforms.wire import Wire
from tests.platforms.work import NOW, Work, sample, work_on
from tests.support.sandbox import Sandbox

REEL, STORY = FacebookOptions(FacebookPlacement.REEL), FacebookOptions(FacebookPlacement.STORY)


UPRIGHT = "width=1080&height=1920"


@dataclass
class Films:
    """Videos of the sandbox, with their bytes."""

    origin: str
    http: httpx.AsyncClient

    async def film(self, size: int = 3_000_000, shape: str = UPRIGHT) -> tuple[DraftMedia, bytes]:
        url = f"{self.origin}/samples/film.mp4?{shape}&seconds=10&size_bytes={size}"
        data = (await self.http.get(url)).content
        return DraftMedia(url, "video/mp4", len(data), 1080, 1920, seconds=10), data

    async def work(
        self, page: FoundPage, text: str, options: Any, *, size: int = 3_000_000, shape: str = UPRIGHT
    ) -> Work:
        film, data = await self.film(size, shape)
        return work_on(page, Draft(text, media=(film,), options=options), files=(data,))


@pytest.fixture
async def films(sandbox: Sandbox) -> AsyncIterator[Films]:
    async with httpx.AsyncClient(timeout=30) as http:
        yield Films(sandbox.url, http)


@pytest.fixture
async def own_films(own_sandbox: Sandbox) -> AsyncIterator[Films]:
    async with httpx.AsyncClient(timeout=30) as http:
        yield Films(own_sandbox.url, http)


async def out(publisher: Any, work: Work) -> Done:
    """Step until it is out."""
    for _ in range(20):
        done = await publisher.step(work)
        if isinstance(done, Done):
            return done
        assert isinstance(done, Wait)
        work.now += max(done.delay, timedelta(seconds=1))
    raise AssertionError("it does not come out")


def sent_of(work: Work) -> Sent:
    return Sent(work.draft, work.channel_id, work.token, dict(work.handles), NOW, NOW)


@pytest.mark.parametrize(
    ("options", "kind"),
    [(FacebookOptions(title="Bread"), "video"), (REEL, "reel"), (STORY, "story")],
    ids=["video", "reel", "story"],
)
async def test_a_video_is_public_once_on_a_page(desk: Desk, sandbox: Sandbox, films: Films, options: Any, kind: str):
    text = "" if options is STORY else "How we bake"
    work = await films.work(await desk.page(), text, options)

    done = await out(desk.facebook, work)

    [entry] = await sandbox.ledger()
    assert kind in entry["kind"]
    assert done.receipt.platform_post_id == entry["public_id"]
    assert len(work.marks) == 1


@pytest.mark.parametrize("options", [FacebookOptions(), REEL, STORY], ids=["video", "reel", "story"])
async def test_a_video_that_facebook_still_works_on_is_not_called_public(
    own_desk: Desk, own_sandbox: Sandbox, own_films: Films, options: Any
):
    await own_sandbox.change_settings(processing={"fixed_seconds": 100})
    work = await own_films.work(await own_desk.page(), "" if options is STORY else "Slow", options)

    with pytest.raises(OutcomeUnknownError, match="works on it"):
        await out(own_desk.facebook, work)
    before = await own_desk.facebook.look(sent_of(work))
    await own_sandbox.advance_clock(101)
    after = await own_desk.facebook.look(sent_of(work))

    assert (before.out, before.working, before.matches) == (None, True, ())
    [entry] = await own_sandbox.ledger()
    assert [match.platform_post_id for match in after.matches] == [entry["public_id"]]
    permalink = await own_desk.facebook.permalink(platform_post_id=entry["public_id"], token=work.token)
    assert (permalink or "").startswith(f"{own_sandbox.url}/")


async def test_a_video_that_facebook_cannot_use_is_told_as_refused(
    own_desk: Desk, own_sandbox: Sandbox, own_films: Films
):
    await own_sandbox.change_settings(processing={"fixed_seconds": 100})
    work = await own_films.work(await own_desk.page(), "Wide", REEL, shape="width=1920&height=800")

    with pytest.raises(OutcomeUnknownError):
        await out(own_desk.facebook, work)
    await own_sandbox.advance_clock(101)
    sighting = await own_desk.facebook.look(sent_of(work))

    assert "aspect ratio" in (sighting.refusal or "")
    assert (sighting.out, sighting.matches, await own_sandbox.ledger()) == (None, (), [])


@pytest.mark.parametrize("options", [FacebookOptions(), REEL, STORY], ids=["video", "reel", "story"])
async def test_a_video_whose_answer_is_lost_is_found_by_its_id(
    desk: Desk, sandbox: Sandbox, films: Films, options: Any
):
    work = await films.work(await desk.page(), "" if options is STORY else "Lost", options)
    edge = {"video": "videos", "reel": "video_reels", "video_story": "video_stories"}[work.draft.post]

    async def cut() -> None:
        await sandbox.add_fault(f"POST /{edge}/finish", "land_then_drop", next_calls=1)

    work.before_send = cut
    with pytest.raises(OutcomeUnknownError):
        await out(desk.facebook, work)
    sighting = await desk.facebook.look(sent_of(work))

    [entry] = await sandbox.ledger()
    assert sighting.out is True
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]


async def test_a_video_that_never_went_out_is_known_to_be_absent(desk: Desk, sandbox: Sandbox, films: Films):
    work = await films.work(await desk.page(), "Not yet", REEL)

    async def cut() -> None:
        await sandbox.add_fault("POST /video_reels/finish", "drop_before", next_calls=1)

    work.before_send = cut
    with pytest.raises(OutcomeUnknownError):
        await out(desk.facebook, work)

    assert (await desk.facebook.look(sent_of(work))).out is False
    work.before_send = None
    await out(desk.facebook, work)
    assert len(await sandbox.ledger()) == 1


async def test_an_upload_goes_on_where_it_broke_off(desk: Desk, sandbox: Sandbox, films: Films):
    work = await films.work(await desk.page(), "In pieces", FacebookOptions(), size=20_000_000)
    real = work.read
    broken = 0

    async def read(number: int, start: int, size: int) -> bytes:
        nonlocal broken
        if start and not broken:
            broken = start
            raise ConnectionError("the worker is gone")
        return await real(number, start, size)

    work.read = read  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        await out(desk.facebook, work)
    assert int(work.handles["upload_start"]) == broken
    await out(desk.facebook, work)

    assert len(await sandbox.ledger()) == 1


async def test_an_upload_that_does_not_get_on_is_tried_later_and_not_at_once_for_ever(
    wired: Desk, wire: Wire, films: Films
):
    work = await films.work(await wired.page(), "Stuck", FacebookOptions())
    stuck = {"video_id": "1", "upload_session_id": "2", "start_offset": "0", "end_offset": "1000"}
    wire.answer("POST /*/videos", stuck)

    with pytest.raises(TransientError, match="where the upload of the video stands"):
        await wired.facebook.step(work)


async def test_a_photo_story_is_public_once_and_found_again(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.page(), Draft("", media=(sample(sandbox.url),), options=STORY))

    async def cut() -> None:
        await sandbox.add_fault("POST /photo_stories", "land_then_drop", next_calls=1)

    work.before_send = cut
    with pytest.raises(OutcomeUnknownError):
        await out(desk.facebook, work)
    sighting = await desk.facebook.look(sent_of(work))

    [entry] = await sandbox.ledger()
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]


async def test_an_upload_never_goes_to_a_host_that_is_not_the_platforms(wired: Desk, wire: Wire, films: Films):
    wire.answer("POST /*/video_reels", {"video_id": "1", "upload_url": "https://elsewhere.example/take"})
    work = await films.work(await wired.page(), "Stolen", REEL)

    with pytest.raises(TransientError, match="host that is not its own"):
        await out(wired.facebook, work)


# -- Instagram --------------------------------------------------------------------------------------------------


async def test_a_carousel_of_images_and_videos_is_public_once_and_whole(desk: Desk, sandbox: Sandbox, films: Films):
    film, _ = await films.film()
    pictures = [sample(sandbox.url, f"c{number}", f"Picture {number}") for number in range(3)]
    options = InstagramOptions(user_tags=(UserTag("friend", 0.25, 0.5, media=1),), collaborators=("partner",))
    media = (pictures[0], pictures[1], film, pictures[2])
    work = work_on(await desk.account(), Draft("All of it", media=media, options=options))

    done = await out(desk.instagram, work)

    [entry] = await sandbox.ledger()
    assert done.receipt.platform_post_id == entry["public_id"]
    assert done.receipt.warning is None
    assert entry["media_types"] == ["IMAGE", "IMAGE", "VIDEO", "IMAGE"]
    assert len(work.marks) == 1


async def test_t06_a_carousel_is_made_once_all_its_items_are_finished(wired: Desk, sandbox: Sandbox, wire: Wire):
    await sandbox.change_settings(processing={"fixed_seconds": 3600})
    media = tuple(sample(sandbox.url, f"w{number}") for number in range(2))
    work = work_on(await wired.account(), Draft("Slow", media=media))

    assert isinstance(await wired.instagram.step(work), Wait)
    assert isinstance(await wired.instagram.step(work), Wait)

    made = [one.fields for one in wire.asked("POST /*/media")]
    assert [form.get("is_carousel_item") for form in made] == ["true", "true"]
    assert work.marks == []


async def test_t07_a_carousel_that_lost_a_frame_is_said_to_be_so(desk: Desk, sandbox: Sandbox):
    media = tuple(sample(sandbox.url, f"l{number}") for number in range(3))
    work = work_on(await desk.account(), Draft("Short", media=media))
    await sandbox.add_fault("POST /media_publish", "drop_child", next_calls=1)

    done = await out(desk.instagram, work)

    assert done.receipt.warning == "Instagram shows 2 of the carousel's 3 items."
    assert len(await sandbox.ledger()) == 1


@pytest.mark.parametrize("transfer", VideoTransfer)
@pytest.mark.parametrize("placement", [InstagramPlacement.REEL, InstagramPlacement.STORY])
async def test_a_reel_or_story_is_public_once(
    desk: Desk, sandbox: Sandbox, films: Films, transfer: VideoTransfer, placement: InstagramPlacement
):
    reel = placement is InstagramPlacement.REEL
    options = InstagramOptions(placement, video_transfer=transfer)
    work = await films.work(await desk.account(), "Sent" if reel else "", options)

    done = await out(desk.instagram, work)

    [entry] = await sandbox.ledger()
    assert done.receipt.platform_post_id == entry["public_id"]
    assert placement.value in entry["kind"]


async def test_an_item_that_was_made_late_has_its_own_time_to_be_worked_on(desk: Desk, sandbox: Sandbox):
    await sandbox.change_settings(processing={"fixed_seconds": 3600})
    work = work_on(await desk.account(), Draft("Late", media=tuple(sample(sandbox.url, f"l{n}") for n in range(2))))
    await desk.instagram.step(work)
    long_ago = (work.now - timedelta(hours=2)).isoformat()
    await work.keep(
        {"child:1": "", "made:1": "", "finished:0": "1", "made:0": long_ago, "children_created_at": long_ago}
    )

    assert isinstance(await desk.instagram.step(work), Wait)
    assert "child:1" in work.handles


async def test_a_reels_options_reach_instagram(wired: Desk, wire: Wire, films: Films):
    options = InstagramOptions(
        InstagramPlacement.REEL,
        share_to_feed=False,
        cover_offset=1500,
        collaborators=("@one",),
    )
    work = await films.work(await wired.account(), "Options", options)

    await wired.instagram.step(work)

    [asked] = [one.fields for one in wire.asked("POST /*/media")]
    wanted = {"media_type": "REELS", "share_to_feed": "false", "thumb_offset": "1500", "collaborators": '["one"]'}
    assert wanted.items() <= asked.items()


@pytest.mark.parametrize("count", [1, 3], ids=["story", "carousel"])
async def test_a_lost_answer_is_found_by_a_unique_match(desk: Desk, sandbox: Sandbox, count: int):
    story = InstagramOptions(InstagramPlacement.STORY) if count == 1 else None
    media = tuple(sample(sandbox.url, f"f{number}") for number in range(count))
    alone = await desk.account("creator")  # nobody else's stories are on it
    work = work_on(alone, Draft("" if story else "Found", media=media, options=story))

    async def cut() -> None:
        await sandbox.add_fault("POST /media_publish", "land_then_drop", next_calls=1)

    work.before_send = cut
    with pytest.raises(OutcomeUnknownError):
        await out(desk.instagram, work)
    sighting = await desk.instagram.look(sent_of(work))

    [entry] = await sandbox.ledger()
    assert sighting.out is True
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]


async def test_a_container_that_ran_out_is_made_anew_before_it_was_sent(desk: Desk, sandbox: Sandbox):
    work = work_on(await desk.account(), Draft("Old", media=(sample(sandbox.url),)))
    await desk.instagram.step(work)
    first = work.handles["container"]
    work.now += timedelta(hours=23, minutes=30)

    with pytest.raises(TransientError):
        await desk.instagram.step(work)
    await out(desk.instagram, work)

    assert work.handles["container"] != first
    assert len(await sandbox.ledger()) == 1


async def test_a_container_that_ran_out_after_a_doubtful_call_is_never_made_anew(wired: Desk, wire: Wire):
    work = work_on(await wired.account(), Draft("Old", media=(sample(wire.url),)))
    await wired.instagram.step(work)
    work.handles["doubted"] = "1"
    wire.answer(f"GET /{work.handles['container']}", {"status_code": "EXPIRED", "status": "Expired: over"})

    with pytest.raises(OutcomeUnknownError):
        await wired.instagram.step(work)
    assert len(wire.asked("POST /*/media")) == 1


@pytest.mark.parametrize("choice", QuotaChoice)
async def test_a_post_for_which_there_is_no_quota_waits_or_is_refused_with_the_time(
    desk: Desk, sandbox: Sandbox, choice: QuotaChoice
):
    account = await desk.account()
    first = work_on(account, Draft("First", media=(sample(sandbox.url),)))
    await out(desk.instagram, first)
    await sandbox.change_settings(quota_total=1)
    options = InstagramOptions(when_quota_is_used_up=choice)
    work = work_on(account, Draft("Second", media=(sample(sandbox.url),), options=options))
    work.now = datetime.now(UTC)

    with pytest.raises(TransientError if choice is QuotaChoice.WAIT else RejectedError) as caught:
        await out(desk.instagram, work)

    retry_at = caught.value.failure.retry_at
    assert retry_at is not None
    assert timedelta(hours=23) < retry_at - work.now < timedelta(hours=24, minutes=30)
    assert not work.handles, "nothing was made for it"
    assert len(await sandbox.ledger()) == 1


@pytest.mark.parametrize("choice", QuotaChoice)
async def test_an_account_that_may_publish_nothing_at_all_is_refused_and_waits_for_nothing(
    wired: Desk, wire: Wire, sandbox: Sandbox, choice: QuotaChoice
):
    wire.answer("GET /*/content_publishing_limit", {"data": [{"quota_usage": 0, "config": {"quota_total": 0}}]})
    options = InstagramOptions(when_quota_is_used_up=choice)
    work = work_on(await wired.account(), Draft("Never", media=(sample(sandbox.url),), options=options))

    with pytest.raises(RejectedError, match="quota is 0") as refused:
        await out(wired.instagram, work)

    assert (refused.value.failure.code, refused.value.failure.retry_at) == (FailureCode.QUOTA_EXCEEDED, None)
    assert await sandbox.ledger() == []


@pytest.mark.parametrize("choice", QuotaChoice)
async def test_a_carousel_for_whose_containers_there_is_no_room_is_not_begun(
    wired: Desk, wire: Wire, sandbox: Sandbox, choice: QuotaChoice
):
    """Its items count, and it counts itself; the sandbox takes no more than Instagram does."""
    await sandbox.change_settings(containers_per_day=4)
    options = InstagramOptions(when_quota_is_used_up=choice)
    media = tuple(sample(sandbox.url, f"q{number}") for number in range(3))
    account = await wired.account("many:9" if choice is QuotaChoice.WAIT else "many:10")
    work, second = (work_on(account, Draft(text, media=media, options=options)) for text in ("Fits", "Does not"))
    work.spent["containers"] = CONTAINERS.value.most - 4

    await out(wired.instagram, work)
    second.spent = work.spent
    with pytest.raises(TransientError if choice is QuotaChoice.WAIT else RejectedError) as caught:
        await wired.instagram.step(second)

    assert caught.value.failure.code is FailureCode.QUOTA_EXCEEDED
    assert caught.value.failure.retry_at == second.now + CONTAINERS.value.window
    assert second.handles == {}
    assert len(wire.asked("POST /*/media")) == 4
    assert len(await sandbox.ledger(account.platform_account_id)) == 1


@pytest.mark.parametrize("choice", QuotaChoice)
async def test_an_account_that_made_its_containers_elsewhere_is_put_off_too(
    desk: Desk, sandbox: Sandbox, choice: QuotaChoice
):
    await sandbox.change_settings(containers_per_day=0)
    options = InstagramOptions(when_quota_is_used_up=choice)
    work = work_on(await desk.account("many:9"), Draft("Elsewhere", media=(sample(sandbox.url),), options=options))

    with pytest.raises(TransientError if choice is QuotaChoice.WAIT else RejectedError) as caught:
        await desk.instagram.step(work)

    assert caught.value.failure.platform_code == "9/2207042"
    assert caught.value.failure.retry_at is not None
    assert len(await sandbox.calls("POST /media", work.channel_id)) == 1


async def test_one_item_that_could_not_be_fetched_is_made_again_alone(wired: Desk, wire: Wire, sandbox: Sandbox):
    media = tuple(sample(wire.url, f"i{number}") for number in range(3))
    work = work_on(await wired.account(), Draft("One fails", media=media))
    await sandbox.change_settings(processing={"fixed_seconds": 3600})
    await wired.instagram.step(work)
    before = dict(work.handles)
    wire.answer(f"GET /{before['child:1']}", {"status_code": "ERROR", "status": "Error: Media download has failed."})

    with pytest.raises(TransientError):
        await wired.instagram.step(work)
    assert {name for name in before if name not in work.handles} == {"child:1", "made:1"}
    await wired.instagram.step(work)
    assert len(wire.asked("POST /*/media")) == 4


@pytest.mark.parametrize(("offset", "fits"), [(10_000, True), (10_001, False)])
async def test_a_cover_from_behind_the_videos_end_is_refused_before_any_call(
    desk: Desk, sandbox: Sandbox, films: Films, offset: int, fits: bool
):
    options = InstagramOptions(placement=InstagramPlacement.REEL, cover_offset=offset)
    work = await films.work(await desk.account(), "Cover", options)
    calls = len(await sandbox.calls())
    if fits:
        await desk.instagram.step(work)
        return
    with pytest.raises(RejectedError) as caught:
        await desk.instagram.step(work)

    [issue] = caught.value.failure.issues
    assert (issue.path, issue.limit, issue.actual) == (("options", "coverOffset"), 10_000, offset)
    assert len(await sandbox.calls()) == calls
