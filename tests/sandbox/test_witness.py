"""What the public sees: the ledger in order, the feed page with pictures, a page per post."""

import pytest

from tests.sandbox.conftest import FILES, PICTURES
from tests.sandbox.stranger import Page, Stranger

SQUARE, SECOND = f"{PICTURES}/square.jpg", f"{PICTURES}/second.jpg"


@pytest.fixture
async def page(meta: Stranger) -> Page:
    await meta.settings(processing={"fixed_seconds": 0})
    return await meta.page()


async def three(meta: Stranger, page: Page) -> list[str]:
    """Publish a text, two photos and an Instagram image, and give their public ids."""
    text = await meta.post(f"{page.id}/feed", page.token, message="One <i>text</i>")
    photos = [await meta.photo(page, url, alt_text_custom="A & B") for url in (SQUARE, SECOND)]
    given = {f"attached_media[{n}]": f'{{"media_fbid":"{photo}"}}' for n, photo in enumerate(photos)}
    post = await meta.post(f"{page.id}/feed", page.token, message="Two", **given)
    image = await meta.publish(page, await meta.container(page, image_url=SQUARE, caption="Three"))
    return [answer.json()["id"] for answer in (text, post, image)]


async def test_the_ledger_keeps_everything_in_order_with_when_and_by_which_call(meta: Stranger, page: Page):
    ids = await three(meta, page)

    entries = await meta.ledger()

    assert [entry["public_id"] for entry in entries] == ids
    assert [entry["sequence"] for entry in entries] == [1, 2, 3]
    assert entries[0]["published_at_unix"] <= entries[2]["published_at_unix"]
    assert len({entry["request_id"] for entry in entries}) == 3
    assert len({entry["token_fingerprint"] for entry in entries}) == 1
    assert entries[1]["image_hashes"][0] == entries[2]["image_hashes"][0]


async def test_a_call_can_be_traced_from_the_ledger_to_the_log(meta: Stranger, page: Page):
    answer = await meta.post(f"{page.id}/feed", page.token, message="Trace me")

    (entry,) = await meta.ledger()
    (call,) = (await meta.admin("calls", endpoint="POST /feed"))["calls"]
    assert entry["request_id"] == call["request_id"] == answer.headers["x-fb-trace-id"]
    assert (call["status"], call["account_id"]) == (200, page.id)


async def test_the_ledger_is_read_for_one_account_and_from_a_place_on(meta: Stranger, page: Page):
    ids = await three(meta, page)

    mine = await meta.ledger(page.instagram)
    late = await meta.admin("ledger", after=2)

    assert [entry["public_id"] for entry in mine] == [entry["public_id"] for entry in late["entries"]] == ids[2:]
    assert late["count"] == 1


async def test_an_emptied_ledger_counts_on(meta: Stranger, page: Page):
    await three(meta, page)

    removed = await meta.admin("ledger", method="DELETE")
    await meta.post(f"{page.id}/feed", page.token, message="Four")

    assert removed == {"removed": 3}
    assert [entry["sequence"] for entry in await meta.ledger()] == [4]


async def test_the_feed_shows_texts_and_pictures_newest_first(meta: Stranger, page: Page):
    await three(meta, page)

    html = (await meta.http.get("/")).text

    assert html.index("Three") < html.index("Two") < html.index("One &lt;i&gt;text")
    assert html.count("<img ") == 3
    assert 'alt="A &amp; B"' in html
    assert "SANDBOX" in html


async def test_the_pictures_are_the_bytes_that_were_fetched(meta: Stranger, page: Page):
    await three(meta, page)
    first, second = (await meta.ledger())[1]["image_hashes"]

    answers = [await meta.http.get(f"/pictures/{one}") for one in (first, second)]

    assert [answer.content for answer in answers] == [FILES["square.jpg"], FILES["second.jpg"]]
    assert answers[0].headers["content-type"] == "image/jpeg"
    assert (await meta.http.get("/pictures/nonsense")).status_code == 404


async def test_one_accounts_feed_shows_that_account(meta: Stranger, page: Page):
    await three(meta, page)

    html = (await meta.http.get("/", params={"account": page.instagram})).text

    assert "Three" in html
    assert "Two" not in html


async def test_every_entry_has_a_page_of_its_own(meta: Stranger, page: Page):
    await three(meta, page)

    for entry in await meta.ledger():
        answer = await meta.http.get(entry["permalink"])
        assert answer.status_code == 200
        assert entry["public_id"] in answer.text


@pytest.mark.parametrize("path", ["/facebook/1_2", "/p/nothing", "/p/nothing/"])
async def test_what_was_never_public_is_not_available(meta: Stranger, path: str):
    assert (await meta.http.get(path)).status_code == 404


async def test_an_empty_feed_says_so_and_reloads(meta: Stranger):
    html = (await meta.http.get("/")).text

    assert "Nothing is public yet" in html
    assert 'http-equiv="refresh"' in html


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "$title ${body}", '"><img src=x onerror=alert(1)>'])
async def test_what_is_published_stays_text(meta: Stranger, page: Page, text: str):
    await meta.post(f"{page.id}/feed", page.token, message=text)

    answer = await meta.http.get("/")

    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]


async def test_a_sample_is_drawn_from_its_name_or_uploaded(meta: Stranger):
    drawn = await meta.http.get("/samples/hello.jpg", params={"width": 600, "height": 400})
    again = await meta.http.get("/samples/hello.jpg", params={"width": 600, "height": 400})
    kept = await meta.http.put("/samples/mine.jpg", content=FILES["second.jpg"])

    assert drawn.content == again.content
    assert drawn.content[:2] == b"\xff\xd8"
    assert kept.status_code == 201
    assert (await meta.http.get("/samples/mine.jpg")).content == FILES["second.jpg"]


@pytest.mark.parametrize("name", ["square.png", "page.html", "empty.jpg"])
async def test_only_a_jpeg_is_taken_as_a_sample(meta: Stranger, name: str):
    assert (await meta.http.put("/samples/mine.jpg", content=FILES[name])).status_code == 422


async def test_a_sample_has_a_bound(meta: Stranger):
    assert (await meta.http.put("/samples/mine.jpg", content=b"\xff" * (10 * 1024 * 1024 + 1))).status_code == 413
