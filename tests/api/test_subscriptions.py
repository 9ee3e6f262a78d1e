"""Subscriptions over graphql-transport-ws, against an API process of its own."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from api import view
from publishing.ids import Kind, new_id, public_id
from publishing.records import Scope
from tests.api.subscriber import calling
from tests.support.dialect import forget_dialect
from tests.support.nursery import Nursery
from tests.support.stack import Stack, new_api_key, new_stack
from tests.support.valkey import ValkeyServer

START = """mutation { startConnection(input: { platform: FACEBOOK, environment: SANDBOX }) {
  attempt { id state } userErrors { code }
} }"""
FINISH = """mutation ($state: String!) {
  completeConnection(input: { state: $state, result: { error: "access_denied" } }) { attempt { status } }
}"""
WATCH_ATTEMPT = "subscription ($id: ID!) { connectionAttemptChanged(attemptId: $id) { id status error { code } } }"
WATCH_PUBLICATION = "subscription ($id: ID!) { publicationChanged(publicationId: $id) { id status } }"
WATCH_POST = "subscription ($id: ID!) { publicationChanged(postId: $id) { id status } }"
WATCH_CHANNEL = "subscription ($id: ID!) { publicationChanged(channelId: $id) { id status } }"
FRONTEND = "https://app.example.com"


@asynccontextmanager
async def small_stack(folder: Path, template: Path, valkey: ValkeyServer, nursery: Nursery) -> AsyncIterator[Stack]:
    """Start an API and a worker; there is no sandbox behind the address."""
    forget_dialect()
    async with new_stack(
        folder,
        database_url=f"sqlite:///{shutil.copy(template, folder / 'agm.db')}",
        redis_url=valkey.url,
        sandbox_url="http://127.0.0.1:9",
        settings={"AGM_CORS_ORIGINS": FRONTEND, "AGM_SWEEP_SECONDS": "0.5"},
        nursery=nursery,
    ) as stack:
        await stack.start_api()
        await stack.start_worker()
        yield stack
        assert "Traceback" not in stack.logs()
        assert stack.client.api_key not in stack.logs()


@pytest.fixture(scope="module")
async def stack(
    sqlite_template: Path, valkey_server: ValkeyServer, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    """The stack, shared by the module."""
    async with small_stack(tmp_path_factory.mktemp("subscriptions"), sqlite_template, valkey_server, nursery) as stack:
        yield stack


async def new_key(stack: Stack, *scopes: Scope, workspace: str = "Default") -> str:
    return await new_api_key(
        stack.settings["AGM_DATABASE_URL"],
        stack.settings["AGM_SECRET_KEYS"],
        workspace=workspace,
        scopes=scopes or None,
    )


async def start(stack: Stack) -> dict[str, str]:
    return (await stack.client(START))["startConnection"]["attempt"]


async def test_the_first_message_is_the_present_state_and_the_next_the_change(stack: Stack):
    attempt = await start(stack)
    async with calling(stack.url) as caller:
        await caller.enter(stack.client.api_key)
        await caller.subscribe(WATCH_ATTEMPT, id=attempt["id"])
        first = await caller.hear()
        await stack.client(FINISH, state=attempt["state"])
        second = await caller.hear()

    shown = {"id": attempt["id"], "status": "WAITING", "error": None}
    assert first == {"type": "next", "id": "1", "payload": {"data": {"connectionAttemptChanged": shown}}}
    changed = {"id": attempt["id"], "status": "FAILED", "error": {"code": "AUTHORIZATION_FAILED"}}
    assert second["payload"] == {"data": {"connectionAttemptChanged": changed}}


@pytest.mark.parametrize("document", [WATCH_ATTEMPT, WATCH_PUBLICATION, WATCH_POST, WATCH_CHANNEL])
async def test_foreign_missing_and_malformed_ids_are_all_answered_alike(stack: Stack, document: str):
    stranger = await new_key(stack, workspace="Stranger")
    own = await start(stack)
    ids = [own["id"], public_id(Kind.PUBLICATION, new_id()), public_id(Kind.CHANNEL, new_id()), "x", ""]
    async with calling(stack.url) as caller:
        await caller.enter(stranger)
        said = []
        for number, wanted in enumerate(ids):
            await caller.subscribe(document, name=str(number), id=wanted)
            said.append((await caller.hear())["payload"]["errors"][0])
            assert await caller.hear() == {"type": "complete", "id": str(number)}
        await stack.client(FINISH, state=own["state"])
        heard = await silence(caller)

    assert {error["extensions"]["code"] for error in said} == {"NOT_FOUND"}
    assert len({error["message"] for error in said}) == 1
    assert heard == []


async def silence(caller: Any) -> list[dict[str, Any]]:
    """Ask for a sign of life, which comes after all that was said before, and give what came first."""
    heard: list[dict[str, Any]] = []
    for _ in range(2):
        await caller.subscribe("{ server { version } }", name="sign")
        while (message := await caller.hear()).get("id") != "sign":
            heard.append(message)
        assert (await caller.hear())["type"] == "complete"
    return heard


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer agm_nonsense"},
        {"Authorization": 5},
        {"authorization": None},
        {"token": "agm_x"},
    ],
)
async def test_without_a_good_key_the_socket_is_closed(stack: Stack, payload: Any):
    async with calling(stack.url) as caller:
        await caller.say("connection_init", **({} if payload is None else {"payload": payload}))

        assert await caller.closed() == (4403, "Forbidden")


async def test_a_payload_that_is_no_object_is_a_bad_request(stack: Stack):
    async with calling(stack.url) as caller:
        await caller.say("connection_init", payload="Bearer x")

        assert (await caller.closed())[0] == 4400


async def test_who_subscribes_before_entering_is_closed(stack: Stack):
    async with calling(stack.url) as caller:
        await caller.subscribe(WATCH_ATTEMPT, id="x")

        assert (await caller.closed())[0] == 4401


async def test_who_enters_twice_is_closed(stack: Stack):
    async with calling(stack.url) as caller:
        await caller.enter(stack.client.api_key)
        await caller.say("connection_init", payload={})

        assert (await caller.closed())[0] == 4429


async def test_two_operations_of_one_name_close_the_socket(stack: Stack):
    attempt = await start(stack)
    async with calling(stack.url) as caller:
        await caller.enter(stack.client.api_key)
        for _ in range(2):
            await caller.subscribe(WATCH_ATTEMPT, id=attempt["id"])

        assert (await caller.closed())[0] == 4409


@pytest.mark.parametrize("protocol", [None, "graphql-ws", "soap"])
async def test_another_protocol_is_not_spoken(stack: Stack, protocol: str | None):
    async with calling(stack.url, protocol=protocol) as caller:
        assert (await caller.closed())[0] == 4406


@pytest.mark.parametrize("origin", [None, FRONTEND])
async def test_programs_and_listed_frontends_may_call(stack: Stack, origin: str | None):
    async with calling(stack.url, origin=origin) as caller:
        await caller.enter(stack.client.api_key)


async def test_a_page_that_is_not_listed_gets_no_socket(stack: Stack):
    with pytest.raises(InvalidStatus) as refused:
        async with calling(stack.url, origin="https://evil.example"):
            pass

    assert refused.value.response.status_code == 403


async def test_a_subscription_needs_the_scope_of_its_field(stack: Stack):
    attempt = await start(stack)
    async with calling(stack.url) as caller:
        await caller.enter(await new_key(stack, Scope.POSTS_READ))
        await caller.subscribe(WATCH_ATTEMPT, id=attempt["id"])
        answer = await caller.hear()

    assert _codes(answer) == ["PERMISSION_DENIED"]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("subscription { nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("", "BAD_REQUEST"),
        ("fragment a on Query { server { version } }", "BAD_REQUEST"),
        ("{" + "a{" * 20 + "b" + "}" * 21, "OPERATION_TOO_COMPLEX"),
        ("{" + " ".join(f"a{n}: __typename" for n in range(40)) + "}", "OPERATION_TOO_COMPLEX"),
        ("query a { server { version } } query b { server { version } }", "BAD_REQUEST"),
        ("subscription ($id: ID!) { connectionAttemptChanged(attemptId: $id) { id } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_a_wrong_operation_ends_with_an_error_and_the_socket_stays(stack: Stack, document: str, code: str):
    async with calling(stack.url) as caller:
        await caller.enter(stack.client.api_key)
        await caller.subscribe(document)
        answer = await caller.hear()
        await caller.subscribe("{ server { version } }", name="2")
        after = await caller.hear()

    assert (answer["type"], answer["id"], _codes(answer)) == ("error", "1", [code])
    assert after["payload"]["data"]["server"]["version"]


def _codes(answer: dict[str, Any]) -> list[str]:
    payload = answer["payload"]
    errors = payload if isinstance(payload, list) else payload["errors"]
    return [error["extensions"]["code"] for error in errors]


NO_MESSAGES = {
    "nonsense": "nonsense",
    "a list": "[]",
    "a number": "5",
    "nothing": "null",
    "an empty object": "{}",
    "no such type": '{"type": "dance"}',
    "a type that is no text": '{"type": ["subscribe"]}',
    "nothing to subscribe to": '{"type": "subscribe", "id": "1"}',
    "no name": '{"type": "subscribe", "payload": {"query": "{ server { version } }"}}',
    "a name that is no text": '{"type": "complete", "id": {}}',
    "a payload that is no object": '{"type": "subscribe", "id": "1", "payload": 5}',
    "a query that is no text": '{"type": "subscribe", "id": "1", "payload": {"query": ["{"]}}',
    "variables that are no object": '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": [1]}}',
    "half a character": '{"type": "\\ud800"}',
}


@pytest.mark.parametrize("text", NO_MESSAGES.values(), ids=NO_MESSAGES)
async def test_what_is_no_message_closes_the_socket_politely(stack: Stack, text: str):
    async with calling(stack.url) as caller:
        await caller.enter(stack.client.api_key)
        await caller.connection.send(text)

        assert (await caller.closed())[0] == 4400


async def test_a_message_is_no_larger_than_a_request(stack: Stack):
    async with calling(stack.url) as caller:
        await caller.enter(stack.client.api_key)
        await caller.say("ping", payload={"filler": "x" * 1_048_576})

        assert (await caller.closed())[0] == 1009


async def test_bytes_are_no_message(stack: Stack):
    async with calling(stack.url) as caller:
        await caller.connection.send(b'{"type": "ping"}')

        assert (await caller.closed())[0] == 4400


async def test_a_ping_is_answered_and_a_complete_ends_the_operation(stack: Stack):
    attempt = await start(stack)
    async with calling(stack.url) as caller:
        await caller.enter(stack.client.api_key)
        await caller.say("ping")
        assert await caller.hear() == {"type": "pong"}
        await caller.subscribe(WATCH_ATTEMPT, id=attempt["id"])
        await caller.hear()
        await caller.say("complete", id="1")
        await stack.client(FINISH, state=attempt["state"])

        assert await silence(caller) == []


async def test_who_never_enters_is_closed_once_patience_ends(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(view, "_INIT_WAIT", timedelta(seconds=0))
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    knocks = iter([{"type": "websocket.connect"}])

    async def receive() -> dict[str, Any]:
        return next(knocks, None) or await asyncio.Future()

    scope = {
        "type": "websocket",
        "path": "/graphql",
        "headers": [],
        "subprotocols": ["graphql-transport-ws"],
        "state": {"deps": None, "hub": None},
    }
    serving = asyncio.create_task(view.GraphQLView(allowed_origins=())(scope, receive, said.put))  # type: ignore[arg-type]
    accepted, closed = await said.get(), await said.get()
    serving.cancel()

    assert accepted["type"] == "websocket.accept"
    assert (closed["type"], closed["code"]) == ("websocket.close", 4408)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stopping_server_tells_its_subscribers_to_come_again(make_stack: Callable[..., Awaitable[Stack]]):
    own = await make_stack()
    api = await own.start_api()
    attempt = await start(own)
    async with calling(own.url) as caller, calling(own.url) as idle:
        await caller.enter(own.client.api_key)
        await caller.subscribe(WATCH_ATTEMPT, id=attempt["id"])
        await caller.hear()
        api.ask(signal.SIGTERM)
        codes = [(await one.closed())[0] for one in (caller, idle)]
        status = await api.ends()

    assert codes == [1012, 1012]
    assert status in {0, -signal.SIGTERM}
    assert "Traceback" not in api.said()


async def test_a_revoked_key_ends_at_once_and_its_subscriptions_with_it(stack: Stack, nursery: Nursery, tmp_path: Path):
    """Pushed: the API remembers a good key for five seconds, and looks at a watcher's every minute."""
    key = await new_key(stack)
    attempt = await start(stack)
    async with calling(stack.url) as caller:
        await caller.enter(key)
        await caller.subscribe(WATCH_ATTEMPT, id=attempt["id"])
        assert (await caller.hear())["type"] == "next"

        command = ("key", "revoke", key[:12])
        ended = nursery.start("revoke", command, log=tmp_path / "revoke.log", environment=stack.settings)
        assert await ended.ends() == 0, ended.said()

        said = await asyncio.wait_for(caller.hear(), 3)
    assert said["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    answer = await stack.client.http.post(
        "/graphql", json={"query": "{ viewer { __typename } }"}, headers={"authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 401
