"""Every row of the Graph API's tables is to be had, before the work or after it."""

import pytest

from sandbox.meta.graph_errors import GRAPH_ERRORS
from tests.sandbox.conftest import FILES
from tests.sandbox.stranger import Page, Stranger, error_of


@pytest.fixture
async def page(meta: Stranger) -> Page:
    return await meta.page()


@pytest.mark.parametrize("name", GRAPH_ERRORS)
async def test_a_row_is_answered_as_it_stands(meta: Stranger, page: Page, name: str):
    row = GRAPH_ERRORS[name]
    await meta.admin("faults", {"fault": "graph_error", "endpoint": "POST /feed", "options": {"error": name}})

    answer = await meta.post(f"{page.id}/feed", page.token, message="Never seen")

    error = answer.json()["error"]
    assert error_of(answer) == (row.status, row.code, row.subcode)
    assert (error["message"], error["type"], error.get("error_user_title")) == (row.message, row.kind, row.title)
    assert await meta.ledger() == []


async def test_a_row_may_deny_what_was_done(meta: Stranger, page: Page):
    options = {"error": "368-already", "landed": True}
    await meta.admin("faults", {"fault": "graph_error", "endpoint": "POST /feed", "next": 1, "options": options})

    answer = await meta.post(f"{page.id}/feed", page.token, message="Seen")

    assert error_of(answer) == (400, 368, None)
    assert [entry["text"] for entry in await meta.ledger()] == ["Seen"]


async def test_a_row_that_does_not_exist_is_refused_with_those_that_do(meta: Stranger):
    rule = {"fault": "graph_error", "endpoint": "*", "options": {"error": "7"}}
    answer = await meta.http.post("/_admin/faults", json=rule)

    assert answer.status_code == 422
    assert "190/463" in answer.json()["error"]


async def test_an_upload_is_cut_and_goes_on_where_it_was(meta: Stranger, page: Page):
    reel = FILES["reel.mp4"]
    rule = {"fault": "cut_upload", "endpoint": "POST /video-upload", "next": 1, "options": {"kept_bytes": 700}}
    await meta.admin("faults", rule)
    video, url = await meta.start(page)
    headers = {"file_size": str(len(reel))}

    with pytest.raises(ConnectionResetError):
        await meta.upload(url, page.token, reel, offset="0", **headers)
    there = (await meta.get(video, page.token, fields="status")).json()["status"]["uploading_phase"]
    rest = await meta.upload(url, page.token, reel[700:], offset="700", **headers)

    assert there["bytes_transfered"] == 700
    assert rest.json() == {"success": True}
