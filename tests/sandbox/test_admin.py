"""Administration: personas, settings, clock, tokens, calls."""

from typing import Any

import pytest

from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import Stranger


async def test_personas_are_listed_with_their_pages(meta: Stranger):
    await meta.settings(persona="many:3")

    found = await meta.admin("personas")

    assert {*found["personas"]} - {"many:N"} == set(found["people"])
    (page,) = found["people"]["solo"]["pages"]
    assert page["id"] == (await meta.page("solo")).id


async def test_settings_change_one_by_one(meta: Stranger):
    before = (await meta.admin("personas"))["settings"]

    after = (await meta.admin("personas", {"quota_total": 3}))["settings"]

    assert after == {**before, "quota_total": 3}


@pytest.mark.parametrize(
    "change",
    [
        {"persona": "nobody"},
        {"processing": {"fixed_seconds": -1}},
        {"processing": {"median_seconds": 5, "p99_seconds": 1}},
        {"processing": "quick"},
        {"republish": "sometimes"},
        {"quota_total": -1},
        {"unknown": True},
        [],
        "text",
        None,
    ],
    ids=str,
)
async def test_a_setting_that_cannot_be_is_refused_and_changes_nothing(meta: Stranger, change: Any):
    before = (await meta.admin("personas"))["settings"]

    answer = await meta.http.post("/_admin/personas", json=change)

    assert answer.status_code == 422
    assert (await meta.admin("personas"))["settings"] == before


async def test_time_moves_forward_and_back_again_and_not_beyond_its_start(meta: Stranger):
    before = await meta.admin("clock")

    moved = await meta.admin("clock", {"advance_seconds": 86_400})
    back = await meta.admin("clock", {"advance_seconds": -3_600})
    beyond = await meta.http.post("/_admin/clock", json={"advance_seconds": -90_000})

    assert 86_400 <= moved["unix"] - before["unix"] < 86_410
    assert moved["now"].endswith("Z")
    assert back["offset_seconds"] == 82_800
    assert beyond.status_code == 422
    assert "does not go back beyond" in beyond.json()["error"]
    assert (await meta.admin("clock"))["offset_seconds"] == 82_800


async def test_a_post_of_the_past_is_listed_where_its_time_is(meta: Stranger):
    page = await meta.page()
    await meta.pass_time(3_600)
    now = (await meta.admin("clock"))["unix"]
    await meta.post(f"{page.id}/feed", page.token, message="In an hour")
    await meta.pass_time(-1_800)
    await meta.post(f"{page.id}/feed", page.token, message="In half an hour")
    await meta.pass_time(1_800)

    listed = (await meta.get(f"{page.id}/published_posts", page.token, fields="message")).json()["data"]
    late = (await meta.get(f"{page.id}/published_posts", page.token, fields="message", since=int(now) - 60)).json()

    assert [one["message"] for one in listed] == ["In an hour", "In half an hour"]
    assert [one["message"] for one in late["data"]] == ["In an hour"]


@pytest.mark.parametrize("seconds", [1e308, "Infinity", "NaN", None, "soon", [], 4e9])
async def test_a_leap_beyond_reason_is_refused(meta: Stranger, seconds: Any):
    answer = await meta.http.post("/_admin/clock", json={"advance_seconds": seconds})

    assert answer.status_code == 422
    assert (await meta.admin("clock"))["offset_seconds"] == 0


async def test_live_copies_of_one_text_are_counted(meta: Stranger):
    mine, other = await meta.pages("two-pages")
    ids = [
        (await meta.post(f"{page.id}/feed", page.token, message=text)).json()["id"]
        for page, text in ((mine, "Twice"), (mine, "Twice"), (mine, "Once"), (other, "Twice"), (mine, "Twice"))
    ]
    await meta.delete(ids[4], mine.token)

    found = await meta.admin("ledger", account=mine.id, text="Twice")
    everything = await meta.admin("ledger")

    assert (found["count"], found["live"]) == (3, 2)
    assert [entry["public_id"] for entry in found["entries"]] == [ids[0], ids[1], ids[4]]
    expected = {"account_id": mine.id, "text": "Twice", "copies": 2, "public_ids": ids[:2]}
    assert everything["repeated"] == [expected]


async def test_copies_without_text_are_told_by_their_pictures(meta: Stranger):
    page = await meta.page()
    for name in ("square.jpg", "square.jpg", "second.jpg"):
        await meta.post(f"{page.id}/photos", page.token, url=f"{PICTURES}/{name}")

    found = await meta.admin("ledger")

    assert found["live"] == 3
    assert [group["copies"] for group in found["repeated"]] == [2]


async def test_calls_are_logged_by_path_without_what_they_carried(meta: Stranger):
    page = await meta.page()
    await meta.post(f"{page.id}/feed", page.token, message="A message of mine")

    found = await meta.admin("calls")

    assert found["endpoints"]["POST /feed"]["count"] == 1
    call = found["calls"][-1]
    assert (call["method"], call["path"], call["endpoint"]) == ("POST", f"/meta/v26.0/{page.id}/feed", "POST /feed")
    assert "A message of mine" not in str(found)


async def test_calls_are_narrowed_and_forgotten(meta: Stranger):
    mine, other = await meta.pages("two-pages")
    for page in (mine, mine, other):
        await meta.post(f"{page.id}/feed", page.token, message="x")

    narrowed = await meta.admin("calls", endpoint="POST /feed", account=mine.id)
    limited = await meta.admin("calls", endpoint="POST /feed", limit=1)
    late = await meta.admin("calls", endpoint="POST /feed", after=narrowed["calls"][-1]["sequence"])
    await meta.admin("calls", method="DELETE")

    assert (narrowed["count"], limited["count"], len(limited["calls"])) == (2, 3, 1)
    assert [call["account_id"] for call in late["calls"]] == [other.id]
    assert (await meta.admin("calls"))["count"] == 0


@pytest.mark.parametrize(
    "wish",
    [
        {"persona": "nobody", "subcode": 460},
        {"persona": "solo", "subcode": 1},
        {"persona": "solo"},
        {},
        [],
        {"subcode": "x"},
    ],
    ids=str,
)
async def test_tokens_of_nobody_are_not_taken_back(meta: Stranger, wish: Any):
    assert (await meta.http.post("/_admin/tokens", json=wish)).status_code == 422


async def test_it_lives(meta: Stranger):
    assert (await meta.http.get("/healthz")).text == "ok\n"
