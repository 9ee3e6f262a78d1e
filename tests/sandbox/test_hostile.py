"""Whatever is sent, the sandbox answers, and never with a fault of its own: the tests' client passes those on."""

import itertools
from typing import Any

import pytest

from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import APP, REDIRECT, VERSION, Page, Stranger, error_of, proof

PATHS = [
    "/meta/",
    "/meta/v26.0",
    "/meta/v26.0/",
    "/meta/v26.0//",
    "/meta/v999.99/me",
    "/meta/v1e5/me",
    "/meta/nonsense/of/some/length",
    "/meta/v26.0/%00",
    "/meta/v26.0/..%2F..%2Fetc",
    "/meta/v26.0/ü/feed",
    "/meta/v26.0/" + "9" * 5_000,
    "/meta/v26.0/me/nonsense",
    "/meta/v26.0/oauth/nonsense",
    "/meta/v26.0/dialog/nonsense",
    "/linkedin/v2/me",
    "/x/2/tweets",
    "/nonsense",
    "/_admin/nonsense",
    "/_admin",
    "/samples/..%2F..%2Fetc%2Fpasswd.jpg",
    "/samples/.jpg",
    "/samples/" + "x" * 500 + ".jpg",
    "/pictures/..%2F..%2Fetc",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT", "HEAD"])
async def test_an_unknown_path_is_refused(meta: Stranger, method: str, path: str):
    answer = await meta.http.request(method, path)

    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("path", ["nonsense", "1", "1/feed", "me/nonsense", "{page}/nonsense", "{page}/media"])
async def test_an_unknown_object_or_edge_is_refused_in_the_graphs_words(meta: Stranger, path: str):
    page = await meta.page()
    place = path.format(page=page.id)

    read, written = await meta.get(place, page.token), await meta.post(place, page.token, message="x")

    assert error_of(read)[:2] == (400, 100)
    assert error_of(written) == (400, 100, 33)
    assert "post request" in written.json()["error"]["message"]


VALUES: list[Any] = [
    None,
    True,
    5,
    -1,
    1.5,
    10**30,
    "",
    "x" * 10_000,
    "\x00",
    "🥖",
    [],
    [[]],
    {},
    {"a": []},
    ["a", 1, None],
]
NAMES = [
    "message",
    "link",
    "url",
    "published",
    "temporary",
    "caption",
    "attached_media",
    "fields",
    "limit",
    "after",
    "before",
    "since",
    "until",
    "summary",
    "image_url",
    "media_type",
    "children",
    "is_carousel_item",
    "alt_text",
    "creation_id",
    "input_token",
    "scheduled_publish_time",
    "upload_phase",
    "upload_session_id",
    "video_id",
    "file_size",
    "file_url",
    "photo_id",
    "batch",
    "ids",
    "is_published",
    "permission",
]
PLACES = [
    ("POST", "{page}/feed"),
    ("POST", "{page}/photos"),
    ("POST", "{page}/videos"),
    ("POST", "{page}/video_reels"),
    ("POST", ""),
    ("GET", "{page}/published_posts"),
    ("GET", "{page}"),
    ("POST", "{ig}/media"),
    ("POST", "{ig}/media_publish"),
    ("GET", "{ig}/content_publishing_limit"),
    ("GET", "{ig}/media"),
    ("GET", "me/accounts"),
    ("GET", "debug_token"),
]


@pytest.mark.parametrize(("method", "path"), PLACES, ids=[path for _, path in PLACES])
async def test_a_parameter_of_any_kind_is_answered(meta: Stranger, method: str, path: str):
    page = await meta.page()
    token = await meta.token() if path.startswith(("me", "debug")) else page.token
    place = path.format(page=page.id, ig=page.instagram)

    for name, value in itertools.product(NAMES, VALUES):
        body = {name: value, "appsecret_proof": proof(token)}
        answer = await meta.call(method, place, token, json=body)
        assert answer.status_code < 500 or answer.status_code == 501, (name, value, answer.text)


@pytest.mark.parametrize(
    "name", ["client_id", "client_secret", "code", "redirect_uri", "grant_type", "fb_exchange_token"]
)
async def test_an_exchange_with_parameters_of_any_kind_is_answered(meta: Stranger, name: str):
    for value in VALUES:
        body = {**APP, "code": "x", "redirect_uri": REDIRECT, name: value}
        answer = await meta.http.post(f"{VERSION}/oauth/access_token", json=body)
        assert answer.status_code == 400, (name, value)


BODIES: list[tuple[str, bytes]] = [
    ("application/json", b"{"),
    ("application/json", b"[]"),
    ("application/json", b"null"),
    ("application/json", b"5"),
    ("application/json", b'{"message": "\\ud800"}'),
    ("application/json", b"\xff\xfe"),
    ("application/json", b'{"a":' * 2_000 + b"1" + b"}" * 2_000),
    ("text/plain", b"{"),
    ("", b"\x00\x01\x02"),
    ("application/x-www-form-urlencoded", b"%ff=%ff&&&=&a[]=1&a[]=2"),
    ("application/x-www-form-urlencoded", b"attached_media[" + b"9" * 5_000 + b"]=x"),
    ("application/x-www-form-urlencoded", b"attached_media[0]=x&attached_media[0][media_fbid]=1"),
    ("application/x-www-form-urlencoded", b"attached_media[0][media_fbid]=1&attached_media[0]=x"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(5_000))),
    ("multipart/form-data", b"nonsense"),
    ("multipart/form-data; boundary=", b"nonsense"),
    ("multipart/form-data; boundary=x", b"nonsense"),
    ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--\r\n"),
    (
        "multipart/form-data; boundary=x; charset=klingon",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n',
    ),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
]


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=[f"{kind} {body[:30]!r}" for kind, body in BODIES])
@pytest.mark.parametrize("edge", ["feed", "photos"])
async def test_a_body_of_any_kind_is_answered(meta: Stranger, edge: str, kind: str, body: bytes):
    page = await meta.page()
    headers = {"content-type": kind} if kind else {}

    answer = await meta.call(
        "POST",
        f"{page.id}/{edge}",
        page.token,
        content=body,
        params={"appsecret_proof": proof(page.token)},
        headers=headers,
    )

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {100, 197, 324}


@pytest.mark.parametrize(
    "kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize("path", ["{page}/feed", "{ig}/media_publish", "oauth/access_token", "dialog/oauth"])
async def test_a_body_that_is_too_large_is_not_read_to_its_end(meta: Stranger, path: str, kind: str):
    page = await meta.page()
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 300 * 1024 * 1024:
            sent += 1024 * 1024
            yield b"x" * (1024 * 1024)

    place = path.format(page=page.id, ig=page.instagram)
    answer = await meta.http.post(f"{VERSION}/{place}", content=endless(), headers={"content-type": kind})

    assert answer.status_code in {400, 413}
    assert sent <= 70 * 1024 * 1024


@pytest.mark.parametrize("name", ["ledger", "faults", "clock", "personas", "tokens", "calls"])
async def test_administration_answers_any_body_and_query(meta: Stranger, name: str):
    for body in (b"", b"{", b"[]", b"null", b"5", b"\xff", b'{"a": NaN}', b"{}"):
        for method in ("GET", "POST", "DELETE", "PUT"):
            answer = await meta.http.request(method, f"/_admin/{name}", content=body)
            assert answer.status_code in {200, 405, 422}, (method, body)
    for value in ("", "-1", "x", "9" * 5_000, "٣", "1.5", "²"):
        for method in ("GET", "DELETE"):
            query = dict.fromkeys(("after", "limit", "id", "account", "endpoint"), value)
            answer = await meta.http.request(method, f"/_admin/{name}", params=query)
            assert answer.status_code in {200, 405}, (method, value)


@pytest.mark.parametrize("size", ["0", "-5", "x", "9" * 5_000, "٣", "²", ""])
async def test_a_sample_of_any_size_is_drawn_within_bounds(meta: Stranger, size: str):
    answer = await meta.http.get("/samples/a.jpg", params={"width": size, "height": "10"})

    assert answer.status_code == 200
    assert len(answer.content) < 200_000


CURSORS = [
    "c2FuZGJveDo5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk",
    "c2FuZGJveDo" + "5" * 6_000,
    "====",
    "\x00",
    "c2FuZGJveDot",
]


@pytest.mark.parametrize("cursor", CURSORS, ids=lambda cursor: repr(cursor[:20]))
@pytest.mark.parametrize("way", ["after", "before"])
async def test_a_cursor_that_nobody_gave_is_answered(meta: Stranger, way: str, cursor: str):
    answer = await meta.get("me/accounts", await meta.token(), **{way: cursor})

    assert answer.status_code in {200, 400}
    assert answer.json().get("data", []) == []


async def test_an_image_of_any_shape_is_answered(meta: Stranger, page: Page):
    for name in ("cut.jpg", "empty.jpg", "page.html", "nowhere"):
        answer = await meta.post(f"{page.instagram}/media", page.token, image_url=f"{PICTURES}/{name}")
        assert answer.status_code in {200, 400}


@pytest.fixture
async def page(meta: Stranger) -> Page:
    return await meta.page()


@pytest.mark.parametrize("authorization", ["Bearer", "Bearer ", "Basic", "Basic x", "Basic ////", "Digest x", ""])
async def test_an_authorization_of_any_kind_is_answered(meta: Stranger, authorization: str):
    for path in ("me", "oauth/access_token"):
        answer = await meta.http.get(f"{VERSION}/{path}", headers={"authorization": authorization})
        assert answer.status_code == 400
