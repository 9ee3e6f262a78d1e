"""Videos, reels and stories on a Page: their bytes, what the platform says of them, what becomes public and when."""

from typing import Any

import httpx
import pytest

from sandbox.sample_videos import render_video
from tests.sandbox.conftest import FILES, PICTURES
from tests.sandbox.stranger import DAY, VERSION, Page, Stranger, error_of, proof

REEL = FILES["reel.mp4"]
ADDRESS = f"{PICTURES}/reel.mp4"
PROCESSING = {"fixed_seconds": 30}


@pytest.fixture
async def page(meta: Stranger) -> Page:
    await meta.settings(processing=PROCESSING)
    return await meta.page()


async def status(meta: Stranger, page: Page, video: str) -> dict[str, Any]:
    return (await meta.get(video, page.token, fields="status")).json()["status"]


async def kinds(meta: Stranger) -> list[tuple[str, str]]:
    return [(entry["kind"], entry["text"]) for entry in await meta.ledger()]


async def transfer(meta: Stranger, page: Page, session: str, offset: int, chunk: bytes) -> httpx.Response:
    return await meta.call(
        "POST",
        f"{page.id}/videos",
        page.token,
        data={
            "upload_phase": "transfer",
            "upload_session_id": session,
            "start_offset": str(offset),
            "appsecret_proof": proof(page.token),
        },
        files={"video_file_chunk": ("chunk", chunk)},
    )


def upload_error(answer: httpx.Response) -> tuple[int, str, bool]:
    found = answer.json()["debug_info"]
    return answer.status_code, found["type"], found["retriable"]


@pytest.mark.parametrize("way", ["file_url", "source"])
async def test_a_video_becomes_public_when_it_is_ready(meta: Stranger, page: Page, way: str):
    if way == "file_url":
        given = {"file_url": ADDRESS, "title": "Bread", "description": "How bread is made"}
        answer = await meta.post(f"{page.id}/videos", page.token, **given)
    else:
        answer = await meta.call(
            "POST",
            f"{page.id}/videos",
            page.token,
            data={"description": "How bread is made", "appsecret_proof": proof(page.token)},
            files={"source": ("bread.mp4", REEL)},
        )
    video = answer.json()["id"]
    early = (await meta.get(video, page.token, fields="status,published,post_id")).json()
    silent = await meta.ledger()

    await meta.pass_time(31)
    late = (await meta.get(video, page.token, fields="status,published,post_id,permalink_url,length")).json()

    assert answer.json().keys() == {"id"}
    assert (early["status"]["video_status"], early["published"], "post_id" in early) == ("processing", False, False)
    assert silent == []
    (entry,) = await meta.ledger()
    assert (entry["kind"], entry["text"], entry["public_id"]) == ("video", "How bread is made", late["post_id"])
    assert (late["status"]["video_status"], late["published"], late["length"]) == ("ready", True, 5.0)
    assert (await meta.http.get(late["permalink_url"])).status_code == 200
    assert (await meta.http.get(f"/videos/{entry['video_hashes'][0]}", headers={"range": "bytes=0-7"})).content == (
        REEL[:8]
    )


async def test_a_video_is_sent_in_chunks_of_the_platforms_size(meta: Stranger, page: Page):
    await meta.settings(chunk_bytes=1500)
    begun = await meta.post(f"{page.id}/videos", page.token, upload_phase="start", file_size=str(len(REEL)))
    session = begun.json()["upload_session_id"]
    next_ = begun.json()
    while next_["start_offset"] != next_["end_offset"]:
        first, last = int(next_["start_offset"]), int(next_["end_offset"])
        next_ = (await transfer(meta, page, session, first, REEL[first:last])).json()
    finish = {"upload_phase": "finish", "upload_session_id": session, "description": "In parts"}
    done = await meta.post(f"{page.id}/videos", page.token, **finish)
    again = await meta.post(f"{page.id}/videos", page.token, **finish)
    await meta.pass_time(31)

    assert begun.json() == {
        "video_id": begun.json()["video_id"],
        "upload_session_id": session,
        "start_offset": "0",
        "end_offset": "1500",
    }
    assert done.json() == {"success": True}
    assert error_of(again) == (400, 100, None)
    assert await kinds(meta) == [("video", "In parts")]


async def test_a_chunk_in_the_wrong_place_is_told_the_right_one(meta: Stranger, page: Page):
    begun = (await meta.post(f"{page.id}/videos", page.token, upload_phase="start", file_size=str(len(REEL)))).json()
    session = begun["upload_session_id"]
    await transfer(meta, page, session, 0, REEL[:100])

    wrong = await transfer(meta, page, session, 0, REEL[:100])
    long = await transfer(meta, page, session, 100, REEL)
    early = await meta.post(f"{page.id}/videos", page.token, upload_phase="finish", upload_session_id=session)
    other = await meta.post(f"{page.id}/videos", page.token, upload_phase="finish", upload_session_id="1")

    assert error_of(wrong) == error_of(long) == (400, 6001, 1363037)
    assert wrong.json()["error"]["error_data"] == {"start_offset": "100", "end_offset": str(len(REEL))}
    assert error_of(early) == (400, 6000, None)
    assert error_of(other) == (400, 100, None)


async def test_a_cancelled_upload_is_over(meta: Stranger, page: Page):
    begun = (await meta.post(f"{page.id}/videos", page.token, upload_phase="start", file_size="10")).json()
    session = {"upload_session_id": begun["upload_session_id"]}

    done = await meta.post(f"{page.id}/videos", page.token, upload_phase="cancel", **session)
    late = await meta.post(f"{page.id}/videos", page.token, upload_phase="finish", **session)

    assert done.json() == {"success": True}
    assert error_of(late) == (400, 100, None)
    assert error_of(await meta.get(begun["video_id"], page.token)) == (400, 100, 33)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 100),
        ({"file_url": "nonsense"}, 100),
        ({"file_url": f"{PICTURES}/none.mp4"}, 389),
        ({"upload_phase": "begin"}, 100),
        ({"upload_phase": "start"}, 100),
        ({"upload_phase": "start", "file_size": "0"}, 100),
        ({"upload_phase": "transfer", "upload_session_id": ""}, 100),
    ],
)
async def test_a_video_that_cannot_be_is_refused(meta: Stranger, page: Page, given: dict[str, str], code: int):
    assert error_of(await meta.post(f"{page.id}/videos", page.token, **given)) == (400, code, None)
    assert await meta.ledger() == []


async def test_a_file_that_is_no_video_ends_in_an_error(meta: Stranger, page: Page):
    video = (await meta.post(f"{page.id}/videos", page.token, file_url=f"{PICTURES}/page.html")).json()["id"]
    await meta.pass_time(31)

    found = await status(meta, page, video)

    assert (found["video_status"], found["processing_phase"]["errors"][0]["code"]) == ("error", 1363026)
    assert await meta.ledger() == []


async def test_an_unpublished_video_waits_and_a_scheduled_one_has_its_time(meta: Stranger, page: Page):
    now = int((await meta.admin("clock"))["unix"])
    await meta.post(f"{page.id}/videos", page.token, file_url=ADDRESS, description="Draft", published="false")
    later = {"published": "false", "scheduled_publish_time": str(now + 1200)}
    await meta.post(f"{page.id}/videos", page.token, file_url=ADDRESS, description="Later", **later)

    await meta.pass_time(1190)
    before = await kinds(meta)
    await meta.pass_time(30)

    assert before == []
    assert await kinds(meta) == [("video", "Later")]


async def test_a_reel_goes_out_after_its_bytes(meta: Stranger, page: Page):
    video, url = await meta.start(page)
    begun = await status(meta, page, video)
    sent = await meta.upload(url, page.token, REEL, offset="0", file_size=str(len(REEL)))
    uploaded = await status(meta, page, video)
    done = await meta.finish(page, video, description="Bread in a minute #bread", title="Bread")
    await meta.pass_time(31)
    found = (await meta.get(video, page.token, fields="status,post_id,permalink_url")).json()

    assert begun == {
        "video_status": "uploading",
        "uploading_phase": {"status": "not_started", "bytes_transfered": 0},
        "processing_phase": {"status": "not_started"},
        "publishing_phase": {"status": "not_started"},
    }
    assert sent.json() == {"success": True}
    assert uploaded["video_status"] == "processing"
    assert uploaded["uploading_phase"] == {"status": "complete", "bytes_transfered": len(REEL)}
    assert done.json() == {"success": True}
    assert found["status"]["publishing_phase"]["publish_status"] == "published"
    assert found["permalink_url"] == f"/reel/{video}/"
    (entry,) = await meta.ledger()
    assert (entry["kind"], entry["text"], entry["public_id"]) == ("reel", "Bread in a minute #bread", found["post_id"])


async def test_a_reel_that_is_ready_says_its_post_at_once(meta: Stranger, page: Page):
    video, url = await meta.start(page)
    await meta.upload(url, page.token, file_url=ADDRESS)
    await meta.pass_time(31)

    done = (await meta.finish(page, video, description="Now")).json()
    again = await meta.finish(page, video, description="Now")

    assert done == {"success": True, "post_id": (await meta.ledger())[0]["public_id"]}
    assert error_of(again) == (400, 100, None)
    assert await kinds(meta) == [("reel", "Now")]


async def test_reels_are_listed_by_themselves(meta: Stranger, page: Page):
    await meta.settings(processing={"fixed_seconds": 0})
    video, url = await meta.start(page)
    await meta.upload(url, page.token, file_url=ADDRESS)
    await meta.finish(page, video, description="Reel")
    draft, url = await meta.start(page)
    await meta.upload(url, page.token, file_url=ADDRESS)
    await meta.finish(page, draft, video_state="DRAFT")

    lists = {edge: (await meta.get(f"{page.id}/{edge}", page.token)).json()["data"] for edge in EDGES}

    assert [one["id"] for one in lists["video_reels"]] == [video]
    assert {**lists, "video_reels": []} == {key: [] for key in EDGES}


EDGES = ("video_reels", "videos", "feed", "posts", "published_posts", "stories")


async def test_an_interrupted_upload_goes_on_where_it_stopped(meta: Stranger, page: Page):
    video, url = await meta.start(page)
    size = str(len(REEL))
    half = await meta.upload(url, page.token, REEL[:1000], offset="0", file_size=size)
    there = (await status(meta, page, video))["uploading_phase"]
    early = await meta.finish(page, video)
    again = await meta.upload(url, page.token, REEL, offset="0", file_size=size)
    rest = await meta.upload(url, page.token, REEL[1000:], offset="1000", file_size=size)
    twice = await meta.upload(url, page.token, REEL[1000:], offset="1000", file_size=size)

    assert upload_error(half) == (400, "PartialRequestError", True)
    assert there == {"status": "in_progress", "bytes_transfered": 1000}
    assert error_of(early) == (400, 6000, None)
    assert upload_error(again) == upload_error(twice) == (400, "OffsetInvalidError", False)
    assert rest.json() == {"success": True}
    assert (await meta.finish(page, video)).json() == {"success": True}


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, "ParameterValidationError"),
        ({"offset": "0"}, "ParameterValidationError"),
        ({"offset": "-1", "file_size": "9"}, "ParameterValidationError"),
        ({"offset": "x", "file_size": "9"}, "ParameterValidationError"),
        ({"offset": "5", "file_size": "9"}, "OffsetInvalidError"),
        ({"offset": "0", "file_size": "9"}, "PartialRequestError"),
        ({"file_url": "nonsense"}, "ProcessingFailedError"),
        ({"file_url": f"{PICTURES}/none.mp4"}, "ProcessingFailedError"),
    ],
)
async def test_the_upload_host_refuses_in_its_own_shape(meta: Stranger, page: Page, headers: dict[str, str], kind: str):
    video, url = await meta.start(page)

    answer = await meta.upload(url, page.token, REEL, **headers)

    assert upload_error(answer)[:2] == (400, kind)
    assert (await status(meta, page, video))["video_status"] == "uploading"


async def test_the_upload_host_wants_the_token_in_its_own_way(meta: Stranger, page: Page):
    _, url = await meta.start(page)
    other = (await meta.pages("two-pages"))[0]
    headers = {"offset": "0", "file_size": str(len(REEL))}

    answers = [
        await meta.upload(url, page.token, REEL, scheme="Bearer", **headers),
        await meta.upload(url, "nonsense", REEL, **headers),
        await meta.upload(url, other.token, REEL, **headers),
        await meta.upload(url.replace("/v26.0/", "/v26.0/9"), page.token, REEL, **headers),
    ]

    assert [upload_error(one)[:2] for one in answers] == [
        (401, "NotAuthorizedError"),
        (401, "NotAuthorizedError"),
        (404, "ProcessingFailedError"),
        (404, "ProcessingFailedError"),
    ]


async def test_a_hosted_file_may_need_the_headers_of_bytes_too(meta: Stranger, page: Page):
    await meta.settings(hosted_upload="with_headers")
    _, url = await meta.start(page)

    without = await meta.upload(url, page.token, file_url=ADDRESS)
    with_ = await meta.upload(url, page.token, file_url=ADDRESS, offset="0", file_size=str(len(REEL)))

    assert without.json()["debug_info"]["message"] == (
        "HeaderValuePredicate: Header Offset not convertable to unsigned long"  # codespell:ignore convertable
    )
    assert with_.json() == {"success": True}


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        ({"width": 720, "height": 1280}, None),
        ({"width": 720, "height": 1280, "turned": True, "moov_last": True}, None),
        ({"width": 480, "height": 854}, 1363127),
        ({"width": 600, "height": 1920}, 1363040),
        ({"seconds": 2.5}, 1363128),
        ({"seconds": 91.0}, 1363128),
        ({"frame_rate": 15}, 1363129),
        ({"frame_rate": 120}, 1363129),
    ],
)
async def test_a_reel_that_will_not_do_ends_in_an_error(
    meta: Stranger, page: Page, shape: dict[str, Any], code: int | None
):
    data = render_video(**shape)
    video, url = await meta.start(page)
    await meta.upload(url, page.token, data, offset="0", file_size=str(len(data)))
    accepted = await meta.finish(page, video)
    await meta.pass_time(31)

    found = await status(meta, page, video)
    errors = [one["code"] for one in found["processing_phase"].get("errors", [])]

    assert accepted.json() == {"success": True}
    assert errors == ([] if code is None else [code])
    assert len(await meta.ledger()) == (code is None)


async def test_a_reel_known_to_be_bad_is_refused_at_the_finish(meta: Stranger, page: Page):
    data = render_video(seconds=2.0)
    video, url = await meta.start(page)
    await meta.upload(url, page.token, data, offset="0", file_size=str(len(data)))
    await meta.pass_time(31)

    assert error_of(await meta.finish(page, video)) == (400, 100, 1363128)


async def test_thirty_reels_a_day(meta: Stranger, page: Page):
    await meta.settings(reels_per_day=2, processing={"fixed_seconds": 0})
    answers: list[httpx.Response] = []
    for number in range(4):
        if number == 3:
            await meta.pass_time(DAY + 1)
        video, url = await meta.start(page)
        await meta.upload(url, page.token, file_url=ADDRESS)
        answers.append(await meta.finish(page, video, description=f"Reel {number}"))

    assert [one.status_code for one in answers] == [200, 200, 400, 200]
    assert error_of(answers[2]) == (400, 613, 1390008)
    assert [text for _, text in await kinds(meta)] == ["Reel 0", "Reel 1", "Reel 3"]


@pytest.mark.parametrize(
    "given",
    [
        {"upload_phase": ""},
        {"upload_phase": "middle"},
        {"video_id": "1"},
        {"video_state": "PUBLIC"},
        {"video_state": "SCHEDULED"},
        {"scheduled_publish_time": "1"},
    ],
)
async def test_a_finish_that_says_nonsense_is_refused(meta: Stranger, page: Page, given: dict[str, str]):
    video, url = await meta.start(page)
    await meta.upload(url, page.token, file_url=ADDRESS)
    form = {"upload_phase": "finish", "video_id": video, "video_state": "PUBLISHED", **given}

    assert error_of(await meta.post(f"{page.id}/video_reels", page.token, **form)) == (400, 100, None)
    assert (await meta.finish(page, video)).status_code == 200


async def test_another_pages_upload_is_nobody_elses(meta: Stranger):
    first, second = await meta.pages("two-pages")
    video, url = await meta.start(first)
    await meta.upload(url, first.token, file_url=ADDRESS)

    assert error_of(await meta.finish(second, video)) == (400, 100, None)
    assert error_of(await meta.finish(first, video, "video_stories")) == (400, 100, None)
    assert error_of(await meta.get(video, second.token)) == (400, 100, 33)


async def test_stories_are_listed_for_a_day_and_archived_then(meta: Stranger, page: Page):
    video, url = await meta.start(page, "video_stories")
    early = await meta.finish(page, video, "video_stories")
    await meta.upload(url, page.token, file_url=ADDRESS)
    moving = (await meta.finish(page, video, "video_stories")).json()
    await meta.pass_time(31)
    photo = await meta.photo(page, f"{PICTURES}/portrait.jpg")
    still = (await meta.post(f"{page.id}/photo_stories", page.token, photo_id=photo)).json()
    listed = (await meta.get(f"{page.id}/stories", page.token)).json()["data"]
    await meta.pass_time(DAY)
    archived = (await meta.get(f"{page.id}/stories", page.token, status='["ARCHIVED"]')).json()["data"]
    active = (await meta.get(f"{page.id}/stories", page.token, status='["PUBLISHED"]')).json()["data"]

    assert error_of(early) == (400, 6000, None)
    assert await kinds(meta) == [("video_story", ""), ("photo_story", "")]
    assert still["success"] is moving["success"] is True
    assert [(one["post_id"], one["media_type"], one["media_id"], one["status"]) for one in listed] == [
        (still["post_id"], "photo", photo, "PUBLISHED"),
        (moving["post_id"], "video", video, "PUBLISHED"),
    ]
    assert [one["post_id"] for one in archived] == [still["post_id"], moving["post_id"]]
    assert active == []
    assert (await meta.get(f"{page.id}/feed", page.token)).json()["data"] == []


async def test_a_photo_of_a_post_is_no_story(meta: Stranger, page: Page):
    used = (await meta.post(f"{page.id}/photos", page.token, url=f"{PICTURES}/square.jpg")).json()["id"]
    other = await meta.photo((await meta.pages("two-pages"))[0], f"{PICTURES}/square.jpg")

    for photo in (used, other, "1", ""):
        answer = await meta.post(f"{page.id}/photo_stories", page.token, photo_id=photo)
        assert error_of(answer) == (400, 100, None)
    assert [kind for kind, _ in await kinds(meta)] == ["photo"]


async def test_a_video_is_described_anew_and_deleted(meta: Stranger, page: Page):
    video = (await meta.post(f"{page.id}/videos", page.token, file_url=ADDRESS, description="Old")).json()["id"]
    await meta.pass_time(31)
    post = (await meta.get(video, page.token, fields="post_id")).json()["post_id"]

    await meta.post(video, page.token, description="New")
    told = (await meta.get(post, page.token, fields="message,status_type,attachments")).json()
    gone = await meta.delete(video, page.token)

    assert (told["message"], told["status_type"]) == ("New", "added_video")
    assert told["attachments"]["data"][0]["media_type"] == "video"
    assert gone.json() == {"success": True}
    (entry,) = await meta.ledger()
    assert entry["deleted_at"]
    assert error_of(await meta.get(video, page.token)) == error_of(await meta.get(post, page.token)) == (400, 100, 33)


async def test_publishing_needs_the_pages_own_token(meta: Stranger, page: Page):
    person = await meta.token()

    for edge in ("videos", "video_reels", "video_stories", "photo_stories"):
        answer = await meta.post(f"{page.id}/{edge}", person, upload_phase="start", file_size="9", photo_id="1")
        assert error_of(answer) == (400, 190, 2069032)


async def test_the_phases_are_endpoints_of_their_own_for_faults_and_the_log(meta: Stranger, page: Page):
    await meta.admin("faults", {"fault": "land_then_500", "endpoint": "POST /video_reels/finish", "next": 1})
    video, url = await meta.start(page)
    await meta.upload(url, page.token, file_url=ADDRESS)

    lost = await meta.finish(page, video, description="Lost answer")
    await meta.pass_time(31)
    calls = (await meta.admin("calls", endpoint="POST /video_reels/finish"))["calls"]

    assert error_of(lost) == (500, 2, None)
    assert await kinds(meta) == [("reel", "Lost answer")]
    assert [(one["status"], one["account_id"]) for one in calls] == [(500, page.id)]
    assert f"{VERSION}/{page.id}/video_reels" == calls[0]["path"]
