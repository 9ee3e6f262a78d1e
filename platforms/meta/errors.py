"""From what a call ended in to what the caller must do, with the tables of `codes`.

At the call that makes a post public only a known, definite refusal counts as one, and only a call that never left
counts as not sent. Everything else may be public.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
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
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.meta.codes import Row, Verdict, row_for
from platforms.meta.usage import regain_of, wait_of

_OK = range(200, 300)
_DEFAULT_WAIT = timedelta(minutes=1)
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class GraphFault:
    """Meta's error envelope, read defensively: any part may be missing or of another type."""

    status: int
    code: int | None
    subcode: int | None
    message: str | None
    request_id: str | None

    @property
    def name(self) -> str | None:
        """The code as people quote it, such as `190/460`."""
        if self.code is None:
            return None
        return f"{self.code}/{self.subcode}" if self.subcode else str(self.code)


def answer_of(reply: Reply, *, platform: Platform, public: bool) -> dict[str, Any]:
    """Give the JSON object of a good answer.

    Raises:
        PlatformError: the answer is an error, or cannot be read; its class says what to do.
    """
    try:
        value = reply.json()
    except UnreadableReplyError as error:
        raise _unreadable(str(error), reply, platform, public=public) from None
    if not isinstance(value, dict):
        raise _unreadable("The answer is no JSON object.", reply, platform, public=public)
    answer = cast("dict[str, Any]", value)
    if reply.status in _OK and "error" not in answer and answer.get("success") is not False:
        return answer
    if "error" not in answer and isinstance(info := answer.get("debug_info"), dict):
        raise _upload_refused(cast("dict[str, Any]", info), reply.status, platform)
    raise _classify(_fault(reply, answer), reply.headers, platform, public=public)


def foreign_upload(platform: Platform) -> TransientError:
    """Say that the bytes were to go to a host that is not the platform's."""
    message = f"{platform.label} named an address for the file on a host that is not its own."
    hint = "Check AGM_META_UPLOAD_URL."
    return TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, hint))


def refused_app(error: PlatformError) -> RejectedError:
    """Say that the platform does not take the app's own id and secret."""
    message = "Meta refuses this server's app: its id and secret do not belong together, or are not those of the app."
    hint = "An operator checks the app's id and secret in the settings; nobody has to sign in again."
    return RejectedError(replace(error.failure, code=FailureCode.PLATFORM_NOT_CONFIGURED, message=message, hint=hint))


def _upload_refused(info: Mapping[str, Any], status: int, platform: Platform) -> PlatformError:
    """Read the upload host's own shape of errors, which nothing public depends on.

    Source: https://developers.facebook.com/docs/video-api/guides/reels-publishing (read 2026-11-22).
    """
    said = f"{info.get('type')}: {info.get('message')}"[:_LONGEST_TEXT]
    fault = GraphFault(status, None, None, said, None)
    if info.get("retriable") is False and status in range(400, 500):
        hint = "Change the video and publish again."
        return RejectedError(_said(fault, platform, FailureCode.MEDIA_REJECTED, hint))
    return TransientError(_said(fault, platform, FailureCode.PLATFORM_UNAVAILABLE, "It is tried again."))


def of_net_error(error: NetError, *, platform: Platform, public: bool) -> PlatformError:
    """Say what a call that brought no readable answer means."""
    if isinstance(error, NotSentError) or not public:
        message = f"{error}."
        return TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, "It is tried again."))
    return OutcomeUnknownError(_unknown(platform, None, f"{error}."))


def identifier(answer: Mapping[str, Any], name: str, *, platform: Platform) -> str:
    """Give the id in an answer to a call that makes nothing public; `name` says of what.

    Raises:
        TransientError: there is none.
    """
    value = answer.get("id")
    if isinstance(value, str) and value:
        return value
    message = f"{platform.label} answered without the id of {name}."
    raise TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, "It is tried again."))


def entries_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the entries of a list; what is no entry is left out."""
    data = answer.get("data")
    listed = cast("list[Any]", data) if isinstance(data, list) else []
    return [entry for entry in listed if isinstance(entry, dict)]


def fault_name(error: PlatformError) -> str:
    """The code of a failure, such as `100/33`; empty when there is none."""
    return error.failure.platform_code or ""


def _classify(fault: GraphFault, headers: Mapping[str, str], platform: Platform, *, public: bool) -> PlatformError:
    row = row_for(fault.code, fault.subcode, fault.message or "") if fault.code is not None else None
    if public and (row is None or row.verdict is Verdict.AMBIGUOUS or fault.status not in range(400, 500)):
        return OutcomeUnknownError(_unknown(platform, fault, "The platform answered with an error of unclear meaning."))
    if row is None:
        return _unknown_code(fault, headers, platform)
    failure = _failure(fault, row, platform)
    match row.verdict:
        case Verdict.AUTH | Verdict.PERMISSION:
            return ReconnectRequiredError(failure)
        case Verdict.RATE:
            wait = regain_of(headers) or wait_of(headers) or row.wait or _DEFAULT_WAIT
            return RateLimitedError(failure, retry_after=wait, reach=row.reach)
        case Verdict.TRANSIENT | Verdict.AMBIGUOUS:
            return TransientError(failure, retry_after=wait_of(headers) or row.wait)
        case Verdict.REFUSED | Verdict.ACCOUNT | Verdict.CONFIGURATION:
            return RejectedError(failure)


def _unknown_code(fault: GraphFault, headers: Mapping[str, str], platform: Platform) -> PlatformError:
    """Before the public call: 4xx is taken for a refusal, anything else passes."""
    if fault.status in range(400, 500):
        return RejectedError(_said(fault, platform, FailureCode.PLATFORM_REJECTED, "Read what the platform says."))
    failure = _said(fault, platform, FailureCode.PLATFORM_UNAVAILABLE, "It is tried again.")
    return TransientError(failure, retry_after=wait_of(headers))


_CODES = {
    Verdict.AUTH: FailureCode.RECONNECT_REQUIRED,
    Verdict.PERMISSION: FailureCode.RECONNECT_REQUIRED,
    Verdict.RATE: FailureCode.RATE_LIMITED,
    Verdict.TRANSIENT: FailureCode.PLATFORM_UNAVAILABLE,
    Verdict.AMBIGUOUS: FailureCode.PLATFORM_UNAVAILABLE,
    Verdict.REFUSED: FailureCode.PLATFORM_REJECTED,
    Verdict.ACCOUNT: FailureCode.PLATFORM_REJECTED,
    Verdict.CONFIGURATION: FailureCode.PLATFORM_REJECTED,
}


def _failure(fault: GraphFault, row: Row, platform: Platform) -> Failure:
    return _said(fault, platform, row.failure or _CODES[row.verdict], row.hint)


def _said(fault: GraphFault, platform: Platform, code: FailureCode, hint: str) -> Failure:
    said = fault.message or f"status {fault.status}"
    return Failure(
        code=code,
        platform=platform,
        message=f"{platform.label} answered: {said}",
        hint=hint,
        platform_code=fault.name,
        platform_message=fault.message,
        platform_request_id=fault.request_id,
        http_status=fault.status,
    )


def _unknown(platform: Platform, fault: GraphFault | None, message: str) -> Failure:
    return Failure(
        code=FailureCode.OUTCOME_UNKNOWN,
        platform=platform,
        message=f"{message} It may be public.",
        hint="Nothing to do yet: the server looks for it at the platform.",
        platform_code=fault.name if fault else None,
        platform_message=fault.message if fault else None,
        platform_request_id=fault.request_id if fault else None,
        http_status=fault.status if fault else None,
    )


def _unreadable(message: str, reply: Reply, platform: Platform, *, public: bool) -> PlatformError:
    fault = GraphFault(reply.status, None, None, None, None)
    if public:
        return OutcomeUnknownError(_unknown(platform, fault, message))
    failure = _said(fault, platform, FailureCode.PLATFORM_UNAVAILABLE, "It is tried again.")
    return TransientError(failure, retry_after=wait_of(reply.headers))


def _fault(reply: Reply, answer: dict[str, Any]) -> GraphFault:
    raw = answer.get("error")
    error: dict[str, Any] = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    message = error.get("message")
    trace = error.get("fbtrace_id")
    return GraphFault(
        status=reply.status,
        code=_integer(error.get("code")),
        subcode=_integer(error.get("error_subcode")),
        message=message[:_LONGEST_TEXT].replace("\x00", "") if isinstance(message, str) else None,
        request_id=trace if isinstance(trace, str) else None,
    )


def _integer(value: object) -> int | None:
    try:
        return int(cast("Any", value)) if isinstance(value, int | str) else None
    except ValueError:
        return None
