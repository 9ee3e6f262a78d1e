"""From what a call to X ended in to what the caller must do, with the catalogue of `codes`.

At the call that makes a post public only a known, definite refusal counts as one, and only a call that never left
counts as not sent. Everything else may be public.

Source: https://docs.x.com/x-api/fundamentals/rate-limits (read 2026-11-22): the headers of three groups of limits, each
with its moment of reset; a 429 may come of any of them.
"""

from collections.abc import Iterator, Mapping
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
from platforms.x.codes import Row, Verdict, row_for

DUPLICATE = "duplicate"
"""The code of a failure when X says that the same text is there already."""
OK = range(200, 300)
_PLATFORM = Platform.X
_LONGEST_TEXT = 300
_PASSED_ON_BY_NOBODY = frozenset({402, 429})
"""Who answers so, a gateway too, has done nothing."""
_UNTOLD_WAIT, _SHORTEST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(seconds=1), timedelta(hours=24)
_CREDITS_WAIT = timedelta(minutes=15)
_LIMITS = {"x-rate-limit": Reach.SIGN_IN, "x-user-limit-24hour": Reach.SIGN_IN, "x-app-limit-24hour": Reach.APP}


class DuplicateError(RejectedError):
    """The same text is there already; as which post, X does not say."""


class UnknownMediaError(RejectedError):
    """X does not know a file of the post, or is not done with it."""


class UnseenParentError(RejectedError):
    """The post that is replied to cannot be seen: not yet, or not any more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """X's problem, read defensively: any part may be missing, and a gateway answers without any."""

    status: int
    kind: str
    message: str
    request_id: str | None
    is_xs: bool

    @property
    def name(self) -> str:
        """The code as people quote it, such as `403/usage-capped`."""
        tail = self.kind.rstrip("/").rpartition("/")[2]
        return f"{self.status}/{tail}" if tail and tail != "about:blank" else str(self.status)


def error_of(reply: Reply, *, public: bool) -> PlatformError:
    """Say what an answer that is no success asks of the caller."""
    fault = fault_of(reply)
    row = (
        row_for(fault.status, fault.kind, fault.message)
        if fault.is_xs or not public or fault.status in _PASSED_ON_BY_NOBODY
        else None
    )
    if row is None:
        return _unclear(fault, public=public)
    failure = _said(fault, row)
    match row.verdict:
        case Verdict.SIGN_IN:
            return ReconnectRequiredError(failure)
        case Verdict.WAIT:
            wait, reach = _wait_of(reply.headers)
            return RateLimitedError(failure, retry_after=wait, reach=reach)
        case Verdict.PAY:
            return RateLimitedError(failure, retry_after=_CREDITS_WAIT, reach=Reach.APP)
        case _:
            return _REFUSALS.get(row.verdict, RejectedError)(failure)


_REFUSALS: Mapping[Verdict, type[RejectedError]] = {
    Verdict.DUPLICATE: DuplicateError,
    Verdict.MEDIA: UnknownMediaError,
    Verdict.PARENT: UnseenParentError,
}


def of_net_error(error: NetError, *, public: bool) -> PlatformError:
    """Say what a call that brought no readable answer means."""
    if isinstance(error, NotSentError) or not public:
        return TransientError(unavailable(f"{error}."))
    return OutcomeUnknownError(unknown(f"{error}."))


def unavailable(message: str) -> Failure:
    """Say that X could not do it now."""
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, _PLATFORM, message, "It is tried again.")


def unknown(message: str, *, code: str | None = None) -> Failure:
    """Say that a public call was made and nobody knows as which post, or whether."""
    hint = "Nothing to do yet: the server finds out at X."
    return Failure(FailureCode.OUTCOME_UNKNOWN, _PLATFORM, f"{message} It may be public.", hint, platform_code=code)


def refused(message: str, hint: str, code: FailureCode = FailureCode.PLATFORM_REJECTED) -> RejectedError:
    """Say that something is refused for good."""
    return RejectedError(Failure(code, _PLATFORM, message, hint))


def ungranted(scope: str) -> Failure:
    """Say that the sign-in lacks what the call needs; X was not asked."""
    message = f"The sign-in lacks {scope}, which this post needs; nothing was sent."
    hint = "Sign in again with reconnectAccount and allow it, then retryPublication."
    return Failure(FailureCode.RECONNECT_REQUIRED, _PLATFORM, message, hint)


def fault_of(reply: Reply) -> Fault:
    """Read a problem; what it says may be in `detail`, or in the first of its `errors`."""
    try:
        value = reply.json()
    except UnreadableReplyError:
        value = None
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    said = ". ".join(dict.fromkeys(_words_of(told)))
    kind = told.get("type")
    return Fault(
        status=reply.status,
        kind=kind if isinstance(kind, str) else "",
        message=said.replace("\x00", "")[:_LONGEST_TEXT],
        request_id=reply.headers.get("x-transaction-id"),
        is_xs=bool(said),
    )


def _words_of(told: Mapping[str, Any]) -> Iterator[str]:
    listed = told.get("errors")
    for one in cast("list[Any]", listed) if isinstance(listed, list) else []:
        if isinstance(one, dict) and isinstance(message := cast("dict[str, Any]", one).get("message"), str):
            yield message.rstrip(".")
    for name in ("detail", "title"):
        if isinstance(text := told.get(name), str) and text:
            yield text.rstrip(".")
            return


def _unclear(fault: Fault, *, public: bool) -> PlatformError:
    if public:
        message = "X answered with an error of unclear meaning. It may be public."
        hint = "Nothing to do yet: the server finds out at X."
        return OutcomeUnknownError(_failure(fault, FailureCode.OUTCOME_UNKNOWN, message, hint))
    message = _told(fault)
    if fault.status in range(400, 500) and fault.status not in {408, 409}:
        return RejectedError(_failure(fault, FailureCode.PLATFORM_REJECTED, message, "Read what X says."))
    return TransientError(_failure(fault, FailureCode.PLATFORM_UNAVAILABLE, message, "It is tried again."))


def _said(fault: Fault, row: Row) -> Failure:
    if row.verdict is Verdict.DUPLICATE:
        message = "X has a post with this very text already, and takes no second one for a while."
        return _failure(fault, row.failure, message, row.hint, name=DUPLICATE)
    return _failure(fault, row.failure, _told(fault), row.hint)


def _told(fault: Fault) -> str:
    return f"X answered: {fault.message or f'status {fault.status}'}"


def _failure(fault: Fault, code: FailureCode, message: str, hint: str, *, name: str | None = None) -> Failure:
    return Failure(
        code=code,
        platform=_PLATFORM,
        message=message,
        hint=hint,
        platform_code=name or fault.name,
        platform_message=fault.message or None,
        platform_request_id=fault.request_id,
        http_status=fault.status,
    )


def _wait_of(headers: Mapping[str, str]) -> tuple[timedelta, Reach]:
    """Say when the last of the limits that are used up begins anew, by X's own clock, and whose limit that is."""
    waits = [
        (wait, reach)
        for group, reach in _LIMITS.items()
        if headers.get(f"{group}-remaining") == "0" and (wait := _until(headers, f"{group}-reset")) is not None
    ]
    if waits:
        return max(waits, key=lambda one: one[0])
    return _UNTOLD_WAIT, Reach.SIGN_IN


def _until(headers: Mapping[str, str], name: str) -> timedelta | None:
    try:
        wait = datetime.fromtimestamp(int(headers[name]), UTC) - parsedate_to_datetime(headers["date"])
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return min(max(wait, _SHORTEST_WAIT), _LONGEST_WAIT)
