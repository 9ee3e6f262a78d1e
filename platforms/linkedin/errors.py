"""From what a call to LinkedIn ended in to what the caller must do, with the catalogue of `codes`.

At the call that makes a post public only a known, definite refusal counts as one, and only a call that never left
counts as not sent. Everything else may be public.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, cast

from net.errors import NetError, NotSentError, UnreadableReplyError
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
from platforms.linkedin.codes import Row, Verdict, row_for

DUPLICATE = "duplicate"
"""The code of a failure when LinkedIn says that the same is there already."""
OK = range(200, 300)
_PLATFORM = Platform.LINKEDIN
_URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")
_SOON = timedelta(seconds=5)
_UNKNOWN_MIDNIGHT = timedelta(hours=1)
_LONGEST_TEXT = 300


class DuplicateError(RejectedError):
    """The same post is there already, as `urn` when LinkedIn names it; whose it is, LinkedIn does not say."""

    def __init__(self, failure: Failure, urn: str | None) -> None:
        super().__init__(failure)
        self.urn = urn


@dataclass(frozen=True, slots=True)
class Fault:
    """LinkedIn's error, read defensively: any part may be missing, and a gateway answers without any."""

    status: int
    code: str | None
    service_code: int | None
    message: str
    request_id: str | None
    is_linkedins: bool

    @property
    def name(self) -> str:
        """The code as people quote it, such as `EXPIRED_ACCESS_TOKEN/65602`."""
        parts = [self.code, str(self.service_code) if self.service_code is not None else None]
        return "/".join(part for part in parts if part) or str(self.status)


def error_of(reply: Reply, *, public: bool) -> PlatformError:
    """Say what an answer that is no success asks of the caller."""
    fault = _fault(reply)
    row = row_for(fault.status, fault.code, fault.message) if fault.is_linkedins or not public else None
    if row is None or row.verdict is Verdict.UNCLEAR:
        return _unclear(fault, public=public)
    match row.verdict:
        case Verdict.SIGN_IN:
            return ReconnectRequiredError(_failure(fault, row))
        case Verdict.SOON:
            return TransientError(_failure(fault, row), retry_after=_SOON)
        case Verdict.TOMORROW:
            reach = Reach.APP if "APPLICATION" in fault.message else Reach.SIGN_IN
            return RateLimitedError(_failure(fault, row), retry_after=until_midnight(reply.headers), reach=reach)
        case Verdict.DUPLICATE:
            return _duplicate(fault)
        case _:
            return RejectedError(_failure(fault, row))


def of_net_error(error: NetError, *, public: bool) -> PlatformError:
    """Say what a call that brought no readable answer means."""
    if isinstance(error, NotSentError) or not public:
        return TransientError(unavailable(f"{error}."))
    return OutcomeUnknownError(unknown(f"{error}."))


def unavailable(message: str) -> Failure:
    """Say that LinkedIn could not do it now."""
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, _PLATFORM, message, "It is tried again.")


def unknown(message: str, *, code: str | None = None) -> Failure:
    """Say that a public call was made and nobody knows as which post, or whether."""
    hint = "Nothing to do yet: the server finds out at LinkedIn."
    message = f"{message} It may be public."
    return Failure(FailureCode.OUTCOME_UNKNOWN, _PLATFORM, message, hint, platform_code=code)


def refused(message: str, hint: str, code: FailureCode = FailureCode.PLATFORM_REJECTED) -> RejectedError:
    """Say that something is refused for good."""
    return RejectedError(Failure(code, _PLATFORM, message, hint))


def until_midnight(headers: Mapping[str, str]) -> timedelta:
    """Say how long it is to LinkedIn's next midnight UTC, when quotas begin anew, by the clock of its own answer."""
    try:
        now = parsedate_to_datetime(headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return _UNKNOWN_MIDNIGHT
    tomorrow = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    return tomorrow - now


def _duplicate(fault: Fault) -> DuplicateError:
    found = _URN.search(fault.message)
    urn = found[0] if found else None
    where = f" as {urn}" if urn else ""
    message = f"LinkedIn has the very same post already{where}; it takes no second one within ten minutes."
    hint = "Change the text, or publish it again later."
    return DuplicateError(_said(fault, FailureCode.PLATFORM_REJECTED, hint, message=message, code=DUPLICATE), urn)


def _unclear(fault: Fault, *, public: bool) -> PlatformError:
    if public:
        message = "LinkedIn answered with an error of unclear meaning. It may be public."
        hint = "Nothing to do yet: the server finds out at LinkedIn."
        return OutcomeUnknownError(_said(fault, FailureCode.OUTCOME_UNKNOWN, hint, message=message))
    if fault.status in range(400, 500) and fault.status not in {408, 409}:
        return RejectedError(_said(fault, FailureCode.PLATFORM_REJECTED, "Read what LinkedIn says."))
    return TransientError(_said(fault, FailureCode.PLATFORM_UNAVAILABLE, "It is tried again."))


def _failure(fault: Fault, row: Row) -> Failure:
    return _said(fault, row.failure, row.hint)


def _said(
    fault: Fault, failure: FailureCode, hint: str, *, message: str | None = None, code: str | None = None
) -> Failure:
    return Failure(
        code=failure,
        platform=_PLATFORM,
        message=message or f"LinkedIn answered: {fault.message or f'status {fault.status}'}",
        hint=hint,
        platform_code=code or fault.name,
        platform_message=fault.message or None,
        platform_request_id=fault.request_id,
        http_status=fault.status,
    )


def _fault(reply: Reply) -> Fault:
    try:
        value = reply.json()
    except UnreadableReplyError:
        value = None
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    code, service, message = told.get("code"), told.get("serviceErrorCode"), told.get("message")
    return Fault(
        status=reply.status,
        code=code if isinstance(code, str) else None,
        service_code=service if isinstance(service, int) else None,
        message=message[:_LONGEST_TEXT].replace("\x00", "") if isinstance(message, str) else "",
        request_id=reply.headers.get("x-li-uuid"),
        is_linkedins=isinstance(message, str) or isinstance(code, str),
    )
