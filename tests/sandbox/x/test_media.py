"""Uploads to X: the one-shot call, chunks, states, owners, ages, and what a post may show."""

import base64
import hashlib

import pytest

from sandbox.sample_videos import render_video
from tests.sandbox.conftest import FILES, draw
from tests.sandbox.x.stranger import XStranger, message_of, problem_of

PICTURE, OTHER, GIF = FILES["square.jpg"], FILES["square.png"], draw("GIF", 40, 40)
VIDEO = render_video(seconds=3)
IDS = "Your media IDs are invalid."
SIZES = "Segments do not add up to provided total file size."


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def test_pictures_are_public_with_their_texts_in_order(x: XStranger):
    token = await x.token()
    ids = [await x.image(token, data) for data in (PICTURE, OTHER)]
    described = await x.call(
        "POST", "media/metadata", token, json={"id": ids[1], "metadata": {"alt_text": {"text": "Green"}}}
    )

    post = await x.posted(token, text="Two", media={"media_ids": ids})

    (entry,) = await x.ledger()
    fields = {
        "tweet__fields": "attachments,entities",
        "expansions": "attachments.media_keys",
        "media__fields": "alt_text",
    }
    found = (await x.get(f"tweets/{post['id']}", token, **fields)).json()
    assert described.json()["data"] == {"id": ids[1], "associated_metadata": {"alt_text": {"text": "Green"}}}
    assert (entry["kind"], entry["image_hashes"], entry["alt_texts"]) == (
        "photos",
        [sha(PICTURE), sha(OTHER)],
        ["", "Green"],
    )
    assert found["data"]["attachments"]["media_keys"] == [f"3_{one}" for one in ids]
    assert [one.get("alt_text") for one in found["includes"]["media"]] == [None, "Green"]
    assert found["data"]["text"] == f"Two {found['data']['entities']['urls'][0]['url']}"


async def test_an_upload_answers_what_it_is(x: XStranger):
    token = await x.token()

    form = (await x.upload(token, PICTURE)).json()["data"]
    wish = {"media": base64.b64encode(PICTURE).decode(), "media_category": "tweet_image"}
    document = (await x.call("POST", "media/upload", token, json=wish)).json()["data"]

    assert (form["media_key"], form["size"], form["expires_after_secs"]) == (f"3_{form['id']}", len(PICTURE), 86_400)
    assert form["image"] == {"w": 1080, "h": 1080, "image_type": "image/jpeg"}
    assert {**document, "id": form["id"], "media_key": form["media_key"]} == form


@pytest.mark.parametrize(
    ("data", "category"),
    [
        (PICTURE, None),
        (PICTURE, "picture"),
        (PICTURE, "tweet_gif"),
        (b"<html>", "tweet_image"),
        (b"", "tweet_image"),
        (PICTURE[:100], "tweet_image"),
        (VIDEO, "tweet_video"),
        (PICTURE + b"\0" * 5 * 1024 * 1024, "tweet_image"),
    ],
    ids=range(8),
)
async def test_what_is_no_picture_is_refused_at_once(x: XStranger, data: bytes, category: str | None):
    answer = await x.upload(await x.token(), data, category)

    assert message_of(answer)


async def test_a_video_goes_through_its_states(x: XStranger):
    await x.settings(processing_seconds=8)
    token = await x.token()
    told = await x.video(token, VIDEO)
    states = [told["processing_info"]["state"]]
    early = await x.post(token, text="Film", media={"media_ids": [told["id"]]})
    for _ in range(2):
        await x.pass_time(4)
        states.append((await x.state(token, told["id"]))["state"])

    post = await x.posted(token, text="Film", media={"media_ids": [told["id"]]})

    (entry,) = await x.ledger()
    assert states == ["pending", "in_progress", "succeeded"]
    assert told["media_key"].startswith("7_")
    assert message_of(early) == IDS
    assert early.json()["errors"][0]["parameters"] == {"media.media_ids": [told["id"]]}
    assert (entry["public_id"], entry["kind"], entry["video_hashes"]) == (post["id"], "video", [sha(VIDEO)])


async def test_a_bad_video_fails_when_it_was_looked_at(x: XStranger):
    await x.settings(processing_seconds=0)
    token = await x.token()

    told = await x.video(token, b"no video" * 200)

    assert told["processing_info"]["state"] == "failed"
    assert told["processing_info"]["error"]["name"] == "InvalidMedia"
    assert message_of(await x.post(token, text="a", media={"media_ids": [told["id"]]})) == IDS


async def test_long_videos_are_for_subscribers(x: XStranger):
    await x.settings(processing_seconds=0)
    film = render_video(seconds=141)
    answers = []
    for persona in ("ordinary", "premium"):
        token = await x.token(persona)
        told = await x.video(token, film)
        answers.append(await x.post(token, text="Long", media={"media_ids": [told["id"]]}))

    assert problem_of(answers[0]) == (403, "This user is not allowed to post a video longer than 2 minutes.")
    assert answers[1].status_code == 201


async def test_the_older_commands_do_the_same(x: XStranger):
    await x.settings(processing_seconds=0)
    token = await x.token()
    begin = {
        "command": "INIT",
        "media_type": "video/mp4",
        "total_bytes": str(len(VIDEO)),
        "media_category": "tweet_video",
    }
    media = (await x.call("POST", "media/upload", token, data=begin)).json()["data"]["id"]
    chunk = {"command": "APPEND", "media_id": media, "segment_index": "0"}

    appended = await x.call("POST", "media/upload", token, data=chunk, files={"media": ("a", VIDEO)})
    ended = await x.call("POST", "media/upload", token, data={"command": "FINALIZE", "media_id": media})

    calls = (await x.admin("calls"))["endpoints"]
    assert (appended.status_code, appended.content) == (204, b"")
    assert ended.json()["data"]["processing_info"]["state"] == "succeeded"
    assert calls["POST /2/media/upload/:id/append"]["count"] == 1
    assert calls["POST /2/media/upload"]["count"] == 0


async def test_chunks_arrive_in_any_order_and_again(x: XStranger):
    await x.settings(processing_seconds=0)
    token = await x.token()
    media = await x.begin(token, len(VIDEO))

    for segment, data in ((1, VIDEO[1000:]), (0, b"\0" * 1000), (0, VIDEO[:1000])):
        answer = await x.append(token, media, segment, data)
        assert answer.json()["data"]["expires_at"] > 0
    ended = await x.finalize(token, media)
    await x.posted(token, text="Film", media={"media_ids": [media]})

    (entry,) = await x.ledger()
    assert ended.json()["data"]["size"] == len(VIDEO)
    assert entry["video_hashes"] == [sha(VIDEO)]


async def test_a_chunk_is_a_mebibyte_at_most(x: XStranger):
    token = await x.token()
    media = await x.begin(token, 3 * 1024 * 1024)

    fits = await x.append(token, media, 0, b"\0" * 1024 * 1024)
    too_long = await x.append(token, media, 1, b"\0" * (1024 * 1024 + 1))

    assert fits.status_code == 200
    assert (too_long.status_code, too_long.content) == (413, b"")


async def test_a_hole_is_noticed_at_the_end(x: XStranger):
    await x.settings(processing_seconds=0)
    token = await x.token()
    hole, short = await x.begin(token, len(VIDEO)), await x.begin(token, len(VIDEO))
    await x.append(token, hole, 0, VIDEO[:1000])
    await x.append(token, hole, 2, VIDEO[1000:])
    await x.append(token, short, 0, VIDEO[:1000])

    for media in (hole, short):
        told = (await x.finalize(token, media)).json()["data"]["processing_info"]
        assert (told["state"], told["error"]["message"]) == ("failed", SIZES)


async def test_an_upload_is_its_owners_for_a_day(x: XStranger):
    owner, other = await x.token(), await x.token("premium")
    media = await x.image(owner, PICTURE)

    foreign = await x.post(other, text="a", media={"media_ids": [media]})
    described = await x.call(
        "POST", "media/metadata", other, json={"id": media, "metadata": {"alt_text": {"text": "a"}}}
    )
    await x.pass_time(86_400)
    late = await x.post(await x.token(), text="a", media={"media_ids": [media]})

    assert message_of(foreign) == message_of(described) == message_of(late) == IDS


@pytest.mark.parametrize("mix", [("image", "gif"), ("gif", "gif"), ("image", "video")], ids=str)
async def test_pictures_do_not_mix_with_what_moves(x: XStranger, mix: tuple[str, str]):
    await x.settings(processing_seconds=0)
    token = await x.token()

    async def made(kind: str) -> str:
        if kind == "image":
            return await x.image(token, PICTURE)
        if kind == "gif":
            return (await x.upload(token, GIF, "tweet_gif")).json()["data"]["id"]
        return (await x.video(token, VIDEO))["id"]

    ids = [await made(kind) for kind in mix]

    assert "up to 4 photos" in message_of(await x.post(token, text="a", media={"media_ids": ids}))
    assert (await x.post(token, text="a", media={"media_ids": ids[1:]})).status_code == 201


async def test_one_whose_consent_is_old_uploads_nothing(x: XStranger):
    tokens = await x.tokens("no-media-write")

    answer = await x.upload(tokens["access_token"], PICTURE)

    assert "media.write" not in tokens["scope"]
    assert problem_of(answer) == (403, "You are not permitted to perform this action.")
    assert (await x.post(tokens["access_token"], text="Text goes")).status_code == 201


async def test_an_alternative_text_has_a_thousand_characters(x: XStranger):
    token = await x.token()
    media = await x.image(token, PICTURE)

    async def describe(text: str) -> int:
        wish = {"id": media, "metadata": {"alt_text": {"text": text}}}
        return (await x.call("POST", "media/metadata", token, json=wish)).status_code

    assert [await describe("a" * 1_000), await describe("a" * 1_001)] == [200, 400]
