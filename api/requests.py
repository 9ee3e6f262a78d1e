"""What comes in: how large it may be, and whether it is a request, or a WebSocket frame, that is answered."""

import re
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

import orjson
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, HTTPConnection, Request

from api import answers
from api.faults import FaultCode, fault

MAX_BODY_BYTES = 1_048_576
"""The longest text that a platform takes, in the longest way that JSON has to write it, and as much again."""
MAX_DOCUMENT_CHARACTERS = 100_000
_STRANGE = re.compile(r"[^A-Za-z0-9._:/+=-]")
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Operation:
    """What a caller asks for."""

    query: str
    name: str | None
    variables: dict[str, Any] | None
    extensions: dict[str, Any] | None


async def read_operation(request: Request, kind: str | None) -> Operation:
    """Read a request whose answer will be of a media type.

    Raises:
        GraphQLError: it is not well-formed, or not one that this endpoint answers.
    """
    if request.method != "POST":
        raise fault(
            FaultCode.METHOD_NOT_ALLOWED,
            "Send operations with POST; subscriptions with `Accept: text/event-stream`, or over WebSocket.",
        )
    if kind is None:
        raise fault(
            FaultCode.NOT_ACCEPTABLE, f"Answers are {answers.GRAPHQL_JSON}, {answers.JSON} or {answers.EVENT_STREAM}."
        )
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != answers.JSON:
        raise fault(FaultCode.UNSUPPORTED_MEDIA_TYPE, f"Send the request with `Content-Type: {answers.JSON}`.")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise fault(FaultCode.UNSUPPORTED_MEDIA_TYPE, "Send the request without Content-Encoding.")
    return _operation(_parsed(await _read_body(request)))


def request_id_of(request: HTTPConnection) -> str:
    """Give a request's number: the caller's own from `X-Request-Id`, as far as a log can hold it, or a new one."""
    found = request.scope.get("request_id")
    if found is None:
        found = _STRANGE.sub("", request.headers.get("x-request-id", ""))[:_LONGEST_ID] or str(uuid4())
        request.scope["request_id"] = found
    return cast("str", found)


async def _read_body(request: Request) -> bytes:
    """Read the body, counting: a length that was not told, or a wrong one, does not fill the memory."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                message = f"A request has at most {MAX_BODY_BYTES:,} bytes: send variables, and less at once."
                raise fault(FaultCode.PAYLOAD_TOO_LARGE, message)
    except ClientDisconnect:
        raise fault(FaultCode.BAD_REQUEST, "The request ended early.") from None
    return bytes(body)


def read_frame(text: str | bytes) -> object:
    """Read a message of graphql-transport-ws.

    Raises:
        JSONDecodeError: it is none; the socket is closed with 4400.
    """
    value = orjson.loads(text)
    frame = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    try:
        if not isinstance(frame.get("type"), str) or not isinstance(frame.get("id", ""), str):
            raise fault(FaultCode.BAD_REQUEST, "A message is an object with `type` and `id`, both texts.")
        if frame["type"] == "subscribe":
            _operation(frame.get("payload"))
    except GraphQLError as error:
        raise orjson.JSONDecodeError(error.message, "", 0) from None
    return frame


def _parsed(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise fault(
            FaultCode.BAD_REQUEST, "The body is not JSON in UTF-8, or holds half of a surrogate pair."
        ) from None


def _operation(value: object) -> Operation:
    if not isinstance(value, dict):
        raise fault(FaultCode.BAD_REQUEST, "The body is one JSON object; operations are not batched.")
    given = cast("dict[str, Any]", value)
    query, name = given.get("query"), given.get("operationName")
    if not isinstance(query, str):
        raise fault(FaultCode.BAD_REQUEST, "The body needs `query`, a text.")
    if len(query) > MAX_DOCUMENT_CHARACTERS:
        message = f"A document has at most {MAX_DOCUMENT_CHARACTERS:,} characters: send texts as variables."
        raise fault(FaultCode.PAYLOAD_TOO_LARGE, message)
    if not isinstance(name, str | None):
        raise fault(FaultCode.BAD_REQUEST, "`operationName` is a text.")
    return Operation(query, name, _object(given, "variables"), _object(given, "extensions"))


def _object(given: dict[str, Any], name: str) -> dict[str, Any] | None:
    value = given.get(name)
    if not isinstance(value, dict | None):
        raise fault(FaultCode.BAD_REQUEST, f"`{name}` is an object.")
    return cast("dict[str, Any] | None", value)
