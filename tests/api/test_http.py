"""GraphQL over HTTP: which requests are answered, as which media type and with which status."""

import json
from typing import Any

import pytest

from api.answers import chosen_type
from tests.api.door import Door

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
VERSION = "{ server { version } }"
BODY = json.dumps({"query": VERSION}).encode()


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, GRAPHQL_JSON),
        ("", GRAPHQL_JSON),
        (JSON, JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{GRAPHQL_JSON}, {JSON};q=0.9", GRAPHQL_JSON),
        (f"{JSON};q=0.9, {GRAPHQL_JSON}", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.1, {JSON}", JSON),
        (f"{GRAPHQL_JSON};q=0, {JSON};q=0.1", JSON),
        (f"{GRAPHQL_JSON};charset=utf-8", GRAPHQL_JSON),
        ("text/html", None),
        (f"{JSON};q=0", None),
        (f"{JSON};q=nonsense", None),
        (",;,=", None),
    ],
)
def test_the_client_chooses_the_media_type(accept: str | None, chosen: str | None):
    assert chosen_type(accept) == chosen


WELL_FORMED: list[tuple[dict[str, Any], str | None, int]] = [
    ({"query": VERSION}, None, 200),
    ({"query": "{ viewer { scopes } server { version } }"}, "UNAUTHENTICATED", 200),
    ({"query": "{ server"}, "GRAPHQL_PARSE_FAILED", 400),
    ({"query": "{ serve }"}, "GRAPHQL_VALIDATION_FAILED", 422),
    ({"query": "query ($id: ID!) { node(id: $id) { id } }"}, "BAD_USER_INPUT", 422),
    ({"query": f"query a {VERSION}", "operationName": "b"}, "BAD_REQUEST", 400),
    ({"query": "{" + "a" * 40 + "{b" * 20 + "}" * 21}, "OPERATION_TOO_COMPLEX", 422),
]


@pytest.mark.parametrize(("body", "code", "status"), WELL_FORMED, ids=[str(code) for _, code, _ in WELL_FORMED])
async def test_a_request_that_is_not_carried_out_says_why_by_its_status(
    door: Door, body: dict[str, Any], code: str | None, status: int
):
    answer = await door.post(body, key="", headers={"accept": GRAPHQL_JSON})

    assert (answer.status_code, answer.headers["content-type"]) == (status, GRAPHQL_JSON)
    assert [error["extensions"]["code"] for error in answer.json().get("errors", [])] == ([code] if code else [])
    assert ("data" in answer.json()) == (status == 200)


@pytest.mark.parametrize(("body", "code", "status"), WELL_FORMED, ids=[str(code) for _, code, _ in WELL_FORMED])
async def test_as_plain_json_every_well_formed_request_is_answered_with_200(
    door: Door, body: dict[str, Any], code: str | None, status: int
):
    answer = await door.post(body, key="", headers={"accept": JSON})

    assert (answer.status_code, answer.headers["content-type"]) == (200, JSON)
    assert [error["extensions"]["code"] for error in answer.json().get("errors", [])] == ([code] if code else [])
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"nonsense",
        b"null",
        b'"query"',
        b"[]",
        b"{}",
        json.dumps([{"query": VERSION}] * 2).encode(),
        json.dumps({"document": VERSION}).encode(),
        json.dumps({"query": 5}).encode(),
        json.dumps({"query": None}).encode(),
        json.dumps({"query": VERSION, "variables": [7]}).encode(),
        json.dumps({"query": VERSION, "variables": "{}"}).encode(),
        json.dumps({"query": VERSION, "extensions": 1}).encode(),
        json.dumps({"query": VERSION, "operationName": 1}).encode(),
        b'{"query": "{ server { version } }", "variables": {"a": NaN}}',
        json.dumps({"query": VERSION}).encode("utf-16"),
        BODY + b"\xff",
    ],
    ids=lambda content: content[:40].decode(errors="replace"),
)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
async def test_a_request_that_is_none_is_a_bad_request(door: Door, content: bytes, accept: str):
    answer = await door.post(content=content, headers={"content-type": JSON, "accept": accept})

    assert (answer.status_code, answer.headers["content-type"]) == (400, accept)
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "BAD_REQUEST"}


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json", "*/*"]
)
async def test_only_json_is_read(door: Door, kind: str):
    answer = await door.post(content=BODY, headers={"content-type": kind} if kind else {})

    assert answer.status_code == 415
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


async def test_json_is_read_whatever_stands_behind_its_name(door: Door):
    answer = await door.post(content=BODY, headers={"content-type": "Application/JSON; charset=utf-8"})

    assert list(answer.json()["data"]) == ["server"]


async def test_packed_requests_are_not_unpacked(door: Door):
    answer = await door.post(content=BODY, headers={"content-type": JSON, "content-encoding": "gzip"})

    assert answer.status_code == 415


async def test_a_client_that_takes_neither_type_gets_neither(door: Door):
    answer = await door.post({"query": VERSION}, headers={"accept": "text/html"})

    assert answer.status_code == 406
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
async def test_operations_are_sent_with_post(door: Door, method: str):
    answer = await door.http.request(method, "/graphql", params={"query": VERSION})

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert "version" not in answer.text


async def test_several_operations_need_a_name(door: Door):
    body = {"query": f"query a {VERSION} query b {{ viewer {{ scopes }} }}"}

    chosen = [(await door.post({**body, "operationName": name})).json()["data"] for name in ("a", "b")]

    assert [list(data) for data in chosen] == [["server"], ["viewer"]]
    assert (await door.post(body)).json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    ("sent", "given"),
    [("my-own/number:1", "my-own/number:1"), ("a b\tc\u00e9{}", "abc"), ("x" * 5_000, "x" * 64)],
)
async def test_every_answer_carries_the_callers_number(door: Door, sent: str, given: str):
    headers = {"x-request-id": sent.encode()}
    answers = [
        await door.post({"query": "{ server { version } }"}, headers=headers),
        await door.post({"query": "{"}, headers=headers),
        await door.post(content=b"no json", headers={**headers, "content-type": "application/json"}),
        await door.post({"query": "{ server { version } }"}, key="agm_wrong", headers=headers),
    ]

    assert [answer.headers["x-request-id"] for answer in answers] == [given] * 4


async def test_an_answer_to_a_caller_without_a_number_carries_a_new_one(door: Door):
    numbers = [(await door.post({"query": "{ server { version } }"})).headers["x-request-id"] for _ in range(3)]

    assert len(set(numbers)) == 3
    assert all(numbers)
