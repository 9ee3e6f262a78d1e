"""Failures as stored with what they stopped: one JSON shape, from the platforms' errors and from our own."""

from typing import Any

from platforms.base import Platform
from platforms.errors import Failure, FailureCode, PlatformError, RejectedError
from publishing import records


def stored(failure: Failure, *, retryable: bool) -> dict[str, Any]:
    """Write a platform's failure as the JSON of an `error` column. It holds no secret by its making."""
    return {
        "code": failure.code.value,
        "platform": failure.platform.value,
        "message": _storable(failure.message),
        "hint": failure.hint,
        "retryable": retryable,
        "platform_code": failure.platform_code,
        "platform_message": _storable(failure.platform_message) if failure.platform_message else None,
        "platform_request_id": failure.platform_request_id,
    }


def _storable(text: str) -> str:
    """Take out what PostgreSQL keeps in no text; a platform may say anything."""
    return text.replace("\x00", "")


def of_error(error: PlatformError, *, retryable: bool) -> dict[str, Any]:
    """Write what a platform call ended in."""
    return stored(error.failure, retryable=retryable)


def read(value: Any) -> records.Failure | None:
    """Read an `error` column."""
    if not value:
        return None
    return records.Failure(
        code=FailureCode(value["code"]),
        platform=Platform(value["platform"]),
        message=value["message"],
        hint=value["hint"],
        retryable=value["retryable"],
        platform_code=value.get("platform_code"),
        platform_message=value.get("platform_message"),
        platform_request_id=value.get("platform_request_id"),
    )


def media_rejected(platform: Platform, message: str) -> RejectedError:
    """Say that an image cannot be used; the message names which, its host and the rule."""
    hint = "Change the image and publish again."
    return RejectedError(Failure(code=FailureCode.MEDIA_REJECTED, platform=platform, message=message, hint=hint))


def overdue(platform: Platform) -> Failure:
    """Say that something is too late to go out by itself."""
    message = "It was to go out longer ago than AGM_MAX_LATENESS_SECONDS allows; it is not public."
    hint = "Decide whether it should still go out: retryPublication or cancelPublication."
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, hint)
