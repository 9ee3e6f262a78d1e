"""Meta's errors: the exception that becomes the envelope, and the contract strings.

GraphError is the only exception the endpoints raise on purpose; its code and subcode say what the caller must do.
Sources: Graph API "error handling", Page reference error tables. Instagram's own are in `instagram_errors`.
"""

from typing import Any, Final

OAUTH = "OAuthException"
METHOD = "GraphMethodException"
INSTAGRAM = "IGApiException"


class GraphError(Exception):
    """A refusal in Meta's shape.

    Args:
        code: Meta's error code.
        message: The English `message`.
        subcode: `error_subcode`, where there is one.
        kind: `type`: OAuthException, GraphMethodException.
        status: HTTP status.
        title: `error_user_title`.
        user_message: `error_user_msg`.
        transient: `is_transient`.
        error_data: `error_data`, an object.
    """

    def __init__(
        self,
        code: int,
        message: str,
        *,
        subcode: int | None = None,
        kind: str = OAUTH,
        status: int = 400,
        title: str | None = None,
        user_message: str | None = None,
        transient: bool = False,
        error_data: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code: Final = code
        self.message: Final = message
        self.subcode: Final = subcode
        self.kind: Final = kind
        self.status: Final = status
        self.title: Final = title
        self.user_message: Final = user_message
        self.transient: Final = transient
        self.error_data: Final = error_data

    def fields(self) -> dict[str, Any]:
        """Return the arguments that make this refusal again."""
        return {
            "code": self.code,
            "message": self.message,
            "subcode": self.subcode,
            "kind": self.kind,
            "status": self.status,
            "title": self.title,
            "user_message": self.user_message,
            "transient": self.transient,
            "error_data": self.error_data,
        }

    def retyped(self, kind: str) -> "GraphError":
        """Return the same refusal with another `type`."""
        fields = self.fields()
        fields["kind"] = kind
        return GraphError(**fields)

    def envelope(self, trace_id: str) -> dict[str, Any]:
        """Return the JSON body."""
        body: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            body["error_subcode"] = self.subcode
        if self.subcode is not None or self.transient:
            body["is_transient"] = self.transient
        if self.title is not None:
            body["error_user_title"] = self.title
        if self.user_message is not None:
            body["error_user_msg"] = self.user_message
        if self.error_data is not None:
            body["error_data"] = self.error_data
        return {"error": {**body, "fbtrace_id": trace_id}}


def invalid_parameter(detail: str) -> GraphError:
    """Code 100: the request itself is wrong."""
    return GraphError(100, f"(#100) {detail}")


def unsupported(method: str, object_id: str) -> GraphError:
    """Code 100 with subcode 33: no such object, or not for this token."""
    return GraphError(
        100,
        f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        subcode=33,
        kind=METHOD,
    )


def nonexisting_field(name: str, node_type: str) -> GraphError:
    """Code 100: a field or edge that the node does not have."""
    return invalid_parameter(f"Tried accessing nonexisting field ({name}) on node type ({node_type})")


def no_permission() -> GraphError:
    """Code 10: a permission is missing."""
    return GraphError(10, "(#10) Application does not have permission for this action", status=403)


def may_not_publish() -> GraphError:
    """Code 200: the permission or the task to publish on the Page is missing."""
    return GraphError(
        200,
        "(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts as an admin with "
        "sufficient administrative permission",
        status=403,
    )


def ads_permission_missing() -> GraphError:
    """Code 200: a role from Business Manager does not do without a permission about ads."""
    return GraphError(
        200,
        "(#200) The calling app is missing the ads_management or ads_read permission, one of which is required because "
        "the role on the Page was granted through Business Manager",
        status=403,
    )


def business_permission_missing() -> GraphError:
    """Code 200: portfolios are shown with `business_management` only."""
    return GraphError(200, "(#200) Requires business_management permission to manage the object.", status=403)


def dead_token(subcode: int | None, detail: str) -> GraphError:
    """Code 190: the token is no good any more."""
    return GraphError(190, f"Error validating access token: {detail}", subcode=subcode)


def unexpected() -> GraphError:
    """Code 2 with HTTP 500: it asks for a retry, and says nothing about whether the work was done."""
    message = "An unexpected error has occurred. Please retry your request later."
    return GraphError(2, message, status=500, transient=True)


def duplicate() -> GraphError:
    """Code 506: the Page posted this text a short while ago."""
    return GraphError(506, "(#506) Duplicate status message")


def throttled(code: int) -> GraphError:
    """Code 4, 17, 32, 80001 or 80002: too many calls."""
    message, subcode = _THROTTLES[code]
    return GraphError(code, f"(#{code}) {message}", subcode=subcode, transient=True)


_WAIT = (
    "Wait a bit and try again. For more info, please refer to "
    "https://developers.facebook.com/docs/graph-api/overview/rate-limiting."
)
_THROTTLES: dict[int, tuple[str, int | None]] = {
    4: ("Application request limit reached", None),
    17: ("User request limit reached", 2446079),
    32: ("Page request limit reached", None),
    80001: (f"There have been too many calls to this Page account. {_WAIT}", 2446079),
    80002: (f"There have been too many calls to this Instagram account. {_WAIT}", 2446079),
}
