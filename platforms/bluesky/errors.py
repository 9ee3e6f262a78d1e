"""From what a call to an AT Protocol server ended in to what the caller must do.

At the call that makes a post public only a known, definite refusal counts as one, and only a call that never left
counts as not sent. Everything else may be public, and is settled by the record's key.

Sources, read 2026-11-26:
https://atproto.com/specs/xrpc (shape of errors, statuses)
https://docs.bsky.app/docs/advanced-guides/rate-limits (headers of limits)
https://github.com/bluesky-social/atproto/tree/main/lexicons/com/atproto (names of errors)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any, cast

from net.errors import ForbiddenAddressError, NetError, NotSentError, UnreadableReplyError
from net.http import Reply
from platforms.base import Platform
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    RateLimitedError,
    Reach,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)

GONE = "RecordNotFound"
NO_BLOB = "BlobNotFound"
_OK = range(200, 300)
_REFUSED = range(400, 500)
_TOO_MANY = 429
_DEFAULT_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(days=1)
_LONGEST_TEXT = 300


class Verdict(Enum):
    """What an error means, and so what the caller does."""

    AUTH = "a person signs in again, or the token is renewed"
    ACCOUNT = "a person puts the account right at its server"
    REFUSED = "the same request is refused again"


@dataclass(frozen=True, slots=True)
class Row:
    """One name of an error: its verdict, and what a person does."""

    verdict: Verdict
    hint: str


_AGAIN = "Connect the account again with connectBluesky; what is held goes on by itself."
_CHANGE = "Change the post and publish again."
_APP_PASSWORD = "Make an app password in Bluesky's settings (Privacy and security > App passwords) and give that one."  # noqa: S105 - words for people
_AT_SERVER = "Open the account in Bluesky's app and follow what it asks for, then connect it again."
_ROWS: Mapping[str, Row] = {
    "ExpiredToken": Row(Verdict.AUTH, _AGAIN),
    "InvalidToken": Row(Verdict.AUTH, _AGAIN),
    "AuthMissing": Row(Verdict.AUTH, _AGAIN),
    "AuthenticationRequired": Row(Verdict.AUTH, _AGAIN),
    "AuthFactorTokenRequired": Row(Verdict.AUTH, _APP_PASSWORD),
    "AccountTakedown": Row(Verdict.ACCOUNT, _AT_SERVER),
    "AccountDeactivated": Row(Verdict.ACCOUNT, _AT_SERVER),
    "AccountNotFound": Row(Verdict.ACCOUNT, _AT_SERVER),
    "InvalidRequest": Row(Verdict.REFUSED, _CHANGE),
    "InvalidMimeType": Row(Verdict.REFUSED, _CHANGE),
    "BlobTooLarge": Row(Verdict.REFUSED, _CHANGE),
    "PayloadTooLarge": Row(Verdict.REFUSED, _CHANGE),
    NO_BLOB: Row(Verdict.REFUSED, _CHANGE),
    GONE: Row(Verdict.REFUSED, _CHANGE),
}


def answer_of(reply: Reply, *, public: bool) -> dict[str, Any]:
    """Give the JSON object of a good answer; {} for one without a body.

    Raises:
        PlatformError: the answer is an error, or cannot be read; its class says what to do.
    """
    if reply.status in _OK and not reply.body:
        return {}
    try:
        value = reply.json()
    except UnreadableReplyError:
        value = None
    answer = cast("dict[str, Any]", value) if isinstance(value, dict) else None
    if reply.status in _OK and answer is not None:
        return answer
    raise _classify(reply, answer or {}, public=public)


def of_net_error(error: NetError, *, public: bool) -> PlatformError:
    """Say what a call that brought no readable answer means."""
    message = f"{error}."
    if isinstance(error, ForbiddenAddressError):
        hint = "Connect the account by the public https address of its server."
        return RejectedError(Failure(FailureCode.PLATFORM_REJECTED, Platform.BLUESKY, message, hint))
    if isinstance(error, NotSentError) or not public:
        return TransientError(
            Failure(FailureCode.PLATFORM_UNAVAILABLE, Platform.BLUESKY, message, "It is tried again.")
        )
    return OutcomeUnknownError(unknown(message))


def unknown(message: str, **found: Any) -> Failure:
    """Say that a call was made that may have made a post public."""
    hint = "Nothing to do yet: the server looks for it at Bluesky."
    return Failure(FailureCode.OUTCOME_UNKNOWN, Platform.BLUESKY, f"{message} It may be public.", hint, **found)


def name_of(error: PlatformError) -> str:
    """The name of an error, such as `RecordNotFound`; empty when there is none."""
    return error.failure.platform_code or ""


def _classify(reply: Reply, answer: Mapping[str, Any], *, public: bool) -> PlatformError:
    name = answer.get("error") if isinstance(answer.get("error"), str) else None
    said = str(answer.get("message") or name or f"status {reply.status}").replace("\x00", "")[:_LONGEST_TEXT]
    found = {"platform_code": name, "platform_message": said, "http_status": reply.status}
    if reply.status == _TOO_MANY:
        return RateLimitedError(
            _failure(FailureCode.RATE_LIMITED, "It is tried again when it may be.", **found),
            retry_after=_wait_of(reply.headers),
            reach=Reach.SIGN_IN,
        )
    row = _ROWS.get(name or "") if reply.status in _REFUSED else None
    if row is not None:
        return _by_row(row, found)
    if public:
        return OutcomeUnknownError(unknown("Bluesky answered with an error of unclear meaning.", **found))
    if name is not None and reply.status in _REFUSED:
        return RejectedError(_failure(FailureCode.PLATFORM_REJECTED, "Read what the server says.", **found))
    return TransientError(_failure(FailureCode.PLATFORM_UNAVAILABLE, "It is tried again.", **found))


def _by_row(row: Row, found: Mapping[str, Any]) -> PlatformError:
    if row.verdict is Verdict.REFUSED:
        return RejectedError(_failure(FailureCode.PLATFORM_REJECTED, row.hint, **found))
    return ReconnectRequiredError(_failure(FailureCode.RECONNECT_REQUIRED, row.hint, **found))


def _failure(code: FailureCode, hint: str, **found: Any) -> Failure:
    return Failure(code, Platform.BLUESKY, f"Bluesky answered: {found['platform_message']}", hint, **found)


def _wait_of(headers: Mapping[str, str]) -> timedelta:
    """Read from when on calls are answered again: a moment on the server's clock, or seconds from now."""
    try:
        if "ratelimit-reset" in headers:
            free_at = datetime.fromtimestamp(int(headers["ratelimit-reset"]), UTC)
            wait = free_at - parsedate_to_datetime(headers["date"])
        else:
            wait = timedelta(seconds=int(headers["retry-after"]))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return _DEFAULT_WAIT
    return min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT)
