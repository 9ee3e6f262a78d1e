"""GraphQL over HTTP and WebSocket: who calls, how large a request may be, and which status an answer has.

Source: graphql/graphql-over-http, draft of 2026-08-06.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import orjson
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET, UnsetType

from api.auth import authenticate, header_of
from api.context import Context
from api.faults import STATUS, FaultCode, fault
from api.loaders import Loaders
from api.schema import schema
from publishing.deps import Deps
from publishing.errors import StoreUnavailableError
from publishing.events import EventHub

MAX_BODY_BYTES = 100_000
MAX_SUBSCRIPTIONS = 100
RESPONSE_JSON = "application/graphql-response+json"
_INIT_WAIT = timedelta(seconds=10)
_CALLER = "agm.caller"


class GraphQLView(GraphQL[Context, None]):
    """The endpoint. `ready` gives what requests need; it is called once the application has started."""

    def __init__(self, *, allowed_origins: tuple[str, ...]) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=_INIT_WAIT,
            max_subscriptions_per_connection=MAX_SUBSCRIPTIONS,
            allowed_origins=allowed_origins,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a WebSocket."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        try:
            body = await _read_body(Request(scope, receive))
            scope[_CALLER] = await authenticate(_deps(scope), Request(scope).headers.get("authorization"))
        except GraphQLError as error:
            await _refusal(error)(scope, receive, send)
        except StoreUnavailableError as error:
            await _refusal(fault(FaultCode.SERVICE_UNAVAILABLE, str(error)))(scope, receive, send)
        else:
            await super().__call__(scope, _replay(body), send)

    async def get_context(self, request: HTTPConnection, response: Response | WebSocket) -> Context:  # noqa: ARG002 - Strawberry's signature
        """Make the context of a request, or of a WebSocket for as long as it lives."""
        websocket = isinstance(request, WebSocket)
        known = None if websocket else request.scope.get(_CALLER)
        context = Context(
            deps=_deps(request.scope),
            hub=cast("EventHub", request.scope["state"]["hub"]),
            request_id=request.headers.get("x-request-id", str(uuid4()))[:64],
            loaders=cast("Any", None),
            known=known,
        )
        context.loaders = Loaders(context, keep=not websocket)
        return context

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        """Find the caller from the first message.

        Raises:
            ConnectionRejectionError: no valid key; the socket is closed with 4403.
        """
        try:
            context.known = await authenticate(context.deps, header_of(context.connection_params))
        except (GraphQLError, StoreUnavailableError):
            raise ConnectionRejectionError from None
        if context.known is None:
            raise ConnectionRejectionError
        return UNSET

    def encode_json(self, data: object) -> str:
        """Write an answer; a text, for WebSocket frames."""
        return orjson.dumps(data, default=str).decode()

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        """Answer 200 with JSON; an answer without data that was asked for as GraphQL's own type says why by status."""
        response = super().create_response(response_data, sub_response)
        response.headers["cache-control"] = "no-store"
        return response


def _deps(scope: Mapping[str, Any]) -> Deps:
    return cast("Deps", scope["state"]["deps"])


async def _read_body(request: Request) -> bytes:
    """Read the body, counting: a length that was not told, or a wrong one, does not fill the memory."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise fault(FaultCode.BAD_REQUEST, "Send the request without Content-Encoding.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            message = f"A request has at most {MAX_BODY_BYTES:,} bytes: send variables, and less at once."
            raise fault(FaultCode.PAYLOAD_TOO_LARGE, message)
    if request.method == "POST":
        _check_shape(bytes(body))
    return bytes(body)


def _check_shape(body: bytes) -> None:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise fault(FaultCode.BAD_REQUEST, "The body is not JSON.") from None
    if not isinstance(value, dict):
        raise fault(FaultCode.BAD_REQUEST, "The body is one JSON object; operations are not batched.")
    given = cast("dict[str, Any]", value)
    if not isinstance(given.get("query"), str):
        raise fault(FaultCode.BAD_REQUEST, "The body needs `query`, a text.")
    for name in ("variables", "extensions"):
        if not isinstance(given.get(name), dict | None):
            raise fault(FaultCode.BAD_REQUEST, f"`{name}` is an object.")


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _refusal(error: GraphQLError) -> Response:
    code = FaultCode((error.extensions or {})["code"])
    headers = {"www-authenticate": "Bearer"} if code is FaultCode.UNAUTHENTICATED else {}
    return Response(
        orjson.dumps({"data": None, "errors": [error.formatted]}),
        status_code=STATUS[code],
        media_type="application/json",
        headers={"cache-control": "no-store", **headers},
    )
