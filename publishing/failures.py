"""Failures as stored with what they stopped: one JSON shape, from the platforms' errors and from our own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from platforms.base import Platform
from platforms.errors import Failure, FailureCode, PlatformError, RejectedError
from platforms.issues import Fix, Issue, Rule
from publishing import records
from publishing.retries import Backoff

UNSEEN = (
    "The server cannot look for it while nobody is signed in. If you can see it, say where with resolvePublication; "
    "else renew the sign-in with reconnectAccount, and the server looks again."
)
"""The hint of what may be public at a platform that cannot be asked."""


TOO_LATE = "It was to go out longer ago than AGM_MAX_LATENESS_SECONDS allows"
LOOK_INTO_LOG = "Look into the workers' log for its id before it is tried again."


def looking(platform: Platform) -> str:
    """Give the hint of what may be public while the server finds out."""
    return f"Nothing to do yet: the server looks for it at {platform.label}."


def patience(failure: Failure) -> Backoff:
    """Say how long a failure is borne with. A file of which the platform speaks was read here: it may well be right."""
    return _patience(failure.code.value, failure.platform_code)


def patience_used(error: dict[str, Any] | None) -> Backoff:
    """Read out of a publication's `error` whose patience its failures in a row have used."""
    return _patience(error["code"], error.get("platform_code")) if error else Backoff.PLATFORM


def alike(error: dict[str, Any] | None, failures: int) -> int:
    """Read out of a publication's `error` how many of its failures, the last ones, were of that kind."""
    return min(failures, error.get("alike", failures)) if error else failures


def _patience(code: str, platform_code: str | None) -> Backoff:
    if code != FailureCode.MEDIA_REJECTED.value:
        return Backoff.PLATFORM
    return Backoff.MEDIA if platform_code is None else Backoff.FETCH


def stored(failure: Failure, *, retryable: bool, alike: int = 0) -> dict[str, Any]:
    """Write a platform's failure as the JSON of an `error` column. It holds no secret by its making.

    `alike` says how many failures in a row, with this, were of its kind.
    """
    return {
        "code": failure.code.value,
        "platform": failure.platform.value,
        "message": _storable(failure.message),
        "hint": failure.hint,
        "retryable": retryable,
        "platform_code": failure.platform_code,
        "platform_message": _storable(failure.platform_message) if failure.platform_message else None,
        "platform_request_id": failure.platform_request_id,
        **({"retry_at": failure.retry_at.isoformat()} if failure.retry_at else {}),
        **({"alike": alike} if alike else {}),
        **({"issues": [_issue(issue) for issue in failure.issues]} if failure.issues else {}),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "rule": issue.rule.value,
        "message": issue.message,
        "path": list(issue.path),
        "limit": issue.limit,
        "actual": issue.actual,
        "fix": issue.fix.value if issue.fix else None,
    }


def _storable(text: str) -> str:
    """Take out what PostgreSQL keeps in no text; a platform may say anything."""
    return text.replace("\x00", "")


def of_error(error: PlatformError, *, retryable: bool, alike: int = 0) -> dict[str, Any]:
    """Write what a platform call ended in."""
    return stored(error.failure, retryable=retryable, alike=alike)


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
        retry_at=datetime.fromisoformat(value["retry_at"]) if value.get("retry_at") else None,
        issues=tuple(_read_issue(one) for one in value.get("issues") or ()),
    )


def _read_issue(value: Any) -> Issue:
    return Issue(
        rule=Rule(value["rule"]),
        message=value["message"],
        path=tuple(value["path"]),
        limit=value["limit"],
        actual=value["actual"],
        fix=Fix(value["fix"]) if value["fix"] else None,
    )


def unfit(platform: Platform, issues: Sequence[Issue]) -> RejectedError:
    """Say that content does not fit its channel, found before any call."""
    message = " ".join(issue.message for issue in issues)
    hint = "Put right what the issues name, and publish again."
    return RejectedError(Failure(FailureCode.MEDIA_REJECTED, platform, message, hint, issues=tuple(issues)))


def media_rejected(platform: Platform, message: str) -> RejectedError:
    """Say that a file cannot be used; the message names which, its host and the rule."""
    hint = "Change the file and publish again."
    return RejectedError(Failure(code=FailureCode.MEDIA_REJECTED, platform=platform, message=message, hint=hint))


def overdue(platform: Platform) -> Failure:
    """Say that something is too late to go out by itself."""
    message = f"{TOO_LATE}; it is not public."
    hint = "Decide whether it should still go out: retryPublication or cancelPublication."
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, hint)


def unmarked(platform: Platform) -> Failure:
    """Say that the mark before a public call could not be written, so that it was not made."""
    return Failure(
        code=FailureCode.PLATFORM_UNAVAILABLE,
        platform=platform,
        message="That the call is about to be made could not be written down; nothing was sent.",
        hint="It is tried again by itself.",
    )


def stale(platform: Platform) -> Failure:
    """Say that a worker stood still between the mark and the call, so that it was not made."""
    return Failure(
        code=FailureCode.PLATFORM_UNAVAILABLE,
        platform=platform,
        message="The worker was stopped for too long before the call; nothing was sent.",
        hint="It is tried again by itself.",
    )
