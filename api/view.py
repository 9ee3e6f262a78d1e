"""GraphQL over HTTP and WebSocket: who calls, how large a request may be, what is carried out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.execution import ExecutionResult, PreExecutionError
from strawberry.types.graphql import OperationType
from strawberry.types.unset import UNSET, UnsetType

from api import answers
from api.auth import authenticate, header_of
from api.context import Context
from api.faults import FaultCode, fault
from api.loaders import Loaders
from api.masking import UNDECIDED, undecided
from api.schema import schema
from publishing.deps import Deps
from publishing.errors import StoreUnavailableError
from publishing.events import EventHub

MAX_BODY_BYTES = 100_000
MAX_SUBSCRIPTIONS = 100
_INIT_WAIT = timedelta(seconds=10)
_CALLER = "agm.caller"
_OVER_HTTP = (OperationType.QUERY, OperationType.MUTATION)


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
        await (await self._answer(Request(scope, receive)))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        kind = answers.chosen_type(request.headers.get("accept"))
        try:
            body = await _read_request(request, kind)
            request.scope[_CALLER] = await authenticate(_deps(request.scope), request.headers.get("authorization"))
            return await self.run(Request(request.scope, _replay(body)))
        except GraphQLError as error:
            return answers.refusal(error, kind)
        except StoreUnavailableError as error:
            return answers.refusal(fault(FaultCode.SERVICE_UNAVAILABLE, str(error)), kind)
        except HTTPException as error:
            return answers.refusal(fault(FaultCode.BAD_REQUEST, error.reason), kind)

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

    async def execute_single(  # noqa: PLR0917 - Strawberry's signature
        self,
        request: Request,  # noqa: ARG002 - as above
        request_adapter: AsyncHTTPRequestAdapter,  # noqa: ARG002 - as above
        sub_response: Response,  # noqa: ARG002 - as above
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """Carry out a query or a mutation; subscriptions need a WebSocket."""
        try:
            return await self.schema.execute(
                request_data.query,
                root_value=root_value,
                variable_values=request_data.variables,
                context_value=context,
                operation_name=request_data.operation_name,
                allowed_operation_types=_OVER_HTTP,
                operation_extensions=request_data.extensions,
            )
        except UNDECIDED as error:
            return PreExecutionError(data=None, errors=[undecided(error)])

    def encode_json(self, data: object) -> str:
        """Write a WebSocket frame."""
        return orjson.dumps(data, default=str).decode()

    def decode_json(self, data: str | bytes) -> object:
        """Read a request or a WebSocket frame."""
        return orjson.loads(data)

    async def get_sub_response(self, request: HTTPConnection) -> Response:
        """Remember the media type that the client takes until the answer is there."""
        return Response(media_type=answers.chosen_type(request.headers.get("accept")))

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        """Write the answer."""
        return answers.answer(cast("dict[str, Any]", response_data), sub_response.media_type or answers.JSON)


def _deps(scope: Mapping[str, Any]) -> Deps:
    return cast("Deps", scope["state"]["deps"])


async def _read_request(request: Request, kind: str | None) -> bytes:
    """Read a well-formed request's body.

    Raises:
        GraphQLError: the request is not one that this endpoint answers.
    """
    if request.method != "POST":
        raise fault(FaultCode.METHOD_NOT_ALLOWED, "Send operations with POST, subscriptions over WebSocket.")
    if kind is None:
        raise fault(FaultCode.NOT_ACCEPTABLE, f"Answers are {answers.GRAPHQL_JSON} or {answers.JSON}.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != answers.JSON:
        raise fault(FaultCode.UNSUPPORTED_MEDIA_TYPE, f"Send the request with `Content-Type: {answers.JSON}`.")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise fault(FaultCode.UNSUPPORTED_MEDIA_TYPE, "Send the request without Content-Encoding.")
    body = await _read_body(request)
    _check_shape(body)
    return body


async def _read_body(request: Request) -> bytes:
    """Read the body, counting: a length that was not told, or a wrong one, does not fill the memory."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            message = f"A request has at most {MAX_BODY_BYTES:,} bytes: send variables, and less at once."
            raise fault(FaultCode.PAYLOAD_TOO_LARGE, message)
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
    if not isinstance(given.get("operationName"), str | None):
        raise fault(FaultCode.BAD_REQUEST, "`operationName` is a text.")
    for name in ("variables", "extensions"):
        if not isinstance(given.get(name), dict | None):
            raise fault(FaultCode.BAD_REQUEST, f"`{name}` is an object.")


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
