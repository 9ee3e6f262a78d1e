"""How an answer travels over HTTP: its media type, and the status that says what came of the request.

Source: graphql/graphql-over-http, draft of 2026-08-06. As `application/json` every answer to a well-formed request has
status 200; as `application/graphql-response+json` a request that was not carried out says why by its status.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.responses import Response

from api.faults import STATUS, FaultCode

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"
_RANGES = {
    GRAPHQL_JSON: GRAPHQL_JSON,
    JSON: JSON,
    EVENT_STREAM: EVENT_STREAM,
    "application/*": JSON,
    "*/*": JSON,
}
_HEADERS = {
    FaultCode.UNAUTHENTICATED: {"www-authenticate": "Bearer"},
    FaultCode.METHOD_NOT_ALLOWED: {"allow": "POST"},
}


def chosen_type(accept: str | None) -> str | None:
    """Choose the media type of an answer from the `Accept` header; None when the client takes neither."""
    if accept is None or not accept.strip():
        return GRAPHQL_JSON
    weighed = [_weighed(part) for part in accept.split(",")]
    taken = [(weight, kind) for weight, kind in weighed if kind in _RANGES and weight > 0]
    return _RANGES[max(taken, key=lambda item: item[0])[1]] if taken else None


def answer(body: Mapping[str, Any], kind: str) -> Response:
    """Write the answer to a well-formed request."""
    errors: list[dict[str, Any]] = body.get("errors") or []
    refused = body.get("data") is None and bool(errors) and not any("path" in error for error in errors)
    if kind != GRAPHQL_JSON or not refused:
        return _response(body, kind, 200, {})
    code = _code(errors[0])
    shown = {name: value for name, value in body.items() if name != "data"}
    return _response(shown, kind, STATUS[code], _HEADERS.get(code, {}))


def refusal(error: GraphQLError, kind: str | None) -> Response:
    """Write the answer to a request that is not well-formed, or whose caller is not known."""
    code = _code(error.formatted)
    body: dict[str, Any] = {"errors": [error.formatted]}
    if kind == GRAPHQL_JSON:
        return _response(body, kind, STATUS[code], _HEADERS.get(code, {}))
    return _response({"data": None, **body}, JSON, STATUS[code], _HEADERS.get(code, {}))


def _code(error: Mapping[str, Any]) -> FaultCode:
    return FaultCode(error.get("extensions", {}).get("code", FaultCode.INTERNAL))


def _response(body: Mapping[str, Any], kind: str, status: int, headers: Mapping[str, str]) -> Response:
    return Response(
        orjson.dumps(body, default=str),
        status_code=status,
        media_type=kind,
        headers={"cache-control": "no-store", "vary": "Accept", **headers},
    )


def _weighed(part: str) -> tuple[float, str]:
    """Read one range of an `Accept` header with its weight; one that cannot be read weighs nothing."""
    kind, *parameters = [piece.strip().lower() for piece in part.split(";")]
    given = next((text.removeprefix("q=") for text in parameters if text.startswith("q=")), "1")
    try:
        return float(given), kind
    except ValueError:
        return 0.0, kind
