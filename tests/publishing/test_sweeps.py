"""What a dead worker left behind is found, and what was sent is never sent again."""

import asyncio
from datetime import timedelta

import pytest

from platforms.base import Platform
from platforms.registry import rules_of
from publishing import models
from publishing.deps import Deps
from publishing.ids import new_id
from publishing.lifecycle import CLAIMABLE, Reason, Status
from publishing.models import AttemptOutcome
from publishing.system import claim_due, renew_leases, sweep_publications
from tests.publishing.town import NOW, SECOND, Street, at, history, open_street, status_of


@pytest.fixture
def over(deps: Deps) -> Deps:
    """The time when the leases of the town have just run out."""
    return at(deps, NOW + 61 * SECOND)


async def begin_attempt(row: models.Publication) -> models.Attempt:
    return await models.Attempt.create(
        id=new_id(),
        workspace_id=row.workspace_id,
        publication_id=row.id,
        number=1,
        epoch=row.epoch,
        step="PUBLISH",
        request="POST /1/feed",
        outcome=AttemptOutcome.IN_FLIGHT,
        started_at=NOW,
    )


@pytest.mark.parametrize("lost", [0, 1])
async def test_a_publication_that_lost_its_worker_while_preparing_is_queued_again(over: Deps, lost: int):
    street = await open_street()
    row = await street.publish(Status.PREPARING, lost_leases=lost, due_at=NOW)

    assert await sweep_publications(over) == 1

    stored = await models.Publication.get(id=row.id)
    assert (stored.status, stored.lost_leases, stored.lease_until) == (Status.QUEUED, lost + 1, None)
    assert await history(row) == [(Status.PREPARING, Status.QUEUED, Reason.LEASE_LOST)]


async def test_the_third_lost_lease_asks_for_a_person(over: Deps):
    street = await open_street()
    row = await street.publish(Status.PREPARING, lost_leases=2)

    await sweep_publications(over)

    stored = await models.Publication.get(id=row.id)
    assert (stored.status, stored.reason, stored.lost_leases) == (Status.NEEDS_ATTENTION, Reason.WORKER_CRASHED, 3)
    assert stored.error
    assert "not public" in stored.error["message"]


async def test_three_workers_in_a_row_that_die_lead_there(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.QUEUED)
    moment = NOW
    for _ in range(3):
        moment += timedelta(minutes=1)
        await claim_due(at(deps, moment), limit=10)
        assert await status_of(row) is Status.PREPARING
        moment += timedelta(minutes=2)
        await sweep_publications(at(deps, moment))

    assert await status_of(row) is Status.NEEDS_ATTENTION
    assert (await models.Publication.get(id=row.id)).epoch == 3


async def test_a_publication_that_lost_its_worker_while_publishing_is_unconfirmed_and_never_queued(over: Deps):
    street = await open_street(channels=3)
    rows = await street.publish_all([(Status.PUBLISHING, number) for number in range(3)], lost_leases=0)
    await models.Publication.filter(id=rows[2].id).update(lost_leases=2)
    attempt = await begin_attempt(rows[0])

    for _ in range(3):
        await sweep_publications(over)

    for row in rows:
        assert await history(row) == [(Status.PUBLISHING, Status.UNCONFIRMED, Reason.LEASE_LOST)]
        stored = await models.Publication.get(id=row.id)
        assert stored.error
        assert stored.error["code"] == "OUTCOME_UNKNOWN"
    closed = await models.Attempt.get(id=attempt.id)
    assert (closed.outcome, closed.finished_at) == (AttemptOutcome.UNKNOWN, NOW + 61 * SECOND)


async def test_a_lease_that_is_not_over_is_left_alone(deps: Deps):
    street = await open_street(channels=2)
    rows = await street.publish_all([(Status.PREPARING, 0), (Status.PUBLISHING, 1)])

    assert await sweep_publications(at(deps, NOW + 59 * SECOND)) == 0

    assert [await status_of(row) for row in rows] == [Status.PREPARING, Status.PUBLISHING]


async def test_a_renewed_lease_holds_and_an_old_epoch_renews_nothing(deps: Deps):
    street = await open_street(channels=2)
    mine, lost = await street.publish_all([(Status.PREPARING, 0), (Status.PREPARING, 1)], epoch=2)

    kept = await renew_leases(at(deps, NOW + 50 * SECOND), held=[(mine.id, 2), (lost.id, 1)])
    await sweep_publications(at(deps, NOW + 61 * SECOND))

    assert kept == {mine.id}
    assert await status_of(mine) is Status.PREPARING
    assert await status_of(lost) is Status.QUEUED


async def test_sweepers_side_by_side_count_a_lost_lease_once(over: Deps):
    street = await open_street(channels=20)
    rows = await street.publish_all([(Status.PREPARING, number) for number in range(20)])

    moved = await asyncio.gather(*(sweep_publications(over) for _ in range(4)))

    assert sum(moved) == 20
    assert {row.lost_leases for row in await models.Publication.all()} == {1}
    assert [len(await history(row)) for row in rows] == [1] * 20


async def test_every_platform_is_swept(over: Deps):
    platforms = [platform for platform in Platform if rules_of(platform)]
    for platform in platforms:
        street = await open_street(name=platform.value, platform=platform)
        await street.publish(Status.PREPARING)

    assert await sweep_publications(over) == len(platforms) > 1


@pytest.mark.parametrize("status", sorted(CLAIMABLE))
async def test_what_is_overdue_beyond_the_limit_goes_to_a_person_instead_of_out(deps: Deps, status: Status):
    street = await open_street()
    row = await street.publish(status)
    limit = timedelta(seconds=deps.settings.max_lateness_seconds)

    await sweep_publications(at(deps, NOW + limit))
    assert await status_of(row) is status

    await sweep_publications(at(deps, NOW + limit + SECOND))
    stored = await models.Publication.get(id=row.id)
    assert (stored.status, stored.reason) == (Status.NEEDS_ATTENTION, Reason.OVERDUE)


async def test_a_sweep_tells_those_who_watch(over: Deps):
    street: Street = await open_street()
    row = await street.publish(Status.PREPARING)

    await sweep_publications(over)

    assert await models.Event.filter(subject_id=row.id).count() == 1
