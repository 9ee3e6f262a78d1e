"""What an answer of LinkedIn's asks of the caller: the catalogue, line by line, before and at the public call."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from net.http import Reply
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    RateLimitedError,
    Reach,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.linkedin.errors import DuplicateError, error_of

LATE = {"date": "Thu, 26 Nov 2026 22:30:00 GMT"}


def said(status: int, body: Any, *, public: bool, headers: dict[str, str] | None = None) -> PlatformError:
    content = body if isinstance(body, bytes) else orjson.dumps({"status": status, **body})
    return error_of(Reply(status, headers or {}, content), public=public)


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"code": "FIELD_LENGTH_TOO_LONG", "message": "commentary"}, RejectedError),
        (400, {"code": "MEDIA_ASSET_WAITING_UPLOAD", "message": ""}, TransientError),
        (400, {"code": "MEDIA_ASSET_PROCESSING_FAILED", "message": ""}, RejectedError),
        (400, {"message": "Organization Or Events permissions must be used when …"}, ReconnectRequiredError),
        (
            401,
            {"serviceErrorCode": 65602, "code": "EXPIRED_ACCESS_TOKEN", "message": "expired"},
            ReconnectRequiredError,
        ),
        (403, {"serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": "Not enough"}, ReconnectRequiredError),
        (404, {"code": "NOT_FOUND", "message": "No virtual resource found"}, RejectedError),
        (422, {"message": "Content is a duplicate of urn:li:share:68447"}, DuplicateError),
        (422, {"code": "UNPROCESSABLE_ENTITY", "message": "no"}, RejectedError),
        (426, {"code": "NONEXISTENT_VERSION", "message": "not active"}, RejectedError),
        (429, {"code": "TOO_MANY_REQUESTS", "message": "MEMBER DAY limit"}, RateLimitedError),
    ],
)
def test_a_known_refusal_is_one_before_and_at_the_public_call(
    status: int, body: dict[str, Any], kind: type, public: bool
) -> None:
    assert type(said(status, body, public=public)) is kind


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"message": "Internal Server Error"}),
        (502, b"<html>Bad Gateway</html>"),
        (503, {"message": "Unable to obtain activity"}),
        (409, {"code": "CONFLICT", "message": "Retry the request."}),
        (400, b"<html>Bad Request</html>"),
        (413, b""),
        (418, {"message": "?"}),
    ],
)
def test_what_is_unclear_may_be_public_at_the_public_call_alone(status: int, body: Any) -> None:
    assert isinstance(said(status, body, public=True), OutcomeUnknownError)
    assert not isinstance(said(status, body, public=False), OutcomeUnknownError)


def test_an_ended_version_is_an_operators() -> None:
    error = said(426, {"message": "Requested version 20250401 is not active"}, public=True)
    assert error.failure.code is FailureCode.PLATFORM_NOT_CONFIGURED
    assert "AGM_LINKEDIN_VERSION" in error.failure.hint


@pytest.mark.parametrize(
    ("message", "reach"), [("throttle APPLICATION DAY limit", Reach.APP), ("throttle MEMBER DAY limit", Reach.SIGN_IN)]
)
def test_a_days_quota_is_back_at_the_next_midnight_utc_of_linkedins_clock(message: str, reach: Reach) -> None:
    error = said(429, {"message": message}, public=True, headers=LATE)
    assert isinstance(error, RateLimitedError)
    assert (error.retry_after, error.reach) == (timedelta(minutes=90), reach)


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 99 Nov 2026 22:30:00 GMT"])
def test_without_a_readable_clock_it_is_tried_within_the_hour(date: str) -> None:
    error = said(429, {"message": ""}, public=False, headers={"date": date})
    assert isinstance(error, RateLimitedError)
    assert error.retry_after == timedelta(hours=1)


@pytest.mark.parametrize(
    ("message", "urn"),
    [
        ("Content is a duplicate of urn:li:share:6844785523593134080", "urn:li:share:6844785523593134080"),
        ("Content is a Duplicate of urn:li:ugcPost:12.", "urn:li:ugcPost:12"),
        ("Content is a duplicate of something", None),
    ],
)
def test_a_duplicate_names_the_post_that_is_there(message: str, urn: str | None) -> None:
    error = said(422, {"message": message}, public=True)
    assert isinstance(error, DuplicateError)
    assert (error.urn, error.failure.platform_code) == (urn, "duplicate")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"status":"x","code":7,"message":{}}', b"\xff"])
def test_any_part_of_an_error_may_be_missing(body: bytes) -> None:
    assert isinstance(said(401, body, public=False), ReconnectRequiredError)
    assert isinstance(said(401, body, public=True), OutcomeUnknownError)
