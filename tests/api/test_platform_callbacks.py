"""The addresses that platforms call: bounded, signed or refused, and a page that tells how far a deletion is."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from api.platform_callbacks import MAX_NEWS_BYTES, MAX_SIGNED_BYTES
from publishing import models
from tests.api.door import Door
from tests.support.signed import signed_request


async def send(door: Door, path: str, signed: str) -> httpx.Response:
    return await door.http.post(path, data={"signed_request": signed})


@pytest.fixture
def user() -> str:
    return signed_request("77", datetime.now(UTC), secret="live-secret")


async def test_a_deletion_is_answered_with_an_address_that_tells_how_far_it_is(callback_door: Door, user: str):
    answer = (await send(callback_door, "/meta/data-deletion", user)).json()

    code = answer["confirmation_code"]
    assert answer == {"url": f"http://127.0.0.1:8000/meta/data-deletion/{code}", "confirmation_code": code}
    under_way = await callback_door.http.get(answer["url"])
    await models.Removal.filter(code=code).update(completed_at=datetime.now(UTC))
    done = await callback_door.http.get(answer["url"])
    assert [page.status_code for page in (under_way, done)] == [200, 200]
    assert "Under way" in under_way.text
    assert "Everything was deleted on" in done.text


async def test_the_same_request_again_gets_the_same_code(callback_door: Door):
    signed = signed_request("78", datetime.now(UTC), secret="live-secret")

    answers = [(await send(callback_door, "/meta/data-deletion", signed)).json() for _ in range(2)]

    assert answers[0] == answers[1]


@pytest.mark.parametrize("path", ["/meta/deauthorize", "/meta/data-deletion"])
async def test_what_the_platform_did_not_sign_is_refused_and_leaves_nothing(callback_door: Door, path: str):
    before = await models.Removal.all().count()
    old = signed_request("77", datetime.now(UTC) - timedelta(days=3), secret="live-secret")

    for signed in ("", "x.y", old, signed_request("77", datetime.now(UTC))):
        assert (await send(callback_door, path, signed)).status_code == 403
    assert (await callback_door.http.post(path)).status_code == 403
    assert (await callback_door.http.get(path)).status_code == 405
    assert (await callback_door.http.post(path.replace("meta", "myspace"))).status_code == 403
    assert await models.Removal.all().count() == before


async def test_bodies_are_read_no_further_than_they_may_be(callback_door: Door):
    for path, limit in (("/meta/deauthorize", MAX_SIGNED_BYTES), ("/meta/webhook", MAX_NEWS_BYTES)):
        assert (await callback_door.http.post(path, content=b"x" * (limit + 1))).status_code == 413


async def test_an_unknown_code_is_told_nothing(callback_door: Door):
    assert (await callback_door.http.get("/meta/data-deletion/nope")).status_code == 404


async def test_a_webhook_is_verified_with_the_operators_word(callback_door: Door):
    asked = {"hub.mode": "subscribe", "hub.verify_token": "a word", "hub.challenge": "<b>7"}

    good = await callback_door.http.get("/meta/webhook", params=asked)
    bad = await callback_door.http.get("/meta/webhook", params=asked | {"hub.verify_token": "no"})

    assert (good.status_code, good.text, good.headers["content-type"]) == (200, "<b>7", "text/plain; charset=utf-8")
    assert (bad.status_code, "<b>" in bad.text) == (403, False)
    assert (await callback_door.http.post("/meta/webhook", json={"object": "page"})).status_code == 403
