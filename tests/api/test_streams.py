"""Subscriptions over server-sent events, against an API process of its own."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from strawberry.types.execution import ExecutionResult

from api import streams
from publishing.records import Scope
from tests.api.test_subscriptions import FINISH, WATCH_ATTEMPT, new_key, small_stack, start
from tests.support.nursery import Nursery
from tests.support.stack import Stack
from tests.support.valkey import ValkeyServer

EVENTS = {"accept": "text/event-stream"}


@pytest.fixture(scope="module")
async def stack(
    sqlite_template: Path, valkey_server: ValkeyServer, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    """An API and a worker, shared by the module; there is no sandbox behind the address."""
    async with small_stack(tmp_path_factory.mktemp("streams"), sqlite_template, valkey_server, nursery) as stack:
        yield stack


class Events:
    """What an EventSource makes of a stream."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def next(self) -> tuple[str, Any] | None:
        """Wait for the next event; None when the stream ends. Comments are skipped."""
        name, data = "message", None
        async for line in self._lines:
            field, _, value = line.partition(":")
            if not line and data is not None:
                return name, json.loads(data) if data else None
            if field == "event":
                name = value.strip()
            elif field == "data":
                data = value.strip()
        return None


@asynccontextmanager
async def reading(stack: Stack, document: str, *, key: str | None = None, **variables: Any) -> AsyncIterator[Events]:
    headers = {**EVENTS, "authorization": f"Bearer {key or stack.client.api_key}"}
    body = {"query": document, "variables": variables}
    async with stack.client.http.stream("POST", "/graphql", json=body, headers=headers) as answer:
        yield Events(answer)


async def test_the_present_state_comes_first_and_then_each_change(stack: Stack):
    attempt = await start(stack)
    async with reading(stack, WATCH_ATTEMPT, id=attempt["id"]) as events:
        first = await events.next()
        await stack.client(FINISH, state=attempt["state"])
        second = await events.next()

    assert events.answer.status_code == 200
    assert events.answer.headers["content-type"].startswith("text/event-stream")
    assert events.answer.headers["cache-control"] == "no-store, no-transform"
    shown = {"id": attempt["id"], "status": "WAITING", "error": None}
    assert first == ("next", {"data": {"connectionAttemptChanged": shown}})
    assert second
    assert second[1]["data"]["connectionAttemptChanged"]["status"] == "FAILED"


async def test_who_comes_again_has_missed_nothing(stack: Stack):
    attempt = await start(stack)
    async with reading(stack, WATCH_ATTEMPT, id=attempt["id"]) as events:
        await events.next()
    await stack.client(FINISH, state=attempt["state"])

    async with reading(stack, WATCH_ATTEMPT, id=attempt["id"]) as events:
        again = await events.next()

    assert again
    assert again[1]["data"]["connectionAttemptChanged"]["status"] == "FAILED"


async def test_a_query_is_one_event_and_the_end(stack: Stack):
    async with reading(stack, "{ server { version } }") as events:
        said = [await events.next() for _ in range(3)]

    assert said[0]
    assert said[0][0] == "next"
    assert said[0][1]["data"]["server"]["version"]
    assert said[1:] == [("complete", None), None]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("query a { server { version } } query b { server { version } }", "BAD_REQUEST"),
        ("fragment f on Query { server { version } }", "BAD_REQUEST"),
        ("", "BAD_REQUEST"),
        ("{" + " ".join(f"a{n}: __typename" for n in range(40)) + "}", "OPERATION_TOO_COMPLEX"),
    ],
)
async def test_a_wrong_operation_is_told_in_the_stream(stack: Stack, document: str, code: str):
    async with reading(stack, document) as events:
        said = [await events.next() for _ in range(3)]

    assert events.answer.status_code == 200
    assert said[0]
    assert said[0][1]["errors"][0]["extensions"]["code"] == code
    assert said[1:] == [("complete", None), None]
    assert "Traceback" not in stack.logs()


async def test_a_subscription_needs_the_scope_of_its_field(stack: Stack):
    key = await new_key(stack, Scope.POSTS_READ)
    attempt = await start(stack)
    async with reading(stack, WATCH_ATTEMPT, key=key, id=attempt["id"]) as events:
        said = await events.next()

    assert said
    assert said[1]["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"


async def test_who_is_not_known_gets_no_stream(stack: Stack):
    async with reading(stack, WATCH_ATTEMPT, key="agm_nobody", id="x") as events:
        body = json.loads(await events.answer.aread())

    assert (events.answer.status_code, events.answer.headers["content-type"]) == (401, "application/json")
    assert body["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_over_plain_http_a_subscription_says_how_to_subscribe(stack: Stack):
    answer = await stack.client.send(WATCH_ATTEMPT, id="x")

    assert "Accept: text/event-stream" in answer["errors"][0]["message"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stopping_server_ends_the_streams_at_once_and_not_as_if_all_were_said(
    make_stack: Callable[..., Awaitable[Stack]],
):
    own = await make_stack()
    api = await own.start_api()
    attempt = await start(own)
    async with reading(own, WATCH_ATTEMPT, id=attempt["id"]) as events:
        await events.next()
        api.ask(signal.SIGTERM)
        said = await asyncio.wait_for(events.next(), 3)
        status = await api.ends()

    assert said is None
    assert status in {0, -signal.SIGTERM}
    assert "Traceback" not in api.said()


async def test_a_reader_that_goes_while_it_waits_leaves_nothing_behind():
    over = asyncio.Event()
    sending = aiter(streams.streamed(_results(over), asyncio.Event()).body_iterator)
    await anext(sending)
    waiting = asyncio.ensure_future(anext(sending))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    assert over.is_set()


async def test_a_reader_that_goes_after_an_event_leaves_nothing_behind():
    over = asyncio.Event()
    sending = streams.streamed(_results(over), asyncio.Event()).body_iterator
    await anext(aiter(sending))
    await sending.aclose()  # type: ignore[attr-defined]

    assert over.is_set()


async def _results(over: asyncio.Event) -> AsyncIterator[Any]:
    try:
        yield ExecutionResult(data={"n": 1}, errors=None)
        await asyncio.Future()
    finally:
        over.set()


async def test_a_silent_stream_shows_that_it_lives(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.01)

    async def results() -> AsyncIterator[Any]:
        await asyncio.sleep(0.1)
        return
        yield

    said = [part async for part in streams.streamed(results(), asyncio.Event()).body_iterator]

    assert said[0].startswith(b":")
    assert said[0].endswith(b"\n\n")
    assert said[-1] == b"event: complete\ndata:\n\n"
