"""A GraphQL client of the public API as anyone could write it: HTTP for asking, graphql-transport-ws for following."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

_PROTOCOL = Subprotocol("graphql-transport-ws")
_ASK_SECONDS = 30

Json = Mapping[str, Any]


class AnswerError(Exception):
    """The API refused, or a publication did not go out; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Client:
    """Speaks to one API with one key."""

    http: httpx.AsyncClient
    graphql_url: str
    ws_url: str
    api_key: str = field(repr=False)

    async def ask(self, operation: str, variables: Json) -> Json:
        """Run a query or mutation and give the value of its one root field.

        Raises:
            AnswerError: top-level errors, or `userErrors` in a payload.
        """
        response = await self.http.post(
            self.graphql_url,
            json={"query": operation, "variables": variables},
            headers={"Authorization": f"Bearer {self.api_key}"},
            timeout=_ASK_SECONDS,
        )
        value = _root_value(response.json())
        problems = value.get("userErrors") or []
        if problems:
            raise AnswerError("; ".join(f"{problem['code']}: {problem['message']}" for problem in problems))
        return value

    async def follow(self, operation: str, variables: Json) -> AsyncGenerator[Json]:
        """Run a subscription and give the value of its one root field, each time it comes.

        Raises:
            AnswerError: the API refused it or reported errors.
        """
        async with connect(self.ws_url, subprotocols=[_PROTOCOL], proxy=None) as socket:
            await _send(socket, type="connection_init", payload={"Authorization": f"Bearer {self.api_key}"})
            async for text in socket:
                message = json.loads(text)
                match message["type"]:
                    case "connection_ack":
                        payload = {"query": operation, "variables": variables}
                        await _send(socket, type="subscribe", id="1", payload=payload)
                    case "next":
                        yield _root_value(message["payload"])
                    case "ping":
                        await _send(socket, type="pong")
                    case "error":
                        raise AnswerError(_messages(message["payload"]))
                    case "complete":
                        return
                    case _:
                        continue


def _root_value(answer: Json) -> Json:
    if answer.get("errors"):
        raise AnswerError(_messages(answer["errors"]))
    (value,) = answer["data"].values()
    return value


def _messages(errors: Any) -> str:
    return "; ".join(str(error["message"]) for error in errors)


async def _send(socket: ClientConnection, **message: object) -> None:
    await socket.send(json.dumps(message))
