"""GraphQL over HTTP, server-sent events and WebSocket: who calls, and what is carried out."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any, cast

import orjson
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import process_result
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.execution import ExecutionResult, PreExecutionError
from strawberry.types.graphql import OperationType
from strawberry.types.unset import UNSET, UnsetType
from structlog.contextvars import bind_contextvars

from api import answers, figures
from api.auth import authenticate, header_of
from api.context import Context
from api.faults import FaultCode, fault
from api.loaders import Loaders
from api.masking import UNDECIDED, undecided
from api.requests import Operation, read_frame, read_operation, request_id_of
from api.schema import schema
from api.streams import streamed
from publishing import tracing
from publishing.deps import Deps
from publishing.errors import StoreUnavailableError
from publishing.events import EventHub
from publishing.ids import Kind, public_id
from publishing.records import Caller
from publishing.tracing import Span

MAX_SUBSCRIPTIONS = 100
_INIT_WAIT = timedelta(seconds=10)
_OVER_HTTP = (OperationType.QUERY, OperationType.MUTATION)


class GraphQLView(GraphQL[Context, None]):
    """The endpoint: HTTP and server-sent events are answered here, WebSockets by Strawberry."""

    def __init__(self, *, allowed_origins: tuple[str, ...]) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=_INIT_WAIT,
            max_subscriptions_per_connection=MAX_SUBSCRIPTIONS,
            allowed_origins=allowed_origins,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a WebSocket."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            bind_contextvars(request_id=request_id_of(request))
            response = await self._answer(request)
            response.headers["x-request-id"] = request_id_of(request)
            await response(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def get_context(self, request: HTTPConnection, response: Response | WebSocket) -> Context:  # noqa: ARG002 - Strawberry's signature
        """Make the context of a WebSocket for as long as it lives."""
        return _context(request, None, keep=False)

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
        """Write a WebSocket frame."""
        return orjson.dumps(data, default=str).decode()

    def decode_json(self, data: str | bytes) -> object:
        """Read a WebSocket frame."""
        return read_frame(data)

    async def _answer(self, request: Request) -> Response:
        kind = answers.chosen_type(request.headers.get("accept"))
        try:
            operation = await read_operation(request, kind)
            known = await authenticate(_deps(request.scope), request.headers.get("authorization"))
            bind_contextvars(workspace=public_id(Kind.WORKSPACE, known.workspace_id) if known else None)
        except GraphQLError as error:
            return _refusal(error, kind)
        except StoreUnavailableError as error:
            return _refusal(fault(FaultCode.SERVICE_UNAVAILABLE, str(error)), kind)
        if kind == answers.EVENT_STREAM:
            return await self._stream(request, operation, known)
        result = await self._traced(request, operation, _context(request, known, keep=True))
        return answers.answer(cast("dict[str, Any]", process_result(result)), kind or answers.JSON)

    async def _stream(self, request: Request, operation: Operation, known: Caller | None) -> Response:
        context = _context(request, known, keep=False)
        context.connection_params = {"authorization": request.headers.get("authorization")}
        results = await self.schema.stream(
            operation.query,
            variable_values=operation.variables,
            context_value=context,
            operation_name=operation.name,
            operation_extensions=operation.extensions,
        )
        return streamed(cast("AsyncIterator[ExecutionResult]", results), request.scope["state"]["draining"])

    async def _traced(self, request: Request, operation: Operation, context: Context) -> ExecutionResult:
        """Carry an operation out in the trace that its headers name; a subscription is no part of one."""
        with tracing.serving(request.headers) as span:
            if span.trace_id is not None:
                bind_contextvars(trace_id=span.trace_id)
            result = await self._carry_out(operation, context)
            _tell(span, context)
        return result

    async def _carry_out(self, operation: Operation, context: Context) -> ExecutionResult:
        try:
            return await self.schema.execute(
                operation.query,
                variable_values=operation.variables,
                context_value=context,
                operation_name=operation.name,
                allowed_operation_types=_OVER_HTTP,
                operation_extensions=operation.extensions,
            )
        except UNDECIDED as error:
            return PreExecutionError(data=None, errors=[undecided(error)])


def _tell(span: Span, context: Context) -> None:
    kind, outcome = context.operation or (figures.UNKNOWN, figures.CLIENT_ERROR)
    if kind != figures.UNKNOWN:
        span.name(kind)
        span.note("graphql.operation.type", kind)
    if outcome == figures.SERVER_ERROR:
        span.fail(outcome)


def _refusal(error: GraphQLError, kind: str | None) -> Response:
    figures.count_refusal(error)
    return answers.refusal(error, kind)


def _context(request: HTTPConnection, known: Caller | None, *, keep: bool) -> Context:
    context = Context(
        deps=_deps(request.scope),
        hub=cast("EventHub", request.scope["state"]["hub"]),
        request_id=request_id_of(request),
        loaders=cast("Any", None),
        known=known,
    )
    context.loaders = Loaders(context, keep=keep)
    return context


def _deps(scope: Mapping[str, Any]) -> Deps:
    return cast("Deps", scope["state"]["deps"])
