"""One step of one publication: what comes of it is sorted, written by the table, and never sent twice by guesswork."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from platforms.base import DOUBTED, ChannelKind, Done, Draft, Environment, Platform, Receipt, Wait
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
from platforms.registry import rules_for
from publishing import models
from publishing.assignment import Assignment, Windows
from publishing.delivery import ClaimLostError, Delivery, Outcome, run_step
from publishing.failures import alike, patience_used
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome
from tests.publishing.town import NOW, SECOND, StoppedClock, history, open_street

pytestmark = pytest.mark.usefixtures("database")
Step = Callable[[Delivery], Awaitable[Done | Wait]]
RECEIPT = Receipt(platform_post_id="1_2")


class Work:
    """A claimed publication, and what is written of its step."""

    def __init__(self, row: models.Publication, ledger: Ledger, windows: Windows) -> None:
        self.row = row
        self.ledger = ledger
        self.delivery = Delivery(_assignment(row), ledger, windows)

    async def run(self, step: Step, *, failures: int = 0) -> Outcome:
        """Run the step and write what came of it, as the worker does."""
        outcome = await run_step(self.delivery, step, failures)
        written = await self.ledger.write(Entry(self.row.id, self.row.epoch, change=outcome.change, end=outcome.end))
        assert written, f"the table does not allow {outcome.change.after}"
        return outcome

    async def stored(self) -> models.Publication:
        return await models.Publication.get(id=self.row.id)


async def begin(*, windows: Windows | None = None, **columns: Any) -> Work:
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=3, **columns)
    return Work(row, Ledger(StoppedClock()), windows or Windows(60 * SECOND, 30))


def failure(code: FailureCode = FailureCode.PLATFORM_REJECTED) -> Failure:
    return Failure(code, Platform.FACEBOOK, "The platform said no.", "Do something.", "1/2", http_status=400)


def raising(error: Exception) -> Step:
    """A step that fails before anything is public."""

    async def step(_: Delivery) -> Done | Wait:
        raise error

    return step


def sending(error: Exception) -> Step:
    """A step whose public call fails."""

    async def step(delivery: Delivery) -> Done | Wait:
        async def send() -> Receipt:
            raise error

        return Done(await delivery.make_public("POST /1/feed", send))

    return step


async def succeed(delivery: Delivery) -> Done | Wait:
    async def send() -> Receipt:
        return RECEIPT

    return Done(await delivery.make_public("POST /1/feed", send))


async def test_an_accepted_call_is_published_with_its_proof():
    work = await begin()

    outcome = await work.run(succeed)

    row, (attempt,) = await work.stored(), await models.Attempt.all()
    assert outcome.public
    assert (row.status, row.platform_post_id, row.published_at) == (Status.PUBLISHED, "1_2", NOW)
    assert (attempt.outcome, attempt.number, attempt.error) == (AttemptOutcome.SUCCEEDED, 1, None)
    assert [(before, after) for before, after, _ in await history(row)] == [
        (Status.PREPARING, Status.PUBLISHING),
        (Status.PUBLISHING, Status.PUBLISHED),
    ]


async def test_the_mark_stands_before_the_call():
    work = await begin()
    seen: list[tuple[Status, int]] = []

    async def step(delivery: Delivery) -> Done | Wait:
        async def send() -> Receipt:
            row = await work.stored()
            seen.append((row.status, await models.Attempt.filter(outcome=AttemptOutcome.IN_FLIGHT).count()))
            return RECEIPT

        return Done(await delivery.make_public("POST /1/feed", send))

    await work.run(step)

    assert seen == [(Status.PUBLISHING, 1)]


@pytest.mark.parametrize(
    ("error", "status", "reason", "attempt"),
    [
        (TransientError(failure()), Status.RETRYING, Reason.TRANSIENT_FAILURE, AttemptOutcome.FAILED_RETRYABLE),
        (RateLimitedError(failure()), Status.RETRYING, Reason.RATE_LIMITED, AttemptOutcome.FAILED_RETRYABLE),
        (RejectedError(failure()), Status.FAILED, Reason.REFUSED, AttemptOutcome.FAILED_PERMANENT),
        (
            RejectedError(failure(FailureCode.MEDIA_REJECTED)),
            Status.FAILED,
            Reason.MEDIA_REJECTED,
            AttemptOutcome.FAILED_PERMANENT,
        ),
        (ReconnectRequiredError(failure()), Status.HELD, Reason.RECONNECT_REQUIRED, AttemptOutcome.FAILED_PERMANENT),
        (OutcomeUnknownError(failure()), Status.UNCONFIRMED, Reason.OUTCOME_UNKNOWN, AttemptOutcome.UNKNOWN),
        (RuntimeError("a fault of ours"), Status.UNCONFIRMED, Reason.OUTCOME_UNKNOWN, AttemptOutcome.UNKNOWN),
        (TimeoutError(), Status.UNCONFIRMED, Reason.OUTCOME_UNKNOWN, AttemptOutcome.UNKNOWN),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_the_public_calls_failure_is_sorted(
    error: Exception, status: Status, reason: Reason, attempt: AttemptOutcome
):
    work = await begin()

    outcome = await work.run(sending(error))

    row, (kept,) = await work.stored(), await models.Attempt.all()
    assert (row.status, row.reason, row.attempt_count) == (status, reason, 1)
    assert (kept.outcome, kept.finished_at) == (attempt, NOW)
    assert row.error
    assert row.error["retryable"] is (status is Status.RETRYING)
    assert outcome.reconnect is (status is Status.HELD)
    if isinstance(error, PlatformError):
        assert (row.error["platform_code"], kept.http_status) == ("1/2", 400)


async def test_what_is_doubted_and_not_to_be_repeated_any_more_asks_for_a_person():
    work = await begin(handles={DOUBTED: NOW.isoformat()})

    await work.run(raising(OutcomeUnknownError(failure(FailureCode.OUTCOME_UNKNOWN))))

    row = await work.stored()
    assert (row.status, row.reason, row.attempt_count) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN, 0)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TransientError(failure()), Status.RETRYING),
        (RateLimitedError(failure()), Status.RETRYING),
        (RejectedError(failure()), Status.FAILED),
        (ReconnectRequiredError(failure()), Status.HELD),
        (RuntimeError("a fault of ours"), Status.RETRYING),
        (OutcomeUnknownError(failure()), Status.RETRYING),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_before_the_mark_nothing_can_be_unknown_and_no_attempt_is_counted(error: Exception, status: Status):
    work = await begin()

    await work.run(raising(error))

    row = await work.stored()
    assert (row.status, row.attempt_count) == (status, 0)
    assert await models.Attempt.all().count() == 0


async def test_a_fault_of_our_own_shows_nothing_of_itself():
    work = await begin()

    await work.run(raising(RuntimeError("EAA-a-token-in-a-message")))

    assert "EAA-a-token" not in str((await work.stored()).error)


async def test_a_platform_that_is_busy_gives_the_place_back():
    work = await begin()

    async def step(_: Delivery) -> Done | Wait:
        return Wait(timedelta(seconds=4))

    await work.run(step)

    row = await work.stored()
    assert (row.status, row.due_at, row.lease_until) == (Status.PROCESSING, NOW + 4 * SECOND, None)
    assert (row.failures, row.attempt_count) == (0, 0)


async def test_a_step_that_waits_after_its_public_call_leaves_an_unknown_outcome():
    work = await begin()

    async def step(delivery: Delivery) -> Done | Wait:
        await succeed(delivery)
        return Wait(timedelta(seconds=4))

    await work.run(step)

    assert (await work.stored()).status is Status.UNCONFIRMED


async def test_a_step_makes_something_public_once():
    work = await begin()
    sent: list[int] = []

    async def step(delivery: Delivery) -> Done | Wait:
        async def send() -> Receipt:
            sent.append(1)
            return RECEIPT

        await delivery.make_public("POST /1/feed", send)
        return Done(await delivery.make_public("POST /1/feed", send))

    await work.run(step)

    assert sent == [1]
    assert (await work.stored()).status is Status.UNCONFIRMED


async def test_whoever_lost_its_claim_does_not_send():
    work = await begin()
    await models.Publication.filter(id=work.row.id).update(epoch=4)

    with pytest.raises(ClaimLostError):
        await run_step(work.delivery, sending(AssertionError("it was sent")), 0)

    row = await work.stored()
    assert (row.status, row.attempt_count) == (Status.PREPARING, 0)
    assert await models.Attempt.all().count() == 0


async def test_whoever_loses_the_race_for_its_channel_does_not_send():
    street = await open_street()
    await street.publish(Status.PUBLISHING)
    row = await street.publish(Status.PREPARING, epoch=3)
    work = Work(row, Ledger(StoppedClock()), Windows(60 * SECOND, 30))

    with pytest.raises(ClaimLostError):
        await run_step(work.delivery, sending(AssertionError("it was sent")), 0)

    assert (await work.stored()).status is Status.QUEUED


async def test_a_worker_that_was_frozen_after_the_mark_does_not_send():
    work = await begin(windows=Windows(lease=30 * SECOND, call_seconds=30))

    await work.run(sending(AssertionError("it was sent")))

    row, (attempt,) = await work.stored(), await models.Attempt.all()
    assert row.status is Status.RETRYING
    assert attempt.outcome is AttemptOutcome.FAILED_RETRYABLE


async def test_a_success_that_comes_after_the_claim_is_lost_is_written():
    work = await begin()

    async def step(delivery: Delivery) -> Done | Wait:
        async def send() -> Receipt:
            await models.Publication.filter(id=work.row.id).update(status=Status.UNCONFIRMED, epoch=9)
            return RECEIPT

        return Done(await delivery.make_public("POST /1/feed", send))

    await work.run(step)

    assert (await work.stored()).status is Status.PUBLISHED


async def test_handles_are_kept_at_once_and_an_empty_one_is_forgotten():
    work = await begin(handles={"container": "1"})

    async def step(delivery: Delivery) -> Done | Wait:
        assert delivery.handles == {"container": "1"}
        await delivery.keep({"photo:0": "2"})
        assert (await work.stored()).handles == {"container": "1", "photo:0": "2"}
        await delivery.keep({"container": ""})
        return Wait(timedelta())

    await work.run(step)

    assert (await work.stored()).handles == {"photo:0": "2"}


async def test_a_step_that_is_cancelled_writes_no_outcome():
    work = await begin()
    entered = asyncio.Event()

    async def step(_: Delivery) -> Done | Wait:
        entered.set()
        await asyncio.Event().wait()
        raise AssertionError

    running = asyncio.create_task(work.run(step))
    await entered.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert (await work.stored()).status is Status.PREPARING


def test_an_assignment_does_not_show_its_token():
    row = models.Publication(text="x", handles={}, platform=Platform.FACEBOOK, environment=Environment.SANDBOX)

    assert "EAA-secret" not in repr(_assignment(row))


def _assignment(row: models.Publication) -> Assignment:
    return Assignment(
        publication_id=row.id,
        workspace_id=row.workspace_id,
        account_id=row.id,
        rules=rules_for(ChannelKind.FACEBOOK_PAGE),
        platform=row.platform,
        environment=row.environment,
        sign_in=row.platform,
        platform_account_id="1",
        token="EAA-secret",
        draft=Draft(text=row.text),
        handles=row.handles,
        epoch=row.epoch,
        failures=row.failures,
        alike=alike(row.error, row.failures),
        now=NOW,
        failed_by=patience_used(row.error),
    )
