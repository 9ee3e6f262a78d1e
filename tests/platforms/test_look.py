"""Looking for a post whose answer was lost: what the platforms show leads to the true sighting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from platforms.base import ChannelKind, Draft, Receipt, Sent, Sighting
from platforms.errors import OutcomeUnknownError, RateLimitedError, TransientError
from platforms.instagram.options import InstagramOptions, InstagramPlacement
from platforms.instagram.publish import InstagramPublisher
from platforms.meta.matching import same_text
from platforms.sign_in import FoundPage
from tests.platforms.conftest import Desk, of_kind
from tests.platforms.wire import Wire
from tests.platforms.work import Work, sample, work_on
from tests.support.sandbox import Sandbox

TEXT = "Bread is ready 🥖 — é, e\u0301, 日本 & <b>\r\nsecond line "
NOTHING = Sighting(out=False)
GONE = {"error": {"code": 100, "error_subcode": 33, "message": "Unsupported get request."}}


_offered: list[FoundPage] = []
_taken = count()


async def new_page(desk: Desk, kind: ChannelKind = ChannelKind.FACEBOOK_PAGE) -> FoundPage:
    """Take a Page that no test has posted to."""
    if not _offered:
        _offered.extend(await desk.pages("many:60"))
    return of_kind(_offered, kind)[next(_taken)]


async def new_account(desk: Desk) -> FoundPage:
    return await new_page(desk, ChannelKind.INSTAGRAM_ACCOUNT)


def sent_of(work: Work, **given: Any) -> Sent:
    now = datetime.now(UTC)
    sent = Sent(replace(work.draft, media=()), work.channel_id, work.token, dict(work.handles), now, now)
    return replace(sent, **given)


async def lost(publisher: Any, work: Work, sandbox: Sandbox, endpoint: str) -> None:
    """Publish, and lose the answer."""
    await sandbox.add_fault(endpoint, "land_then_drop", nth=1, account=work.channel_id)
    if isinstance(publisher, InstagramPublisher):
        await publisher.step(work)
    with pytest.raises(OutcomeUnknownError):
        await publisher.step(work)


@pytest.mark.parametrize(
    "draft",
    [
        Draft(TEXT),
        Draft("Read this", link="https://example.com/a?b=c&d=é"),
        Draft("", link="https://example.com/only/"),
    ],
    ids=["text", "text and link", "link"],
)
async def test_a_post_without_a_handle_is_found_by_what_it_says(desk: Desk, sandbox: Sandbox, draft: Draft):
    work = work_on(await new_page(desk), draft)
    await lost(desk.facebook, work, sandbox, "POST /feed")

    found = await desk.facebook.look(sent_of(work))

    [entry] = await sandbox.ledger(work.channel_id)
    assert [match.platform_post_id for match in found.matches] == [entry["public_id"]]
    assert found.matches[0].permalink


@pytest.mark.parametrize("photos", [1, 3])
async def test_photos_name_the_post_they_went_into(desk: Desk, sandbox: Sandbox, photos: int):
    images = tuple(sample(sandbox.url, f"photo{number}") for number in range(photos))
    work = work_on(await new_page(desk), Draft("", media=images))
    await lost(desk.facebook, work, sandbox, "POST /feed")

    found = await desk.facebook.look(sent_of(work))

    [entry] = await sandbox.ledger(work.channel_id)
    assert found == Sighting(out=True, matches=(Receipt(entry["public_id"]),))


async def test_a_photo_that_names_no_post_yet_is_found_in_the_list(wired: Desk, wire: Wire, sandbox: Sandbox):
    work = work_on(await new_page(wired), Draft("With a photo", media=(sample(sandbox.url),)))
    await lost(wired.facebook, work, sandbox, "POST /feed")
    wire.answer(f"GET /{work.handles['photo:0']}", {"id": work.handles["photo:0"]})

    found = await wired.facebook.look(sent_of(work))

    [entry] = await sandbox.ledger(work.channel_id)
    assert (found.out, [match.platform_post_id for match in found.matches]) == (True, [entry["public_id"]])


@pytest.mark.parametrize("image", [False, True])
async def test_what_was_never_posted_is_not_seen(desk: Desk, sandbox: Sandbox, image: bool):
    """Others are: an older one, another text, and with photos the same text without them."""
    page = await new_page(desk)
    for text in ("Other", TEXT if image else "Also other"):
        await desk.facebook.step(work_on(page, Draft(text)))
    work = work_on(page, Draft(TEXT, media=(sample(sandbox.url),) if image else ()))
    await sandbox.add_fault("POST /feed", "clean_503", next_calls=1, account=work.channel_id)
    with pytest.raises(OutcomeUnknownError):
        await desk.facebook.step(work)

    assert await desk.facebook.look(sent_of(work)) == NOTHING


async def test_an_older_post_with_the_same_text_is_not_it(desk: Desk):
    work = work_on(await new_page(desk), Draft(TEXT))
    await desk.facebook.step(work)
    sent = sent_of(work)

    later = replace(sent, sent_at=sent.sent_at + timedelta(minutes=10))

    assert await desk.facebook.look(later) == NOTHING


async def test_every_post_that_looks_like_it_is_told(desk: Desk, sandbox: Sandbox):
    page = await new_page(desk)
    await sandbox.change_settings(duplicate_seconds=0)
    for _ in range(2):
        await desk.facebook.step(work_on(page, Draft(TEXT)))

    found = await desk.facebook.look(sent_of(work_on(page, Draft(TEXT))))

    entries = await sandbox.ledger(page.platform_account_id)
    assert {match.platform_post_id for match in found.matches} == {entry["public_id"] for entry in entries}


@pytest.mark.parametrize("answer", ["506", "100/1366051"])
async def test_nothing_seen_after_the_same_is_there_already_proves_nothing(desk: Desk, answer: str):
    work = work_on(await new_page(desk), Draft(TEXT))

    assert await desk.facebook.look(sent_of(work, answer=answer)) == Sighting(out=None)


async def test_another_link_of_the_same_minutes_leaves_a_doubt(desk: Desk):
    """The platform may have put the address into a form of its own."""
    page = await new_page(desk)
    await desk.facebook.step(work_on(page, Draft("", link="https://example.com/canonical")))

    found = await desk.facebook.look(sent_of(work_on(page, Draft("", link="https://example.com/short"))))

    assert found == Sighting(out=None)


async def test_a_long_list_is_read_to_its_end_and_one_without_an_end_proves_nothing(wired: Desk, wire: Wire):
    work = work_on(await new_page(wired), Draft(TEXT))
    entry = {"id": "1_1", "message": "Other", "created_time": "2099-01-01T00:00:00+0000"}
    endless = {"data": [entry], "paging": {"next": "https://x", "cursors": {"after": "more"}}}
    wire.answer(f"GET /{work.channel_id}/published_posts", endless)

    assert await wired.facebook.look(sent_of(work)) == Sighting(out=None)
    pages = wire.asked(f"GET /{work.channel_id}/published_posts")
    assert [one.fields.get("after") for one in pages] == [None, "more", "more", "more", "more"]


async def test_the_end_of_a_list_is_where_posts_are_older(wired: Desk, wire: Wire):
    work = work_on(await new_page(wired), Draft(TEXT))
    old = {"id": "1_1", "message": TEXT, "created_time": "2000-01-01T00:00:00+0000"}
    wire.answer(
        f"GET /{work.channel_id}/published_posts",
        {"data": [old], "paging": {"next": "https://x", "cursors": {"after": "more"}}},
    )

    assert await wired.facebook.look(sent_of(work)) == NOTHING


async def test_a_wrapped_address_is_unwrapped(wired: Desk, wire: Wire):
    work = work_on(await new_page(wired), Draft("", link="https://example.com/a?b=c"))
    attachment = {"url": "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc&h=AT0"}
    post = {"id": "1_9", "created_time": "2099-01-01T00:00:00+0000", "attachments": {"data": [attachment]}}
    wire.answer(f"GET /{work.channel_id}/published_posts", {"data": [post]})

    assert await wired.facebook.look(sent_of(work)) == Sighting(out=False, matches=(Receipt("1_9"),))


async def test_a_published_container_and_its_only_post(desk: Desk, sandbox: Sandbox):
    work = work_on(await new_account(desk), Draft("Caption", media=(sample(sandbox.url),)))
    await lost(desk.instagram, work, sandbox, "POST /media_publish")

    found = await desk.instagram.look(sent_of(work))

    [entry] = await sandbox.ledger(work.channel_id)
    assert (found.out, [match.platform_post_id for match in found.matches]) == (True, [entry["public_id"]])


async def test_without_a_caption_an_image_is_believed_only_if_one_must_be_there(desk: Desk, sandbox: Sandbox):
    account = await new_account(desk)
    work = work_on(account, Draft("", media=(sample(sandbox.url),)))
    await lost(desk.instagram, work, sandbox, "POST /media_publish")
    unsent = work_on(account, Draft("", media=(sample(sandbox.url, "other"),)))
    await desk.instagram.step(unsent)

    assert len((await desk.instagram.look(sent_of(work))).matches) == 1
    assert await desk.instagram.look(sent_of(unsent)) == NOTHING


@pytest.mark.parametrize(("since_the_call", "found"), [(1, 1), (-60, 0), (180, 0)])
async def test_a_story_whose_container_cannot_be_read_is_the_one_that_appeared_at_its_call(
    wired: Desk, wire: Wire, sandbox: Sandbox, since_the_call: int, found: int
):
    options = InstagramOptions(InstagramPlacement.STORY)
    work = work_on(await new_account(wired), Draft("", media=(sample(sandbox.url),), options=options))
    await lost(wired.instagram, work, sandbox, "POST /media_publish")
    wire.answer(f"GET /{work.handles['container']}", GONE, status=400)
    [entry] = await sandbox.ledger(work.channel_id)
    call = datetime.fromisoformat(entry["published_at"]) - timedelta(seconds=since_the_call)

    sighting = await wired.instagram.look(sent_of(work, sent_at=call))

    assert sighting.out is None
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]][:found]


async def test_a_finished_container_without_a_post_was_not_published(desk: Desk, sandbox: Sandbox):
    work = work_on(await new_account(desk), Draft("Caption", media=(sample(sandbox.url),)))
    await desk.instagram.step(work)

    assert await desk.instagram.look(sent_of(work)) == NOTHING


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"status_code": "ERROR"}),
        (200, {"status_code": "EXPIRED"}),
        (200, {}),
        (400, GONE),
    ],
)
async def test_a_container_that_cannot_tell_proves_nothing(
    wired: Desk, wire: Wire, sandbox: Sandbox, status: int, body: dict[str, Any]
):
    work = work_on(await new_account(wired), Draft("Caption", media=(sample(sandbox.url),)))
    await wired.instagram.step(work)
    wire.answer(f"GET /{work.handles['container']}", body, status=status)

    assert await wired.instagram.look(sent_of(work)) == Sighting(out=None)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (503, b"<html>", TransientError),
        (400, {"error": {"code": 32, "message": "Page request limit reached"}}, RateLimitedError),
    ],
)
async def test_a_platform_that_cannot_be_asked_says_so(
    wired: Desk, wire: Wire, status: int, body: Any, error: type[Exception]
):
    work = work_on(await new_page(wired), Draft(TEXT))
    wire.answer(f"GET /{work.channel_id}/published_posts", body, status=status)

    with pytest.raises(error):
        await wired.facebook.look(sent_of(work))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("e\u0301", "\u00e9", True),
        ("a\r\nb\rc", "a\nb\nc", True),
        (" a ", "a", True),
        ("a  b", "a b", False),
        ("A", "a", False),
        (None, "", False),
    ],
)
def test_texts_are_compared_as_a_reader_would(one: object, other: str, same: bool):
    assert same_text(one, other) is same
