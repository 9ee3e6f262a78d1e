"""What is told of a publication that a platform, or this server, will not bring out: what is out, and what may be."""

from dataclasses import replace

from platforms.errors import FailureCode, OutcomeUnknownError, PlatformError, RejectedError
from publishing.lifecycle import Reason
from publishing.threads import Place

LOOK_AND_SAY = "Look at the channel, then say with resolvePublication whether it is there; it is not sent again before."
"""The hint of what may be public while nobody but a person can find out."""
_UNANSWERED = "A call before had no clear answer, and may have made it public."


def reason_of(code: FailureCode) -> Reason:
    """Say why it failed."""
    return Reason.MEDIA_REJECTED if code is FailureCode.MEDIA_REJECTED else Reason.REFUSED


def broken_off(error: PlatformError, place: Place) -> PlatformError:
    """Say of a refused part what of its thread is out."""
    if not place.number:
        return error
    out = "the first part is" if place.number == 1 else f"the first {place.number} parts are"
    message = f"Part {place.number + 1} of {place.of}: {error.failure.message} Of the thread {out} out."
    hint = f"{error.failure.hint} retryPublication goes on with part {place.number + 1}; deletePublication deletes "
    hint += "what is out."
    return RejectedError(replace(error.failure, message=message, hint=hint))


def doubted(error: PlatformError, hint: str) -> OutcomeUnknownError:
    """Say, beside what went wrong now, that an earlier call may have made it public."""
    message = error.failure.message
    if not isinstance(error, OutcomeUnknownError):  # which says so itself
        message = f"{message} {_UNANSWERED}"
    failure = replace(error.failure, code=FailureCode.OUTCOME_UNKNOWN, message=message, hint=hint, issues=())
    return OutcomeUnknownError(failure)
