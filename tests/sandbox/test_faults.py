"""Faults on request, over a real connection: what is lost on the way, and what had happened by then."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import FILES
from tests.sandbox.stranger import Page, Stranger, error_of, proof
from tests.support.loopback import loopback
from tests.support.programs import until
from tests.support.sandbox import Sandbox


@pytest.fixture
async def outside(sandbox: Sandbox) -> AsyncIterator[Stranger]:
    """A stranger on the other end of a socket."""
    async with loopback(base_url=sandbox.url) as http:
        yield Stranger(http)


@pytest.fixture
async def page(outside: Stranger) -> Page:
    return await outside.page()


async def say(outside: Stranger, page: Page, text: str = "Hello") -> httpx.Response:
    return await outside.post(f"{page.id}/feed", page.token, message=text)


async def outcomes(outside: Stranger, page: Page, count: int) -> list[int]:
    """Post several times; 0 is a cut connection."""
    found: list[int] = []
    for number in range(count):
        try:
            found.append((await say(outside, page, f"Post {number}")).status_code)
        except httpx.TransportError:
            found.append(0)
    return found


async def test_a_post_that_landed_is_public_although_the_connection_was_cut(
    outside: Stranger, sandbox: Sandbox, page: Page
):
    await sandbox.add_fault("POST /feed", "land_then_drop", next_calls=1)

    with pytest.raises(httpx.TransportError):
        await say(outside, page)

    assert [entry["text"] for entry in await sandbox.ledger(page.id)] == ["Hello"]
    (call,) = await sandbox.calls("POST /feed")
    assert (call["status"], call["faults"]) == (0, ["land_then_drop"])


async def test_a_connection_can_be_cut_before_anything_was_done(outside: Stranger, sandbox: Sandbox, page: Page):
    await sandbox.add_fault("POST /feed", "drop_before", next_calls=1)

    assert await outcomes(outside, page, 2) == [0, 200]
    assert [entry["text"] for entry in await sandbox.ledger(page.id)] == ["Post 1"]


async def test_a_published_container_says_so_although_the_answer_was_lost(
    outside: Stranger, sandbox: Sandbox, page: Page
):
    await sandbox.change_settings(processing={"fixed_seconds": 0})
    container = await outside.container(page, image_url=f"{sandbox.url}/samples/a.jpg")
    await sandbox.add_fault("POST /media_publish", "land_then_drop")

    with pytest.raises(httpx.TransportError):
        await outside.publish(page, container)

    assert (await outside.status(page, container))["status_code"] == "PUBLISHED"
    assert len(await sandbox.ledger(page.instagram)) == 1


async def test_a_clean_503_comes_before_anything_was_done(outside: Stranger, sandbox: Sandbox, page: Page):
    await sandbox.add_fault("POST /feed", "clean_503", next_calls=1)

    refused = await say(outside, page)
    accepted = await say(outside, page)

    assert (refused.status_code, accepted.status_code) == (503, 200)
    assert refused.headers["content-type"].startswith("text/html")
    assert refused.headers["retry-after"] == "1"
    assert len(await sandbox.ledger(page.id)) == 1


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, [503, 503, 503, 503]),
        ({"nth": 2}, [200, 503, 200, 200]),
        ({"next_calls": 2}, [503, 503, 200, 200]),
        ({"account": "another"}, [200, 200, 200, 200]),
        ({"endpoint": "POST /photos"}, [200, 200, 200, 200]),
        ({"endpoint": "POST *", "nth": 3}, [200, 200, 503, 200]),
        ({"endpoint": "*", "next_calls": 1}, [503, 200, 200, 200]),
    ],
    ids=str,
)
async def test_a_fault_happens_to_the_calls_that_were_chosen(
    outside: Stranger, sandbox: Sandbox, page: Page, when: dict[str, Any], expected: list[int]
):
    await sandbox.add_fault(when.pop("endpoint", "POST /feed"), "clean_503", **when)

    assert await outcomes(outside, page, 4) == expected
    assert len(await sandbox.ledger(page.id)) == expected.count(200)


async def test_a_fault_can_be_meant_for_one_account(outside: Stranger, sandbox: Sandbox):
    mine, other = await outside.pages("two-pages")
    await sandbox.add_fault("POST /feed", "clean_503", account=other.id)

    assert [(await say(outside, page)).status_code for page in (mine, other)] == [200, 503]


async def test_a_rule_counts_what_it_met_and_can_be_lifted(outside: Stranger, sandbox: Sandbox, page: Page):
    rule = await sandbox.add_fault("POST /feed", "clean_503", nth=2)
    await outcomes(outside, page, 3)
    (found,) = await sandbox.faults()

    removed = await outside.admin("faults", method="DELETE", id=rule)

    assert (found["hits"], found["fired"]) == (3, 1)
    assert removed == {"removed": 1}
    assert await sandbox.faults() == []


async def test_several_rules_act_on_one_call(outside: Stranger, sandbox: Sandbox, page: Page):
    await sandbox.add_fault("POST /feed", "slow", seconds=0)
    await sandbox.add_fault("POST /feed", "land_then_drop")

    assert await outcomes(outside, page, 1) == [0]
    (call,) = await sandbox.calls("POST /feed")
    assert call["faults"] == ["slow", "land_then_drop"]
    assert len(await sandbox.ledger(page.id)) == 1


async def test_a_slow_call_is_worked_on_although_its_caller_went_away(outside: Stranger, sandbox: Sandbox, page: Page):
    await sandbox.add_fault("POST /feed", "slow", seconds=0.3)

    with pytest.raises(httpx.ReadTimeout):
        await outside.http.post(
            f"/meta/v26.0/{page.id}/feed",
            data={"message": "Gone", "appsecret_proof": proof(page.token)},
            headers={"authorization": f"Bearer {page.token}"},
            timeout=0.1,
        )

    async def landed() -> bool:
        return bool(await sandbox.ledger(page.id))

    await until(landed, what="the post")


async def test_calls_at_once_are_counted(outside: Stranger, sandbox: Sandbox, page: Page):
    await sandbox.add_fault("POST /feed", "slow", seconds=0.2)

    await asyncio.gather(*(say(outside, page, f"{number}") for number in range(5)))

    counts = (await outside.admin("calls"))["endpoints"]["POST /feed"]
    assert (counts["count"], counts["max_concurrency"], counts["in_flight"]) == (5, 5, 0)


@pytest.mark.parametrize(
    "rule",
    [
        {"endpoint": "POST /feed", "fault": "earthquake"},
        {"endpoint": "", "fault": "clean_503"},
        {"fault": "clean_503"},
        {"endpoint": "POST /feed", "fault": "clean_503", "nth": 0},
        {"endpoint": "POST /feed", "fault": "clean_503", "next": -1},
        {"endpoint": "POST /feed", "fault": "slow", "options": {"seconds": -1}},
        {"endpoint": "POST /feed", "fault": "clean_503", "options": {"loud": True}},
        {"endpoint": "POST /feed", "fault": "clean_503", "extra": 1},
        [],
    ],
    ids=str,
)
async def test_a_rule_that_cannot_be_is_refused(outside: Stranger, rule: Any):
    answer = await outside.http.post("/_admin/faults", json=rule)

    assert answer.status_code == 422
    assert answer.json()["error"]


async def test_faults_and_endpoints_can_be_looked_up(sandbox: Sandbox):
    choices = await sandbox.fault_choices()

    assert {"land_then_drop", "clean_503", "slow"} <= choices["faults"].keys()
    assert {"POST /feed", "POST /media_publish", "GET /me/accounts"} <= set(choices["endpoints"])


class _Pictures(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(FILES["square.jpg"])

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def pictures() -> Iterator[str]:
    """A host of pictures on a port of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pictures) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/square.jpg"
        server.shutdown()


UNREACHABLE = [
    "http://127.0.0.1:9/a.jpg",
    "http://127.0.0.1:70000/a.jpg",
    "http://no-such-host.invalid/a.jpg",
    "http://127.0.0.1:0/a.jpg",
    "http://[::1/a.jpg",
    "http://-/a.jpg",
    "http://" + "a" * 300 + "/a.jpg",
    "http://127.0.0.1:9/\u00e9.jpg",
]


@pytest.mark.parametrize("url", UNREACHABLE)
async def test_a_host_that_does_not_answer_gives_no_picture(outside: Stranger, page: Page, url: str):
    photo = await outside.post(f"{page.id}/photos", page.token, url=url, published="false")
    image = await outside.post(f"{page.instagram}/media", page.token, image_url=url)

    assert error_of(photo)[1] in {324, 100}
    assert error_of(image)[1:] == (9004, 2207052)


async def test_a_picture_is_fetched_from_wherever_it_lies(outside: Stranger, page: Page, pictures: str):
    assert await outside.photo(page, pictures)
    assert await outside.container(page, image_url=pictures)


async def test_a_fault_for_an_endpoint_that_is_not_there_is_refused(meta: Stranger):
    answer = await meta.http.post("/_admin/faults", json={"endpoint": "POST /nope", "fault": "clean_503"})

    assert answer.status_code == 422
    assert "POST /feed" in answer.json()["error"]
    assert (await meta.admin("faults"))["rules"] == []
