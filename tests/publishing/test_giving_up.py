"""How long a step is tried again: the platform's wish, an operator's time, and when a failure becomes final."""

from dataclasses import replace
from datetime import timedelta

import pytest

from platforms.base import DOUBTED
from platforms.errors import Failure, FailureCode, RateLimitedError, Reach, TransientError
from publishing import models
from publishing.assignment import Windows
from publishing.failures import alike, stored
from publishing.lifecycle import Reason, Status
from publishing.resting import Rest
from publishing.retries import MOST, Backoff
from tests.publishing.test_outcomes import Work, begin, failure, raising
from tests.publishing.town import NOW, SECOND

pytestmark = pytest.mark.usefixtures("database")
OWN = replace(failure(FailureCode.MEDIA_REJECTED), platform_code=None)
"""This server could not fetch a file; of what the platform could not, there is its code."""


async def test_the_platforms_wish_to_wait_is_kept():
    work = await begin()

    await work.run(raising(RateLimitedError(failure(), retry_after=timedelta(hours=1))))

    row = await work.stored()
    assert row.due_at
    assert row.due_at >= NOW + timedelta(hours=1)
    assert row.failures == 1


async def test_waiting_for_room_in_a_quota_is_no_failure_and_wanted_from_then_on():
    """Its caller chose to wait: however long that takes, it is not late by it."""
    work = await begin(failures=Backoff.PLATFORM.value.tries)
    full = replace(failure(FailureCode.QUOTA_EXCEEDED), retry_at=NOW + timedelta(hours=20))

    await work.run(raising(TransientError(full, retry_after=timedelta(hours=20))), failures=14)

    row = await work.stored()
    assert (row.status, row.failures) == (Status.RETRYING, Backoff.PLATFORM.value.tries)
    assert row.due_at == row.asked_again_at == NOW + timedelta(hours=20)


@pytest.mark.parametrize("code", [FailureCode.QUOTA_EXCEEDED, FailureCode.PLATFORM_NOT_CONFIGURED])
async def test_what_an_operator_puts_right_is_waited_for_beyond_all_tries(code: FailureCode):
    tries = Backoff.PLATFORM.value.tries
    work = await begin(failures=tries)
    error = RateLimitedError(failure(code), retry_after=timedelta(minutes=15), reach=Reach.APP)

    outcome = await work.run(raising(error), failures=tries)

    row = await work.stored()
    assert (row.status, row.failures, row.due_at) == (Status.RETRYING, tries, NOW + timedelta(minutes=15))
    assert outcome.rest == Rest(Reach.APP, timedelta(minutes=15))


async def test_what_is_in_doubt_is_never_failed_for_want_of_tries():
    tries = Backoff.PLATFORM.value.tries
    work = await begin(failures=tries, handles={DOUBTED: NOW.isoformat()})

    await work.run(raising(TransientError(failure(FailureCode.PLATFORM_UNAVAILABLE))), failures=tries)

    row = await work.stored()
    assert (row.status, row.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)


@pytest.mark.parametrize("failures", [0, 9, Backoff.PLATFORM.value.tries])
async def test_the_channel_rests_for_as_long_as_the_platform_wishes_and_no_longer(failures: int):
    """However long this publication itself has to wait, and also if it was its last try."""
    work = await begin(failures=failures)
    error = RateLimitedError(failure(), retry_after=timedelta(minutes=1), reach=Reach.SIGN_IN)

    outcome = await work.run(raising(error), failures=failures)

    assert outcome.rest == Rest(Reach.SIGN_IN, timedelta(minutes=1))
    assert (outcome.change.after is Status.FAILED) == (failures == Backoff.PLATFORM.value.tries)


@pytest.mark.parametrize(
    ("found", "backoff"),
    [
        (failure(FailureCode.PLATFORM_UNAVAILABLE), Backoff.PLATFORM),
        (OWN, Backoff.MEDIA),
        (failure(FailureCode.MEDIA_REJECTED), Backoff.FETCH),
    ],
    ids=["the platform fails", "the file cannot be fetched here", "the platform cannot fetch the file"],
)
async def test_a_failure_that_stays_becomes_final(found: Failure, backoff: Backoff):
    tries = backoff.value.tries
    last, over = await begin(failures=tries - 1, error=stored(found, retryable=True)), None

    await last.run(raising(TransientError(found)), failures=tries - 1)
    assert (await last.stored()).status is Status.RETRYING

    over = await _again(last)
    await over.run(raising(TransientError(found)), failures=tries)
    assert (await over.stored()).status is Status.FAILED


async def test_the_failures_of_one_kind_do_not_use_up_the_patience_for_another():
    """The platform could not fetch the file twice; that this server then cannot is its first such failure."""
    by_platform = stored(failure(FailureCode.MEDIA_REJECTED), retryable=True)
    work = await begin(failures=Backoff.MEDIA.value.tries, error=by_platform)

    await work.run(raising(TransientError(OWN)), failures=Backoff.MEDIA.value.tries)

    row = await work.stored()
    assert (row.status, alike(row.error, row.failures)) == (Status.RETRYING, 1)


@pytest.mark.parametrize("other", [OWN, failure(FailureCode.MEDIA_REJECTED)], ids=["fetched here", "fetched there"])
async def test_failures_that_take_turns_come_to_an_end(other: Failure):
    """Each would begin the other's patience anew, and be tried again within seconds until it is too late to go out."""
    work, waits = await begin(), []

    while (row := await work.stored()).status is Status.PREPARING and len(waits) < 100:
        found = failure(FailureCode.PLATFORM_UNAVAILABLE) if row.failures % 2 else other
        await work.run(raising(TransientError(found)), failures=row.failures)
        waits.append((await work.stored()).due_at - NOW)
        work = await _again(work, only=Status.RETRYING)

    assert (row.status, len(waits)) == (Status.FAILED, MOST + 1)
    assert sum(waits[:-1], timedelta()) > timedelta(minutes=25)


async def _again(work: Work, *, only: Status | None = None) -> Work:
    """Claim a publication that waits for another try."""
    waiting = models.Publication.filter(id=work.row.id)
    await (waiting.filter(status=only) if only else waiting).update(status=Status.PREPARING, epoch=4)
    return Work(await work.stored(), work.ledger, Windows(60 * SECOND, 30))
