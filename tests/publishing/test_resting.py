"""Whom a platform asked to be left alone for is left alone, and nobody else."""

from datetime import timedelta

import pytest

from platforms.base import Platform
from platforms.errors import Failure, FailureCode, RateLimitedError, Reach, TransientError
from publishing import models
from publishing.deps import Deps
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import CLAIMABLE, Reason, Status
from publishing.publications import get_publications, next_attempt_at
from publishing.resting import Rest, let_rest, rest_of
from publishing.system import claim_due, claim_unconfirmed
from publishing.transitions import Change
from tests.publishing.town import NOW, SECOND, StoppedClock, at, open_street

MINUTE = timedelta(minutes=1)


async def resting() -> set[str]:
    return {row.name for row in await models.Channel.exclude(rests_until=None)}


async def claimed(deps: Deps, after: timedelta) -> int:
    batch = await claim_due(at(deps, NOW + after), limit=10)
    return batch.size


async def test_a_channel_that_rests_is_not_claimed_until_its_time_and_its_neighbour_is(deps: Deps):
    street = await open_street(2)
    limited = await street.publish(Status.QUEUED, channel=0)
    await street.publish(Status.QUEUED, channel=1)
    await let_rest(limited.id, Rest(Reach.CHANNEL, MINUTE), now=NOW)

    assert await claimed(deps, timedelta()) == 1
    assert await claimed(deps, MINUTE - SECOND) == 0
    assert await claimed(deps, MINUTE) == 1


@pytest.mark.parametrize("status", sorted(CLAIMABLE))
@pytest.mark.parametrize(("due", "planned"), [(timedelta(), MINUTE), (2 * MINUTE, 2 * MINUTE)])
async def test_a_publication_is_planned_for_when_it_is_claimed(
    deps: Deps, status: Status, due: timedelta, planned: timedelta
):
    street = await open_street(2)
    row = await street.publish(status, due_at=NOW + due)
    await street.publish(status, channel=1, due_at=NOW + 3 * MINUTE)
    await let_rest(row.id, Rest(Reach.CHANNEL, MINUTE), now=NOW)

    (record,) = (await get_publications(workspace_id=street.workspace_id, ids=[row.id])).values()

    assert next_attempt_at(record) == NOW + planned
    assert await claimed(deps, planned - 2 * SECOND) == 0
    assert await claimed(deps, planned) == 1


@pytest.mark.parametrize("status", sorted(set(Status) - CLAIMABLE))
async def test_what_no_worker_waits_to_claim_is_planned_for_no_time(database: str, status: Status):
    street = await open_street()
    row = await street.publish(status, due_at=NOW)
    await let_rest(row.id, Rest(Reach.CHANNEL, MINUTE), now=NOW)

    (record,) = (await get_publications(workspace_id=street.workspace_id, ids=[row.id])).values()

    assert next_attempt_at(record) is None


async def test_nothing_is_looked_for_at_a_channel_that_rests(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.UNCONFIRMED, due_at=NOW)
    await let_rest(row.id, Rest(Reach.CHANNEL, MINUTE), now=NOW)

    assert await claim_unconfirmed(at(deps, NOW + MINUTE - SECOND), limit=10) == ()
    assert len(await claim_unconfirmed(at(deps, NOW + MINUTE), limit=10)) == 1


@pytest.mark.parametrize(
    ("reach", "names"),
    [
        (Reach.CHANNEL, {"Page 0", "Same Page"}),
        (Reach.SIGN_IN, {"Page 0", "Page 1", "Same Page"}),
        (Reach.APP, {"Page 0", "Page 1", "Same Page", "Stranger"}),
    ],
)
async def test_a_limit_reaches_what_it_is_about_in_every_workspace(database: str, reach: Reach, names: set[str]):
    street, neighbour, stranger = await open_street(2), await open_street(name="Neighbour"), await open_street(name="X")
    await models.Channel.filter(id=neighbour.channels[0].id).update(name="Same Page")
    await models.Channel.filter(id=stranger.channels[0].id).update(name="Stranger", platform_account_id="99")
    await models.ConnectedAccount.filter(id=stranger.account.id).update(platform_user_id="2")
    row = await street.publish(Status.QUEUED)

    await let_rest(row.id, Rest(reach, MINUTE), now=NOW)

    assert await resting() == names


async def test_a_shorter_wish_does_not_end_a_longer_one(database: str):
    street = await open_street()
    row = await street.publish(Status.QUEUED)
    await let_rest(row.id, Rest(Reach.CHANNEL, 2 * MINUTE), now=NOW)

    await let_rest(row.id, Rest(Reach.CHANNEL, MINUTE), now=NOW)

    assert (await models.Channel.get(id=row.channel_id)).rests_until == NOW + 2 * MINUTE


async def test_the_rest_stands_with_the_outcome(database: str):
    """In one transaction: another publication of the channel could be claimed in between."""
    street = await open_street()
    row = await street.publish(Status.PREPARING, epoch=1)
    change = Change(row.id, Status.RETRYING, Reason.RATE_LIMITED, "worker", fence=1, due_in=MINUTE)

    await Ledger(StoppedClock()).write(Entry(row.id, 1, change=change, rest=Rest(Reach.CHANNEL, MINUTE)))

    assert await resting() == {"Page 0"}


def test_only_a_limit_with_a_time_is_a_wish():
    failure = Failure(FailureCode.RATE_LIMITED, Platform.FACEBOOK, "No.", "Wait.")

    assert rest_of(RateLimitedError(failure, retry_after=MINUTE, reach=Reach.APP)) == Rest(Reach.APP, MINUTE)
    assert rest_of(RateLimitedError(failure)) is None
    assert rest_of(TransientError(failure, retry_after=MINUTE)) is None
