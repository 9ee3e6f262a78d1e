"""Refusals in X's shapes: problem+json of API v2, and the two words of its OAuth endpoints.

Source: "Response codes & errors" and "OAuth 2.0" on docs.x.com, 2026-11-22; wordings that the pages do not show are
those that developers quote in public threads.
"""

from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.responses import Response

from sandbox.answers import Json
from sandbox.x import facts

PROBLEM_JSON = "application/problem+json"
BLANK = "about:blank"


@dataclass
class Refusal(Exception):  # noqa: N818 - an answer like any other, raised to end the work
    """An answer that ends a call.

    Attributes:
        status: Of HTTP.
        body: None is an empty one.
        is_problem: Whether the body is problem+json; the OAuth endpoints' is not.
        code: What the request log calls it.
    """

    status: int
    body: dict[str, Any] | None
    code: str
    is_problem: bool = True
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def answer(self) -> Response:
        """Return it as a response."""
        if self.body is None:
            return Response(status_code=self.status, headers=self.headers)
        answer = Json(self.body, status_code=self.status, headers=self.headers)
        if self.is_problem:
            answer.headers["content-type"] = PROBLEM_JSON
        return answer


def problem(status: int, title: str, detail: str, kind: str = BLANK, **more: Any) -> Refusal:
    """Return a refusal; `kind` is the end of its type."""
    where = kind if kind == BLANK else f"{facts.PROBLEMS}/{kind}"
    code = detail if kind == BLANK else kind
    return Refusal(status, {"title": title, "detail": detail, "type": where, "status": status, **more}, code[:80])


def invalid(message: str, **parameters: list[str]) -> Refusal:
    """Return 400 for what was sent: which parameter, and why."""
    body = {
        "errors": [{"message": message, "parameters": parameters}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{facts.PROBLEMS}/invalid-request",
    }
    return Refusal(400, body, "invalid-request")


def invalid_media(ids: list[str]) -> Refusal:
    """Return 400 for media that are not there, not the caller's, too old or not ready."""
    return invalid("Your media IDs are invalid.", **{"media.media_ids": ids})


def unauthorized() -> Refusal:
    """Return 401: the token does not work."""
    refusal = problem(401, "Unauthorized", "Unauthorized")
    refusal.headers["www-authenticate"] = 'Bearer realm="X"'
    return refusal


def forbidden(detail: str = "You are not permitted to perform this action.") -> Refusal:
    """Return 403 in its plain form."""
    return problem(403, "Forbidden", detail)


def duplicate() -> Refusal:
    """Return 403 for a text that was posted already; it tells no id."""
    return forbidden("You are not allowed to create a Tweet with duplicate content.")


def not_summoned() -> Refusal:
    """Return 403 for a reply to, or quote of, somebody who did not ask for it."""
    detail = "You can only reply to or quote posts where you are mentioned or are the author."
    return problem(403, "Forbidden", detail, "not-authorized-for-resource")


def credits_depleted() -> Refusal:
    """Return 402; X does not document its words."""
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return problem(402, "CreditsDepleted", detail, "credits")


def too_many() -> Refusal:
    """Return 429."""
    return problem(429, "Too Many Requests", "Too Many Requests")


def not_found(resource: str, value: str, parameter: str) -> dict[str, Any]:
    """Return what a 200 says about something that is not there."""
    return {
        "value": value,
        "detail": f"Could not find {resource} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{facts.PROBLEMS}/resource-not-found",
    }


def oauth(error: str, description: str, status: int = 400) -> Refusal:
    """Return a refusal of the OAuth endpoints."""
    return Refusal(status, {"error": error, "error_description": description}, error, is_problem=False)


def failed() -> Refusal:
    """Return 500 in X's own words."""
    return problem(500, "Internal Server Error", "Something is broken. This is an unspecified error.")


REFUSALS = {
    "400": lambda: invalid("The Tweet contains an invalid URL."),
    "401": unauthorized,
    "402": credits_depleted,
    "403": forbidden,
    "403/duplicate": duplicate,
    "403/not-summoned": not_summoned,
    "403/client-forbidden": lambda: problem(
        403,
        "Client Forbidden",
        "The app of these keys and tokens is not attached to a Project.",
        "client-forbidden",
        reason="client-not-enrolled",
    ),
    "429": too_many,
    "429/usage-capped": lambda: problem(
        429,
        "UsageCapExceeded",
        "Usage cap exceeded: Monthly product cap",
        "usage-capped",
        period="Monthly",
        scope="Product",
    ),
    "500": failed,
    "503": lambda: problem(503, "Service Unavailable", "Service Unavailable"),
}
"""What a fault may answer, by name."""


def code_of(answer: Response) -> str | None:
    """Return what the request log calls a refusal; None where the answer is none."""
    if answer.status_code < 400:  # noqa: PLR2004 - where refusals begin
        return None
    try:
        body = orjson.loads(bytes(answer.body))
    except (orjson.JSONDecodeError, AttributeError):
        return None
    kind = str(body.get("type", ""))
    return str(body.get("error") or (kind.rpartition("/")[2] if "/" in kind else body.get("detail")))[:80]
