"""Top-level errors: a broken request, a missing permission, a fault of the server. What callers can fix is data."""

from enum import StrEnum

from graphql import GraphQLError

from api.advice import Advice, Again


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

_F = FaultCode
ADVICE: dict[FaultCode, Advice] = {
    _F.BAD_REQUEST: Advice(
        "The request is no GraphQL request, or does not say which operation is meant.",
        "Send one JSON object with `query`, and `variables` and `operationName` where needed.",
        Again.IN_VAIN,
    ),
    _F.METHOD_NOT_ALLOWED: Advice("The request came by another method than POST.", "Use POST.", Again.IN_VAIN),
    _F.NOT_ACCEPTABLE: Advice(
        "`Accept` names no media type in which this server answers.",
        "Accept `application/json`, `application/graphql-response+json` or, to subscribe, `text/event-stream`.",
        Again.IN_VAIN,
    ),
    _F.UNSUPPORTED_MEDIA_TYPE: Advice(
        "The body is not sent as plain JSON.",
        "Send `Content-Type: application/json`, and no `Content-Encoding`.",
        Again.IN_VAIN,
    ),
    _F.PAYLOAD_TOO_LARGE: Advice(
        "The body or the document is too long.", "Send texts as variables, and less at once.", Again.IN_VAIN
    ),
    _F.GRAPHQL_PARSE_FAILED: Advice(
        "The document is not GraphQL, or has too many tokens.",
        "Correct it at the place that `locations` names.",
        Again.IN_VAIN,
    ),
    _F.GRAPHQL_VALIDATION_FAILED: Advice(
        "The document does not fit the schema.", "Compare it with `/schema.graphql`.", Again.IN_VAIN
    ),
    _F.OPERATION_TOO_COMPLEX: Advice(
        "The document asks for too much at once.", "Ask for smaller pages or fewer fields.", Again.IN_VAIN
    ),
    _F.BAD_USER_INPUT: Advice(
        "The variables do not fit the document, or an argument is out of bounds.",
        "Correct the one that the message names.",
        Again.IN_VAIN,
    ),
    _F.UNAUTHENTICATED: Advice(
        "No key was sent, or it is mistyped, expired or revoked.",
        "Send `Authorization: Bearer agm_…` with a key that works; `agm key create` makes one.",
        Again.AFTERWARDS,
    ),
    _F.PERMISSION_DENIED: Advice(
        "The key lacks the scope that a field needs; the other fields are answered.",
        "Use a key that has it, or leave out the field.",
        Again.IN_VAIN,
    ),
    _F.NOT_FOUND: Advice(
        "A subscription names something that is not there for this key.",
        "Check the id, and whether the key is of the same workspace.",
        Again.IN_VAIN,
    ),
    _F.SERVICE_UNAVAILABLE: Advice(
        "The database cannot be reached; or a subscriber read too slowly.",
        "Send it again after a moment; subscribe again.",
        Again.WITH_KEY,
    ),
    _F.INTERNAL: Advice(
        "A fault of the server, which is in its log under the `requestId` that comes along.",
        "Tell the operator the `requestId`.",
        Again.WITH_KEY,
    ),
}


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
