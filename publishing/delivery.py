"""One step of one claimed publication: from PREPARING to what comes next, with every write fenced by its claim.

The platform's publisher does the work and sees it through `Work`; this file gives it what it needs, commits the mark
before the public call, and sorts what came of it: accepted, not sent, refused, or unknown. Unknown is never sent
again by itself.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, TypeVar

import structlog

from platforms.base import DOUBTED, Cap, Done, Draft, Platform, Wait
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    RateLimitedError,
    ReconnectRequiredError,
    TransientError,
)
from publishing import caps, failures
from publishing.assignment import Assignment, Windows
from publishing.failpoints import CrashPoint, crash_here
from publishing.freezing import freeze_here
from publishing.ledger import AttemptEnd, AttemptStart, Call, Entry, Ledger, new_attempt
from publishing.lifecycle import Reason, Status, Step
from publishing.models import AttemptOutcome
from publishing.refusals import LOOK_AND_SAY, broken_off, doubted, reason_of
from publishing.resting import Rest, rest_of
from publishing.retries import Backoff, retry_in
from publishing.store import is_away
from publishing.threads import PartOut, Place
from publishing.transitions import Change

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")
ReadPart = Callable[[int, int, int], Awaitable[bytes]]
"""Reads part of a file of the draft: its place, the first byte, how many."""

ACTOR = "system:worker"
_OPERATORS = frozenset({FailureCode.QUOTA_EXCEEDED, FailureCode.PLATFORM_NOT_CONFIGURED})
"""What an operator puts right: it is waited for until the post is overdue, however often it is asked."""
_OPERATORS_TIME = timedelta(minutes=1)
_PUNCTUAL = 16
"""What a platform works on is asked for when the time comes, or a sixteenth of that time later, with others."""


class ClaimLostError(Exception):
    """Another worker holds the publication now, or its channel is taken: write nothing more."""


class Delivery:
    """One publication under way; the `Work` that a publisher sees."""

    def __init__(self, assignment: Assignment, ledger: Ledger, windows: Windows) -> None:
        self._assignment = assignment
        self._ledger = ledger
        self._windows = windows
        self._handles = dict(assignment.handles)
        self._draft = assignment.draft
        self._token = assignment.token
        self._read: ReadPart | None = None
        self.attempt: AttemptStart | None = None
        self._seconds: float | None = None

    @property
    def draft(self) -> Draft:
        """What to publish."""
        return self._draft

    def failed_by(self, kind: Backoff) -> int:
        """How often in a row it failed by this, until now."""
        return self._assignment.alike if self._assignment.failed_by is kind else 0

    @property
    def platform(self) -> Platform:
        """Where it goes."""
        return self._assignment.platform

    @property
    def channel_id(self) -> str:
        """The platform's own id of the channel."""
        return self._assignment.platform_account_id

    @property
    def place(self) -> Place:
        """Which part of a thread it is."""
        return self._assignment.place

    @property
    def first_look(self) -> timedelta:
        """How long after an unknown outcome the platform is asked first."""
        return self._windows.first_look

    @property
    def token(self) -> str:
        """The token that publishes to this channel."""
        return self._token

    def use_token(self, token: str) -> None:
        """Use another token from now on: the one that was loaded is over."""
        self._token = token

    @property
    def now(self) -> datetime:
        """The time of this step."""
        return self._assignment.now

    @property
    def handles(self) -> Mapping[str, str]:
        """Remote handles kept so far."""
        return self._handles

    def complete(self, draft: Draft, read: ReadPart) -> None:
        """Give the draft with its files, which are there now, and a way to their bytes."""
        self._draft, self._read = draft, read

    async def read(self, number: int, start: int, size: int) -> bytes:
        """Read part of a file."""
        if self._read is None:
            raise RuntimeError("the files are not there yet")
        return await self._read(number, start, size)

    async def keep(self, handles: Mapping[str, str]) -> None:
        """Save remote handles at once."""
        crash_here(CrashPoint.HANDLE_NOT_KEPT)
        merged = {**self._handles, **handles}
        self._handles = {name: value for name, value in merged.items() if value}
        await self._ledger.write(self._entry(handles=dict(self._handles)))
        crash_here(CrashPoint.HANDLE_KEPT)

    async def spend(self, cap: Cap, *, of: int = 1) -> datetime | None:
        """Count one use of a cap of the channel, or say from when on there is room."""
        return await caps.spend(self._assignment.environment, self.channel_id, cap, of=of, now=self.now)

    async def make_public(self, request: str, send: Callable[[], Awaitable[Answer]]) -> Answer:
        """Commit that the public call is about to be made, then make it."""
        if self.attempt is not None:
            raise RuntimeError("a step makes something public at most once")
        attempt = new_attempt(Step.PUBLISH, request)
        await freeze_here(CrashPoint.BEFORE_MARK)
        asked = monotonic()
        change = self.change(Status.PUBLISHING, Reason.ABOUT_TO_SEND, lease_in=self._windows.lease, counts_attempt=True)
        await self._mark(attempt, change)
        await freeze_here(CrashPoint.MARKED)
        self._refuse_stale(asked)
        crash_here(CrashPoint.BEFORE_SEND)
        answer = await self._timed(send)
        crash_here(CrashPoint.ANSWER_NOT_RECORDED)
        await freeze_here(CrashPoint.ANSWERED)
        return answer

    async def _mark(self, attempt: AttemptStart, change: Change) -> None:
        """Commit the mark. Where it is not known whether it stands, nothing is sent, and the attempt is ended so."""
        self.attempt = attempt
        try:
            marked = await self._ledger.write(self._entry(change=change, start=attempt))
        except Exception as error:  # whatever it is, nothing was sent, and that is said
            log.warning("not_marked", error=type(error).__name__, exc_info=not is_away(error))
            raise TransientError(failures.unmarked(self._assignment.platform)) from error
        if marked is None:
            self.attempt = None
            raise ClaimLostError

    async def _timed(self, send: Callable[[], Awaitable[Answer]]) -> Answer:
        began = monotonic()
        try:
            return await send()
        finally:
            self._seconds = monotonic() - began

    @property
    def call(self) -> Call | None:
        """The public call, when it was made."""
        if self.attempt is None or self._seconds is None:
            return None
        return Call(self.platform, self.attempt.step, self._seconds)

    def change(self, after: Status, reason: Reason, **columns: Any) -> Change:
        """Describe the next step of this publication, fenced by its claim."""
        given = self._assignment
        return Change(
            publication_id=given.publication_id,
            after=after,
            reason=reason,
            actor=ACTOR,
            fence=None if columns.get("proof") else given.epoch,
            **columns,
        )

    def _entry(self, **parts: Any) -> Entry:
        return Entry(self._assignment.publication_id, self._assignment.epoch, **parts)

    def _refuse_stale(self, asked: float) -> None:
        """A process that was frozen since the mark must not send: its lease may be over before the call's deadline."""
        if monotonic() - asked > self._windows.lease.total_seconds() - self._windows.call_seconds:
            raise TransientError(failures.stale(self._assignment.platform))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to: the change to write, how the attempt ended, and what the worker does after."""

    change: Change
    end: AttemptEnd | None
    public: bool = False
    reconnect: bool = False
    rest: Rest | None = None
    part: PartOut | None = None


async def run_step(
    delivery: Delivery, step: Callable[[Delivery], Awaitable[Done | Wait]], failures_before: int
) -> Outcome:
    """Run one step of a publisher and say what to write.

    Raises:
        ClaimLostError: the publication is no longer this worker's.
    """
    try:
        return _succeeded(delivery, await step(delivery))
    except PlatformError as error:
        return _failed(delivery, error, failures_before)
    except ClaimLostError:
        raise
    except Exception as error:
        log.exception("publisher_fault", error=type(error).__name__)
        return _failed(delivery, _fault(delivery, error), failures_before)


def contested(delivery: Delivery) -> Outcome:
    """Sort an answer whose post id belongs to another publication of the channel: it proves nothing about this one."""
    failure = Failure(
        code=FailureCode.OUTCOME_UNKNOWN,
        platform=delivery.platform,
        message="The platform answered with the id of a post that another publication of this channel made.",
        hint="Nothing to do yet: the server looks for it at the platform.",
    )
    return _unconfirmed(delivery, OutcomeUnknownError(failure))


def _succeeded(delivery: Delivery, result: Done | Wait) -> Outcome:
    if isinstance(result, Wait):
        if delivery.attempt is not None:
            raise RuntimeError("a step that made its public call cannot ask to come back")
        leeway = result.delay / _PUNCTUAL
        change = delivery.change(Status.PROCESSING, Reason.PLATFORM_PROCESSING, due_in=result.delay, leeway=leeway)
        return Outcome(change=change, end=None)
    receipt, place = result.receipt, delivery.place
    part = PartOut(place.number, receipt) if place.of > 1 else None
    if not place.is_last:
        change = delivery.change(Status.PROCESSING, Reason.PART_PUBLISHED, due_in=timedelta())
        return Outcome(change=change, end=_end(delivery, AttemptOutcome.SUCCEEDED, None), part=part)
    receipt = place.root or receipt
    change = delivery.change(
        Status.PUBLISHED,
        Reason.CONFIRMED,
        proof=True,
        platform_post_id=receipt.platform_post_id,
        permalink=receipt.permalink,
        error=_warning(delivery.platform, receipt.warning) if receipt.warning else None,
    )
    return Outcome(change=change, end=_end(delivery, AttemptOutcome.SUCCEEDED, None), public=True, part=part)


def _warning(platform: Platform, message: str) -> dict[str, Any]:
    """Keep what of a published post is not as it was sent, where its failures stand; it is never sent again."""
    hint = "It is out; delete it at the platform and publish anew if it cannot stay so."
    return failures.stored(Failure(FailureCode.MEDIA_REJECTED, platform, message, hint), retryable=False)


def _failed(delivery: Delivery, error: PlatformError, failures_before: int) -> Outcome:
    if isinstance(error, OutcomeUnknownError):
        if delivery.attempt is not None:
            return _unconfirmed(delivery, error)
        if DOUBTED in delivery.handles:  # an earlier call may have made it public, and is not to be repeated
            return _left_in_doubt(delivery, error)
        return _failed(delivery, _fault(delivery, error), failures_before)  # the publisher is mistaken
    if isinstance(error, ReconnectRequiredError):
        kind = AttemptOutcome.FAILED_PERMANENT
        return _outcome(delivery, error, Status.HELD, Reason.RECONNECT_REQUIRED, kind, reconnect=True)
    if isinstance(error, TransientError):
        return _retried(delivery, error, failures_before)
    return _refused(delivery, error)


def _unconfirmed(delivery: Delivery, error: PlatformError) -> Outcome:
    kind, first_look = AttemptOutcome.UNKNOWN, delivery.first_look
    return _outcome(delivery, error, Status.UNCONFIRMED, Reason.OUTCOME_UNKNOWN, kind, due_in=first_look)


def _retried(delivery: Delivery, error: TransientError, failures_before: int) -> Outcome:
    """Files and platforms have patience of their own: the failures of one do not use up that for another."""
    if error.failure.retry_at is not None and error.retry_after is not None:
        return _put_off(delivery, error, error.retry_after)
    if error.failure.code in _OPERATORS:
        return replace(
            _put_off(delivery, error, error.retry_after or _OPERATORS_TIME, wanted=False), rest=rest_of(error)
        )
    backoff = failures.patience(error.failure)
    alike = delivery.failed_by(backoff)
    delay = retry_in(backoff, failures_before, alike=alike, retry_after=error.retry_after)
    if delay is None:
        return replace(_refused(delivery, error, AttemptOutcome.UNKNOWN), rest=rest_of(error))
    outcome = _outcome(
        delivery,
        error,
        Status.RETRYING,
        Reason.RATE_LIMITED if isinstance(error, RateLimitedError) else Reason.TRANSIENT_FAILURE,
        AttemptOutcome.FAILED_RETRYABLE,
        due_in=delay,
        alike=alike + 1,
        adds_failures=1,
    )
    return replace(outcome, rest=rest_of(error))


def _put_off(delivery: Delivery, error: TransientError, delay: timedelta, *, wanted: bool = True) -> Outcome:
    """Let it wait: that is no failure. `wanted`: its caller chose so, and it is wanted from then on."""
    kind = AttemptOutcome.FAILED_RETRYABLE
    return _outcome(
        delivery, error, Status.RETRYING, Reason.TRANSIENT_FAILURE, kind, due_in=delay, wanted_when_due=wanted
    )


def _refused(
    delivery: Delivery, error: PlatformError, in_doubt: AttemptOutcome = AttemptOutcome.FAILED_PERMANENT
) -> Outcome:
    """End it, unless an earlier call may have made it public: `in_doubt` is how this call ends then."""
    error = broken_off(error, delivery.place)
    if DOUBTED not in delivery.handles:
        reason = reason_of(error.failure.code)
        return _outcome(delivery, error, Status.FAILED, reason, AttemptOutcome.FAILED_PERMANENT)
    if delivery.attempt is None:
        return _left_in_doubt(delivery, error)
    outcome = _unconfirmed(delivery, doubted(error, failures.looking(delivery.platform)))
    return replace(outcome, end=_end(delivery, in_doubt, error, failures.of_error(error, retryable=False)))


def _left_in_doubt(delivery: Delivery, error: PlatformError) -> Outcome:
    """Leave to a person what an earlier call may have made public, and what is not sent to find that out."""
    error, kind = doubted(error, LOOK_AND_SAY), AttemptOutcome.UNKNOWN
    return _outcome(delivery, error, Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN, kind)


def _outcome(
    delivery: Delivery,
    error: PlatformError,
    after: Status,
    reason: Reason,
    kind: AttemptOutcome,
    *,
    reconnect: bool = False,
    alike: int = 0,
    **columns: Any,
) -> Outcome:
    stored = failures.of_error(error, retryable=after is Status.RETRYING, alike=alike)
    change = delivery.change(after, reason, error=stored, **columns)
    return Outcome(change=change, end=_end(delivery, kind, error, stored), reconnect=reconnect)


def _end(
    delivery: Delivery, kind: AttemptOutcome, error: PlatformError | None, stored: dict[str, Any] | None = None
) -> AttemptEnd | None:
    if delivery.attempt is None:
        return None
    status = error.failure.http_status if error is not None else None
    return AttemptEnd(id=delivery.attempt.id, outcome=kind, http_status=status, error=stored, call=delivery.call)


def _fault(delivery: Delivery, error: Exception) -> PlatformError:
    """A fault of our own. After the mark nobody knows what left this machine; before it, nothing did."""
    platform = delivery.platform
    if delivery.attempt is not None:
        return OutcomeUnknownError(unknown(platform))
    message = f"The server met a fault of its own ({type(error).__name__}) while preparing; nothing was sent."
    hint = "It is tried again by itself; if it stays, report it with the server's log."
    return TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, platform, message, hint))


def unknown(platform: Platform) -> Failure:
    """Say that the public call was made and its outcome is not known."""
    return Failure(
        code=FailureCode.OUTCOME_UNKNOWN,
        platform=platform,
        message="The call that makes it public was made, and no clear answer came back; it may be public.",
        hint=failures.looking(platform),
    )
