"""Faults of the server: callers get a number to quote, the log gets the cause, nobody gets a secret."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from api import connections, server
from publishing.errors import StoreUnavailableError
from tests.api.door import Door

CANARY = "canary-token-8c1f"
START = "mutation { startConnection(input: { platform: FACEBOOK }) { attempt { id } userErrors { code } } }"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let `startConnection` end with an error."""

    def breaks_with(error: Exception) -> None:
        async def start_connection(*_: Any, **__: Any) -> None:
            raise error

        monkeypatch.setattr(connections.connections, "start_connection", start_connection)

    return breaks_with


async def test_an_unexpected_error_is_masked_under_a_number(door: Door, broken: Any):
    broken(RuntimeError(f"password={CANARY}"))

    with capture_logs() as logs:
        answer = await door.post({"query": START}, headers={"x-request-id": "my-own-number"})

    (error,) = answer.json()["errors"]
    assert error["path"] == ["startConnection"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "my-own-number"}
    assert "my-own-number" in error["message"]
    assert CANARY not in answer.text
    assert "RuntimeError" not in answer.text
    assert answer.json()["data"] == {"startConnection": None}
    (line,) = [one for one in logs if one["event"] == "resolver_fault"]
    assert (line["request_id"], line["path"]) == ("my-own-number", ["startConnection"])
    assert isinstance(line["exc_info"], RuntimeError)


async def test_without_a_number_of_the_callers_the_server_makes_one(door: Door, broken: Any):
    broken(KeyError(CANARY))

    with capture_logs():
        answers = [await door.ask(START) for _ in range(2)]

    numbers = [answer["errors"][0]["extensions"]["requestId"] for answer in answers]
    assert len(set(numbers)) == 2
    assert CANARY not in str(answers)


async def test_a_number_of_the_callers_is_cut(door: Door, broken: Any):
    broken(ValueError())

    with capture_logs():
        answer = await door.post({"query": START}, headers={"x-request-id": "x" * 5_000})

    assert answer.json()["errors"][0]["extensions"]["requestId"] == "x" * 64


async def test_a_database_that_is_away_is_named_as_such(door: Door, broken: Any):
    broken(StoreUnavailableError("The database cannot be reached; nothing was written. Try again."))

    (error,) = (await door.ask(START))["errors"]

    assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert "nothing was written" in error["message"]


async def test_one_fault_does_not_hide_what_else_was_asked(door: Door, monkeypatch: pytest.MonkeyPatch):
    def address(_: str) -> str:
        raise OSError(CANARY)

    monkeypatch.setattr(server, "URL", address)

    with capture_logs():
        answer = await door.ask("{ server { version } viewer { scopes } }")

    assert answer["data"]["server"] is None
    assert answer["data"]["viewer"]["scopes"]
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["INTERNAL"]
    assert CANARY not in str(answer)


async def test_a_document_is_not_logged_even_when_it_is_wrong(door: Door, caplog: pytest.LogCaptureFixture, capfd: Any):
    wrong = [
        f'{{ node(id: "{CANARY}") {{ nonsense }} }}',
        f'{{ node(id: "{CANARY}"',
        f'mutation {{ completeConnection(input: {{ state: "{CANARY}", result: {{ code: "{CANARY}" }} }}) {{ no }} }}',
        f'{{ node(id: "{CANARY}", id: "{CANARY}") {{ id }} }}',
    ]
    with capture_logs() as logs:
        for document in wrong:
            assert (await door.ask(document))["errors"]

    assert CANARY not in f"{logs} {caplog.text} {capfd.readouterr()}"
