"""What callers see of errors: those made for them as they are and with a code, everything else under a number."""

from typing import Any
from uuid import uuid4

import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError
from strawberry.extensions import MaskErrors
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import PreExecutionError

from api.context import Context
from api.faults import FaultCode, fault
from publishing.errors import StoreUnavailableError

log = structlog.get_logger(__name__)
UNDECIDED = (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError)
"""What Strawberry raises when it is not clear which operation to carry out, or where it is not carried out."""


def undecided(error: Exception) -> GraphQLError:
    """Make the error of a request that names no operation that can be carried out."""
    if isinstance(error, InvalidOperationTypeError):
        return fault(FaultCode.BAD_REQUEST, "Subscribe with `Accept: text/event-stream`, or over WebSocket.")
    if isinstance(error, MissingQueryError):
        return fault(FaultCode.BAD_REQUEST, "The request holds no operation.")
    return fault(FaultCode.BAD_REQUEST, "The document has no operation of that name.")


class Masked(MaskErrors):
    """Gives every error a code, and hides what was not made for callers under a number in the log."""

    def _process_result(self, result: Any) -> None:
        """Change the errors of a result in place; asking a protocol, as inherited, costs every request."""
        if result.errors:
            result.errors = self._process_errors(result.errors)

    def _process_errors(self, errors: list[GraphQLError]) -> list[GraphQLError]:
        return [self._shown(error) for error in errors]

    def _shown(self, error: GraphQLError) -> GraphQLError:
        if isinstance(error.original_error, UNDECIDED):
            return undecided(error.original_error)
        if isinstance(error, GraphQLSyntaxError):
            return _coded(error, FaultCode.GRAPHQL_PARSE_FAILED)
        if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
            return self.anonymise_error(error)
        if "code" in (error.extensions or {}):
            return error
        return self.anonymise_error(error) if error.path else _coded(error, self._phase())

    def _phase(self) -> FaultCode:
        """What was wrong with a request of which no field was reached: the document, or its variables."""
        if isinstance(self.execution_context.result, PreExecutionError):
            return FaultCode.GRAPHQL_VALIDATION_FAILED
        return FaultCode.BAD_USER_INPUT

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        """Give what the caller sees instead."""
        context = self.execution_context.context
        request_id = context.request_id if isinstance(context, Context) else str(uuid4())
        if isinstance(error.original_error, StoreUnavailableError):
            code, message = FaultCode.SERVICE_UNAVAILABLE, str(error.original_error)
        else:
            code, message = FaultCode.INTERNAL, f"A fault of the server. Quote the request id {request_id}."
            log.error("resolver_fault", request_id=request_id, path=error.path, exc_info=error.original_error)
        extensions = {"code": code.value, "requestId": request_id}
        return GraphQLError(message, nodes=error.nodes, path=error.path, extensions=extensions)


def _coded(error: GraphQLError, code: FaultCode) -> GraphQLError:
    return GraphQLError(
        error.message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        extensions={"code": code.value},
    )
