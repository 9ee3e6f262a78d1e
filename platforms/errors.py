"""What a platform call can end in, named by what the caller must do.

PlatformError
├── TransientError            nothing became public: try again later
│   └── RateLimitedError      … and not before `retry_after`
├── RejectedError             the platform refused the content or the request: a person changes it
├── ReconnectRequiredError    the token or a permission is gone: a person signs in again
└── OutcomeUnknownError       it may be public: never send again before looking at the platform

"Not ready yet" is no error: it is the value `Wait`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from platforms.base import Platform
from platforms.issues import Issue


class FailureCode(StrEnum):
    """The normalised code of a failure; the same words as the API's `ErrorCode`."""

    PLATFORM_REJECTED = "PLATFORM_REJECTED"
    PLATFORM_UNAVAILABLE = "PLATFORM_UNAVAILABLE"
    RATE_LIMITED = "RATE_LIMITED"
    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    RECONNECT_REQUIRED = "RECONNECT_REQUIRED"
    AUTHORIZATION_FAILED = "AUTHORIZATION_FAILED"
    MEDIA_REJECTED = "MEDIA_REJECTED"
    OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN"
    PLATFORM_NOT_CONFIGURED = "PLATFORM_NOT_CONFIGURED"


@dataclass(frozen=True, slots=True)
class Failure:
    """What a platform said, in one shape for all of them; safe to store and to show.

    `platform_code` is the platform's own code, such as `190/460`. `hint` says what a person should do next.
    `http_status` is None when there was no answer. `issues` are rules that were found broken before any call.
    `retry_at` is from when on the same may be tried again.
    """

    code: FailureCode
    platform: Platform
    message: str
    hint: str
    platform_code: str | None = None
    platform_message: str | None = None
    platform_request_id: str | None = None
    http_status: int | None = None
    issues: tuple[Issue, ...] = ()
    retry_at: datetime | None = None


class PlatformError(Exception):
    """A platform call did not end well; `failure` says how, the class says what to do."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class TransientError(PlatformError):
    """Nothing became public; the same work may be tried again, after `retry_after` when that is known."""

    def __init__(self, failure: Failure, *, retry_after: timedelta | None = None) -> None:
        super().__init__(failure)
        self.retry_after = retry_after


class Reach(StrEnum):
    """What a rate limit is about, and so what must be left alone."""

    CHANNEL = "channel"
    SIGN_IN = "sign_in"
    APP = "app"


class RateLimitedError(TransientError):
    """The platform asks to be left alone for a while; nothing became public."""

    def __init__(self, failure: Failure, *, retry_after: timedelta | None = None, reach: Reach = Reach.CHANNEL) -> None:
        super().__init__(failure, retry_after=retry_after)
        self.reach = reach


class RejectedError(PlatformError):
    """The platform refused the content or the request for good; a person has to change something."""


class ReconnectRequiredError(PlatformError):
    """The token or a permission is gone; a person has to sign in at the platform again."""


class OutcomeUnknownError(PlatformError):
    """The call that makes a post public was sent and its outcome is not known."""
