"""LinkedIn's errors as data: what each is recognised by, and what the caller must do.

Sources, read 2026-11-22:
https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling
https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api
The codes of a post's media and of a duplicate are as developers report them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from platforms.errors import FailureCode


class Verdict(Enum):
    """What an error asks of the caller."""

    SIGN_IN = auto()
    """The token or a permission is gone: a person signs in again."""
    CHANGE = auto()
    """Refused for good: a person changes the content or the request."""
    OPERATE = auto()
    """Refused until an operator changes a setting."""
    SOON = auto()
    """Not yet: the same again in a little while."""
    TOMORROW = auto()
    """A day's quota is used up: the same again after midnight UTC."""
    DUPLICATE = auto()
    """The same is there already, and the message may name it."""
    UNCLEAR = auto()
    """It says nothing of what happened."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the catalogue. A `status`, `code` or `words` of None matches any; the first line that fits wins."""

    verdict: Verdict
    failure: FailureCode
    hint: str
    status: int | None = None
    code: str | None = None
    words: str | None = None


_AGAIN = "Sign in again with reconnectAccount."
_MEDIA_SOON = "LinkedIn is not done with the file: it is tried again."
_CONTENT = "Change what LinkedIn names and publish again."
_ROWS = (
    Row(Verdict.DUPLICATE, FailureCode.PLATFORM_REJECTED, "", 422, "DUPLICATE_POST"),
    Row(Verdict.DUPLICATE, FailureCode.PLATFORM_REJECTED, "", 422, words="duplicate of"),
    Row(Verdict.SOON, FailureCode.PLATFORM_UNAVAILABLE, _MEDIA_SOON, 400, "MEDIA_ASSET_WAITING_UPLOAD"),
    Row(
        Verdict.CHANGE,
        FailureCode.MEDIA_REJECTED,
        "LinkedIn could not use the file: give another one.",
        400,
        "MEDIA_ASSET_PROCESSING_FAILED",
    ),
    Row(
        Verdict.SIGN_IN,
        FailureCode.RECONNECT_REQUIRED,
        "Sign in for LinkedIn's Pages with a person who is an admin of this one.",
        400,
        words="Organization Or Events permissions must be used",
    ),
    Row(
        Verdict.OPERATE,
        FailureCode.PLATFORM_NOT_CONFIGURED,
        "An operator sets AGM_LINKEDIN_VERSION.",
        400,
        "VERSION_MISSING",
    ),
    Row(
        Verdict.OPERATE,
        FailureCode.PLATFORM_NOT_CONFIGURED,
        "LinkedIn has ended this version of its API: an operator sets AGM_LINKEDIN_VERSION to a newer one; nobody has "
        "to sign in again.",
        426,
    ),
    Row(Verdict.SIGN_IN, FailureCode.RECONNECT_REQUIRED, _AGAIN, 401),
    Row(
        Verdict.SIGN_IN,
        FailureCode.RECONNECT_REQUIRED,
        "The sign-in does not cover this: sign in again, and allow everything that is asked for.",
        403,
    ),
    Row(Verdict.TOMORROW, FailureCode.RATE_LIMITED, "It goes on after midnight UTC by itself.", 429),
    Row(Verdict.UNCLEAR, FailureCode.PLATFORM_UNAVAILABLE, "It is tried again.", 409),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, _CONTENT, 400),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, "Look whether it is still there.", 404),
    Row(Verdict.CHANGE, FailureCode.MEDIA_REJECTED, "Give a smaller file.", 413),
    Row(Verdict.CHANGE, FailureCode.MEDIA_REJECTED, "Give a file of another kind.", 415),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, _CONTENT, 422),
)


def row_for(status: int, code: str | None, message: str) -> Row | None:
    """Find what is known of an error."""
    return next(_fitting(status, code, message), None)


def _fitting(status: int, code: str | None, message: str) -> Iterator[Row]:
    return (
        row
        for row in _ROWS
        if row.status in {None, status}
        and row.code in {None, code}
        and (row.words is None or row.words.casefold() in message.casefold())
    )
