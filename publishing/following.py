"""One follow-up of one publication: what its publisher's answer means for it. Reads and writes nothing itself.

A comment must not be written twice: before its call the row says that one is about to be made, and where its outcome
is not known the comment is looked for among those of its post. It is written again only when everything could be read
after the settle window and it is not there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog

from platforms.base import Environment, Platform, Sent, Sighting
from platforms.errors import Failure, FailureCode, OutcomeUnknownError, PlatformError, RejectedError, TransientError
from platforms.following import Following
from publishing import failures
from publishing.models import FollowUpState
from publishing.reconciling import MOST_UNKNOWN, Belief, Conclusion, Looks
from publishing.resting import Rest, rest_of
from publishing.retries import Backoff, retry_in
from publishing.thread_ends import deleted_but_for
from publishing.threads import Place

log = structlog.get_logger(__name__)


class Follower(Protocol):
    """What of a `Publisher` follow-ups need."""

    async def follow(self, following: Following) -> str | None:
        """Do it; as `Publisher.follow`."""
        ...

    async def find_comment(self, following: Following) -> Sighting:
        """Look for a first comment; as `Publisher.find_comment`."""
        ...

    async def look(self, sent: Sent) -> Sighting:
        """Look for a post whose call has an unknown outcome; as `Publisher.look`."""
        ...


_NOT_LOOKED = Conclusion(Belief.OPEN, "It was not looked for yet.")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of a thread, at its place, that may be public beside those that are known: what is deleted is not all yet.

    `sent` is its call, which ended at `since`; None when the platform cannot be asked. `conclusion` is what a look came
    to.
    """

    sent: Sent | None = field(repr=False)
    since: datetime
    place: Place
    conclusion: Conclusion = _NOT_LOOKED


@dataclass(frozen=True, slots=True)
class Case:
    """A claimed follow-up with what its publisher needs.

    `failures` counts those that pass, `unknowns` the calls whose outcome is not known; `error` is the last failure.
    `actor` is who wants it, `sign_in` where the person behind the channel signed in, as which account. `doubt` is what
    a deletion has to find out about; one that `is_done` has deleted all that is known.
    """

    id: UUID
    publication_id: UUID
    workspace_id: UUID
    account_id: UUID
    platform: Platform
    environment: Environment
    sign_in: Platform
    epoch: int
    failures: int
    unknowns: int
    actor: str
    following: Following
    now: datetime
    error: dict[str, Any] | None = None
    traceparent: str | None = None
    doubt: Doubt | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a follow-up: its next state, and when it is tried or looked at again.

    `sent_at` and `unknowns` are written as they are: what is known of calls whose outcome is not.
    """

    state: FollowUpState
    wait: timedelta | None = None
    platform_id: str | None = None
    error: dict[str, Any] | None = None
    failures: int = 0
    sent_at: datetime | None = None
    unknowns: int = 0
    rest: Rest | None = None


async def run(
    case: Case, publisher: Follower, looks: Looks, mark: Callable[[], Awaitable[datetime | None]]
) -> Verdict | None:
    """Do a follow-up, or find out what became of it.

    `mark` writes that a call is about to be made and gives its time; None when the claim is lost.

    Returns:
        What to write; None when the claim is lost.
    """
    if case.doubt is not None and case.doubt.conclusion.receipt is not None:
        return put_off(case, timedelta())  # it is known now, and is deleted before those above it
    if case.is_done:
        return Verdict(FollowUpState.DONE)
    if case.following.sent_at is not None and (known := await _look(case, publisher, looks)) is not None:
        return known
    if case.following.task.is_repeatable:
        return await _call(case, publisher, looks, None)
    marked = await mark()
    return await _call(case, publisher, looks, marked) if marked is not None else None


def put_off(case: Case, wait: timedelta) -> Verdict:
    """Leave a follow-up as it stands, for later."""
    state = FollowUpState.PENDING if case.following.sent_at is None else FollowUpState.UNCONFIRMED
    return Verdict(
        state,
        wait=wait,
        error=case.error,
        failures=case.failures,
        sent_at=case.following.sent_at,
        unknowns=case.unknowns,
    )


def given_up(case: Case, message: str, hint: str) -> Verdict:
    """End a follow-up that cannot be done, or of which nobody can tell whether it was."""
    doubted = case.following.sent_at is not None
    code = FailureCode.OUTCOME_UNKNOWN if doubted else FailureCode.PLATFORM_REJECTED
    if doubted:
        hint = "Look below the post whether the comment is there; it is not sent again."
    error = failures.stored(Failure(code, case.platform, message, hint), retryable=False)
    return Verdict(
        FollowUpState.FAILED,
        error=error,
        failures=case.failures,
        sent_at=case.following.sent_at,
        unknowns=case.unknowns,
    )


def short_of(case: Case, looks: Looks) -> Verdict | None:
    """Say what a deletion comes to that has deleted all that is known; None where that is surely all."""
    if case.doubt is None or case.doubt.conclusion.belief in {Belief.ABSENT, Belief.REFUSED}:
        return None
    if case.doubt.conclusion.belief is Belief.OPEN:
        return put_off(case, looks.next_in(case.doubt.since, case.now))
    return left_in_doubt(case, case.doubt)


def left_in_doubt(case: Case, doubt: Doubt, why: str | None = None) -> Verdict:
    """End a deletion of which nobody can tell whether it was all: a person has to look."""
    failure = deleted_but_for(case.platform, place=doubt.place, why=why or doubt.conclusion.why)
    return Verdict(FollowUpState.FAILED, error=failures.stored(failure, retryable=False), failures=case.failures)


async def _look(case: Case, publisher: Follower, looks: Looks) -> Verdict | None:
    """Look for what may have been done; None when it was not and may be done again."""
    since = case.following.sent_at or case.now
    wait = looks.next_in(since, case.now)
    try:
        sighting = await publisher.find_comment(case.following)
    except PlatformError as error:
        rest = rest_of(error)
        return replace(put_off(case, max(wait, rest.duration) if rest else wait), rest=rest)
    except Exception as error:
        log.exception("publisher_fault", error=type(error).__name__)
        return put_off(case, wait)
    return _seen(case, sighting, wait, settled=looks.settled(since, case.now))


def _seen(case: Case, sighting: Sighting, wait: timedelta, *, settled: bool) -> Verdict | None:
    if sighting.matches:
        return Verdict(FollowUpState.DONE, platform_id=sighting.matches[0].platform_post_id)
    if not settled:
        return put_off(case, wait)
    if sighting.out is None or case.unknowns >= MOST_UNKNOWN:
        return given_up(case, "Whether it was done cannot be told.", "")
    return None


async def _call(case: Case, publisher: Follower, looks: Looks, marked: datetime | None) -> Verdict:
    """Make the call. After a mark, whatever is no clear answer may have been done."""
    try:
        made = await publisher.follow(case.following)
    except OutcomeUnknownError as error:
        return _unclear(case, looks, marked, error)
    except RejectedError as error:
        stored = failures.of_error(error, retryable=False)
        return Verdict(FollowUpState.FAILED, error=stored, failures=case.failures, unknowns=case.unknowns)
    except PlatformError as error:
        return _again(case, error)
    except Exception as error:
        log.exception("publisher_fault", error=type(error).__name__)
        fault = TransientError(_fault(case, error))
        return _unclear(case, looks, marked, fault) if marked is not None else _again(case, fault)
    return Verdict(FollowUpState.DONE, platform_id=made)


def _unclear(case: Case, looks: Looks, marked: datetime | None, error: PlatformError) -> Verdict:
    since = marked or case.following.sent_at or case.now
    return Verdict(
        FollowUpState.UNCONFIRMED,
        wait=looks.next_in(since, case.now),
        error=failures.of_error(error, retryable=False),
        failures=case.failures,
        sent_at=since,
        unknowns=case.unknowns + 1,
    )


def _again(case: Case, error: PlatformError) -> Verdict:
    """Nothing was done: try again, a bounded number of times. A sign-in may be renewed meanwhile.

    What is known of earlier calls stays: they are looked for again before the next one.
    """
    retry_after = error.retry_after if isinstance(error, TransientError) else None
    wait = retry_in(Backoff.PLATFORM, case.failures, retry_after=retry_after)
    stored = failures.of_error(error, retryable=wait is not None)
    state = FollowUpState.FAILED if wait is None else FollowUpState.PENDING
    return Verdict(
        state,
        wait=wait,
        error=stored,
        failures=case.failures + 1,
        sent_at=case.following.sent_at,
        unknowns=case.unknowns,
        rest=rest_of(error),
    )


def _fault(case: Case, error: Exception) -> Failure:
    message = f"The server met a fault of its own ({type(error).__name__})."
    hint = "It is tried again by itself; if it stays, report it with the server's log."
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, case.platform, message, hint)
