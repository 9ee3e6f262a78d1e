"""X's errors as data: what each is recognised by, and what the caller must do.

Sources, read 2026-11-22:
https://docs.x.com/x-api/fundamentals/response-codes-and-errors (problems by `type`, whose host is api.x.com or
api.twitter.com)
https://docs.x.com/changelog (replies and quotes of self-serve apps, February and April 2026)
The words of duplicates, of a parent that is not visible, of long videos and of credits are as developers report them.
"""

from dataclasses import dataclass
from enum import Enum, auto

from platforms.errors import FailureCode


class Verdict(Enum):
    """What an error asks of the caller."""

    SIGN_IN = auto()
    """The token is over: a person signs in again."""
    CHANGE = auto()
    """Refused for good: a person changes the content or the request."""
    OPERATE = auto()
    """Refused until an operator changes the app."""
    PAY = auto()
    """The app's credits or its plan are used up: the same again once an operator has bought more."""
    WAIT = auto()
    """Too many calls: the same again when the headers say."""
    DUPLICATE = auto()
    """The same text is there already; X does not say as which post."""
    MEDIA = auto()
    """X does not know a file, or is not done with it."""
    PARENT = auto()
    """The post that is replied to cannot be seen: not yet, or not any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the catalogue. A `status`, `kind` or `words` of None matches any; the first line that fits wins.

    `kind` is how the problem's `type` ends; `words` are in what X says.
    """

    verdict: Verdict
    failure: FailureCode
    hint: str
    status: int | None = None
    kind: str | None = None
    words: str | None = None


_APP = "An operator looks at the app in X's developer console: its permissions, its type and its project."
_CREDITS = "An operator buys credits in X's developer console; it goes on by itself."
_REPLIES = (
    "X lets apps on its self-serve plans reply to or quote only who named the account: publish a post of its own."
)
_ROWS = (
    Row(Verdict.PAY, FailureCode.QUOTA_EXCEEDED, _CREDITS, 402),
    Row(Verdict.PAY, FailureCode.QUOTA_EXCEEDED, _CREDITS, 429, kind="usage-capped"),
    Row(Verdict.WAIT, FailureCode.RATE_LIMITED, "It goes on by itself when X lets it.", 429),
    Row(Verdict.SIGN_IN, FailureCode.RECONNECT_REQUIRED, "Sign in again with reconnectAccount.", 401),
    Row(
        Verdict.DUPLICATE,
        FailureCode.PLATFORM_REJECTED,
        "Change the text, or delete the post that has it.",
        403,
        words="duplicate content",
    ),
    Row(
        Verdict.PARENT,
        FailureCode.PLATFORM_REJECTED,
        "Somebody deleted the part above it: publish the rest as a thread of its own.",
        403,
        words="deleted or not visible to you",
    ),
    Row(
        Verdict.PARENT,
        FailureCode.PLATFORM_REJECTED,
        "Somebody deleted the part above it: publish the rest as a thread of its own.",
        400,
        words="deleted or not visible to you",
    ),
    Row(Verdict.OPERATE, FailureCode.PLATFORM_NOT_CONFIGURED, _APP, 403, kind="client-forbidden"),
    Row(Verdict.OPERATE, FailureCode.PLATFORM_NOT_CONFIGURED, _APP, 403, kind="unsupported-authentication"),
    Row(Verdict.OPERATE, FailureCode.PLATFORM_NOT_CONFIGURED, _APP, 403, kind="oauth1-permissions"),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, _REPLIES, 403, words="reply to or quote"),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, _REPLIES, 403, words="Reply to this conversation"),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, "Leave one cashtag in the text.", 403, words="one cashtag"),
    Row(Verdict.CHANGE, FailureCode.MEDIA_REJECTED, "Trim the video.", 403, words="post a video longer"),
    Row(
        Verdict.CHANGE,
        FailureCode.PLATFORM_REJECTED,
        "Look at x.com whether the account is locked; else sign in again and allow everything that is asked for.",
        403,
    ),
    Row(Verdict.MEDIA, FailureCode.MEDIA_REJECTED, "Publish it again.", 400, words="media IDs are invalid"),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, "Change what X names and publish again.", 400),
    Row(Verdict.CHANGE, FailureCode.PLATFORM_REJECTED, "Look whether it is still there.", 404),
    Row(Verdict.CHANGE, FailureCode.MEDIA_REJECTED, "Give a smaller file.", 413),
)


def row_for(status: int, kind: str, message: str) -> Row | None:
    """Find what is known of an error; `kind` is the problem's `type`."""
    return next((row for row in _ROWS if _fits(row, status, kind, message)), None)


def _fits(row: Row, status: int, kind: str, message: str) -> bool:
    return (
        row.status in {None, status}
        and (row.kind is None or kind.rstrip("/").endswith(row.kind))
        and (row.words is None or row.words.casefold() in message.casefold())
    )
