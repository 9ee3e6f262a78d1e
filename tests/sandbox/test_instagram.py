"""Publishing on Instagram: containers on their way, and what becomes public of them."""

from typing import Any

import pytest

from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import DAY, Page, Stranger, error_of

SQUARE = f"{PICTURES}/square.jpg"


@pytest.fixture
async def page(meta: Stranger) -> Page:
    await meta.settings(processing={"fixed_seconds": 10})
    return await meta.page()


async def code(meta: Stranger, page: Page, container: str) -> str:
    return (await meta.status(page, container))["status_code"]


async def refused(meta: Stranger, page: Page, **given: Any) -> tuple[int, int, int | None]:
    return error_of(await meta.post(f"{page.instagram}/media", page.token, **given))


async def test_a_container_is_processed_and_then_published(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE, caption="Bread", alt_text="A loaf")
    waiting = await meta.status(page, container)
    await meta.pass_time(10)
    finished = await meta.status(page, container)
    before = await meta.ledger()

    media = (await meta.publish(page, container)).json()["id"]

    (entry,) = await meta.ledger()
    assert waiting["status_code"] == "IN_PROGRESS"
    assert finished["status_code"] == "FINISHED"
    assert finished["status"] == "Finished: Media has been uploaded and it is ready to be published."
    assert before == []
    assert await code(meta, page, container) == "PUBLISHED"
    assert (entry["public_id"], entry["platform"], entry["account_id"]) == (media, "instagram", page.instagram)
    assert (entry["kind"], entry["text"], entry["alt_texts"]) == ("image", "Bread", ["A loaf"])


async def test_publishing_too_early_is_refused_and_costs_nothing(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE)

    early = await meta.publish(page, container)
    await meta.pass_time(10)
    in_time = await meta.publish(page, container)

    assert error_of(early) == (400, 9007, 2207027)
    assert early.json()["error"]["message"] == "Media ID is not available"
    assert in_time.status_code == 200
    assert len(await meta.ledger()) == 1


async def test_a_container_that_nobody_published_expires_after_a_day(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE)
    await meta.pass_time(DAY - 5)
    before = await code(meta, page, container)
    await meta.pass_time(5)

    answer = await meta.publish(page, container)

    assert (before, await code(meta, page, container)) == ("FINISHED", "EXPIRED")
    assert error_of(answer) == (400, -2, 2207020)
    assert await meta.ledger() == []


async def test_a_published_one_does_not_expire(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE)
    await meta.pass_time(10)
    await meta.publish(page, container)
    await meta.pass_time(2 * DAY)

    assert await code(meta, page, container) == "PUBLISHED"


@pytest.mark.parametrize(
    ("republish", "answered", "public"),
    [
        ("same_id", (200, None, None), 1),
        ("error_24_2207008", (400, 24, 2207008), 1),
        ("error_9007", (400, 9007, 2207027), 1),
        ("duplicate", (200, None, None), 2),
    ],
)
async def test_publishing_twice_does_what_the_administrator_chose(
    meta: Stranger, page: Page, republish: str, answered: Any, public: int
):
    await meta.settings(republish=republish)
    container = await meta.container(page, image_url=SQUARE)
    await meta.pass_time(10)

    first, second = [await meta.publish(page, container) for _ in range(2)]

    assert answered == (200, None, None) if second.status_code == 200 else error_of(second) == answered
    assert len(await meta.ledger()) == public
    if second.status_code == 200:
        assert (first.json() == second.json()) == (republish == "same_id")


async def test_two_calls_at_once_publish_once(meta: Stranger, page: Page):
    import asyncio

    container = await meta.container(page, image_url=SQUARE)
    await meta.pass_time(10)

    answers = await asyncio.gather(*(meta.publish(page, container) for _ in range(10)))

    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await meta.ledger()) == 1


@pytest.mark.parametrize("container", ["", "1", "17900000000000000", "x" * 1000])
async def test_a_container_that_is_none_is_not_published(meta: Stranger, page: Page, container: str):
    assert error_of(await meta.publish(page, container))[:2] in {(400, 24), (400, 100)}


async def test_a_container_of_another_account_is_not_published(meta: Stranger):
    mine, other = await meta.pages("two-pages")
    container = await meta.container(other, image_url=SQUARE)
    await meta.pass_time(10)

    assert error_of(await meta.publish(mine, container)) == (400, 24, 2207008)


async def test_processing_times_follow_the_law_that_was_set(meta: Stranger):
    page = await meta.page()
    await meta.settings(processing={"median_seconds": 300, "p99_seconds": 4_000})
    containers = [await meta.container(page, image_url=SQUARE) for _ in range(200)]

    await meta.pass_time(300)
    after_median = [await code(meta, page, one) for one in containers].count("FINISHED")
    await meta.pass_time(80_000)  # five standard deviations; a container lives a day
    in_the_end = {await code(meta, page, one) for one in containers}

    assert 60 < after_median < 140
    assert in_the_end == {"FINISHED"}


@pytest.mark.parametrize(
    ("length", "allowed"), [(2_200, True), (2_201, False)], ids=["the longest caption", "one too long"]
)
async def test_a_caption_has_at_most_2200_characters(meta: Stranger, page: Page, length: int, allowed: bool):
    answer = await meta.post(f"{page.instagram}/media", page.token, image_url=SQUARE, caption="🥖" * length)

    assert (answer.status_code == 200) == allowed
    assert allowed or error_of(answer) == (400, 36004, 2207010)


@pytest.mark.parametrize(("mark", "most"), [("#", 30), ("@", 20)])
async def test_a_caption_has_so_many_hashtags_and_mentions(meta: Stranger, page: Page, mark: str, most: int):
    def caption(count: int) -> str:
        return " ".join(f"{mark}word{number}" for number in range(count))

    assert await meta.container(page, image_url=SQUARE, caption=caption(most))
    assert await refused(meta, page, image_url=SQUARE, caption=caption(most + 1)) == (400, 100, 2207040)


async def test_alternative_text_has_at_most_1000_characters(meta: Stranger, page: Page):
    assert await meta.container(page, image_url=SQUARE, alt_text="x" * 1_000)
    assert await refused(meta, page, image_url=SQUARE, alt_text="x" * 1_001) == (400, 100, None)


BAD_IMAGES = {
    "missing.jpg": (9004, 2207052),
    "moved.jpg": (9004, 2207052),
    "page.html": (9004, 2207052),
    "empty.jpg": (9004, 2207052),
    "large.jpg": (36000, 2207004),
    "square.png": (36001, 2207005),
    "square.webp": (36001, 2207005),
    "tall.jpg": (36003, 2207009),
    "wide.jpg": (36003, 2207009),
}


@pytest.mark.parametrize("name", BAD_IMAGES)
async def test_an_image_is_really_fetched_and_looked_at(meta: Stranger, page: Page, name: str):
    assert await refused(meta, page, image_url=f"{PICTURES}/{name}") == (400, *BAD_IMAGES[name])


@pytest.mark.parametrize("name", BAD_IMAGES)
async def test_a_bad_image_may_be_found_out_late(meta: Stranger, page: Page, name: str):
    await meta.settings(image_errors="status")
    container = await meta.container(page, image_url=f"{PICTURES}/{name}")
    before = await code(meta, page, container)
    await meta.pass_time(10)

    found = await meta.status(page, container)
    answer = await meta.publish(page, container)

    assert (before, found["status_code"]) == ("IN_PROGRESS", "ERROR")
    number, subcode = BAD_IMAGES[name]
    assert ("doesn't meet our requirements" if number == 9004 else str(subcode)) in found["status"]
    assert error_of(answer) == (400, -1, 2207032)
    assert await meta.ledger() == []


async def test_four_by_five_is_narrow_enough(meta: Stranger, page: Page):
    assert await meta.container(page, image_url=f"{PICTURES}/portrait.jpg")


@pytest.mark.parametrize(
    "url", ["", "nonsense", "ftp://pictures.example/a.jpg", "http://bücher.example/a.jpg", "http://["]
)
async def test_an_address_is_plain_and_whole(meta: Stranger, page: Page, url: str):
    assert (await refused(meta, page, image_url=url))[1] in {100, 9004}


async def test_an_unknown_kind_is_refused(meta: Stranger, page: Page):
    assert await refused(meta, page, image_url=SQUARE, media_type="HOLOGRAM") == (400, 100, 2207023)


async def test_the_quota_counts_what_was_published_in_a_day(meta: Stranger, page: Page):
    await meta.settings(quota_total=1)
    containers = [await meta.container(page, image_url=SQUARE) for _ in range(2)]
    await meta.pass_time(10)

    first, second = [await meta.publish(page, one) for one in containers]
    limit = await meta.get(f"{page.instagram}/content_publishing_limit", page.token, fields="quota_usage,config")
    await meta.pass_time(DAY)
    fresh = await meta.container(page, image_url=SQUARE)
    await meta.pass_time(10)
    third = await meta.publish(page, fresh)

    assert (first.status_code, error_of(second), third.status_code) == (200, (400, 9, 2207042), 200)
    assert limit.json()["data"] == [{"quota_usage": 1, "config": {"quota_total": 1, "quota_duration": DAY}}]


async def test_containers_are_counted_too_the_refused_ones_among_them(meta: Stranger, page: Page):
    await meta.settings(containers_per_day=2)
    await meta.container(page, image_url=SQUARE)
    await refused(meta, page, image_url=f"{PICTURES}/missing.jpg")

    assert await refused(meta, page, image_url=SQUARE) == (400, 9, 2207042)


async def test_media_are_listed_and_read_with_an_address_that_works(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE, caption="Hello")
    await meta.pass_time(10)
    media = (await meta.publish(page, container)).json()["id"]

    read = (await meta.get(media, page.token, fields="permalink,shortcode,caption,media_type,timestamp")).json()
    wanted = "id,caption,timestamp,media_type,permalink"
    listed = (await meta.get(f"{page.instagram}/media", page.token, fields=wanted)).json()["data"]

    assert (read["caption"], read["media_type"]) == ("Hello", "IMAGE")
    assert read["permalink"].endswith(f"/p/{read['shortcode']}")
    assert (await meta.http.get(read["permalink"])).status_code == 200
    assert listed == [{"id": media, **{name: read[name] for name in wanted.split(",")[1:]}}]
    assert read["timestamp"].endswith("+0000")


@pytest.mark.parametrize("field", ["permalink", "timestamp", "expires_at", "media_id"])
async def test_a_container_tells_nothing_of_its_media(meta: Stranger, page: Page, field: str):
    container = await meta.container(page, image_url=SQUARE)

    answer = await meta.get(container, page.token, fields=field)

    assert error_of(answer) == (400, 100, None)
    assert f"nonexisting field ({field})" in answer.json()["error"]["message"]
