"""LinkedIn's refusals: flat JSON with status, code and message. Shapes as developers reported them until 2026-11-22."""

from dataclasses import dataclass, replace
from typing import Any

from sandbox.answers import Json


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - the platform's word, not a program's error
    """A call that LinkedIn refuses."""

    status: int
    code: str | None
    message: str
    service_code: int | None = None

    def answer(self) -> Json:
        """Return the answer that says so."""
        body: dict[str, Any] = {"status": self.status, "code": self.code, "message": self.message}
        body["serviceErrorCode"] = self.service_code
        shown = {name: value for name, value in body.items() if value is not None}
        return Json(shown, self.status, headers={"x-linkedin-error-response": "true"})


def missing_field(path: str) -> Refusal:
    """Return the refusal of a body that lacks something."""
    return Refusal(400, "MISSING_FIELD", f"{path} :: field is required but not found and has no default value")


def invalid_value(path: str, why: str) -> Refusal:
    """Return the refusal of a value."""
    return Refusal(400, "INVALID_VALUE_FOR_FIELD", f"{path} :: {why}")


def too_long(path: str, length: int, limit: int) -> Refusal:
    """Return the refusal of a text."""
    return Refusal(
        400, "FIELD_LENGTH_TOO_LONG", f"{path} :: length {length} is beyond the maximum allowed length of {limit}"
    )


def invalid_urn(path: str) -> Refusal:
    """Return the refusal of something that is no URN of the kind that belongs there."""
    return Refusal(400, "INVALID_URN_TYPE", f"{path} :: is not a URN of a type that is allowed here")


def unknown_urn(path: str) -> Refusal:
    """Return the refusal of a URN that leads nowhere."""
    return Refusal(400, "INVALID_URN_ID", f"{path} :: there is nothing with this URN")


def illegal(message: str) -> Refusal:
    """Return the refusal of a call that Rest.li cannot read."""
    return Refusal(400, "ILLEGAL_ARGUMENT", message)


def unpermitted(path: str) -> Refusal:
    """Return the refusal of a field that may not be there, or not with this value by this token."""
    return Refusal(
        403,
        "ACCESS_DENIED",
        f"Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [{path}]",
        100,
    )


def access_denied(resource: str) -> Refusal:
    """Return the refusal of a call whose scope was not granted; the resource is `posts.CREATE` or the like."""
    return Refusal(403, "ACCESS_DENIED", f"Not enough permissions to access: {resource}", 100)


def not_found(message: str = "No virtual resource found") -> Refusal:
    """Return the refusal of a path that leads nowhere."""
    return Refusal(404, "NOT_FOUND", message)


def duplicate(urn: str) -> Refusal:
    """Return the refusal of what was posted already."""
    return Refusal(422, "DUPLICATE_POST", f"Content is a duplicate of {urn}")


def inactive_version(version: str) -> Refusal:
    """Return the refusal of a version that is not there any more, or not yet."""
    return Refusal(426, "NONEXISTENT_VERSION", f"Requested version {version}01 is not active")


def throttled(level: str) -> Refusal:
    """Return the refusal after a day's last call; the level is MEMBER or APPLICATION."""
    message = f"Resource level throttle {level} DAY limit for calls to this resource is reached."
    return Refusal(429, "TOO_MANY_REQUESTS", message, 101)


REFUSALS: dict[str, Refusal] = {
    "400 MISSING_FIELD": missing_field("/author"),
    "400 INVALID_VALUE_FOR_FIELD": invalid_value("/visibility", "is not one of its values"),
    "400 FIELD_LENGTH_TOO_LONG": too_long("/commentary", 3_001, 3_000),
    "400 MEDIA_ASSET_WAITING_UPLOAD": Refusal(
        400, "MEDIA_ASSET_WAITING_UPLOAD", "The media asset waits for its upload"
    ),
    "400 MEDIA_ASSET_PROCESSING_FAILED": Refusal(400, "MEDIA_ASSET_PROCESSING_FAILED", "The media asset failed"),
    "401 EMPTY": Refusal(401, None, "Empty oauth2_access_token", 401),
    "401 INVALID_ACCESS_TOKEN": Refusal(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600),
    "401 REVOKED_ACCESS_TOKEN": Refusal(
        401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user", 65601
    ),
    "401 EXPIRED_ACCESS_TOKEN": Refusal(
        401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602
    ),
    "403 ACCESS_DENIED": access_denied("posts.CREATE"),
    "403 UNPERMITTED": unpermitted("/author"),
    "404 NOT_FOUND": not_found(),
    "409 CONFLICT": Refusal(409, "CONFLICT", "Retry the request."),
    "413": Refusal(413, None, "Request Entity Too Large"),
    "415": Refusal(415, None, "Unsupported Media Type"),
    "422 DUPLICATE_POST": duplicate("urn:li:share:6844785523593134080"),
    "422 UNPROCESSABLE_ENTITY": Refusal(422, "UNPROCESSABLE_ENTITY", "The content cannot be processed"),
    "426 NONEXISTENT_VERSION": inactive_version("202504"),
    "429 APPLICATION": throttled("APPLICATION"),
    "429 MEMBER": throttled("MEMBER"),
    "500": Refusal(500, None, "Internal Server Error"),
    "503": Refusal(503, None, "Unable to obtain activity"),
    "504": Refusal(504, None, "Gateway Timeout"),
}
"""All that developers met, by status and code."""


def known(name: str) -> Refusal:
    """Return a refusal that developers met, to be raised once."""
    return replace(REFUSALS[name])
