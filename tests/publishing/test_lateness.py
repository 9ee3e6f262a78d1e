"""What is too late goes to a person, whichever way it comes back to the workers, and never out as a surprise."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from platforms.base import Done, Platform, Sighting, Wait
from platforms.errors import Failure, FailureCode, TransientError
from publishing import models
from publishing.assignment import Windows
from publishing.decisions import Action, allowed_actions, cancel_publication, retry_publication
from publishing.delivery import Delivery, run_step
from publishing.deps import Deps
from publishing.ids import Kind, public_id
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import CLAIMABLE, Reason, Status
from publishing.system import Batch, claim_due, claim_unconfirmed, conclude_look, sweep_publications
from tests.publishing.test_races import furnished, renew
from tests.publishing.test_reconciling import unconfirmed
from tests.publishing.town import NOW, SECOND, Street, at, history, status_of

OVERDUE = (Status.NEEDS_ATTENTION, Reason.OVERDUE)


@pytest.fixture
def limit(deps: Deps) -> timedelta:
    return timedelta(seconds=deps.settings.max_lateness_seconds)


async def claimed(deps: Deps, moment: datetime) -> Batch:
    """Claim as a worker does, which writes what it refuses."""
    batch = await claim_due(at(deps, moment), limit=10)
    ledger = Ledger(at(deps, moment).clock)
    for entry in batch.refused:
        await ledger.write(entry)
    return batch


async def standing(row: models.Publication) -> tuple[Status, Reason]:
    stored = await models.Publication.get(id=row.id)
    return stored.status, stored.reason


@pytest.mark.parametrize("column", ["created_at", "scheduled_at", "asked_again_at"])
async def test_a_worker_that_meets_it_before_the_sweep_takes_it_in_time_only(deps: Deps, limit: timedelta, column: str):
    """However short a time ago it became due: a retry, a check at the platform or a renewed sign-in moved that on."""
    states = sorted(CLAIMABLE)
    street = await furnished(deps, count=2 * len(states))
    given: dict[str, Any] = {"created_at": NOW - timedelta(days=3), "due_at": NOW + limit}
    places = list(zip([*states, *states], range(2 * len(states)), strict=True))
    late = await street.publish_all(places[: len(states)], **{**given, column: NOW})
    timely = await street.publish_all(places[len(states) :], **{**given, column: NOW + SECOND})

    batch = await claimed(deps, NOW + limit + SECOND)

    assert {one.assignment.publication_id for one in batch.work} == {row.id for row in timely}
    assert [await standing(row) for row in late] == [OVERDUE] * len(states)
    assert allowed_actions(*OVERDUE) == (Action.CANCEL, Action.RETRY, Action.DELETE)


async def test_what_waited_for_a_quota_as_its_caller_chose_is_late_from_then_on_only(deps: Deps, limit: timedelta):
    street = await furnished(deps, count=1)
    row = await street.publish(Status.QUEUED, due_at=NOW)
    room_at = NOW + timedelta(hours=20)
    (mine,) = (await claimed(deps, NOW)).work
    failure = Failure(FailureCode.QUOTA_EXCEEDED, Platform.INSTAGRAM, "Full.", "Wait.", retry_at=room_at)

    async def step(_: Delivery) -> Done | Wait:
        raise TransientError(failure, retry_after=room_at - NOW)

    ledger = Ledger(at(deps, NOW).clock)
    outcome = await run_step(Delivery(mine.assignment, ledger, Windows(60 * SECOND, 30)), step, 0)
    await ledger.write(Entry(row.id, mine.assignment.epoch, change=outcome.change))
    await sweep_publications(at(deps, room_at))
    batch = await claimed(deps, room_at + limit - SECOND)

    assert [one.assignment.publication_id for one in batch.work] == [row.id]
    await ledger.write(Entry(row.id, batch.work[0].assignment.epoch, change=replace(outcome.change, fence=None)))
    await sweep_publications(at(deps, room_at + limit + timedelta(hours=21)))
    assert await standing(row) == OVERDUE


@pytest.mark.parametrize("by", ["the sweep", "the sign-in"])
async def test_what_was_held_for_too_long_does_not_go_out_when_it_is_let_go(deps: Deps, limit: timedelta, by: str):
    street = await furnished(deps, count=2)
    now = await deps.clock.now()
    late = await street.publish(Status.HELD, created_at=now - limit - SECOND)
    timely = await street.publish(Status.HELD, channel=1, created_at=now - limit / 2)

    await (renew(deps, street) if by == "the sign-in" else sweep_publications(deps))
    batch = await claimed(deps, now + 2 * SECOND)

    assert [one.assignment.publication_id for one in batch.work] == [timely.id]
    assert await standing(late) == OVERDUE


async def test_what_was_looked_for_too_long_is_not_sent_again_by_itself(deps: Deps, limit: timedelta):
    street = await furnished(deps)
    row = await unconfirmed(street)
    moment = NOW + limit + SECOND
    (case,) = await claim_unconfirmed(at(deps, moment), limit=1)
    await conclude_look(at(deps, moment), case, Sighting(out=False))
    assert await status_of(row) is Status.RETRYING

    batch = await claimed(deps, moment)

    assert batch.work == ()
    assert await standing(row) == OVERDUE
    assert "not public" in ((await models.Publication.get(id=row.id)).error or {})["message"]


async def test_a_persons_retry_counts_anew_and_is_as_late_once_more(deps: Deps, limit: timedelta):
    street = await furnished(deps)
    row = await street.publish(Status.NEEDS_ATTENTION, reason=Reason.OVERDUE)
    retried = NOW + 3 * limit
    await retry_publication(at(deps, retried), street.caller, publication_id=_id(row), idempotency_key=None)

    await sweep_publications(at(deps, retried + limit))
    assert await status_of(row) is Status.QUEUED
    assert len((await claimed(deps, retried + limit)).work) == 1
    await models.Publication.filter(id=row.id).update(status=Status.QUEUED, lease_until=None)

    await sweep_publications(at(deps, retried + limit + SECOND))
    assert await standing(row) == OVERDUE


async def test_a_person_may_call_it_off_instead(deps: Deps, limit: timedelta):
    street = await furnished(deps)
    row = await _late(deps, street, limit)

    await cancel_publication(deps, street.caller, publication_id=_id(row))

    assert await status_of(row) is Status.CANCELED
    assert [after for _, after, _ in await history(row)] == [
        Status.PREPARING,
        Status.NEEDS_ATTENTION,
        Status.CANCELED,
    ]


async def _late(deps: Deps, street: Street, limit: timedelta) -> models.Publication:
    row = await street.publish(Status.QUEUED)
    await claimed(deps, NOW + limit + SECOND)
    return row


def _id(row: models.Publication) -> str:
    return public_id(Kind.PUBLICATION, row.id)
