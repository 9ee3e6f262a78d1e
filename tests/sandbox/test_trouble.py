"""Pages that are named for what goes wrong on them: connected like any other, without further set-up."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.meta.trouble import TROUBLES
from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import Page, Stranger, error_of

SQUARE = f"{PICTURES}/square.jpg"
CUT = "cut"


@pytest.fixture
async def pages(meta: Stranger) -> dict[str, Page]:
    """The Pages of Murphy Law by name; images are ready at once, where nothing slows them."""
    await meta.settings(processing={"fixed_seconds": 0})
    return {page.raw["name"]: page for page in await meta.pages("trouble")}


async def outcome(call: Callable[[], Awaitable[httpx.Response]]) -> Any:
    """Tell what a caller gets: a status with its error, or a cut connection."""
    try:
        answer = await call()
    except ConnectionResetError:
        return CUT
    try:
        answer.json()
    except ValueError:
        return answer.status_code, "unreadable"
    return 200 if answer.status_code == 200 else error_of(answer)


async def on_facebook(meta: Stranger, page: Page) -> Any:
    return await outcome(lambda: meta.post(f"{page.id}/feed", page.token, message="Hello"))


async def on_instagram(meta: Stranger, page: Page) -> Any:
    refused = await meta.post(f"{page.instagram}/media", page.token, image_url=SQUARE)
    if refused.status_code != 200:
        return error_of(refused)
    return await outcome(lambda: meta.publish(page, refused.json()["id"]))


DOWN = (503, "unreadable")
RESET = (400, 190, 467)
UNTROUBLED = (200, 200, 1, 1)
OUTCOMES: dict[str, tuple[Any, Any, int, int]] = {
    "All is well": UNTROUBLED,
    "Slow Facebook": UNTROUBLED,
    "Slow Instagram": (200, (400, 9007, 2207027), 1, 0),
    "Instagram never finishes": (200, (400, 9007, 2207027), 1, 0),
    "Loses the answer": (CUT, CUT, 1, 1),
    "Hangs up": (CUT, CUT, 0, 0),
    "Asks to retry": ((500, 2, None), (500, 2, None), 1, 1),
    "Half an answer": ((200, "unreadable"), (200, "unreadable"), 1, 1),
    "Out of order": (DOWN, DOWN, 0, 0),
    "Rate limited": ((400, 80001, 2446079), (400, 80002, 2446079), 0, 0),
    "Token expires soon": UNTROUBLED,
    "Token dies": (RESET, RESET, 0, 0),
    "Says duplicate": ((400, 506, None), 200, 0, 1),
    "Blocked after posting": (200, (400, 4, 2207051), 1, 1),
    "Not ready yet": (200, (400, 9007, 2207027), 1, 0),
    "Unreadable container": UNTROUBLED,
    "No permalink": UNTROUBLED,
    "Late in the feed": UNTROUBLED,
}
"""What publishing on each Page answers on Facebook and on Instagram, and how much of it the public then sees there."""


def test_every_page_is_tried():
    assert set(OUTCOMES) == {trouble.name for trouble in TROUBLES}


@pytest.mark.parametrize("name", OUTCOMES)
async def test_publishing_does_what_the_page_is_named_for(
    meta: Stranger, pages: dict[str, Page], name: str, monkeypatch: pytest.MonkeyPatch
):
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("sandbox.faults.asyncio.sleep", wait)
    page = pages[name]

    found = (
        await on_facebook(meta, page),
        await on_instagram(meta, page),
        len(await meta.ledger(page.id)),
        len(await meta.ledger(page.instagram)),
    )

    assert found == OUTCOMES[name]
    assert waited == ([20] if name == "Slow Facebook" else [])
    assert (await meta.admin("faults"))["rules"] == []


@pytest.mark.parametrize("edge", ["videos", "video_reels", "video_stories"])
@pytest.mark.parametrize(("name", "answer", "public"), [("Loses the answer", CUT, 1), ("Hangs up", CUT, 0)])
async def test_a_video_meets_it_at_the_call_that_makes_it_public(
    *, meta: Stranger, pages: dict[str, Page], edge: str, name: str, answer: Any, public: int
):
    page, address = pages[name], f"{PICTURES}/reel.mp4"
    if edge == "videos":
        found = await outcome(lambda: meta.post(f"{page.id}/videos", page.token, file_url=address))
    else:
        video, url = await meta.start(page, edge)
        assert (await meta.upload(url, page.token, file_url=address)).json() == {"success": True}
        found = await outcome(lambda: meta.finish(page, video, edge))

    assert (found, len(await meta.ledger(page.id))) == (answer, public)


async def test_a_slow_instagram_is_done_after_forty_five_seconds(meta: Stranger, pages: dict[str, Page]):
    page, never = pages["Slow Instagram"], pages["Instagram never finishes"]
    slow, endless = [await meta.container(one, image_url=SQUARE) for one in (page, never)]

    await meta.pass_time(40)
    early = (await meta.status(page, slow))["status_code"]
    await meta.pass_time(6)
    late = (await meta.status(page, slow))["status_code"]
    await meta.pass_time(86_400)

    assert (early, late) == ("IN_PROGRESS", "FINISHED")
    assert (await meta.status(never, endless))["status_code"] == "EXPIRED"


async def test_a_token_that_expires_soon_says_so_and_a_new_one_is_had_for_the_asking(
    meta: Stranger, pages: dict[str, Page]
):
    page = pages["Token expires soon"]
    now = (await meta.admin("clock"))["unix"]

    promised = (await meta.debug(page.token))["expires_at"]
    await meta.pass_time(601)
    late = await on_facebook(meta, page)
    user = await meta.token("trouble")
    fresh = (await meta.get(page.id, user, fields="access_token")).json()["access_token"]
    again = (await meta.get(page.id, user, fields="access_token")).json()["access_token"]
    await meta.pass_time(601)
    renewed = (await meta.get(page.id, user, fields="access_token")).json()["access_token"]

    assert abs(promised - now - 600) < 5
    assert late == (400, 190, 463)
    assert (fresh == again, fresh == renewed) == (True, False)
    assert (await meta.debug(renewed))["is_valid"]


async def test_a_rate_limited_page_tells_how_long_and_leaves_other_pages_alone(meta: Stranger, pages: dict[str, Page]):
    page = pages["Rate limited"]

    refused = await meta.post(f"{page.id}/feed", page.token, message="Hello")

    assert '"estimated_time_to_regain_access":1' in refused.headers["x-business-use-case-usage"]
    assert await on_facebook(meta, pages["All is well"]) == 200
    await meta.pass_time(61)
    assert await on_facebook(meta, page) == (400, 80001, 2446079)


async def test_a_container_that_is_not_ready_yet_is_published_at_the_third_try(meta: Stranger, pages: dict[str, Page]):
    page = pages["Not ready yet"]
    container = await meta.container(page, image_url=SQUARE)

    found = [(await meta.publish(page, container)).status_code for _ in range(3)]

    assert found == [400, 400, 200]
    assert len(await meta.ledger(page.instagram)) == 1


async def test_what_cannot_be_read_cannot_be_read(meta: Stranger, pages: dict[str, Page]):
    hidden, nameless, late = (pages[name] for name in ("Unreadable container", "No permalink", "Late in the feed"))
    container = await meta.container(hidden, image_url=SQUARE)
    post = (await meta.post(f"{nameless.id}/feed", nameless.token, message="x")).json()["id"]
    media = (await meta.publish(nameless, await meta.container(nameless, image_url=SQUARE))).json()["id"]
    await on_facebook(meta, late)

    unread = [
        await meta.get(container, hidden.token, fields="status_code"),
        await meta.get(post, nameless.token, fields="permalink_url"),
        await meta.get(media, nameless.token, fields="permalink"),
    ]
    before = (await meta.get(f"{late.id}/published_posts", late.token)).json()["data"]
    await meta.pass_time(121)
    after = (await meta.get(f"{late.id}/published_posts", late.token)).json()["data"]

    assert [error_of(answer) for answer in unread] == [(400, 100, 33)] * 3
    assert (len(before), len(after)) == (0, 1)


async def test_the_consent_page_says_what_each_page_does(meta: Stranger):
    text = (await meta.dialog(persona="trouble")).text

    assert all(trouble.name in text and trouble.about in text for trouble in TROUBLES)
