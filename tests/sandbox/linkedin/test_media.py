"""Images, documents, videos, and comments."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from sandbox.sample_videos import render_video
from tests.sandbox.conftest import FILES, draw
from tests.sandbox.linkedin.member import DAY, LinkedInApp

PDF = b"%PDF-1.7 a document"
PART = 4 * 1024 * 1024


def animation(frames: int) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("L", (2, 2), number % 256) for number in range(frames)]
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:], duration=10)
    return out.getvalue()


async def send(app: LinkedInApp, data: bytes, **changes: Any) -> tuple[str, list[str], dict[str, Any]]:
    """Upload all parts of a video, and give its URN, the ETags and what was begun."""
    begun = await app.begin("video", owner=app.author, fileSizeBytes=len(data), uploadCaptions=False, **changes)
    etags = []
    for part in begun["uploadInstructions"]:
        put = await app.put(part["uploadUrl"], data[part["firstByte"] : part["lastByte"] + 1], bare=True)
        assert put.status_code == 200, put.text
        etags.append(put.headers["etag"])
    return begun["video"], etags, begun


async def finish(app: LinkedInApp, urn: str, etags: list[str]) -> Any:
    wish = {"video": urn, "uploadToken": "", "uploadedPartIds": etags}
    return await app.call("POST", "/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": wish})


async def test_an_image_is_uploaded_and_shown(page: LinkedInApp):
    urn = await page.image(FILES["square.jpg"])
    status = await page.status(urn)
    answer = await page.post(content={"media": {"id": urn, "altText": "A field"}})

    (entry,) = await page.ledger()
    assert (status, answer.status_code) == ("AVAILABLE", 201)
    assert (entry["kind"], entry["alt_texts"]) == ("image", ["A field"])
    assert (await page.http.get(f"/pictures/{entry['image_hashes'][0]}")).content == FILES["square.jpg"]


@pytest.mark.parametrize("count", [2, 20])
async def test_several_images_make_one_post(member: LinkedInApp, count: int):
    urns = [await member.image(draw("PNG", 10 + number, 10)) for number in range(count)]
    images = [{"id": urn, "altText": f"Number {number}"} for number, urn in enumerate(urns)]
    answer = await member.post(content={"multiImage": {"images": images}})

    (entry,) = await member.ledger()
    assert answer.headers["x-restli-id"].startswith("urn:li:ugcPost:")
    assert len(set(entry["image_hashes"])) == count
    assert entry["alt_texts"] == [f"Number {number}" for number in range(count)]


@pytest.mark.parametrize("count", [1, 21])
async def test_one_image_or_too_many_are_no_several(member: LinkedInApp, count: int):
    urn = await member.image(FILES["square.jpg"])

    assert (await member.post(content={"multiImage": {"images": [{"id": urn}] * count}})).status_code == 400


async def test_an_image_ages_by_the_clock(page: LinkedInApp):
    await page.admin("linkedin", {"processing_seconds": 60})
    waiting = (await page.begin("image", owner=page.author))["image"]
    early = await page.post(content={"media": {"id": waiting}})
    urn = await page.image(FILES["square.jpg"])
    states = [await page.status(waiting), await page.status(urn)]
    refused = await page.post(content={"media": {"id": urn}})
    await page.later(60)
    states.append(await page.status(urn))
    taken = await page.post(content={"media": {"id": urn}})

    assert states == ["WAITING_UPLOAD", "PROCESSING", "AVAILABLE"]
    assert [one.json()["code"] for one in (early, refused)] == ["MEDIA_ASSET_WAITING_UPLOAD"] * 2
    assert taken.status_code == 201


async def test_an_early_image_may_be_taken(member: LinkedInApp):
    await member.admin("linkedin", {"processing_seconds": 60, "image_early": "ok"})
    urn = await member.image(FILES["square.jpg"])

    assert (await member.post(content={"media": {"id": urn}})).status_code == 201


@pytest.mark.parametrize(
    ("made", "status"),  # made when the test runs: each process of pytest reads this, and some take long
    [
        (lambda: FILES["square.png"], "AVAILABLE"),
        (lambda: animation(250), "AVAILABLE"),
        (lambda: animation(251), "PROCESSING_FAILED"),
        (lambda: FILES["square.webp"], "PROCESSING_FAILED"),
        (lambda: FILES["page.html"], "PROCESSING_FAILED"),
        (lambda: draw("PNG", 6_026, 6_000), "PROCESSING_FAILED"),
    ],
    ids=["png", "gif", "long gif", "webp", "no image", "too many pixels"],
)
async def test_an_image_may_fail(page: LinkedInApp, made: Callable[[], bytes], status: str):
    urn = await page.image(made())
    answer = await page.post(content={"media": {"id": urn}})

    assert await page.status(urn) == status
    assert answer.status_code == (201 if status == "AVAILABLE" else 400)
    assert answer.status_code == 201 or answer.json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


async def test_processing_fails_on_demand(page: LinkedInApp):
    await page.admin("faults", {"fault": "linkedin_processing_fails", "next": 1})
    urns = [await page.image(FILES["square.jpg"]) for _ in range(2)]

    assert [await page.status(urn) for urn in urns] == ["PROCESSING_FAILED", "AVAILABLE"]


@pytest.mark.parametrize("kind", ["image", "document", "video"])
async def test_a_member_app_reads_no_status(member: LinkedInApp, kind: str):
    size = {"fileSizeBytes": 80_000} if kind == "video" else {}
    urn = (await member.begin(kind, owner=member.author, **size))[kind]
    answer = await member.call("GET", f"/rest/{kind}s/{quote(urn, safe='')}")

    assert (answer.status_code, answer.json()["code"]) == (403, "ACCESS_DENIED")


async def test_an_upload_belongs_to_its_owner(stranger: LinkedInApp, page: LinkedInApp):
    await stranger.sign_in()
    wish = {"initializeUploadRequest": {"owner": page.author}}
    foreign = await stranger.call("POST", "/rest/images?action=initializeUpload", wish)
    begun = await page.begin("image", owner=page.author)
    others = await stranger.put(begun["uploadUrl"], FILES["square.jpg"])
    bare = await page.put(begun["uploadUrl"], FILES["square.jpg"], bare=True)
    own = await stranger.image(FILES["square.jpg"])
    used = await page.post(content={"media": {"id": own}})

    assert [one.status_code for one in (foreign, others, bare, used)] == [400, 403, 401, 403]


async def test_an_upload_address_ends_after_a_day(member: LinkedInApp):
    begun = await member.begin("image", owner=member.author)
    await member.later(DAY)

    assert (await member.put(begun["uploadUrl"], FILES["square.jpg"])).json()["code"] == "EXPIRED_UPLOAD_URL"


async def test_a_document_needs_a_title(page: LinkedInApp):
    urn = await page.image(PDF, kind="document")
    without = await page.post(content={"media": {"id": urn}})
    with_title = await page.post(content={"media": {"id": urn, "title": "Report"}})

    (entry,) = await page.ledger()
    assert await page.status(urn) == "AVAILABLE"
    assert (without.status_code, without.json()["code"]) == (400, "MISSING_FIELD")
    assert with_title.status_code == 201
    assert (entry["kind"], entry["details"]["title"]) == ("document", "Report")


async def test_something_else_is_no_document(page: LinkedInApp):
    assert await page.status(await page.image(b"just words", kind="document")) == "PROCESSING_FAILED"


@pytest.mark.parametrize(("size", "parts"), [(PART, 1), (PART + 1, 2)])
async def test_a_video_goes_up_in_parts(page: LinkedInApp, size: int, parts: int):
    data = render_video(size_bytes=size)
    await page.admin("linkedin", {"processing_seconds": 30})
    urn, etags, begun = await send(page, data)
    waiting = await page.status(urn)
    finished = await finish(page, urn, etags)
    early = await page.post(content={"media": {"id": urn}})
    await page.later(30)
    answer = await page.post(content={"media": {"id": urn, "title": "Film"}})

    (entry,) = await page.ledger()
    assert len(data) == size
    assert (len(etags), begun["uploadInstructions"][0]["firstByte"]) == (parts, 0)
    assert (waiting, finished.status_code) == ("WAITING_UPLOAD", 200)
    assert early.json()["code"] == "MEDIA_ASSET_WAITING_UPLOAD"
    assert answer.headers["x-restli-id"].startswith("urn:li:ugcPost:")
    assert (entry["kind"], entry["details"]["title"]) == ("video", "Film")
    assert (await page.http.get(f"/videos/{entry['video_hashes'][0]}")).content == data


async def test_every_call_of_an_upload_is_logged_with_its_owner(page: LinkedInApp):
    urn, etags, _ = await send(page, render_video(size_bytes=80_000))
    await finish(page, urn, etags)
    await page.status(urn)

    calls = (await page.admin("calls?limit=4"))["calls"]
    assert [(one["endpoint"], one["account_id"]) for one in calls] == [
        ("POST /rest/videos/initializeUpload", page.author),
        ("PUT /dms-uploads/video/{key}/{part}", page.author),
        ("POST /rest/videos/finalizeUpload", page.author),
        ("GET /rest/videos/{urn}", page.author),
    ]


async def test_each_part_goes_to_its_own_address(member: LinkedInApp):
    data = render_video(size_bytes=PART + 10)
    urn, etags, begun = await send(member, data)
    first, last = [one["uploadUrl"] for one in begun["uploadInstructions"]]
    wrong = [await member.put(first, data[PART:]), await member.put(last, data[:PART]), await member.put(last, b"")]
    disorder = [await finish(member, urn, given) for given in (etags[::-1], etags[:1], [*etags, etags[0]])]

    assert [one.status_code for one in (*wrong, *disorder)] == [400] * 6
    assert {one.json()["code"] for one in disorder} == {"UPDATING_ASSET_FAILED"}
    assert (await finish(member, urn, [f'"{one}"' for one in etags])).status_code == 200


@pytest.mark.parametrize(
    "data",
    [b"x" * 80_000, render_video(seconds=2, size_bytes=80_000), render_video(seconds=1_801, size_bytes=80_000)],
    ids=["no video", "too short", "too long"],
)
async def test_a_video_may_fail(page: LinkedInApp, data: bytes):
    urn, etags, _ = await send(page, data)
    await finish(page, urn, etags)
    told = (await page.call("GET", f"/rest/videos/{quote(urn, safe='')}")).json()

    assert told["status"] == "PROCESSING_FAILED"
    assert told["processingFailureReason"]


@pytest.mark.parametrize("size", [76_799, 500 * 1024 * 1024 + 1, "80000", None])
async def test_a_video_has_a_size(member: LinkedInApp, size: Any):
    wish = {"initializeUploadRequest": {"owner": member.author, "fileSizeBytes": size}}
    answer = await member.call("POST", "/rest/videos?action=initializeUpload", wish)

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_VALUE_FOR_FIELD")


async def test_a_comment_is_plain_text_under_the_post(page: LinkedInApp):
    urn = (await page.post()).headers["x-restli-id"]
    path = f"/rest/socialActions/{quote(urn, safe='')}/comments"
    text = r"Plain (text) \ with #all"
    body = {"actor": page.author, "object": urn, "message": {"text": text}}
    made = await page.call("POST", path, body)
    found = (await page.call("GET", path)).json()["elements"]

    _, entry = await page.ledger()
    assert made.status_code == 201
    assert made.headers["x-restli-id"] == made.json()["id"]
    assert found == [made.json()]
    assert (entry["kind"], entry["text"], entry["parent_id"]) == ("comment", text, urn)
    assert entry["public_id"] == made.json()["commentUrn"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"message": {"text": "x" * 1_251}}, 400),
        ({"message": {"text": ""}}, 400),
        ({"message": {"words": "x"}}, 403),
        ({"object": "urn:li:share:1"}, 400),
        ({"parent": "x"}, 403),
        ({"actor": "urn:li:person:other"}, 403),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_a_comment_may_be_refused(page: LinkedInApp, changes: dict[str, Any], status: int):
    urn = (await page.post()).headers["x-restli-id"]
    body = {"actor": page.author, "object": urn, "message": {"text": "Hi"}, **changes}
    answer = await page.call("POST", f"/rest/socialActions/{quote(urn, safe='')}/comments", body)

    assert answer.status_code == status
    assert len(await page.ledger()) == 1


async def test_comments_come_late_and_go_with_the_post(page: LinkedInApp):
    await page.admin("linkedin", {"comment_lag_seconds": 5})
    urn = (await page.post()).headers["x-restli-id"]
    path = f"/rest/socialActions/{quote(urn, safe='')}/comments"
    body = {"actor": page.author, "object": urn, "message": {"text": "Hi"}}
    early = await page.call("POST", path, body)
    await page.later(5)
    made = await page.call("POST", path, body)
    await page.call("DELETE", f"/rest/posts/{quote(urn, safe='')}")

    assert [early.status_code, made.status_code] == [404, 201]
    assert [one["deleted_at"] is not None for one in await page.ledger()] == [True, True]


async def test_a_member_app_comments_on_nothing(member: LinkedInApp):
    urn = (await member.post()).headers["x-restli-id"]
    body = {"actor": member.author, "object": urn, "message": {"text": "Hi"}}
    answer = await member.call("POST", f"/rest/socialActions/{quote(urn, safe='')}/comments", body)

    assert answer.status_code == 403
    assert answer.json()["message"].startswith("Not enough permissions to access: socialActionsV2.CREATE.20260901")
