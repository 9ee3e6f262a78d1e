"""Several calls in one."""

import json
from typing import Any

import httpx
import pytest

from tests.sandbox.stranger import VERSION, Page, Stranger, error_of, proof


@pytest.fixture
async def page(meta: Stranger) -> Page:
    return await meta.page()


async def batch(meta: Stranger, page: Page, *items: dict[str, Any], **given: Any) -> httpx.Response:
    form = {"batch": json.dumps(items), "access_token": page.token, "appsecret_proof": proof(page.token), **given}
    return await meta.http.post(f"{VERSION}/", data=form)


async def test_each_call_of_a_batch_is_answered_by_itself(meta: Stranger, page: Page):
    answer = await batch(
        meta,
        page,
        {"method": "POST", "relative_url": f"v26.0/{page.id}/feed", "body": "message=One%20%26%20two"},
        {"method": "POST", "relative_url": f"{page.id}/feed", "body": "message="},
        {"method": "GET", "relative_url": f"{page.id}?fields=name"},
    )

    first, second, third = answer.json()
    (entry,) = await meta.ledger()
    assert (first["code"], json.loads(first["body"])) == (200, {"id": entry["public_id"]})
    assert (second["code"], json.loads(second["body"])["error"]["code"]) == (400, 197)
    assert json.loads(third["body"])["name"] == "Solo Bakery"
    assert {"name", "value"} == first["headers"][0].keys()
    assert entry["text"] == "One & two"
    endpoints = [one["endpoint"] for one in (await meta.admin("calls"))["calls"]]
    assert endpoints[-4:] == ["POST /batch", "POST /feed", "POST /feed", "GET /page"]


async def test_a_call_takes_from_the_answer_of_an_earlier_one(meta: Stranger, page: Page):
    answer = await batch(
        meta,
        page,
        {"method": "POST", "relative_url": f"{page.id}/feed", "body": "message=Post", "name": "post"},
        {"method": "POST", "relative_url": "{result=post:$.id}/comments", "body": "message=First"},
        include_headers="false",
    )

    quiet, comment = answer.json()
    assert quiet is None
    assert comment.keys() == {"code", "body"}
    assert [entry["text"] for entry in await meta.ledger()] == ["Post", "First"]


@pytest.mark.parametrize(
    "items",
    [
        [],
        [{"method": "PUT", "relative_url": "me"}],
        [{"method": "GET"}],
        [{"method": "GET", "relative_url": "me"}] * 51,
    ],
    ids=["none", "method", "url", "51"],
)
async def test_a_batch_that_is_none_is_refused(meta: Stranger, page: Page, items: list[dict[str, Any]]):
    assert error_of(await batch(meta, page, *items)) == (400, 100, None)


async def test_a_batch_in_a_batch_is_refused(meta: Stranger, page: Page):
    inner = json.dumps([{"method": "GET", "relative_url": "me"}])

    answer = await batch(meta, page, {"method": "POST", "relative_url": "/", "body": f"batch={inner}"})

    assert json.loads(answer.json()[0]["body"])["error"]["code"] == 100


async def test_several_nodes_are_read_at_once_by_id(meta: Stranger, page: Page):
    posts = [(await meta.post(f"{page.id}/feed", page.token, message=text)).json()["id"] for text in ("A", "B")]

    both = await meta.get("", page.token, ids=",".join(posts), fields="message")
    spoilt = await meta.get("", page.token, ids=f"{posts[0]},1")

    assert both.json() == {
        posts[0]: {"id": posts[0], "message": "A"},
        posts[1]: {"id": posts[1], "message": "B"},
    }
    assert error_of(spoilt) == (400, 100, 33)
