"""Top-level errors: a broken request, a missing permission, a fault of the server. What callers can fix is data."""

from enum import StrEnum

from graphql import GraphQLError


class FaultCode(StrEnum):
    """What `extensions.code` of a top-level error can be, beside the words of `ErrorCode`."""

    BAD_REQUEST = "BAD_REQUEST"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_TOO_COMPLEX = "OPERATION_TOO_COMPLEX"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    NOT_FOUND = "NOT_FOUND"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    INTERNAL = "INTERNAL"


STATUS = {
    FaultCode.BAD_REQUEST: 400,
    FaultCode.METHOD_NOT_ALLOWED: 405,
    FaultCode.NOT_ACCEPTABLE: 406,
    FaultCode.UNSUPPORTED_MEDIA_TYPE: 415,
    FaultCode.PAYLOAD_TOO_LARGE: 413,
    FaultCode.GRAPHQL_PARSE_FAILED: 400,
    FaultCode.GRAPHQL_VALIDATION_FAILED: 422,
    FaultCode.OPERATION_TOO_COMPLEX: 422,
    FaultCode.BAD_USER_INPUT: 422,
    FaultCode.UNAUTHENTICATED: 401,
    FaultCode.PERMISSION_DENIED: 403,
    FaultCode.NOT_FOUND: 404,
    FaultCode.SERVICE_UNAVAILABLE: 503,
    FaultCode.INTERNAL: 500,
}
"""HTTP status of an answer without data, where the client accepts `application/graphql-response+json`.

Source: graphql/graphql-over-http, draft of 2026-08-06.
"""


def fault(code: FaultCode, message: str) -> GraphQLError:
    """Make a top-level error with its code."""
    return GraphQLError(message, extensions={"code": code.value})


def leads_nowhere(argument: str) -> GraphQLError:
    """Make the error of a subscription to something that is not there for this caller."""
    return fault(FaultCode.NOT_FOUND, f"`{argument}` leads nowhere here: pass an id that this workspace gave.")


def unauthenticated(presented: str = "") -> GraphQLError:
    """Make the error of a caller who is not known; `presented` says what was wrong with the header."""
    message = presented or "Send an API key: `Authorization: Bearer agm_...`."
    return fault(FaultCode.UNAUTHENTICATED, message)
