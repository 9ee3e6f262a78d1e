"""Images by address: fetched, checked, and refused in words that name the file, the rule and the host it came from."""

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from PIL import Image

from tests.e2e.conftest import Town
from tests.support.journey import image
from tests.support.webserver import serving


@dataclass
class Gallery:
    """A stranger's web server."""

    url: str = ""
    asked: list[str] = field(default_factory=list)


def picture(kind: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, kind)
    return out.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "/page.jpg": lambda: b"<html>Not here</html>",
    "/huge.jpg": lambda: b"\xff\xd8\xff" + b"0" * (11 * 1024 * 1024),
    "/picture.png": lambda: picture("PNG", 400, 400),
    "/picture.webp": lambda: picture("WEBP", 400, 400),
    "/tower.jpg": lambda: picture("JPEG", 300, 900),
    "/cut.jpg": lambda: picture("JPEG", 400, 400)[:-400],
}


@pytest.fixture
async def gallery() -> AsyncIterator[Gallery]:
    shown = Gallery()

    async def show(request: web.Request) -> web.Response:
        shown.asked.append(request.path)
        if request.path in PICTURES:
            return web.Response(body=PICTURES[request.path](), content_type="image/jpeg")
        if request.path == "/second-time.jpg" and shown.asked.count(request.path) > 1:
            return web.Response(body=picture("JPEG", 400, 400), content_type="image/jpeg")
        return web.Response(status=503)

    async with serving(show) as shown.url:
        yield shown


@pytest.mark.parametrize(
    ("platform", "name", "rule"),
    [
        ("facebook", "page.jpg", "(127.0.0.1) cannot be used"),
        ("facebook", "huge.jpg", "(127.0.0.1) is larger than 10,000,000 bytes"),
        ("facebook", "picture.webp", "is image/webp; image/jpeg, image/png"),
        ("facebook", "cut.jpg", "(127.0.0.1) cannot be used"),
        ("instagram", "picture.png", "is image/png; image/jpeg is taken."),
        ("instagram", "huge.jpg", "(127.0.0.1) is larger than 8,388,608 bytes"),
        ("instagram", "tower.jpg", "is 300 by 900 pixels; width to height must be 0.8 to 1.91"),
    ],
)
async def test_an_image_that_cannot_be_used_fails_with_its_number_and_rule(
    town: Town, gallery: Gallery, platform: str, name: str, rule: str
):
    shop = town.shop()
    good, bad = image(town.picture("good", width=400, height=400)), image(f"{gallery.url}/{name}")
    content = {"text": "Two", "media": [good, bad]} if platform == "facebook" else {"media": [bad]}

    found = await town.journey.outcome(await town.journey.accepted(platform, shop.of(platform), **content))

    number = len(content["media"])
    assert (found["status"], found["error"]["code"], found["error"]["retryable"]) == ("FAILED", "MEDIA_REJECTED", False)
    assert found["error"]["message"].startswith(f"File {number} {rule}")
    assert await town.public(shop, platform) == []


async def test_an_image_that_cannot_be_reached_is_tried_three_times_more_and_fails(town: Town, gallery: Gallery):
    shop = town.shop()
    publication_id = await town.journey.accepted("instagram", shop.instagram, media=[image(f"{gallery.url}/away.jpg")])

    retrying = await town.journey.outcome(publication_id, among=("RETRYING",))
    found = await town.journey.outcome(publication_id)

    assert (retrying["error"]["code"], retrying["error"]["retryable"]) == ("MEDIA_REJECTED", True)
    assert (found["status"], found["error"]["code"]) == ("FAILED", "MEDIA_REJECTED")
    assert found["error"]["message"] == "File 1 (127.0.0.1) could not be fetched (The address answered 503)."
    assert len(gallery.asked) == 4
    assert await town.public(shop, "instagram") == []


async def test_an_image_that_comes_back_is_published_once(town: Town, gallery: Gallery):
    shop = town.shop()
    media = [image(f"{gallery.url}/second-time.jpg")]

    found = await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, text="Late", media=media))

    assert (found["status"], found["error"]) == ("PUBLISHED", None)
    assert [entry["text"] for entry in await town.public(shop, "facebook")] == ["Late"]


async def test_addresses_of_the_inner_network_are_refused_without_a_connection(own_town, gallery: Gallery):
    town = await own_town(allow_private_urls="")
    shop = town.shop()
    await town.stack.start_worker()
    addresses = [f"{gallery.url}/second-time.jpg", gallery.url.replace("127.0.0.1", "localhost") + "/x.jpg"]

    found = [
        await town.journey.outcome(
            await town.journey.accepted("facebook", shop.facebook, text="In", media=[image(url)])
        )
        for url in addresses
    ]

    assert {(one["status"], one["error"]["code"]) for one in found} == {("FAILED", "MEDIA_REJECTED")}
    assert all("must not fetch" in one["error"]["message"] for one in found)
    assert gallery.asked == []
