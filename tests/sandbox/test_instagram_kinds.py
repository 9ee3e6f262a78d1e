"""Carousels, Reels and stories on Instagram: which containers there are, and what the public sees of them."""

import json
from typing import Any

import pytest

from tests.sandbox.conftest import FILES, PICTURES
from tests.sandbox.stranger import DAY, SCOPES, Page, Stranger, error_of

SQUARE, SECOND, REEL = f"{PICTURES}/square.jpg", f"{PICTURES}/second.jpg", f"{PICTURES}/reel.mp4"


@pytest.fixture
async def page(meta: Stranger) -> Page:
    await meta.settings(processing={"fixed_seconds": 10})
    return await meta.page(scope=f"{SCOPES},instagram_manage_comments,instagram_manage_contents")


async def refused(meta: Stranger, page: Page, **given: Any) -> tuple[int, int, int | None]:
    return error_of(await meta.post(f"{page.instagram}/media", page.token, **given))


async def children(meta: Stranger, page: Page, count: int) -> list[str]:
    return [await meta.container(page, image_url=SQUARE, is_carousel_item="true") for _ in range(count)]


async def published(meta: Stranger, page: Page, **given: Any) -> str:
    """Make a container, wait, publish, and give the media's id."""
    container = await meta.container(page, **given)
    await meta.pass_time(10)
    answer = await meta.publish(page, container)
    assert answer.status_code == 200, answer.text
    return answer.json()["id"]


async def carousel(meta: Stranger, page: Page) -> str:
    """Publish a carousel of a picture, a video and a picture."""
    items = [
        await meta.container(page, image_url=SQUARE, is_carousel_item="true", alt_text="First"),
        await meta.container(page, video_url=REEL, is_carousel_item="true", media_type="VIDEO"),
        await meta.container(page, image_url=SECOND, is_carousel_item="true"),
    ]
    await meta.pass_time(10)
    return await published(meta, page, media_type="CAROUSEL", children=json.dumps(items), caption="All three")


async def test_a_carousel_mixes_pictures_and_videos_in_order(meta: Stranger, page: Page):
    media = await carousel(meta, page)

    (entry,) = await meta.ledger()
    read = (await meta.get(media, page.token, fields="media_type,media_product_type,children{media_type}")).json()
    listed = (await meta.get(f"{media}/children", page.token, fields="id,media_type,permalink")).json()["data"]
    assert (entry["kind"], entry["text"], entry["media_types"]) == (
        "carousel",
        "All three",
        ["IMAGE", "VIDEO", "IMAGE"],
    )
    assert (len(entry["image_hashes"]), len(entry["video_hashes"])) == (2, 1)
    assert entry["alt_texts"] == ["First", "", ""]
    assert (read["media_type"], read["media_product_type"]) == ("CAROUSEL_ALBUM", "FEED")
    assert [one["media_type"] for one in listed] == ["IMAGE", "VIDEO", "IMAGE"]
    assert [one["id"] for one in read["children"]["data"]] == [one["id"] for one in listed]
    assert (await meta.get(f"{page.instagram}/media", page.token)).json()["data"] == [{"id": media}]


@pytest.mark.parametrize("as_list", [",".join, json.dumps], ids=["comma list", "JSON array"])
async def test_children_are_given_in_two_ways_and_used_up(meta: Stranger, page: Page, as_list: Any):
    items = await children(meta, page, 2)
    await meta.pass_time(10)
    await published(meta, page, media_type="CAROUSEL", children=as_list(items))

    assert await refused(meta, page, media_type="CAROUSEL", children=as_list(items)) == (400, 24, 2207008)
    assert (await meta.status(page, items[0]))["status_code"] == "PUBLISHED"


async def test_children_are_finished_before_their_parent_is_made(meta: Stranger, page: Page):
    items = await children(meta, page, 2)

    early = await refused(meta, page, media_type="CAROUSEL", children=",".join(items))
    await meta.pass_time(10)
    parent = await meta.container(page, media_type="CAROUSEL", children=",".join(items))
    too_soon = error_of(await meta.publish(page, parent))

    assert (early, too_soon) == ((400, 9007, 2207027), (400, 9007, 2207027))
    assert await meta.ledger() == []


@pytest.mark.parametrize("count", [0, 1, 11])
async def test_a_carousel_has_two_to_ten_children(meta: Stranger, page: Page, count: int):
    items = await children(meta, page, count)
    await meta.pass_time(10)

    assert await refused(meta, page, media_type="CAROUSEL", children=",".join(items)) == (400, 100, 2207028)


async def test_a_carousel_takes_ten(meta: Stranger, page: Page):
    items = await children(meta, page, 10)
    await meta.pass_time(10)

    await published(meta, page, media_type="CAROUSEL", children=",".join(items))

    (entry,) = await meta.ledger()
    assert len(entry["image_hashes"]) == 10


async def test_a_child_is_of_this_account_a_child_alive_and_named_once(meta: Stranger):
    await meta.settings(processing={"fixed_seconds": 10})
    mine, other = await meta.pages("two-pages")
    first, second = await children(meta, mine, 2)
    foreign, single = (await children(meta, other, 1))[0], await meta.container(mine, image_url=SQUARE)
    await meta.settings(image_errors="status")
    bad = await meta.container(mine, image_url=f"{PICTURES}/tall.jpg", is_carousel_item="true")
    await meta.pass_time(10)

    async def answered(*ids: str) -> tuple[int, int, int | None]:
        return await refused(meta, mine, media_type="CAROUSEL", children=",".join(ids))

    assert await answered(first, foreign) == (400, 24, 2207008)
    assert await answered(first, single) == (400, 24, 2207008)
    assert await answered(first, "1790") == (400, 24, 2207008)
    assert await answered(first, first) == (400, 100, None)
    assert await answered(first, bad) == (400, -1, 2207032)
    await meta.pass_time(DAY)
    assert await answered(first, second) == (400, -2, 2207020)


async def test_a_child_is_not_published_alone(meta: Stranger, page: Page):
    picture = (await children(meta, page, 1))[0]
    video = await meta.container(page, video_url=REEL, is_carousel_item="true", media_type="VIDEO")
    await meta.pass_time(10)

    assert error_of(await meta.publish(page, picture)) == (400, 24, 2207008)
    assert error_of(await meta.publish(page, video)) == (400, 100, 2207089)


async def test_a_reel_is_published_with_what_was_said_about_it(meta: Stranger, page: Page):
    media = await published(
        meta,
        page,
        media_type="REELS",
        video_url=REEL,
        cover_url=SQUARE,
        caption="Turn it up",
        share_to_feed="false",
        audio_name="Our song",
        thumb_offset="1500",
        collaborators='["friend.one","friend_two"]',
        location_id=page.id,
        user_tags='[{"username":"someone"}]',
    )

    (entry,) = await meta.ledger()
    wanted = "media_type,media_product_type,permalink,is_shared_to_feed,caption,thumbnail_url,media_url"
    read = (await meta.get(media, page.token, fields=wanted)).json()
    assert (entry["kind"], entry["text"], len(entry["video_hashes"])) == ("reel", "Turn it up", 1)
    assert entry["details"].pop("cover")
    assert entry["details"] == {
        "share_to_feed": False,
        "audio_name": "Our song",
        "thumb_offset": 1500,
        "collaborators": ["friend.one", "friend_two"],
        "location_id": page.id,
        "user_tags": [[{"username": "someone"}]],
    }
    assert (read["media_type"], read["media_product_type"], read["is_shared_to_feed"]) == ("VIDEO", "REELS", False)
    assert "/reel/" in read["permalink"]
    for name in ("permalink", "thumbnail_url", "media_url"):
        assert (await meta.http.get(read[name])).status_code == 200


@pytest.mark.parametrize(("source", "kind"), [("story.jpg", "IMAGE"), ("reel.mp4", "VIDEO")])
async def test_a_story_is_seen_for_a_day_and_not_among_the_media(meta: Stranger, page: Page, source: str, kind: str):
    name = "image_url" if kind == "IMAGE" else "video_url"
    given = {name: f"{PICTURES}/{source}", "caption": "Nobody reads this"}
    media = await published(meta, page, media_type="STORIES", **given)

    (entry,) = await meta.ledger()
    stories = (
        await meta.get(f"{page.instagram}/stories", page.token, fields="id,media_type,media_product_type")
    ).json()
    assert stories["data"] == [{"id": media, "media_type": kind, "media_product_type": "STORY"}]
    assert (entry["kind"], entry["text"], entry["media_types"]) == ("story", "", [kind])
    assert entry["permalink"].endswith(f"/stories/{entry['account_name']}/{media}")
    assert (await meta.http.get(entry["permalink"])).status_code == 200
    assert (await meta.get(f"{page.instagram}/media", page.token)).json()["data"] == []
    await meta.pass_time(DAY)
    assert (await meta.get(f"{page.instagram}/stories", page.token)).json()["data"] == []
    assert error_of(await meta.get(media, page.token)) == (400, 100, 33)


BAD_VIDEOS = {
    ("REELS", "long.mp4"): 2207026,
    ("REELS", "short.mp4"): 2207026,
    ("REELS", "late.mp4"): 2207026,
    ("REELS", "odd.mp4"): 2207026,
    ("REELS", "broad.mp4"): 2207026,
    ("REELS", "slow.mp4"): 2207026,
    ("REELS", "square.jpg"): 2207026,
    ("STORIES", "minute.mp4"): 2207026,
    ("REELS", "missing.mp4"): 9004,
    ("REELS", "moved.jpg"): 9004,
}


@pytest.mark.parametrize(("kind", "name"), BAD_VIDEOS)
async def test_a_bad_video_is_found_out_late(meta: Stranger, page: Page, kind: str, name: str):
    container = await meta.container(page, media_type=kind, video_url=f"{PICTURES}/{name}")
    before = (await meta.status(page, container))["status_code"]
    await meta.pass_time(10)

    found = await meta.status(page, container)

    code = BAD_VIDEOS[kind, name]
    assert (before, found["status_code"]) == ("IN_PROGRESS", "ERROR")
    assert ("doesn't meet our requirements" if code == 9004 else str(code)) in found["status"]
    assert error_of(await meta.publish(page, container)) == (400, -1, 2207032)


async def test_a_minute_and_a_second_is_no_story_but_a_reel(meta: Stranger, page: Page):
    assert await published(meta, page, media_type="REELS", video_url=f"{PICTURES}/minute.mp4")


async def test_a_bad_cover_and_a_thumbnail_after_the_end_spoil_a_reel(meta: Stranger, page: Page):
    reel = {"media_type": "REELS", "video_url": REEL}
    covered = await meta.container(page, **reel, cover_url=f"{PICTURES}/page.html")
    late = await meta.container(page, **reel, thumb_offset="5001")
    await meta.pass_time(10)

    assert "doesn't meet" in (await meta.status(page, covered))["status"]
    assert "2207057" in (await meta.status(page, late))["status"]


TAGS = '[{"username":"a","x":0.5,"y":1}]'
REFUSED: list[tuple[dict[str, str], tuple[int, int | None]]] = [
    ({"media_type": "VIDEO", "video_url": REEL}, (100, 2207067)),
    ({"media_type": "REELS", "video_url": REEL, "is_carousel_item": "true"}, (100, None)),
    ({"media_type": "CAROUSEL", "is_carousel_item": "true"}, (100, None)),
    ({"media_type": "REELS"}, (100, None)),
    ({"media_type": "REELS", "image_url": SQUARE}, (100, None)),
    ({"media_type": "STORIES"}, (100, None)),
    ({"media_type": "STORIES", "image_url": SQUARE, "video_url": REEL}, (100, None)),
    ({"video_url": REEL}, (100, None)),
    ({"media_type": "REELS", "video_url": "nonsense"}, (9004, 2207052)),
    ({"media_type": "REELS", "upload_type": "magic"}, (100, None)),
    ({"media_type": "REELS", "video_url": REEL, "alt_text": "x"}, (100, None)),
    ({"media_type": "STORIES", "image_url": SQUARE, "alt_text": "x"}, (100, None)),
    ({"media_type": "STORIES", "image_url": SQUARE, "collaborators": "a"}, (100, None)),
    ({"image_url": SQUARE, "is_carousel_item": "true", "location_id": "1"}, (100, None)),
    ({"image_url": SQUARE, "collaborators": "a,b,c,d"}, (100, None)),
    ({"image_url": SQUARE, "collaborators": "not a name"}, (100, None)),
    ({"image_url": SQUARE, "location_id": "1"}, (100, None)),
    ({"image_url": SQUARE, "user_tags": '[{"username":"a"}]'}, (100, None)),
    ({"image_url": SQUARE, "user_tags": '[{"username":"a","x":0.5}]'}, (100, None)),
    ({"image_url": SQUARE, "user_tags": '[{"username":"a","x":0.5,"y":1.01}]'}, (100, None)),
    ({"image_url": SQUARE, "user_tags": '[{"username":"a","x":-0.1,"y":1}]'}, (100, None)),
    ({"image_url": SQUARE, "user_tags": '[{"username":"a","x":"left","y":1}]'}, (100, None)),
    ({"image_url": SQUARE, "user_tags": '[{"x":0.5,"y":1}]'}, (100, None)),
    ({"image_url": SQUARE, "user_tags": f"[{','.join([TAGS[1:-1]] * 21)}]"}, (100, 2207040)),
    ({"image_url": SQUARE, "user_tags": "someone"}, (100, None)),
    ({"media_type": "REELS", "video_url": REEL, "user_tags": TAGS}, (100, None)),
    ({"media_type": "STORIES", "image_url": SQUARE, "user_tags": '[{"username":"a","x":2,"y":1}]'}, (100, None)),
    ({"media_type": "REELS", "video_url": REEL, "trial_params": "{}"}, (100, None)),
    ({"media_type": "REELS", "video_url": REEL, "thumb_offset": "-1"}, (1, 2207057)),
]


@pytest.mark.parametrize(("given", "code"), REFUSED, ids=str)
async def test_what_does_not_go_together_is_refused(
    meta: Stranger, page: Page, given: Any, code: tuple[int, int | None]
):
    assert await refused(meta, page, **given) == (400, *code)


async def test_what_has_no_meaning_is_ignored(meta: Stranger, page: Page):
    await published(meta, page, image_url=SQUARE, cover_url="nonsense", share_to_feed="true", audio_name="x")

    (entry,) = await meta.ledger()
    assert entry["details"] == {}


async def test_a_picture_tells_who_and_where(meta: Stranger, page: Page):
    await published(
        meta, page, image_url=SQUARE, user_tags=TAGS, location_id=page.id, collaborators="@friend", alt_text="A loaf"
    )

    (entry,) = await meta.ledger()
    assert entry["details"] == {
        "user_tags": [[{"username": "a", "x": 0.5, "y": 1.0}]],
        "location_id": page.id,
        "collaborators": ["friend"],
    }


async def test_a_first_comment_and_its_answer(meta: Stranger, page: Page):
    media = await published(meta, page, image_url=SQUARE, caption="Bread")

    comment = (await meta.post(f"{media}/comments", page.token, message="#bread")).json()["id"]
    reply = (await meta.post(f"{comment}/replies", page.token, message="More")).json()["id"]

    listed = (await meta.get(f"{media}/comments", page.token, fields="id,text,username,replies{text}")).json()["data"]
    _, first, second = await meta.ledger()
    assert [one["id"] for one in listed] == [comment]
    assert (listed[0]["text"], listed[0]["replies"]["data"]) == ("#bread", [{"text": "More", "id": reply}])
    assert (first["kind"], first["parent_id"], first["text"]) == ("comment", media, "#bread")
    assert (second["parent_id"], second["public_id"]) == (comment, reply)
    assert (await meta.http.get(first["permalink"])).status_code == 200
    assert (await meta.get(media, page.token, fields="comments_count")).json()["comments_count"] == 2


async def test_a_comment_goes_with_its_answers(meta: Stranger, page: Page):
    media = await published(meta, page, image_url=SQUARE)
    comment = (await meta.post(f"{media}/comments", page.token, message="Oops")).json()["id"]
    reply = (await meta.post(f"{comment}/replies", page.token, message="Indeed")).json()["id"]

    answer = await meta.delete(comment, page.token)

    assert answer.json() == {"success": True}
    assert (await meta.get(f"{media}/comments", page.token)).json()["data"] == []
    assert [error_of(await meta.get(one, page.token)) for one in (comment, reply)] == [(400, 100, 33)] * 2
    assert [entry["deleted_at"] is None for entry in await meta.ledger()] == [True, False, False]


async def test_comments_need_words_a_permission_and_to_be_wanted(meta: Stranger, page: Page):
    media = await published(meta, page, image_url=SQUARE)
    story = await published(meta, page, media_type="STORIES", image_url=SQUARE)

    async def answered(target: str, token: str, message: str) -> Any:
        return error_of(await meta.post(f"{target}/comments", token, message=message))

    assert await answered(media, page.token, " ") == (400, 100, None)
    assert await answered(media, page.token, "x" * 2_201) == (400, 100, None)
    assert await answered(story, page.token, "x") == (400, 100, 33)
    assert (await meta.post(media, page.token, comment_enabled="false")).json() == {"success": True}
    assert (await meta.get(media, page.token, fields="is_comment_enabled")).json()["is_comment_enabled"] is False
    assert await answered(media, page.token, "x") == (403, 10, None)
    assert error_of(await meta.post(media, page.token)) == (400, 100, None)


async def test_media_are_deleted_with_a_permission_of_its_own(meta: Stranger, page: Page):
    media = await carousel(meta, page)
    item = (await meta.get(f"{media}/children", page.token)).json()["data"][0]["id"]

    alone = error_of(await meta.delete(item, page.token))
    answer = await meta.delete(media, page.token)

    (entry,) = await meta.ledger()
    assert (alone, answer.json()) == ((400, 100, 2207073), {"success": True})
    assert entry["deleted_at"] is not None
    assert (await meta.get(f"{page.instagram}/media", page.token)).json()["data"] == []
    assert error_of(await meta.get(item, page.token)) == (400, 100, 33)


async def test_without_the_permission_nothing_is_deleted(meta: Stranger):
    await meta.settings(processing={"fixed_seconds": 0})
    page = await meta.page()
    media = (await meta.publish(page, await meta.container(page, image_url=SQUARE))).json()["id"]

    assert error_of(await meta.delete(media, page.token)) == (403, 10, None)
    assert error_of(await meta.post(f"{media}/comments", page.token, message="x")) == (403, 10, None)


async def test_the_quota_is_read_from_a_moment_on(meta: Stranger, page: Page):
    await published(meta, page, image_url=SQUARE)
    now = (await meta.admin("clock"))["unix"]
    await published(meta, page, image_url=SQUARE)

    async def usage(since: float) -> Any:
        return await meta.get(f"{page.instagram}/content_publishing_limit", page.token, since=str(int(since)))

    assert (await usage(now - 60)).json()["data"] == [{"quota_usage": 2}]
    assert (await usage(now + 1)).json()["data"] == [{"quota_usage": 1}]
    assert error_of(await usage(now - 2 * DAY)) == (400, 100, None)


async def test_a_carousel_costs_a_container_more_than_it_has_children(meta: Stranger, page: Page):
    await meta.settings(containers_per_day=3)
    items = await children(meta, page, 2)
    await meta.pass_time(10)
    await published(meta, page, media_type="CAROUSEL", children=",".join(items))

    assert await refused(meta, page, image_url=SQUARE) == (400, 9, 2207042)


async def upload(meta: Stranger, token: str, uri: str, body: bytes = b"", **headers: str) -> Any:
    """Send bytes to the upload host, or the address they are at."""
    return await meta.http.post(uri, content=body, headers={"authorization": f"OAuth {token}", **headers})


async def awaiting(meta: Stranger, page: Page, **given: str) -> tuple[str, str]:
    """Make a container that waits for an upload, and give its id and where to send the bytes."""
    asked = {"media_type": "REELS", "upload_type": "resumable", **given}
    answer = (await meta.post(f"{page.instagram}/media", page.token, **asked)).json()
    return answer["id"], answer["uri"]


@pytest.mark.parametrize("pieces", [1, 3])
async def test_a_video_is_uploaded_in_one_piece_or_in_several(meta: Stranger, page: Page, pieces: int):
    body = FILES["reel.mp4"]
    container, uri = await awaiting(meta, page, caption="By hand")
    early = await meta.status(page, container)
    step = -(-len(body) // pieces)
    for offset in range(0, len(body), step):
        part = body[offset : offset + step]
        answer = await upload(meta, page.token, uri, part, offset=str(offset), file_size=str(len(body)))
    too_soon = error_of(await meta.publish(page, container))
    await meta.pass_time(10)

    media = await meta.publish(page, container)

    (entry,) = await meta.ledger()
    assert early["status_code"] == "IN_PROGRESS"
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    assert (too_soon, media.status_code) == ((400, 9007, 2207027), 200)
    assert (entry["kind"], entry["text"]) == ("reel", "By hand")
    assert (await meta.http.get(f"/videos/{entry['video_hashes'][0]}")).content == body


async def test_an_interrupted_upload_tells_how_far_it_came(meta: Stranger, page: Page):
    container, uri = await awaiting(meta, page)
    size = str(len(FILES["reel.mp4"]))
    half = await upload(meta, page.token, uri, FILES["reel.mp4"][:1000], offset="0", file_size=size)
    again = await upload(meta, page.token, uri, FILES["reel.mp4"], offset="0", file_size=size)

    status = (await meta.get(container, page.token, fields="video_status")).json()["video_status"]

    assert (half.status_code, half.json()["debug_info"]["retriable"]) == (400, True)
    assert again.json()["debug_info"]["type"] == "OffsetInvalidError"
    assert status["uploading_phase"] == {"status": "in_progress", "bytes_transferred": 1000}


async def test_the_upload_host_fetches_from_an_address_too(meta: Stranger, page: Page):
    container, uri = await awaiting(meta, page, media_type="STORIES")
    missing = await upload(meta, page.token, uri, file_url=f"{PICTURES}/missing.mp4")
    found = await upload(meta, page.token, uri, file_url=REEL)
    await meta.pass_time(10)

    assert missing.json()["debug_info"]["type"] == "ProcessingFailedError"
    assert (found.status_code, (await meta.publish(page, container)).status_code) == (200, 200)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"authorization": "Bearer nonsense"}, "NotAuthorizedError"),
        ({"offset": "", "file_size": "9"}, "ParameterValidationError"),
        ({"offset": "0"}, "ParameterValidationError"),
        ({"offset": "5", "file_size": "9"}, "OffsetInvalidError"),
        ({"offset": "0", "file_size": "2"}, "PartialRequestError"),
    ],
    ids=str,
)
async def test_a_wrong_upload_is_refused(meta: Stranger, page: Page, headers: dict[str, str], kind: str):
    container, uri = await awaiting(meta, page)

    answer = await upload(meta, page.token, uri, b"abcd", **headers)

    assert answer.json()["debug_info"]["type"] == kind
    assert (await meta.status(page, container))["status_code"] == "IN_PROGRESS"


async def test_an_upload_goes_to_a_container_that_waits_for_one(meta: Stranger):
    await meta.settings(processing={"fixed_seconds": 10})
    mine, other = await meta.pages("two-pages")
    picture = await meta.container(mine, image_url=SQUARE)
    waiting, uri = await awaiting(meta, mine)
    body, size = FILES["square.jpg"], str(len(FILES["square.jpg"]))

    to_picture = await upload(meta, mine.token, uri.replace(waiting, picture), body, offset="0", file_size=size)
    by_other = await upload(meta, other.token, uri, body, offset="0", file_size=size)
    no_video = await upload(meta, mine.token, uri, body, offset="0", file_size=size)
    twice = await upload(meta, mine.token, uri, body, offset="0", file_size=size)
    await meta.pass_time(10)

    assert [one.status_code for one in (to_picture, by_other, no_video, twice)] == [400, 401, 200, 400]
    assert "2207026" in (await meta.status(mine, waiting))["status"]
